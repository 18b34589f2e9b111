"""Words that a hyphen at a line's end cuts in two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers import read
from index.readers.pdf.hyphens import whole
from index.readers.pdf.page import boxes
from index.readers.pdf.rows import Line
from index.text import display
from tests.test_readers_pdf import pdf


def lines(*texts: str, size: float = 10.0) -> list[Line]:
    return [Line(t, 72.0, 700.0 - 14 * i, 300.0, 708.0, size, 842.0) for i, t in enumerate(texts)]


def told(*texts: str) -> list[str]:
    return [line.text for page in whole([lines(*texts)]) for line in page]


@pytest.mark.parametrize("cut, word", [("extraordinar-/ily", "extraordinarily"),
                                       ("transfor-/mation", "transformation"),
                                       ("working-/class", "working-/class"),
                                       ("twenty-/three", "twenty-/three"),
                                       ("Sino-/British", "Sino-/British"),
                                       ("2019-/fold", "2019-/fold")])  # fmt: skip
def test_words_are_whole_where_the_hyphen_is_no_part_of_them(cut: str, word: str) -> None:
    first, second = cut.split("/")
    assert "/".join(told(f"It is {first}", f"{second}, they say.")) == (
        f"It is {word}, they say." if "/" in word else f"It is {word},/they say."
    )


def test_what_the_document_writes_elsewhere_decides() -> None:
    assert told("the co-", "operation of all; co-operation pays")[0] == "the co-"
    assert told("the work-", "force grew; a workforce of six")[0] == "the workforce"


def test_cells_and_lines_in_other_type_are_no_rest_of_a_word() -> None:
    assert told("prelimi-\t12", "nary\t14") == ["prelimi-\t12", "nary\t14"]
    heading = lines("The prelimi-", size=18.0) + lines("nary figures")
    assert [line.text for line in whole([heading])[0]] == ["The prelimi-", "nary figures"]


@given(st.lists(st.text("ab -‐\u00ad.", max_size=12), max_size=6))
def test_no_letter_is_lost(texts: list[str]) -> None:
    def letters(found: list[str]) -> str:
        return "".join(c for text in found for c in text if c in "ab.")

    assert letters(told(*texts)) == letters(texts)


def test_a_whole_word_is_marked_on_both_lines_of_its_page() -> None:
    data = pdf([[(72, 700, "The audit found it extraordinar-", 10),
                 (72, 686, "ily dear, and said so.", 10)]])  # fmt: skip
    text = read(data, "a.pdf").text
    assert display(text) == "The audit found it extraordinarily dear, and said so."
    assert len(boxes(data, 1, "extraordinarily\ndear")) == 2
