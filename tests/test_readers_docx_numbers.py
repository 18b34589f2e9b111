"""The numbers that Word sets before paragraphs, which stand in no paragraph of the file."""

from __future__ import annotations

import docx
import pytest
from docx.document import Document as WordDocument

from index.readers import read
from index.readers.docx.numbers import counted
from index.records import Kind
from tests.test_readers_docx import element, saved
from tests.test_readers_formats import parts


def level(at: int, text: str, style: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(levels: list[str], again: bool = False) -> WordDocument:
    """A document with list 91 of these levels, and list 92, which is the same or begins anew."""
    document = docx.Document()
    root = document.part.numbering_part.element
    root.insert(
        0, element(f'<w:abstractNum w:abstractNumId="90">{"".join(levels)}</w:abstractNum>')
    )
    over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for name in (91, 92):
        restart = over if again and name == 92 else ""
        inner = f'<w:abstractNumId w:val="90"/>{restart}'
        root.append(element(f'<w:num w:numId="{name}">{inner}</w:num>'))
    return document


def add(document: WordDocument, text: str, at: int = 0, name: int = 91, style: str = "") -> None:
    properties = document.add_paragraph(text, style or None)._p.get_or_add_pPr()
    inner = f'<w:ilvl w:val="{at}"/><w:numId w:val="{name}"/>'
    properties.append(element(f"<w:numPr>{inner}</w:numPr>"))


def test_numbers_of_several_levels_count_on_and_begin_again() -> None:
    document = numbered([level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter")])
    for text, at in [("Walls", 0), ("High", 1), ("Stone", 2), ("Brick", 2), ("Low", 1),
                     ("Pumps", 0), ("New", 1), ("Steel", 2)]:  # fmt: skip
        add(document, text, at)
    assert parts(read(saved(document), "a.docx"), Kind.LIST_ITEM) == [
        "1. Walls", "1.1 High", "(a) Stone", "(b) Brick", "1.2 Low", "2. Pumps", "2.1 New",
        "(a) Steel"]  # fmt: skip


def test_an_item_that_was_deleted_is_not_counted() -> None:
    document = numbered([level(0, "%1.")])
    for text in ("Walls", "", "Pumps"):
        add(document, text)
    look = document.paragraphs[1]._p.get_or_add_pPr()
    look.append(element('<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'))
    assert parts(read(saved(document), "a.docx"), Kind.LIST_ITEM) == ["1. Walls", "2. Pumps"]


@pytest.mark.parametrize(("again", "third"), [(False, "3. Gates"), (True, "1. Gates")])
def test_a_second_list_counts_on_unless_it_begins_anew(again: bool, third: str) -> None:
    document = numbered([level(0, "%1.")], again)
    add(document, "Walls")
    add(document, "Pumps")
    document.add_paragraph("And further:")
    add(document, "Gates", name=92)
    assert parts(read(saved(document), "a.docx"), Kind.LIST_ITEM)[-1] == third


def test_numbers_of_headings_come_from_their_styles() -> None:
    linked = [level(i, t, more=f'<w:pStyle w:val="Heading{i + 1}"/>')
              for i, t in enumerate(["%1", "%1.%2"])]  # fmt: skip
    document = numbered(linked)
    for name in ("Heading 1", "Heading 2"):
        inner = '<w:numPr><w:numId w:val="91"/></w:numPr>'
        document.styles[name].element.get_or_add_pPr().append(element(inner))
    for text, depth in [("Walls", 1), ("High", 2), ("Low", 2), ("Pumps", 1), ("New", 2)]:
        document.add_heading(text, depth)
    document.add_paragraph("They run.")
    found = read(saved(document), "a.docx")
    assert parts(found, Kind.HEADING) == ["1 Walls", "1.1 High", "1.2 Low", "2 Pumps", "2.1 New"]
    assert found.blocks[-1].section == ("2 Pumps", "2.1 New")


def test_articles_that_word_counts_are_headings() -> None:
    document = numbered([level(0, "Article %1")])
    document.add_paragraph("The Harbour Act")
    for text in ("Purpose", "Terms", "Entry"):
        add(document, text)
        document.add_paragraph(f"The act speaks of this: {text.lower()}. It applies from May.")
    found = read(saved(document), "a.docx")
    assert parts(found, Kind.HEADING)[1:] == [
        "Article 1 Purpose", "Article 2 Terms", "Article 3 Entry"]  # fmt: skip


def test_bullets_and_unknown_kinds_of_number_say_nothing() -> None:
    document = numbered([level(0, "\uf0b7", "bullet"), level(1, "%2.", "hebrew1")])
    add(document, "Walls")
    add(document, "High", 1)
    assert parts(read(saved(document), "a.docx"), Kind.LIST_ITEM) == ["Walls", "High"]


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (3, "decimalZero", "03"),
        (10, "chineseCounting", "十"),
        (27, "chineseCountingThousand", "二十七"),
        (3, "decimalEnclosedCircle", "③"),
        (1, "hebrew1", None),
    ],
)
def test_numbers_are_written_in_their_kind(number: int, style: str, written: str | None) -> None:
    assert counted(number, style) == written
