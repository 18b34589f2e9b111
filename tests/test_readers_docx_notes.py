"""Footnotes and endnotes of Word files."""

from __future__ import annotations

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

from index.readers import read
from index.records import Kind
from tests.test_readers_docx import element, paragraph, saved
from tests.test_readers_formats import parts


def noted(kind: str, reference: str = "", settings: str = "") -> bytes:
    """Two notes of a kind, referred to from two paragraphs and once from deleted words."""
    document = docx.Document()
    notes = "".join(
        f'<w:{kind} w:id="{i}">{paragraph(text)}</w:{kind}>'
        for i, text in [(1, "Gone."), (5, "Minutes of May."), (2, "The ledger.")]
    )
    blob = f"<w:{kind}s {nsdecls('w')}>{notes}</w:{kind}s>".encode()
    name, media = PackURI(f"/word/{kind}s.xml"), "application/xml"
    relation = getattr(RELATIONSHIP_TYPE, f"{kind.upper()}S")
    document.part.relate_to(Part(name, media, blob, document.part.package), relation)
    gone = f'<w:del w:id="9"><w:r><w:{kind}Reference w:id="1"/></w:r></w:del>'
    for i, text in [(5, "The pool closed"), (2, "It cost 250")]:
        mark = f'<w:r><w:{kind}Reference w:id="{i}" {reference}/></w:r>'
        words = f"<w:r><w:t>{text}</w:t></w:r>{mark}<w:r><w:t>.</w:t></w:r>"
        document.element.body.insert(-1, element(f"<w:p>{gone}{words}</w:p>"))
        gone = ""
    if settings:
        document.settings.element.append(element(f"<w:{kind}Pr>{settings}</w:{kind}Pr>"))
    return saved(document)


def test_notes_and_the_words_that_refer_to_them_have_the_same_mark() -> None:
    found = read(noted("footnote"), "a.docx")
    assert parts(found, Kind.PARAGRAPH) == ["The pool closed¹.", "It cost 250²."]
    assert parts(found, Kind.FOOTNOTE)[-2:] == ["¹ Minutes of May.", "² The ledger."]


@pytest.mark.parametrize(
    ("kind", "reference", "settings"),
    [
        ("endnote", "", ""),
        ("footnote", 'w:customMarkFollows="1"', ""),
        ("footnote", "", '<w:numFmt w:val="lowerLetter"/>'),
        ("footnote", "", '<w:numRestart w:val="eachPage"/>'),
    ],
    ids=["roman", "own mark", "letters", "anew on each page"],
)
def test_marks_that_are_no_plain_count_are_left_out(
    kind: str, reference: str, settings: str
) -> None:
    found = read(noted(kind, reference, settings), "a.docx")
    assert parts(found, Kind.PARAGRAPH) == ["The pool closed.", "It cost 250."]
    assert "Minutes of May." in parts(found, Kind.FOOTNOTE)
