"""Tables that are ruled on the pages of a PDF, made by the tests themselves."""

from __future__ import annotations

import io
from typing import Any

import pytest

from index.readers import read
from index.records import Document, Kind
from tests.test_readers import assert_sound
from tests.test_readers_formats import headings_of, parts

RULES = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
ADVICE = [
    ["What was advised", "Who answers for it", "Cost"],
    [
        "Publish all contracts above 50,000 crowns within thirty days",
        "Finance department",
        "12,400",
    ],
    ["Rotate inspectors between the harbour and the island districts", "Harbour office", "0"],
]


def printed(rows: list[list[str]], style: list[Any], height: float = 800) -> Document:
    """A page, or several, of this height with a table between two paragraphs."""
    platypus = pytest.importorskip("reportlab.platypus")
    normal = pytest.importorskip("reportlab.lib.styles").getSampleStyleSheet()["Normal"]
    cells = [[platypus.Paragraph(cell, normal) for cell in row] for row in rows]
    table = platypus.Table(cells, colWidths=[110, 80, 50], style=style, splitInRow=1)
    out = io.BytesIO()
    platypus.SimpleDocTemplate(out, pagesize=(400, height)).build(
        [
            platypus.Paragraph("The auditor gave this advice to the council.", normal),
            table,
            platypus.Paragraph("The council followed all of it.", normal),
        ]
    )
    document = read(out.getvalue(), "a.pdf")
    assert_sound(document)
    return document


def rows_of(document: Document) -> list[list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for block in document.blocks:
        if block.kind is Kind.TABLE_CELL:
            place = (block.table or 0, block.row or 0)
            found.setdefault(place, []).append(document.text[block.start : block.end])
    return [found[place] for place in sorted(found)]


def test_the_lines_of_a_ruled_cell_are_one_text() -> None:
    document = printed(ADVICE, RULES)
    assert rows_of(document) == ADVICE
    assert parts(document, Kind.PARAGRAPH) == [
        "The auditor gave this advice to the council.",
        "The council followed all of it.",
    ]
    cost = next(b for b in document.blocks if document.text[b.start : b.end] == "12,400")
    assert cost.headings == (ADVICE[1][0], "Cost")


def test_rows_that_are_ruled_across_only() -> None:
    below = [("LINEBELOW", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    rows = [*ADVICE, ["Keep a register of gifts", "Secretary of the council", "1,150"]]
    assert rows_of(printed([*rows, ["Train the staff", "School", "88,000"]], below))[:4] == rows


def test_rules_between_paragraphs_make_no_table() -> None:
    below = [("LINEBELOW", (0, 0), (-1, -1), 0.5, "black"), ("SPAN", (0, 0), (-1, 0))]
    below += [("SPAN", (0, i), (-1, i)) for i in range(1, 5)]
    rows = [["The council met and passed the plan for the walls of the town.", "", ""]] * 5
    assert not parts(printed(rows, below), Kind.TABLE_CELL)


def test_cells_that_several_columns_or_rows_share() -> None:
    rows = [["Town", "Ships of every kind", ""], ["", "Old", "New"], ["Orlau", "12", "4"]]
    shared = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))]
    document = printed(rows, [*RULES, *shared])
    assert rows_of(document) == [
        ["Town", "Ships of every kind"],
        ["Old", "New"],
        ["Orlau", "12", "4"],
    ]
    columns = [b.column for b in document.blocks if b.kind is Kind.TABLE_CELL]
    assert columns == [1, 2, 2, 3, 1, 2, 3]


def test_rows_that_are_not_ruled_apart_stay_rows() -> None:
    rows = [
        ["Town", "Ships", "Crew"],
        ["Orlau", "12", "310"],
        ["Velm", "7", "120"],
        ["Tarn", "9", "88"],
    ]
    columns = [("BOX", (0, 0), (-1, -1), 0.5, "black")]
    columns += [
        ("LINEAFTER", (0, 0), (-1, -1), 0.5, "black"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"),
    ]
    assert rows_of(printed(rows, columns)) == rows


def test_rows_between_a_head_and_a_total_stay_rows() -> None:
    rows = [
        ["Town", "Ships", "Crew"],
        ["Orlau", "12", "310"],
        ["Velm", "7", "120"],
        ["Tarn", "9", "88"],
    ]
    lines = [("LINEABOVE", (0, r), (-1, r), 0.5, "black") for r in (0, 1, 4)]
    lines.append(("LINEBELOW", (0, 4), (-1, 4), 0.5, "black"))
    rows.append(["All", "28", "518"])
    assert rows_of(printed(rows, lines)) == rows


def test_a_row_that_a_page_break_cuts_is_one_under_its_headings() -> None:
    document = printed(ADVICE, RULES, height=273)
    assert {b.page for b in document.blocks} == {1, 2}
    assert rows_of(document) == ADVICE
    zero = next(b for b in document.blocks if document.text[b.start : b.end] == "0")
    assert zero.headings[-1] == "Cost"


def test_words_on_squared_paper_are_read() -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    out = io.BytesIO()
    c = canvas.Canvas(out, pagesize=(595, 842))
    for i in range(151):
        c.line(40, 40 + 5 * i, 550, 40 + 5 * i)
        c.line(40 + 3.4 * i, 40, 40 + 3.4 * i, 790)
    c.drawString(80, 500, "The council paid for the walls.")
    c.save()
    assert "The council paid for the walls." in read(out.getvalue(), "a.pdf").text


MEASURES = [
    ["Measure", "Who answers", "State"],
    ["Publish contracts", "Finance", "Done"],
    ["Rotate inspectors", "Harbour", "Begun"],
    ["Train staff", "School", "Not begun"],
]


def in_type(rows: list[list[str]], bold: list[int], *style: Any) -> Document:
    """A table some rows of which are bold."""
    platypus = pytest.importorskip("reportlab.platypus")
    style = (*style, *(("FONTNAME", (0, r), (-1, r), "Helvetica-Bold") for r in bold))
    out = io.BytesIO()
    platypus.SimpleDocTemplate(out).build([platypus.Table(rows, colWidths=150, style=style)])
    document = read(out.getvalue(), "a.pdf")
    assert_sound(document)
    return document


@pytest.mark.parametrize("rules", [(), (RULES[0],)])
def test_a_bold_row_heads_a_table_of_words(rules: tuple[Any, ...]) -> None:
    assert headings_of(in_type(MEASURES, [0], *rules), "Begun") == ("Rotate inspectors", "State")
    assert headings_of(in_type(MEASURES, [], *rules), "Begun") == ()


def test_bold_words_further_down_leave_open_what_heads_what() -> None:
    again = ["Wish", "Who asks", "Answer"]
    rows = [*MEASURES, again, ["Mend the pier", "Fishers", "Refused"]]
    assert headings_of(in_type(rows, [0, 4]), "Refused") == ()


def test_a_bold_label_above_some_rows_heads_no_column() -> None:
    rows = [MEASURES[0], ["Town", "", ""], *MEASURES[1:]]
    document = in_type(rows, [0, 1], RULES[0])
    assert headings_of(document, "Begun") == ("Rotate inspectors", "State")
    rows = [*MEASURES[:3], ["District", "", ""], *MEASURES[3:]]
    assert headings_of(in_type(rows, [0, 3], RULES[0]), "Not begun") == ("Train staff", "State")


def test_rows_that_are_lines_of_higher_rows_get_no_headings() -> None:
    rows = [MEASURES[0], ["Publish all", "Office of", "Done"], ["contracts", "finance", ""]]
    assert headings_of(in_type(rows, [0]), "Done") == ()


def test_a_bold_total_is_no_heading() -> None:
    rows = [["Town", "Held by", "Ships"], ["Orlau", "Crown", "12"], ["Velm", "Guild", "7"]]
    document = in_type([*rows, ["All", "", "19"]], [0, 3])
    assert headings_of(document, "Guild") == ("Velm", "Held by")
    assert headings_of(document, "19") == ("All", "Ships")
