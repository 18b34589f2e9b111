"""Word files whose paragraphs, tables and cells stand in controls, custom XML and insertions."""

from __future__ import annotations

import io
import itertools
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.readers import read
from index.records import Kind
from tests.test_readers import assert_sound
from tests.test_readers_formats import headings_of, parts


def paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{text}</w:t></w:r></w:p>"


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def element(markup: str) -> object:
    return parse_xml(markup.replace(">", f" {nsdecls('w')}>", 1))


def saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def report(markup: str) -> bytes:
    """Two paragraphs with ``markup`` between them."""
    document = docx.Document()
    document.add_paragraph("The council met on Monday.")
    document.element.body.insert(1, element(markup))
    document.add_paragraph("The vote was 5 to 4.")
    return saved(document)


POOL = paragraph("The pool closes on 1 July.")


@pytest.mark.parametrize(
    "markup",
    [
        control(POOL),
        control(control(POOL)),
        f'<w:customXml w:element="x">{POOL}</w:customXml>',
        f'<w:ins w:id="1" w:author="x">{POOL}</w:ins>',
        f'<w:moveTo w:id="1" w:author="x">{POOL}</w:moveTo>',
    ],
)
def test_what_only_wraps_paragraphs_hides_none(markup: str) -> None:
    document = read(report(markup), "a.docx")
    assert_sound(document)
    assert document.text == (
        "The council met on Monday.\n\nThe pool closes on 1 July.\n\nThe vote was 5 to 4."
    )


@pytest.mark.parametrize("tag", ["del", "moveFrom"])
def test_deleted_paragraphs_stay_out(tag: str) -> None:
    document = read(report(f'<w:{tag} w:id="1" w:author="x">{POOL}</w:{tag}>'), "a.docx")
    assert document.text == "The council met on Monday.\n\nThe vote was 5 to 4."


def test_a_body_that_is_one_control_is_read() -> None:
    document = docx.Document()
    document.element.body.insert(0, element(control(paragraph("Plan", "Title") + POOL)))
    found = read(saved(document), "a.docx")
    assert found.title == "Plan" and found.text == "Plan\n\nThe pool closes on 1 July."


def test_rows_and_cells_in_controls_stand_in_their_place() -> None:
    document = docx.Document()
    document.add_paragraph("The ships of the year.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["City", "Ships", "Alta", "1,200"], strict=True):
        cell.text = text
    cells = [f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Bora", "1,300")]
    table._tbl.append(element(control(f"<w:tr>{''.join(cells)}</w:tr>")))
    table._tbl.append(element(f"<w:tr>{cells[0]}{control(cells[1].replace('300', '400'))}</w:tr>"))
    found = read(saved(document), "a.docx")
    assert_sound(found)
    assert "Alta\t1,200\nBora\t1,300\nBora\t1,400" in found.text
    assert "Ships" in headings_of(found, "1,300") and "Ships" in headings_of(found, "1,400")


def test_merged_cells_give_their_text_once_and_keep_the_columns() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    texts = ["Year", "Walls", "", "2023", "3", "4", "", "5", "6"]
    for cell, text in zip(table._cells, texts, strict=True):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    found = read(saved(document), "a.docx")
    assert found.text == "Year\tWalls\t\n2023\t3\t4\n\t5\t6"


def test_contents_and_unfilled_controls_are_kept_but_are_no_running_text() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    document.add_heading("Walls", 1)
    document.add_paragraph("The walls stand.")
    prompt = control(paragraph("Click to enter text."), "<w:showingPlcHdr/>")
    style = document.styles["toc 1"].style_id
    for markup in (prompt, control(paragraph("Walls 1", style))):
        document.element.body.insert(0, element(markup))
    found = read(saved(document), "a.docx")
    assert parts(found, Kind.BOILERPLATE) == ["Walls 1", "Click to enter text."]
    assert parts(found, Kind.PARAGRAPH) == ["The walls stand."]


def rewritten(data: bytes, change: dict[str, str]) -> bytes:
    """The same file with other words in its parts and their names."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as archive, ZipFile(out, "w") as copy:
        for name in archive.namelist():
            part = archive.read(name).decode("utf-8", "surrogateescape")
            for old, new in change.items():
                part, name = part.replace(old, new), name.replace(old, new)
            copy.writestr(name, part.encode("utf-8", "surrogateescape"))
    return out.getvalue()


PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OPEN, STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"


@pytest.mark.parametrize(
    "change",
    [
        {PLAIN_TYPE: "application/vnd.ms-word.document.macroEnabled.main+xml"},
        {PLAIN_TYPE: PLAIN_TYPE.replace("document.main", "template.main")},
        {PLAIN_TYPE: "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"},
        {"word/document.xml": "word/document2.xml", "document.xml.rels": "document2.xml.rels"},
        {
            f"{OPEN}wordprocessingml/2006/main": f"{STRICT}wordprocessingml/main",
            f"{OPEN}officeDocument/2006/relationships": f"{STRICT}officeDocument/relationships",
            f"{OPEN}drawingml/2006/main": f"{STRICT}drawingml/main",
        },
    ],
    ids=["macros", "template", "template with macros", "another name", "strict"],
)
def test_forms_of_word_files(change: dict[str, str]) -> None:
    document = docx.Document()
    document.add_heading("Pools", 1)
    document.add_paragraph("The pool closes on 1 July.")
    found = read(rewritten(saved(document), change), "a.docx")
    assert found.text == "Pools\n\nThe pool closes on 1 July."
    assert found.blocks[0].kind is Kind.HEADING


def based(document: WordDocument, name: str, on: str) -> str:
    """The name of a new style that is based on another."""
    style = document.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[on]
    return name


def test_styles_are_what_they_are_based_on() -> None:
    document = docx.Document()
    document.add_paragraph("Pools", based(document, "Chapter Opening", "Heading 1"))
    document.add_paragraph("The pool closes on 1 July.", based(document, "House Bullet", "List"))
    document.add_paragraph("Ships by year", based(document, "Figure Title", "Caption"))
    body = based(document, "Body Like Heading", "Heading 1")
    document.styles[body].element.get_or_add_pPr().append(
        element('<w:outlineLvl w:val="9"></w:outlineLvl>')
    )
    document.add_paragraph("The gates open late.", body)
    document.add_paragraph("An indented paragraph.", "List Paragraph")
    found = read(saved(document), "a.docx")
    assert [b.kind for b in found.blocks] == [
        Kind.HEADING, Kind.LIST_ITEM, Kind.CAPTION, Kind.PARAGRAPH, Kind.PARAGRAPH]  # fmt: skip


def test_contents_without_styles_of_their_own_are_no_running_text() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    found = read(report(control(paragraph("Walls of the town"), gallery)), "a.docx")
    assert parts(found, Kind.BOILERPLATE) == ["Walls of the town"]


SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def box(content: str) -> str:
    """A run with a text box as Word writes it: once for itself, once for older programs."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    shape = f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp>"
    new = f'<mc:Choice Requires="wps"><w:drawing>{shape}</w:drawing></mc:Choice>'
    old = f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
    return f"<w:r><mc:AlternateContent {SPACES}>{new}{old}</mc:AlternateContent></w:r>"


def test_the_words_of_a_box_come_once_wherever_it_stands() -> None:
    inner = box(paragraph("Free entry."))
    outer = f"<w:p>{box(paragraph('Open daily.') + f'<w:p>{inner}</w:p>')}</w:p>"
    assert "\n\nOpen daily.\n\nFree entry.\n\nThe vote" in read(report(outer), "a.docx").text
    cells = f"<w:tc><w:p>{inner}</w:p></w:tc><w:tc>{paragraph('From May.')}</w:tc>"
    found = read(report(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"), "a.docx")
    assert "Free entry.\tFrom May." in found.text


def test_a_table_of_one_column_is_a_frame_around_text() -> None:
    document = docx.Document()
    document.add_paragraph("The audit of the harbour fund")
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.paragraphs[0].text, cell.paragraphs[0].style = "Findings", document.styles["Heading 2"]
    cell.add_paragraph("Nobody checked.", "List Bullet")
    found = read(saved(document), "a.docx")
    assert_sound(found)
    assert [b.kind for b in found.blocks[1:]] == [Kind.HEADING, Kind.LIST_ITEM]
    assert found.blocks[-1].section == ("Findings",)


def table_of(document: WordDocument, rows: list[list[str]]) -> docx.table.Table:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for cell, text in zip(table._cells, itertools.chain(*rows), strict=True):
        cell.text = text
    return table


def test_a_heading_over_several_columns_heads_each() -> None:
    document = docx.Document()
    table = table_of(document, [["Year", "Walls", ""], ["2023", "3", "4"], ["2024", "5", "6"]])
    table.cell(0, 1).merge(table.cell(0, 2))
    found = read(saved(document), "a.docx")
    assert headings_of(found, "5") == headings_of(found, "6") == ("2024", "Walls")


def test_a_title_over_all_columns_heads_none() -> None:
    document = docx.Document()
    rows = [
        ["Ships by year", "", ""],
        ["Year", "In", "Out"],
        ["2023", "3", "4"],
        ["2024", "5", "6"],
    ]
    table = table_of(document, rows)
    table.cell(0, 0).merge(table.cell(0, 2))
    assert "Ships by year" not in headings_of(read(saved(document), "a.docx"), "6")


def test_headings_that_reach_down_tell_how_many_rows_head_a_table() -> None:
    document = docx.Document()
    rows = [["Year", "Walls", "", "Total"], ["", "High", "Low", ""],
            ["2023", "3", "4", "7"], ["2024", "5", "6", "11"]]  # fmt: skip
    table = table_of(document, rows)
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 3).merge(table.cell(1, 3))
    found = read(saved(document), "a.docx")
    assert_sound(found)
    assert [headings_of(found, n)[-1] for n in ("5", "6", "11")] == [
        "Walls · High", "Walls · Low", "Total"]  # fmt: skip


def test_words_under_a_heading_over_several_columns_head_them_too() -> None:
    document = docx.Document()
    rows = [["Region", "2022", "", "2023", ""], ["", "Men", "Women", "Men", "Women"],
            ["North", "3", "4", "5", "6"], ["South", "7", "8", "9", "10"]]  # fmt: skip
    table = table_of(document, rows)
    for first in (1, 3):
        table.cell(0, first).merge(table.cell(0, first + 1))
    found = read(saved(document), "a.docx")
    assert headings_of(found, "9") == ("South", "2023 · Men")


def test_a_row_that_leaves_columns_out_keeps_the_others_in_place() -> None:
    document = docx.Document()
    table = table_of(document, [["Year", "Walls", "Pumps"], ["2023", "3", "4"], ["2024", "5", "6"]])
    row = table.rows[2]._tr
    row.remove(row.tc_lst[0])
    row.get_or_add_trPr().append(element('<w:gridBefore w:val="1"></w:gridBefore>'))
    assert headings_of(read(saved(document), "a.docx"), "6")[-1] == "Pumps"


def test_a_title_of_one_word_is_the_title_also_above_chapters() -> None:
    document = docx.Document()
    for text, level in [("Budget", 0), ("Income", 1), ("Spending", 1)]:
        document.add_heading(text, level)
        document.add_paragraph("It rose by a tenth.")
    found = read(saved(document), "a.docx")
    assert found.title == "Budget" and found.blocks[-1].section == ("Spending",)
