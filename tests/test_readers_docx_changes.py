"""Tracked changes of Word files that reach over paragraphs."""

from __future__ import annotations

import docx
import pytest

from index.readers import read
from tests.test_readers_docx import element, saved


@pytest.mark.parametrize("change", ["del", "moveFrom"])
def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next(change: str) -> None:
    document = docx.Document()
    first = document.add_paragraph("The pool closes ")
    document.element.body.insert(1, element('<w:bookmarkEnd w:id="1"></w:bookmarkEnd>'))
    document.add_paragraph("on 1 July.")
    document.add_paragraph("It opens in May.")
    look = f'<w:rPr><w:{change} w:id="3" w:author="x"/></w:rPr>'
    first._p.get_or_add_pPr().append(element(look))
    assert read(saved(document), "a.docx").text == "The pool closes on 1 July.\n\nIt opens in May."
