"""Headers and footers of Word files."""

from __future__ import annotations

import docx
import pytest
from docx.document import Document as WordDocument

from index.readers import read
from index.records import Document, Kind
from tests.test_readers import assert_sound
from tests.test_readers_docx import element, saved
from tests.test_readers_formats import parts


def letter() -> WordDocument:
    document = docx.Document()
    document.add_paragraph("The harbour wall", "Title")
    document.add_paragraph("The wall leaks. It is to be rebuilt in May.")
    return document


def found(document: WordDocument) -> Document:
    made = read(saved(document), "a.docx")
    assert_sound(made)
    return made


def test_the_header_of_the_first_page_states_the_date() -> None:
    document = letter()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Port of Alta\tDate: 3 May 2024"
    section.header.paragraphs[0].text = "Ref. 117"
    section.footer.paragraphs[0].text = "Kornmarkt 5"
    made = found(document)
    assert made.date == "2024-05-03" and made.title == "The harbour wall"
    assert parts(made, Kind.BOILERPLATE) == [
        "Port of Alta", "Date: 3 May 2024", "Ref. 117\nKornmarkt 5"]  # fmt: skip


@pytest.mark.parametrize("kind", ["instrText", "fldSimple"])
def test_the_day_on_which_a_file_is_opened_is_not_its_date(kind: str) -> None:
    document = letter()
    line = document.sections[0].header.paragraphs[0]
    line.text = "3 May 2024"
    code = "DATE \\@ d"
    if kind == "instrText":
        line.runs[0]._r.append(element(f"<w:instrText>{code}</w:instrText>"))
    else:
        line._p.append(element(f'<w:fldSimple w:instr="{code}"></w:fldSimple>'))
    made = found(document)
    assert made.date == "" and parts(made, Kind.BOILERPLATE) == ["3 May 2024"]


def test_the_numbers_of_the_text_do_not_count_a_header() -> None:
    document = letter()
    document.sections[0].header.paragraphs[0].style = document.styles["List Number"]
    document.sections[0].header.paragraphs[0].text = "Port of Alta"
    document.add_paragraph("Walls", "List Number")
    assert parts(found(document), Kind.LIST_ITEM) == ["1. Walls"]


def test_a_long_header_stands_behind_the_text() -> None:
    document = letter()
    document.sections[0].header.paragraphs[0].text = "\n".join(f"Room {n}" for n in range(7))
    made = found(document)
    assert made.title == "The harbour wall" and made.text.endswith("Room 5\nRoom 6")
