"""What a newsroom quotes, and what it must never get away with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.errors import PullquoteError
from index.library import Library
from qa.quote import LONGEST, as_json, check
from qa.quotes.records import Check, Match
from tests.libraries import library_of

SENATE = """Senate passes the harbour bill after a late vote

LUNDMOUTH, 4 March 2025 - The Senate passed the Harbour Bill on Tuesday by 52 votes to 47.

“We did not approve the deal because it cost $12,000,000 and would not create a single job,” \
Senator Anna Berg told reporters. “It’s a bad plan—the worst I’ve seen in twenty-five years.”

Prime Minister Olaf Ruud said that the government would not raise taxes unless the tunnel \
collapsed. He said the U.S. ambassador had called him on 3 March.

"I don't think we'll ever see growth of 5 per cent again," Ruud said. "But we will try... We \
owe it to our children, if they stay."

The workers' council said “the minister’s ‘great leap’ was neither great nor a leap.” The color \
of the non-profit organisation's flag is a carbon-free green.

Critics want a long-term plan. Temperatures fell to -5 degrees, and 10-15 boats sank.³

According to the transport ministry, ferries carried 3.2 million passengers, up 4% from 2023.

The inquiry, which took nine years, found that nobody had checked the transfor-
mation of the old quay. It was, the report concluded, an avoidable disaster.
"""
PLAN = """港口改造计划

【本报讯】交通部副部长李明在会上表示：“我们不会提高港口税费，除非隧道工程超支。”他强调，到2025年新增就业一千二百万人。

王强指出，大桥已经老化，必须在五年内重建。专家认为，这项计划没有考虑渔民的利益。

据新华社报道，港口去年接待旅客320万人次，同比增长4%。
"""
PAGES = """Report on the ferry

The ferry company has carried passengers across the sound for ninety years without any
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    texts = {"senate.txt": SENATE, "plan.txt": PLAN}
    with library_of(tmp_path_factory.mktemp("quote"), texts) as made:
        yield made


def verdict(library: Library, quotation: str) -> str:
    return check(library, quotation).verdict


def only(found: Check) -> Match:
    (match,) = found.matches
    return match


def changes(found: Check) -> list[tuple[str, str, str]]:
    return [(d.kind, d.quote, d.source) for d in only(found).differences]


@pytest.mark.parametrize(
    "quotation",
    [
        "the harbour bill",
        "by 52 votes to 47",
        "we did not approve the deal because it cost $12,000,000",
        "WE DID NOT APPROVE THE DEAL",
        "“because it cost $12,000,000 and would not create a single job”",
        "would not create a single job.",
        "It's a bad plan — the worst I've seen in twenty-five years",
        "It’s a bad plan - the worst I’ve seen",
        "a bad plan--the worst",
        "the worst I’ve seen",
        "the worst I've seen in twenty-five years,",
        "I don’t think we’ll ever see growth of 5 per cent again",
        "But we will try… We owe it to our children",
        'the minister\'s "great leap" was neither great nor a leap',
        "workers’ council",
        "long-term plan",
        "long‑term plan",
        "fell to −5 degrees, and 10–15 boats sank",
        "the U.S. ambassador",
        "the transformation of the old quay",
        "the transfor-\nmation of the old quay",
        "nobody had checked the transfor\u00admation",
        "would not create a single job,” Senator Anna Berg told reporters. “It’s a bad plan",
        "up 4% from 2023.\n\nThe inquiry, which took nine years",
        "10–15 boats sank. According to the transport ministry",
        "anna berg",
        "我们不会提高港口税费,除非隧道工程超支",
        "「我们不会提高港口税费，除非隧道工程超支。」",
        "到２０２５年新增就业一千二百万人",
        "交通部副部长李明在会上表示：我们不会",
        "没有考虑渔民的利益。\n\n据新华社报道",
        "必须在五年内\n重建",
    ],
)
def test_the_same_words_are_verbatim(library: Library, quotation: str) -> None:
    found = check(library, quotation)
    assert found.verdict == "verbatim", changes(found) if found.matches else None
    for match in found.matches:
        assert library.text(match.document.id)[match.start : match.end] == match.source_text


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("We did approve the deal because it cost", [("delete", "", "not")]),
        ("We didn't approve the deal because it cost", [("replace", "didn't", "did not")]),
        ("I do not think we'll ever see growth", [("replace", "do not", "don't")]),
        ("I dont think we'll ever see growth", [("replace", "dont", "don't")]),
        ("because it cost $12 million and would not", [("replace", "12 million", "12,000,000")]),
        ("because it cost $1,200,000 and would", [("replace", "1,200,000", "12,000,000")]),
        ("by 52 votes to 46 after", None),
        ("The Senate passed the Harbor Bill on Tuesday", [("replace", "Harbor", "Harbour")]),
        ("The colour of the non-profit organisation's", [("replace", "colour", "color")]),
        ("He said the US ambassador had called him", [("replace", "US", "U.S.")]),
        ("called him on 4 March", None),
        ("the government would raise taxes unless the tunnel", [("delete", "", "not")]),
        ("the government would not raise taxes if the tunnel", [("replace", "if", "unless")]),
        ("growth of 5 percent again", [("replace", "percent", "per cent")]),
        ("growth of 5% again, Ruud said", [("replace", "%", "per cent")]),
        ("we'll ever see growth of 5%", [("replace", "%", "per cent")]),
        ("we'll ever see growth at 5", [("replace", "at", "of"), ("delete", "", "per cent")]),
        ("transport ministry, ferries carried 3.2m", [("replace", "3.2m", "3.2 million")]),
        ("12,000,000 and would not create a single job", [("delete", "", "$")]),
        ("carried 3.2 million passengers, up 4", [("delete", "", "%")]),
        ("profit organisation's flag is a carbon-free green", [("delete", "", "non-")]),
        ("organisation's flag is a carbon", [("delete", "", "-free")]),
        ("Temperatures fell to 5 degrees, and", [("delete", "", "-")]),
        ("5 degrees, and 10-15 boats sank", [("delete", "", "-")]),
        ("The workers council said the minister's", [("replace", "workers", "workers'")]),
        ("The worker's council said the minister's", [("replace", "worker's", "workers'")]),
        ("ferries carried 32 million passengers, up", [("replace", "32", "3.2")]),
        ("carried 3.2 billion passengers", [("replace", "billion", "million")]),
        ("we'll never see growth of 5 per cent again", [("replace", "never", "ever")]),
        (
            "The inquiry which took nine years found that",
            [("delete", "", ","), ("delete", "", ",")],
        ),
        ("would not create a single job?", [("replace", "?", ",")]),
        ("Senator Anne Berg told reporters", [("replace", "Anne", "Anna")]),
        ("we will try… we owe to our children", [("delete", "", "it")]),
        ("我们将会提高港口税费，除非隧道工程超支", [("replace", "将", "不")]),
        ("我们会提高港口税费，除非隧道工程超支", [("delete", "", "不")]),
        ("到2026年新增就业一千二百万人", [("replace", "2026", "2025")]),
        ("到2025年新增就业一千三百万人", [("replace", "三", "二")]),
        ("新增就业二百万人", [("delete", "", "一千")]),
        ("港口去年接待旅客32万人次，同比增长4%", [("replace", "32", "320")]),
    ],
)
def test_a_changed_word_is_altered(
    library: Library, quotation: str, expected: list[tuple[str, str, str]] | None
) -> None:
    found = check(library, quotation)
    assert found.verdict == "altered"
    if expected is not None:
        assert changes(found) == expected


def test_equal_values_are_altered_and_said_to_be_equal(library: Library) -> None:
    for quotation in (
        "because it cost $12 million and would",
        "growth of 5% again, Ruud said",
        "growth of 5%",
    ):
        assert "same value" in " ".join(only(check(library, quotation)).notes)
    other = only(check(library, "because it cost $13 million and would"))
    assert other.differences and not other.notes


def test_only_punctuation_is_said_to_differ(library: Library) -> None:
    (note,) = only(check(library, "The inquiry which took nine years found that")).notes
    assert note == "Only punctuation differs."


@pytest.mark.parametrize(
    ("quotation", "left_out"),
    [
        ("We did not approve the deal … would not create a single job",
         ["because it cost $12,000,000 and"]),
        ("We did not approve the deal [...] would not create a single job",
         ["because it cost $12,000,000 and"]),
        ("We did not approve the deal (. . .) and would not",
         ["because it cost $12,000,000"]),
        ("[T]he worst I've seen", []),
        ("the [prime minister] said that the government", None),
        ("“[Olaf] Ruud said that the government", []),
        ("growth of 5 per cent [sic] again", []),
        ("see[ing] growth of 5 per cent", []),
        ("... the worst I've seen in twenty-five years ...", []),
        ("我们不会提高港口税费……隧道工程超支", ["，除非"]),
        ("大桥已经老化，[它]必须在五年内重建", []),
    ],
)  # fmt: skip
def test_editors_marks_are_elided(
    library: Library, quotation: str, left_out: list[str] | None
) -> None:
    found = check(library, quotation)
    if left_out is None:
        assert found.verdict != "verbatim"
        return
    assert found.verdict == "elided"
    assert [o.text for o in only(found).omitted if o.text] == left_out


@pytest.mark.parametrize(
    "quotation",
    [
        "We did approve the deal … would not create a single job",
        "would not create a single job … because it cost $12,000,000",
        "We did not approve the deal … would create a single job",
        "[T]he best I've seen",
        "growth of 6 per cent [sic] again",
        "我们会提高港口税费……隧道工程超支",
        "un[...]approve the deal",
        "We did not approve ... taxes ... passengers",
    ],
)
def test_editors_marks_do_not_cover_a_change(library: Library, quotation: str) -> None:
    assert verdict(library, quotation) not in ("verbatim", "elided")


@pytest.mark.parametrize(
    "quotation",
    [
        "We did not approve the deal because ferries carried 3.2 million passengers",
        "growth of 5 per cent again … found that nobody had checked",
        "The Senate passed the Harbour Bill. The government would not raise taxes",
        "我们不会提高港口税费，必须在五年内重建大桥，没有考虑渔民的利益",
    ],
)
def test_parts_from_several_places_are_stitched_or_altered(
    library: Library, quotation: str
) -> None:
    found = check(library, quotation)
    assert found.verdict in ("stitched", "altered")
    assert found.verdict == "altered" or len(found.matches) > 1


@pytest.mark.parametrize(
    "quotation",
    [
        "The moon is made of green cheese and everybody knows it",
        "We choose to go there not because it is easy but because it is hard",
        "月亮是绿色的奶酪做的，谁都知道这一点",
        "the fish",
    ],
)
def test_what_nobody_said_is_not_found(library: Library, quotation: str) -> None:
    found = check(library, quotation)
    assert (found.verdict, found.matches) == ("not_found", ())


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("unless the tunnel … He said", ""),
        ("the government would … raise taxes", "negation"),
        ("We did not approve the deal … create a single job", "negation"),
        ("the government would not raise taxes", "goes on with a condition: “unless”"),
        ("approve the deal because it cost", "has a negation: “not”"),
        ("We owe it to our children", "“if”"),
        ("我们不会提高港口税费", "“除非”"),
        ("提高港口税费，除非", "“不”"),
        ("ferries carried [no] … million passengers", "inserted words hold a negation"),
        ("see growth of [9] per cent again", "other figures"),
    ],
)
def test_warnings_where_the_meaning_turns(library: Library, quotation: str, expected: str) -> None:
    found = check(library, quotation)
    assert found.verdict in ("verbatim", "elided")
    assert expected in " ".join(only(found).warnings)


@pytest.mark.parametrize(
    ("quotation", "speaker"),
    [
        ("would not create a single job", "Anna Berg"),
        ("the worst I've seen", "Anna Berg"),
        ("the government would not raise taxes", "Olaf Ruud"),
        ("we'll ever see growth", "Olaf Ruud"),
        ("We owe it to our children", "Olaf Ruud"),
        ("neither great nor a leap", "The workers' council"),
        ("ferries carried 3.2 million passengers", "the transport ministry"),
        ("passed the Harbour Bill", None),
        ("the U.S. ambassador had called", None),
        ("Critics want a long-term plan", None),
        ("不会提高港口税费", "交通部副部长李明"),
        ("必须在五年内重建", "王强"),
        ("港口去年接待旅客320万人次", "新华社"),
        ("港口改造计划", None),
    ],
)
def test_the_reporting_verb_names_the_speaker(
    library: Library, quotation: str, speaker: str | None
) -> None:
    said = check(library, quotation).matches[0].attribution
    assert (said.speaker if said else None) == speaker
    if said:
        document = check(library, quotation).matches[0].document
        assert library.text(document.id)[said.start : said.end] == said.text


def test_words_of_another_speaker_are_misattributed(library: Library) -> None:
    words = "would not create a single job"
    assert only(check(library, words, "Olaf Ruud")).misattributed is True
    assert only(check(library, words, "Senator Berg")).misattributed is False
    assert only(check(library, words)).misattributed is None
    assert only(check(library, "passed the Harbour Bill", "Olaf Ruud")).misattributed is None
    assert only(check(library, "必须在五年内重建", "李明")).misattributed is True
    assert only(check(library, "不会提高港口税费", "李明")).misattributed is False


def test_a_full_stop_before_the_end_of_the_sentence_is_told(library: Library) -> None:
    (note,) = only(check(library, "The Senate passed the Harbour Bill.")).notes
    assert note == "The source's sentence goes on: “on Tuesday by 52 votes to 47.”."


def test_the_json_is_the_contract(library: Library) -> None:
    found = as_json(check(library, "We did approve the deal because it cost"), 7)
    assert list(found) == ["id", "quote", "verdict", "matches"]
    assert (found["id"], found["verdict"]) == (7, "altered")
    (match,) = found["matches"]
    assert set(match) >= {
        "document", "locator", "page", "start", "end", "source_text", "speaker", "differences",
    }  # fmt: skip
    assert match["differences"] == [{"kind": "delete", "quote": "", "source": "not"}]
    assert match["speaker"] == "Anna Berg"
    assert set(match["document"]) == {"id", "title", "publisher", "date", "url", "file", "sha256"}


@pytest.mark.parametrize("quotation", ["", "  \n", "“…”", "?!", "a " * LONGEST])
def test_what_cannot_be_checked_is_refused_with_the_remedy(
    library: Library, quotation: str
) -> None:
    with pytest.raises(PullquoteError, match=r"Give the words|in parts"):
        check(library, quotation)
