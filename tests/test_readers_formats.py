"""Markdown, HTML, DOCX and PDF, made by the tests themselves."""

from __future__ import annotations

import io

import pytest

from index.errors import UnreadableDocument
from index.readers import read
from index.readers.pdf_page import boxes
from index.records import Document, Kind
from index.text import display
from tests.test_readers import assert_sound


def parts(document: Document, kind: Kind) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is kind]


def headings_of(document: Document, cell: str) -> tuple[str, ...]:
    return next(b.headings for b in document.blocks
                if b.table and document.text[b.start : b.end] == cell)  # fmt: skip


# --- Markdown ------------------------------------------------------------------------------------

MARKDOWN = """---
title: The harbour
publisher: City Desk
date: 2024-03-05
source: https://example.org/a
collection: ignored
---
# The harbour

Walls cost *5.6* **million**, says [the mayor](https://example.org/m).[^1] Run `make`.

## Walls

- one wall
- two walls
  of stone

1. raise
2. paint

| City | Ships |
|------|------:|
| Alta | 1,200 |

[^1]: Minutes of the council.
"""


def test_markdown() -> None:
    document = read(MARKDOWN.encode(), "a.md")
    assert_sound(document)
    assert (document.title, document.publisher, document.date, document.url) == (
        "The harbour", "City Desk", "2024-03-05", "https://example.org/a")  # fmt: skip
    assert document.collection == "default"
    assert parts(document, Kind.PARAGRAPH) == [
        "Walls cost 5.6 million, says the mayor. Run make."]  # fmt: skip
    assert parts(document, Kind.LIST_ITEM) == [
        "one wall", "two walls\nof stone", "1. raise", "2. paint"]  # fmt: skip
    assert headings_of(document, "1,200") == ("Alta", "Ships") or (
        headings_of(document, "1,200") == ("Ships",))  # fmt: skip
    assert parts(document, Kind.FOOTNOTE) == ["Minutes of the council."]
    assert {b.section for b in document.blocks if b.kind is Kind.LIST_ITEM} == {("Walls",)}


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2024-03", "2024-03"), ("2024", "2024"), ("March 5, 2024", "2024-03-05"), ("soon", ""),
     ("2024-03-05T10:00:00Z", "2024-03-05"), ("1848-02-24", "1848-02-24"),
     ("2024-03-05 9:05:00 +1", "2024-03-05"), ("2024-13-45", ""), ("0000-00-00", ""),
     ("2023-02-29", ""), ("2024-05-05 25:61:00", ""), ("2024-13", ""), ("!!timestamp soon", "")],
)  # fmt: skip
def test_front_matter_dates_are_as_precise_as_stated(date: str, expected: str) -> None:
    assert read(f"---\ndate: {date}\n---\nWords.".encode(), "a.md").date == expected


def test_front_matter_is_taken_as_it_is_written() -> None:
    document = read(b"---\ntitle: 007\npublisher: ~\nlang: no\n---\nWords.", "a.md")
    assert (document.title, document.publisher, document.language) == ("007", "", "no")


def test_broken_front_matter_states_nothing_and_loses_no_text() -> None:
    document = read(b"---\ntitle: [a\n---\nThe words stay.", "a.md")
    assert document.title == "" and "The words stay." in document.text


HTML_INSIDE = """# Fares

<details><summary>Children</summary>

Under *six* they pay nothing.

</details>

<table>
<tr><th>City</th><th>Fare</th></tr>
<tr><td>Alta</td><td>1,200</td></tr>
</table>

<p align="center">
Fares rise
in May.
</p>

<!-- to be done -->
Use `<table>` for a table.

<script>

The end is not lost.
"""


def test_html_inside_markdown_is_read_as_html() -> None:
    document = read(HTML_INSIDE.encode(), "a.md")
    assert_sound(document)
    assert document.text == (
        "Fares\n\nChildren\n\nUnder six they pay nothing.\n\nCity\tFare\nAlta\t1,200\n\n"
        "Fares rise in May.\n\nUse <table> for a table.\n\nThe end is not lost."
    )
    assert parts(document, Kind.TABLE_CELL) == ["City", "Fare", "Alta", "1,200"]
    assert headings_of(document, "1,200") == ("Alta", "Fare")


# --- HTML ----------------------------------------------------------------------------------------

PAGE = """<!doctype html><html lang="en"><head><title>Plan passed - The Post</title>
<meta property="og:site_name" content="The Post"><script>var x = "no";</script>
<meta property="article:published_time" content="2023-09-01T10:00:00Z">
<link rel="canonical" href="https://post.example/plan"></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav>
<article><h1>Plan passed</h1>
<p>It costs <b>$5</b>&nbsp;million &amp; lasts 10<sup>6</sup> years.<sup>[1]</sup></p>
<h2>Why now?</h2><p>Because<br>of storms.</p><ul><li>Higher walls</li><li>New pumps</li></ul>
<table><tr><th>Item</th><th>2023</th></tr><tr><td rowspan=2>Walls</td><td>3</td></tr>
<tr><td>4</td></tr></table><figure><figcaption>The quay.</figcaption></figure>
<ol class="footnotes"><li>Minutes.</li></ol></article>
<div class="related-posts"><a href="x">Other story</a></div><footer>© 2023</footer></body></html>"""


def test_html() -> None:
    document = read(PAGE.encode(), "a.html")
    assert_sound(document)
    assert (document.title, document.publisher, document.date, document.url) == (
        "Plan passed", "The Post", "2023-09-01", "https://post.example/plan")  # fmt: skip
    assert parts(document, Kind.PARAGRAPH) == [
        "It costs $5\xa0million & lasts 10⁶ years.¹", "Because\nof storms."]  # fmt: skip
    assert parts(document, Kind.LIST_ITEM) == ["Higher walls", "New pumps"]
    assert parts(document, Kind.CAPTION) == ["The quay."]
    assert parts(document, Kind.FOOTNOTE) == ["Minutes."]
    assert parts(document, Kind.BOILERPLATE) == ["Home", "Other story", "© 2023"]
    assert headings_of(document, "4") == ("Walls", "2023")
    assert {b.section for b in document.blocks if b.kind is Kind.LIST_ITEM} == {("Why now?",)}


@pytest.mark.parametrize("tag", ["article", "main", "section", "p"])
def test_a_page_may_leave_the_tags_of_head_and_body_out(tag: str) -> None:
    page = f"<!doctype html><title>Tide</title><{tag}>High at six.</{tag}><p>Low at noon.</p>"
    document = read(page.encode(), "a.html")
    assert_sound(document)
    assert document.title == "Tide" and document.text == "High at six.\n\nLow at noon."


def test_a_page_that_states_nothing_has_no_facts() -> None:
    document = read(b"<html><body><p>In 2019 it began. It was late.</p></body></html>", "my.html")
    assert (document.title, document.publisher, document.date, document.url) == ("", "", "", "")


# --- DOCX ----------------------------------------------------------------------------------------


def word(title: str = "") -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.title = title
    document.add_heading("Annual report", 0)
    document.add_paragraph("The walls stand.")
    document.add_heading("Walls", 1)
    document.add_paragraph("Raise them", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["City", "Ships", "Alta", "1,200"], strict=True):
        cell.text = text
    document.add_paragraph("(IV) Build more. They hold. So do others.")
    document.add_paragraph("(V) Paint them. Use white. It lasts.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_docx() -> None:
    document = read(word(), "report")
    assert_sound(document)
    assert document.title == "Annual report" and document.date == ""
    assert parts(document, Kind.LIST_ITEM) == ["Raise them"]
    assert "Ships" in headings_of(document, "1,200")
    assert document.blocks[-1].section == ("Walls", "(V) Paint them")


# --- PDF -----------------------------------------------------------------------------------------

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


def test_pdf_headings_by_size_and_columns_one_after_the_other() -> None:
    rows = [(72.0, 780.0, "A Study of Tides", 18)]
    for i in range(12):
        rows.append((72.0, 740.0 - 14 * i, f"left line {i} of the running text goes on", 10))
        rows.append((310.0, 740.0 - 14 * i, f"right line {i} of the running text goes on", 10))
    document = read(pdf([rows]), "a.pdf")
    assert document.title == "A Study of Tides"
    assert document.text.index("left line 11") < document.text.index("right line 0")


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
