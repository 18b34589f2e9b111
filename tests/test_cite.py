"""Where a citation says that its words stand, and the links that lead there."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import Library
from index.readers import read
from index.readers.folios import page_labels
from index.readers.numerals import roman, roman_value
from qa.cite import Citation, cite, note_mark, pages
from qa.links import parsed, permalink, source_link


def pdf(folios: list[str], labels: list[tuple[int, str, int]] = ()) -> bytes:  # type: ignore[assignment]
    """Pages with a sentence each and a number at the foot; ``labels`` are (page from 0, style,
    first number) of the ranges that the PDF names."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 600))
    styles = {"D": "ARABIC", "r": "ROMAN_LOWER"}
    for page, style, first in labels:
        canvas.addPageLabel(page, styles[style], first)
    for i, folio in enumerate(folios):
        canvas.drawString(60, 500, f"Ship number {i} came into the old harbour in the morning.")
        canvas.drawString(200, 30, folio)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def cited(folder: Path, name: str, data: bytes, words: str) -> Citation:
    (folder / name).write_bytes(data)
    with Library.open(folder / "library", create=True) as library:
        (report,) = library.add([folder / name])
        document = library.document(report.document_id)
        start = document.text.index(words)
        return cite(library, 1, document, (start, start + len(words)), words)


def test_the_printed_page_number_goes_with_the_page(tmp_path: Path) -> None:
    found = cited(tmp_path, "a.pdf", pdf(["17", "18", "19", "20"]), "Ship number 2")
    assert (found.page, found.printed) == (3, "19") and found.faithful
    assert pages(found.page, found.printed) == "page 19 (page 3 of the file)"


def test_labels_that_the_pdf_names_count(tmp_path: Path) -> None:
    labels = [(0, "r", 1), (2, "D", 1)]
    document = read(pdf(["", "", "", ""], labels), "a.pdf")
    assert document.page_labels == ("i", "ii", "1", "2")


def test_a_number_is_certain_only_where_pages_count_up() -> None:
    blank = [""] * 5
    assert page_labels(blank, [["7"], ["8"], ["9"], ["10"], ["11"]]) == ("7", "8", "9", "10", "11")
    assert page_labels(blank, [["1"], ["2"], ["3"], ["4"], ["5"]]) == ("",) * 5
    assert page_labels(blank, [["7"], ["8"], ["2020"], ["44"], ["3"]]) == ("",) * 5
    assert page_labels(blank, [["iii"], ["iv"], ["v"], [], ["vii"]]) == (
        "iii",
        "iv",
        "v",
        "",
        "vii",
    )
    # The label and the number on the paper differ: neither is certain.
    assert page_labels(["1", "2", "3"], [["7"], ["8"], ["9"]]) == ("", "", "")
    # Two numbers count up on every page: a chapter's and the volume's.
    assert page_labels([""] * 3, [["7", "207"], ["8", "208"], ["9", "209"]]) == ("", "", "")


@given(st.integers(1, 399))
def test_roman_numbers_read_back(value: int) -> None:
    assert roman_value(roman(value)) == value


@pytest.mark.parametrize("word", ["", "iix", "vx", "mix", "civil", "ll"])
def test_words_of_roman_letters_are_no_numbers(word: str) -> None:
    assert roman_value(word) == 0


@pytest.mark.parametrize(
    ("note", "mark"),
    [("3 See the minutes.", "3"), ("[12] See.", "12"), ("(4) See.", "4"), ("¹² See.", "12"),
     ("* See.", "*"), ("7. See.", "7"), ("See page 3.", ""), ("1,200 ships sailed.", ""),
     ("2024 was dry.", ""), ("", "")],
)  # fmt: skip
def test_the_mark_of_a_note(note: str, mark: str) -> None:
    assert note_mark(note) == mark


def test_places_in_words(tmp_path: Path) -> None:
    page = b"""<!doctype html><html><body><main><h1>Report</h1><h2>Costs</h2><h3>Walls</h3>
    <p>First words here.</p><p>Second words here.</p>
    <table><tr><th>Item</th><th>Price</th></tr><tr><td>Stone</td><td>four pounds</td></tr></table>
    <ol class="footnotes"><li>2 Minutes of the board.</li></ol></main></body></html>"""
    for words, place in (
        ("Second words", "Walls, paragraph 2"),
        ("four pounds", "Walls, table 1, row 2, column 2"),
        ("Minutes of the board", "Walls, footnote 2"),
    ):
        found = cited(tmp_path, "a.html", page, words)
        assert found.locator == place
        assert found.section[-2:] == ("Costs", "Walls")


def document(**changes: str):  # type: ignore[no-untyped-def]
    made = read(b"The wall is high. The wall is old.", "a.txt")
    return replace(made, **changes)


def test_where_links_lead() -> None:
    web = document(url="https://a.example/x#top")
    assert source_link(web, 18, 34, None) == (
        "https://a.example/x#top:~:text=The%20wall%20is%20old."
    )
    paper = document(url="https://a.example/x.pdf#old", media_type="application/pdf")
    assert source_link(paper, 18, 34, 4) == "https://a.example/x.pdf#page=4"
    # A text taken from a PDF: a text directive would lead nowhere in it.
    assert source_link(document(url="https://a.example/x.pdf"), 18, 34, None) == (
        "https://a.example/x.pdf"
    )
    assert source_link(document(url=""), 18, 34, None) == ""
    assert source_link(document(url="javascript:alert(1)"), 18, 34, None) == ""


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_permalinks_read_back(start: int, length: int) -> None:
    made = document()
    path = permalink(made, start, start + length)
    assert parsed(path) == (made.id, start, start + length)


@pytest.mark.parametrize(
    "path", ["/d/xyz/1-2", "/d/0123456789abcdef/5-5", "/d/0123456789abcdef/5-", "/d/0/1-2", "/"]
)
def test_other_paths_are_no_permalinks(path: str) -> None:
    assert parsed(path) is None
