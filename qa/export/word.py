"""Answers as a DOCX whose sources are real footnotes, for a word processor.

python-docx writes the document; of footnotes it knows nothing, so their part is written here, as
ECMA-376 part 1, section 17.11 describes it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from qa.export.entries import MADE_BY, Entry, Source

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_HYPERLINK = f"{_R}/hyperlink"
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
    for kind, id, mark in (
        ("separator", -1, "separator"),
        ("continuationSeparator", 0, "continuationSeparator"),
    )
)
# What XML cannot hold at all.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def word(found: Sequence[Entry]) -> bytes:
    """The bytes of the DOCX file."""
    import docx

    document = docx.Document()
    title = found[0].answer.question if len(found) == 1 else "Answers"
    document.core_properties.title = _clean(title)
    document.core_properties.author = ""
    document.core_properties.comments = MADE_BY
    notes = _Notes(document)
    for entry in found:
        _add_answer(document, entry, notes)
    document.add_paragraph().add_run(MADE_BY).italic = True
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_answer(document: WordDocument, entry: Entry, notes: _Notes) -> None:
    document.add_heading(_clean(entry.answer.question), level=1)
    if not entry.answer.sentences:
        document.add_paragraph(_clean(entry.silence))
        return
    by_number = {source.number: source for source in entry.sources}
    for line in entry.lines():
        paragraph = document.add_paragraph()
        for sentence, marks in line:
            paragraph.add_run(_clean(sentence))
            notes.mark(paragraph, [by_number[n] for n in marks])
            paragraph.add_run(" ")
    for about, sides in entry.differences():
        paragraph = document.add_paragraph(f"The sources differ on “{_clean(about)}”: ")
        for i, (value, marks) in enumerate(sides):
            paragraph.add_run("; " * bool(i) + _clean(value))
            notes.mark(paragraph, [by_number[n] for n in marks])
    for untold in entry.left_open:
        document.add_paragraph(_clean(untold))


class _Notes:
    """The footnotes of a document: each source is one, at its first mention; later mentions show
    its number again."""

    def __init__(self, document: WordDocument) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart
        from docx.oxml import parse_xml

        self._notes = parse_xml(
            f'<w:footnotes xmlns:w="{_W}" xmlns:r="{_R}">{_SEPARATORS}</w:footnotes>'
        )
        package = document.part.package
        self._part = XmlPart(PackURI("/word/footnotes.xml"), _TYPE, self._notes, package)
        document.part.relate_to(self._part, f"{_R}/footnotes")
        self._ids: dict[int, int] = {}

    def mark(self, paragraph: Any, sources: Sequence[Source]) -> None:
        """Set the marks of these sources at the end of a paragraph."""
        from docx.oxml import parse_xml

        for i, source in enumerate(sources):
            if i:
                paragraph.add_run(",").font.superscript = True
            if source.number in self._ids:
                paragraph.add_run(str(self._ids[source.number])).font.superscript = True
                continue
            id = self._ids[source.number] = len(self._ids) + 1
            self._notes.append(parse_xml(self._note(id, source)))
            paragraph._p.append(
                parse_xml(
                    f'<w:r xmlns:w="{_W}"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                    f'<w:footnoteReference w:id="{id}"/></w:r>'
                )
            )

    def _note(self, id: int, source: Source) -> str:
        c = source.citation
        where = ". ".join(filter(None, (source.title, source.place)))
        fine = f"Accessed {source.accessed}; " if source.accessed else ""
        body = (
            f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            f"{_run(f' {where}: “{source.quote}” ')}{self._link(c.link, c.document.url)}"
            f"{_run(f' {source.status}.', bold=not source.matches)}"
            f"{_run(f' {fine}{source.archived}.')}"
        )
        return (
            f'<w:footnote xmlns:w="{_W}" xmlns:r="{_R}" w:id="{id}"><w:p>{body}</w:p></w:footnote>'
        )

    def _link(self, address: str, shown: str) -> str:
        if not address:
            return ""
        relation = self._part.relate_to(address, _HYPERLINK, is_external=True)
        return (
            f"<w:hyperlink r:id={quoteattr(relation)}>{_run(shown, underlined=True)}"
            f"</w:hyperlink>{_run('.')}"
        )


def _run(text: str, *, bold: bool = False, underlined: bool = False) -> str:
    marks = "<w:b/>" * bold + '<w:u w:val="single"/>' * underlined
    return (
        f'<w:r><w:rPr>{marks}<w:sz w:val="18"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(_clean(text))}</w:t></w:r>'
    )


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text)
