from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.layout import alone, closed, lines, printed, row, unbulleted


@pytest.mark.parametrize(
    "text", ["It rained.", "Did it?", "“It rained.”", "It rained.³", "It rained.[12]", "下雨了。"]
)
def test_a_sentence_is_closed_by_its_stop_and_what_hangs_on_it(text: str) -> None:
    assert closed(text) and not alone(text)


@pytest.mark.parametrize("text", ["North pier\t41 crowns", "rain;", "The fees are:", "第三章"])
def test_rows_headings_and_items_are_not_closed(text: str) -> None:
    assert not closed(text) and alone(text)


@pytest.mark.parametrize("text", ["2. Dig a pond.", "(3) Pay them.", "③ Pay them.", "- Graft."])
def test_an_item_stands_alone_though_a_stop_closes_it(text: str) -> None:
    assert closed(text) and alone(text)


def test_sentences_run_on_and_rows_have_a_line_each() -> None:
    said = ["One.", "Two.", "Pier\t41", "Quay\t57", "Three.", "Four."]
    assert lines([alone(s) for s in said]) == [[0, 1], [2], [3], [4, 5]]


def test_what_is_known_for_an_item_stands_alone_whatever_its_words() -> None:
    assert alone("Rain fell.", item=True) and not alone("Rain fell.")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("-Improve the roads", "Improve the roads"),
        ("• Plant oaks", "Plant oaks"),
        ("-verbose", "-verbose"),
        ("-5.3 per cent", "-5.3 per cent"),
        ("-n NUMBER", "-n NUMBER"),
        ("--json prints it", "--json prints it"),
        ("-", "-"),
    ],
)
def test_a_bullet_is_no_part_of_a_cell(cell: str, shown: str) -> None:
    assert unbulleted(cell) == shown


def test_the_cells_of_a_row_are_told_apart() -> None:
    assert row("North\n pier\t\t41 crowns") == "North pier\t41 crowns"
    assert printed(row("North pier\t41 crowns")) == "North pier | 41 crowns"


def test_a_cell_is_printed_behind_the_heading_of_its_column() -> None:
    assert printed("North pier\t41 crowns", ("", "Fee")) == "North pier | Fee: 41 crowns"
    assert printed("North pier\t41 crowns", ("Pier", "Fee")) == "Pier: North pier | Fee: 41 crowns"
    assert printed("North pier\t41 crowns", ("Pier",)) == "North pier | 41 crowns"


@given(st.lists(st.booleans()))
def test_every_sentence_is_on_one_line_in_order(apart: list[bool]) -> None:
    assert [at for line in lines(apart) for at in line] == list(range(len(apart)))
    assert all(not apart[at] for line in lines(apart) if len(line) > 1 for at in line)
