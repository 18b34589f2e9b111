"""Footnotes and endnotes of a Word file, with the marks that Word counts for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.readers.docx.styles import W, value
from index.readers.docx.text import Words, is_read
from index.readers.formulas import SUPERSCRIPT

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

Key = tuple[str, str]
_KINDS = {"footnote": "decimal", "endnote": "lowerRoman"}


def references(element: Any) -> Iterator[Key]:
    """(kind, id) of the notes that ``element`` refers to."""
    for kind in _KINDS:
        for found in element.iter(f"{W}{kind}Reference"):
            yield kind, found.get(f"{W}id", "")


def marks(document: WordDocument) -> dict[Key, str]:
    """The raised numbers of the notes; none for a kind that is numbered otherwise than with
    figures through the whole document, nor for notes that bring a mark of their own."""
    found: dict[Key, str] = {}
    for kind, usual in _KINDS.items():
        said = _said(document, kind)
        formats = {value(s, "numFmt") for s in said} - {""} or {usual}
        anew = {value(s, "numRestart") for s in said} - {"", "continuous"}
        starts = {value(s, "numStart") for s in said} - {"", "1"}
        if formats == {"decimal"} and not anew and not starts:
            keys = _counted(document.element.body, kind)
            found |= {(kind, k): str(n).translate(SUPERSCRIPT) for n, k in enumerate(keys, 1)}
    return found


def notes(document: WordDocument, words: Words) -> Iterator[tuple[Key, str]]:
    """(kind, id) -> text of the footnotes and endnotes, behind its mark."""
    from lxml import etree

    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1].removesuffix("s")
        if kind in _KINDS and not relation.is_external:
            root = etree.fromstring(
                relation.target_part.blob, etree.XMLParser(resolve_entities=False)
            )
            for note in root.iter(f"{W}{kind}"):
                if note.get(f"{W}type") is None:
                    key = (kind, note.get(f"{W}id", ""))
                    text = "\n".join(words.of(p) for p in note.iter(f"{W}p")).strip()
                    mark = words.marks.get(key, "")
                    yield key, f"{mark} {text}" if mark and text else text


def _said(document: WordDocument, kind: str) -> list[Any]:
    """What the settings and the sections say of the numbers of notes."""
    roots = (document.settings.element, document.element.body)
    return [found for root in roots for found in root.iter(f"{W}{kind}Pr")]


def _counted(body: Any, kind: str) -> Iterator[str]:
    for found in body.iter(f"{W}{kind}Reference"):
        around = (str(a.tag).removeprefix(W) for a in found.iterancestors())
        own = found.get(f"{W}customMarkFollows", "0") not in ("0", "false", "off")
        if not own and all(map(is_read, around)):
            yield found.get(f"{W}id", "")
