"""Who is speaking: the ways in which newspapers say so, and those in which they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.quotes.regions import masked, quotations
from qa.quotes.speaker import attribution

# A paragraph ("|" for a line break), words of it, and who says them; empty where the text does not
# tell for certain.
SAID = [
    line.replace("|", "\n").split("\t")
    for line in Path(__file__).with_name("speakers.tsv").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(("text", "words", "speaker"), SAID)
def test_the_text_says_who_is_speaking(text: str, words: str, speaker: str) -> None:
    at = text.index(words)
    low, high = text.rfind("\n\n", 0, at) + 1, text.find("\n\n", at)
    block = (low, high if high > 0 else len(text))
    found = attribution(text, block, (at, at + len(words)))
    assert (found.speaker if found else "") == speaker
    if found:
        assert text[found.start : found.end] == found.text
        assert speaker.split()[-1] in found.text


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“One,” he said, “two.”", ["“One,”", "“two.”"]),
        ('"One," he said, "two."', ['"One,"', '"two."']),
        ("'We don't know,' he said.", ["'We don't know,'"]),
        ("‘The workers’ club is shut,’ he said.", ["‘The workers’ club is shut,’"]),
        ("The workers' club and the teachers' pay.", []),
        ("He said: “She called it ‘a farce’.”", ["“She called it ‘a farce’.”"]),
        ("他说：“好。”", ["“好。”"]),
    ],
)
def test_quotation_marks_are_told_from_apostrophes(text: str, inside: list[str]) -> None:
    assert [text[a:b] for a, b in quotations(text)] == inside


def test_abbreviations_end_no_sentence_and_keep_their_length() -> None:
    text = "Sen. J. D. Cole, D-Vt., met the U.S. envoy. He left."
    assert len(masked(text)) == len(text)
    assert [i for i, c in enumerate(masked(text)) if c == "."] == [
        text.index(". He"),
        len(text) - 1,
    ]
