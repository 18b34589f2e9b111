"""PDF files, made by the tests themselves."""

from __future__ import annotations

import io

import pytest

from index.errors import UnreadableDocument
from index.readers import read
from index.readers.pdf.page import boxes
from index.records import Kind
from index.text import display
from tests.test_readers import assert_sound
from tests.test_readers_formats import headings_of, parts

STORY = "The council of the harbour town met on Monday and passed the plan for the new walls. "


def pdf(pages: list[list[tuple[float, float, str, int]]], **options: object) -> bytes:
    """Pages of (x, y, text, size)."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    out = io.BytesIO()
    c = canvas.Canvas(out, pagesize=(595, 842), **options)
    for page in pages:
        for x, y, text, size in page:
            c.setFont("Helvetica", size)
            c.drawString(x, y, text)
        c.showPage()
    c.save()
    return out.getvalue()


def story_page(number: int, lines: list[str]) -> list[tuple[float, float, str, int]]:
    top = (72.0, 810.0, "Harbour Authority Review", 8)
    bottom = (290.0, 30.0, f"{number}", 8)
    return [top, *((72.0, 740.0 - 14 * i, line, 10) for i, line in enumerate(lines)), bottom]


def test_pdf_pages_furniture_and_a_sentence_over_two_pages() -> None:
    first = ["Walls were raised by more than a metre in the years of the", "great storms, and"]
    second = ["pumps were bought for the lower town.", "It was dear."]
    document = read(pdf([story_page(1, first), story_page(2, second)]), "a.pdf")
    assert_sound(document)
    (paragraph,) = [b for b in document.blocks if b.kind is Kind.PARAGRAPH]
    assert paragraph.page == 1
    assert (
        document.text[paragraph.start : paragraph.end].split() == " ".join(first + second).split()
    )
    assert parts(document, Kind.BOILERPLATE) == ["Harbour Authority Review", "1"] * 1 + [
        "Harbour Authority Review", "2"]  # fmt: skip


def test_running_heads_with_page_numbers_may_name_the_chapter() -> None:
    pages = []
    for i, chapter in enumerate(["Walls", "Pumps", "Ships", "Roads"], 6):
        lines = [(72.0, 700.0 - 12 * n, STORY, 10) for n in range(3)]
        lines.append((72.0, 664.0, "It was told of the town and of", 10))
        pages.append([(72.0, 800.0, f"{chapter} in peril", 8), (520.0, 800.0, f"{i}", 8), *lines])
    document = read(pdf(pages), "a.pdf")
    assert_sound(document)
    heads = ["Walls in peril\t6", "Pumps in peril\t7", "Ships in peril\t8", "Roads in peril\t9"]
    assert parts(document, Kind.BOILERPLATE) == heads
    assert not parts(document, Kind.TABLE_CELL)


def test_pdf_headings_by_size_and_columns_one_after_the_other() -> None:
    rows = [(72.0, 780.0, "A Study of Tides", 18)]
    for i in range(12):
        rows.append((72.0, 740.0 - 14 * i, f"left line {i} of the running text goes on", 10))
        rows.append((310.0, 740.0 - 14 * i, f"right line {i} of the running text goes on", 10))
    document = read(pdf([rows]), "a.pdf")
    assert document.title == "A Study of Tides"
    assert document.text.index("left line 11") < document.text.index("right line 0")


def test_three_columns_of_a_pdf_are_read_as_they_were_written() -> None:
    words = iter(f"word{i:03}" for i in range(1000))
    page = [
        (x, 740.0 - 14 * i, f"{next(words)} and {next(words)} go on", 10)
        for x in (60.0, 230.0, 400.0)
        for i in range(12)
    ]
    page += [(60.0, 540.0, "Further news", 16)]
    page += [(60.0, 500.0 - 14 * i, f"{next(words)} {STORY[:70]}", 10) for i in range(6)]
    document = read(pdf([page]), "a.pdf")
    assert_sound(document)
    found = [word for word in document.text.split() if word.startswith("word")]
    assert found == sorted(found) and len(found) == 2 * 36 + 6


def test_numbered_lines_of_contents_are_no_headings() -> None:
    names = ["1 Walls", "1.1 Their age", "1.2 Their height", "2 Pumps"]
    page = [(72.0, 700.0 - 24 * i, f"{name} {'.' * 60} {i + 3}", 10)
            for i, name in enumerate(names)]  # fmt: skip
    document = read(pdf([[*page, (72.0, 560.0, STORY, 10), (72.0, 548.0, STORY, 10)]]), "a.pdf")
    assert {b.section for b in document.blocks} == {()}
    assert len(parts(document, Kind.BOILERPLATE)) == 4


def test_a_drop_capital_begins_its_word() -> None:
    page = [(72.0, 636.0, "T", 44), (72.0, 700.0, "A Study of Tides", 18)]
    page += [(101.0, 658.0, "he council of the harbour town met on Monday and passed", 10)]
    page += [(101.0, 646.0, "for the new walls, with eleven votes to four, all the money", 10)]
    page += [(72.0, 624.0 - 12 * i, "costs was found in the chest of the town hall", 10)
             for i in range(3)]  # fmt: skip
    document = read(pdf([page]), "a.pdf")
    assert_sound(document)
    assert parts(document, Kind.HEADING) == ["A Study of Tides"]
    assert document.text.index("The council") < document.text.index("for the new walls")


def test_pdf_table() -> None:
    rows = [(72.0, 700.0 - 16 * i, a, 10) for i, a in enumerate(["Item", "Walls", "Pumps"])]
    rows += [(250.0, 700.0 - 16 * i, a, 10) for i, a in enumerate(["2022", "3.5", "1.2"])]
    rows += [(72.0, 600.0 - 13 * i, STORY, 10) for i in range(4)]
    assert headings_of(read(pdf([rows]), "a.pdf"), "1.2") == ("Pumps", "2022")


NOTED = """The rate rose<super>3</super> to 5 per cent in 2019.<super>14</super> It covers
10<super>6</super> people over 20 m<super>2</super> each, CO<sub>2</sub> left out."""


def test_raised_figures_in_a_pdf_are_marks_of_notes_and_exponents() -> None:
    platypus = pytest.importorskip("reportlab.platypus")
    style = pytest.importorskip("reportlab.lib.styles").getSampleStyleSheet()["BodyText"]
    told = [NOTED, "<super>3</super> By the old count.", "<super>14</super> Ibid., p. 4."]
    out = io.BytesIO()
    platypus.SimpleDocTemplate(out).build([platypus.Paragraph(text, style) for text in told])
    document = read(out.getvalue(), "a.pdf")
    assert_sound(document)
    (words,) = parts(document, Kind.PARAGRAPH)
    assert display(words) == (
        "The rate rose³ to 5 per cent in 2019.¹⁴ It covers 10⁶ people over 20 m² each, "
        "CO2 left out."
    )
    assert parts(document, Kind.FOOTNOTE) == ["³ By the old count.", "¹⁴ Ibid., p. 4."]
    assert boxes(out.getvalue(), 1, "people over 20 m² each")


SPENDING = [["Town", "2023", "2024"], ["Roads", "1,200,000", "1,300"], ["Schools", "", "2,100"],
            ["Police", "8", ""]]  # fmt: skip


def pdf_table(rows: list[list[str]], heading: str, figures: str, width: int | None) -> bytes:
    """A table below a paragraph, its headings and its figures aligned so."""
    platypus = pytest.importorskip("reportlab.platypus")
    styles = pytest.importorskip("reportlab.lib.styles").getSampleStyleSheet()
    style = [("ALIGN", (1, 0), (-1, 0), heading), ("ALIGN", (1, 1), (-1, -1), figures)]
    table = platypus.Table(rows, colWidths=width and [width] * len(rows[0]), style=style)
    out = io.BytesIO()
    platypus.SimpleDocTemplate(out).build([platypus.Paragraph(STORY, styles["BodyText"]), table])
    return out.getvalue()


@pytest.mark.parametrize("width", [None, 100])
@pytest.mark.parametrize("figures", ["LEFT", "RIGHT"])
@pytest.mark.parametrize("heading", ["LEFT", "CENTER", "RIGHT"])
def test_pdf_cells_stay_in_their_columns_beside_empty_ones(
    heading: str, figures: str, width: int | None
) -> None:
    document = read(pdf_table(SPENDING, heading, figures, width), "a.pdf")
    assert_sound(document)
    assert headings_of(document, "2,100") == ("Schools", "2024")
    assert headings_of(document, "8") == ("Police", "2023")


def test_a_pdf_table_without_a_full_row_has_all_its_columns() -> None:
    rows = [["", "2023", "2024"], ["Roads", "1,200", ""], ["Schools", "", "2,100"]]
    document = read(pdf_table(rows, "CENTER", "RIGHT", None), "a.pdf")
    assert headings_of(document, "1,200") == ("Roads", "2023")
    assert headings_of(document, "2,100") == ("Schools", "2024")


ROWS = [["Member", "Party", "Role"], ["Ines Oort", "Green League", "Chair of the committee"],
        ["Halvard Mekk", "Labour", "Deputy chair"], ["Piet van Olm", "", "Member"]]  # fmt: skip


def story(*flowables: object, width: float = 440, alignment: int = 0) -> bytes:
    """A PDF of one page with paragraphs (given as text) and other flowables in one column."""
    platypus = pytest.importorskip("reportlab.platypus")
    sheet = pytest.importorskip("reportlab.lib.styles").getSampleStyleSheet()["BodyText"]
    sheet.alignment = alignment
    out = io.BytesIO()
    platypus.SimpleDocTemplate(out, rightMargin=595 - 72 - 12 - width).build(
        [platypus.Paragraph(one, sheet) if isinstance(one, str) else one for one in flowables]
    )
    return out.getvalue()


def test_cells_of_a_pdf_that_stand_close_are_told_by_the_rows_beside() -> None:
    platypus = pytest.importorskip("reportlab.platypus")
    padding = [("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4)]
    document = read(story(STORY * 3, platypus.Table(ROWS, style=padding), STORY), "a.pdf")
    assert_sound(document)
    assert parts(document, Kind.TABLE_CELL) == [cell for row in ROWS for cell in row if cell]
    assert len(parts(document, Kind.PARAGRAPH)) == 2


def test_wide_gaps_of_a_justified_column_part_no_cells() -> None:
    words = "The extraordinarily complicated subcontracting arrangements cost above 500,000 crowns."
    for width in range(110, 200, 15):
        document = read(story(f"{words} {STORY * 4}", width=width, alignment=4), "a.pdf")
        assert [b.kind for b in document.blocks] == [Kind.PARAGRAPH]
        assert "\t" not in document.text


def test_a_program_in_a_pdf_is_no_table() -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    out = io.BytesIO()
    c = canvas.Canvas(out)
    c.setFont("Courier", 10)
    for i, line in enumerate(["if a < b and is_old( one )", "for a : b and is_old( two )"] * 3):
        c.drawString(72, 700 - 12 * i, line)
    c.save()
    assert not parts(read(out.getvalue(), "a.pdf"), Kind.TABLE_CELL)


def test_the_size_of_type_in_a_pdf_is_what_the_page_shows() -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    out = io.BytesIO()
    c = canvas.Canvas(out)
    c.scale(0.5, 0.5)  # as programs do that reckon in finer units than points
    for i, (town, ships) in enumerate([("Orlau", "Few"), ("Velm", "None"), ("Tarn", "Many")]):
        c.setFont("Helvetica", 20)
        c.drawString(144, 1400 - 40 * i, town)
        c.drawString(226, 1400 - 40 * i, ships)
    c.setFont("Helvetica", 20)
    c.drawString(144, 1200, "The towns were asked.")
    c.drawString(144, 1165, "Each town told how many ships it has")
    c.save()
    document = read(out.getvalue(), "a.pdf")
    assert len(parts(document, Kind.TABLE_CELL)) == 6
    assert len(parts(document, Kind.PARAGRAPH)) == 2


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Die Stadt nahm im letzten Jahr zwölf Millionen ein. Das waren",
            "18 Prozent mehr als 2019.",
        ],
        ["The town was told so in spring and again in autumn, see point", "(139) of the report."],
        [
            "The council accepted all of the advice of June but the second",
            "one, which it kept back.",
        ],
    ],
)
def test_a_line_that_had_to_break_goes_on_with_a_figure(lines: list[str]) -> None:
    page = [(72.0, 740.0 - 14 * i, line, 10) for i, line in enumerate(lines)]
    (paragraph,) = read(pdf([page]), "a.pdf").blocks
    assert paragraph.kind is Kind.PARAGRAPH


def test_raised_figures_of_a_font_mark_notes() -> None:
    typst = pytest.importorskip("typst")
    source = b"The council met in spring#footnote[Minutes of the council.] and passed the plan."
    document = read(typst.compile(source), "a.pdf")
    assert parts(document, Kind.FOOTNOTE) == ["¹Minutes of the council."]
    assert parts(document, Kind.PARAGRAPH) == ["The council met in spring¹ and passed the plan."]


def test_items_that_count_on_are_not_run_together() -> None:
    lines = ["1. the walls of the old harbour, which were built long ago", "2. the pumps"]
    page = [(72.0, 740.0 - 14 * i, line, 10) for i, line in enumerate([STORY, *lines])]
    assert len(read(pdf([page]), "a.pdf").blocks) == 3


@pytest.mark.parametrize("reason", ["encrypted", "no text layer", "truncated"])
def test_bad_pdf(reason: str) -> None:
    if reason == "encrypted":
        encryption = pytest.importorskip("reportlab.lib.pdfencrypt")
        data = pdf([[(72, 700, STORY, 10)]], encrypt=encryption.StandardEncryption("secret"))
    elif reason == "no text layer":
        data = pdf([[], []])
    else:
        data = pdf([[(72, 700, STORY, 10)]] * 5)[:-700]
    with pytest.raises(UnreadableDocument, match=reason):
        read(data, "a.pdf")
