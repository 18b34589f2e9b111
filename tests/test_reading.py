from __future__ import annotations

from pathlib import Path

import pytest

from qa import reading
from qa.candidates import candidates_of
from qa.reader import Passage
from qa.retrieve import search
from tests.libraries import library_of


def test_a_reply_is_read_with_its_question(tmp_path: Path) -> None:
    faq = library_of(tmp_path, {"faq.txt": "Who pays the keeper? The county. It pays in May."})
    (hit,) = search(faq, "Who pays the keeper?", 1)
    chunk = faq.chunks([hit.chunk_id])[hit.chunk_id]
    asked, county, may = (reading.by_itself(c) for c in candidates_of(hit, chunk))
    assert asked == Passage("", "Who pays the keeper?", ((0, 20),))
    assert county == Passage("", "Who pays the keeper? The county.", ((21, 32),))
    assert may.text == "It pays in May."


def test_a_sentence_of_a_turn_is_read_behind_its_label(tmp_path: Path) -> None:
    debate = library_of(tmp_path, {"debate.txt": "Ada Merrin: The pier is old. It leaks."})
    (hit,) = search(debate, "Who says that it leaks?", 1)
    chunk = debate.chunks([hit.chunk_id])[hit.chunk_id]
    leaks = candidates_of(hit, chunk)[-1]
    read = reading.by_itself(leaks, label="Ada Merrin: ")
    assert read == Passage("", "Ada Merrin: It leaks.", ((12, 21),))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Aylin Kaya\tRostock", "Aylin Kaya"),
        ("–\tRostock", "Rostock"),
        (" 9 August ", "9 August"),
        ("(three) crowns.", "(three) crowns."),
        ("1,204\t1,187", None),
        (": –", None),
    ],
)
def test_the_words_that_answer_are_words_of_one_cell(text: str, told: str | None) -> None:
    found = reading.telling(f"ab {text} cd", (3, 3 + len(text)))
    assert (f"ab {text} cd"[slice(*found)] if found else None) == told
