"""What the pages are made of: a text in pieces, differences, dates, suggested questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Block, Kind
from qa.answer import Sentence
from qa.web import render
from qa.web.context import Marks, groups, parts
from qa.web.differences import apart, beside
from qa.web.markup import day, many, size, web_link
from qa.web.suggesting import questions

KINDS = [Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.HEADING, Kind.TABLE_CELL, Kind.BOILERPLATE]


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[Block], tuple[int, int]]:
    """A text, blocks in it with gaps between them, and a span to cite."""
    text, blocks = "", []
    for kind in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=6)):
        text += draw(st.sampled_from(["", "\n", "\n\n", " \f"]))
        words = draw(st.text("ab é中\n", min_size=1, max_size=12))
        cell = {"table": 1, "row": len(blocks), "column": 1} if kind is Kind.TABLE_CELL else {}
        blocks.append(Block(kind, len(text), len(text) + len(words), **cell))
        text += words
    start = draw(st.integers(0, len(text) - 1))
    return text, blocks, (start, draw(st.integers(start + 1, len(text))))


@given(documents())
def test_the_pieces_are_the_text_and_the_marked_ones_are_the_quote(
    document: tuple[str, list[Block], tuple[int, int]],
) -> None:
    text, blocks, span = document
    found = list(parts(text, blocks, (0, len(text)), Marks(span)))
    pieces = [piece for part in found for piece in part.pieces]
    assert "".join(p.text for p in pieces) == text
    assert "".join(p.text for p in pieces if p.cited) == text[slice(*span)]
    shown = [part for group in groups(found) for row in group.rows for part in row]
    assert sorted(p.start for p in shown) == [p.start for p in found]


@given(st.text("ab, .“”’\n", max_size=40), st.text("ab, .“”’\n", max_size=40))
def test_the_pieces_of_both_sides_are_their_texts(quote: str, source: str) -> None:
    for text, pieces in zip((quote, source), beside(quote, source), strict=True):
        assert "".join(words for _, words in pieces) == text


def test_a_full_stop_at_the_end_is_no_difference() -> None:
    pasted, stands = beside("It has four wheels.", "It has two\nwheels")
    assert [words for changed, words in pasted if changed] == ["four"]
    assert [words for changed, words in stands if changed] == ["two"]


def test_what_is_left_out_is_told_apart() -> None:
    assert apart("We will not go", [(8, 12)]) == [
        (False, "We will "),
        (True, "not "),
        (False, "go"),
    ]


@pytest.mark.parametrize(
    ("stated", "shown"),
    [("2025-06-05", "5 June 2025"), ("2025-06", "June 2025"), ("2025", "2025"), ("May", "May")],
)
def test_dates_are_shown_as_precisely_as_they_are_known(stated: str, shown: str) -> None:
    assert day(stated) == shown


def test_sizes_counts_and_addresses() -> None:
    assert [size(n) for n in (7, 3_200, 31_000, 4_000_000)] == [
        "7 bytes",
        "3.2 KB",
        "31 KB",
        "4.0 MB",
    ]
    assert many(1, "page") == "1 page" and many(1200, "page") == "1,200 pages"
    assert web_link("https://a.example/b") and not web_link("javascript:alert(1)")
    assert not web_link(" data:text/html,x") and not web_link("https://a.example/ b")


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("The mill was rebuilt by Oskar Lind.", ["Who rebuilt the mill?"]),
        ("The school was founded in 1874.", ["When was the school founded?"]),
        ("Fenn Tower is thirty-one metres high.", ["How high is Fenn Tower?"]),
        ("The plan will create over 300 jobs.", ["How many jobs will the plan create?"]),
        ("The fleets have two ships.", ["How many ships do the fleets have?"]),
        ("It was rebuilt by Oskar Lind.", []),
        ("In May the mill was rebuilt by Oskar Lind.", []),
        ("The mill stands by the river.", []),
    ],
)
def test_questions_that_a_sentence_answers(sentence: str, asked: list[str]) -> None:
    assert list(questions(sentence)) == asked


ROW = Sentence("57\t1,257\t57\tFalk", (1,), (8, 10), headings=("Year", "Ships", "", "Master"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1,257", "Year: 57 | Ships: <strong>1,257</strong> | 57 | Master: Falk"),
        ("57", "Year: 57 | Ships: 1,257 | <strong>57</strong> | Master: Falk"),
        ("Falk", "Year: 57 | Ships: 1,257 | 57 | Master: <strong>Falk</strong>"),
        ("Moe", "Year: 57 | Ships: 1,257 | 57 | Master: Falk"),
        ("", "Year: 57 | Ships: 1,257 | 57 | Master: Falk"),
    ],
)
def test_in_a_row_with_headings_the_cell_that_answers_is_bold(text: str, shown: str) -> None:
    assert f'<span class="words">{shown}</span>' in render.sentence(ROW, text, {})


def test_a_row_without_headings_has_bars_alone() -> None:
    plain = Sentence("North pier\t41 crowns", (1,), (11, 20))
    shown = render.sentence(plain, "41 crowns", {})
    assert '<span class="words">North pier | <strong>41 crowns</strong></span>' in shown
