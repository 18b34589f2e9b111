"""Headers and footers of a Word file: furniture, of which the first page's may state facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.readers.docx.styles import W, is_set

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TODAY = re.compile(r"\s*(?:DATE|TIME|PRINTDATE|SAVEDATE)\b")


def margins(document: WordDocument) -> tuple[list[Any], list[Any]]:
    """The header of the first page, and all other headers and footers."""
    sections = list(document.element.body.iter(f"{W}sectPr"))
    opening = _opening(sections[0]) if sections else None
    names = [r.get(f"{_R}id", "") for s in sections for r in _references(s)]
    first = opening.get(f"{_R}id", "") if opening is not None else ""
    others = dict.fromkeys(n for n in names if n != first)
    return [*_parsed(document, [first])], [*_parsed(document, others)]


def is_undated(header: Any) -> bool:
    """Whether no field of the header shows the day on which the file is opened or printed."""
    fields = [e.text or "" for e in header.iter(f"{W}instrText")]
    fields += [e.get(f"{W}instr", "") for e in header.iter(f"{W}fldSimple")]
    return not any(map(_TODAY.match, fields))


def _references(section: Any) -> Iterator[Any]:
    yield from section.iter(f"{W}headerReference", f"{W}footerReference")


def _opening(section: Any) -> Any | None:
    wanted = "first" if is_set(section.find(f"{W}titlePg")) else "default"
    headers = section.iter(f"{W}headerReference")
    return next((h for h in headers if h.get(f"{W}type", "default") == wanted), None)


def _parsed(document: WordDocument, names: Any) -> Iterator[Any]:
    from lxml import etree

    for name in names:
        relation = document.part.rels.get(name)
        if relation is not None and not relation.is_external:
            blob = relation.target_part.blob
            yield etree.fromstring(blob, etree.XMLParser(resolve_entities=False))
