"""Spans -> citations a reader can look up."""

from __future__ import annotations

from dataclasses import dataclass

from index.library import Library
from index.records import Document, Kind, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """``quote`` is ``document.text[start:end]``, taken from the text and never typed."""

    n: int
    document: Document
    locator: str
    page: int | None
    start: int
    end: int
    quote: str


def cite(library: Library, n: int, document: Document, span: Span, quote: str) -> Citation:
    locator, page = locate(library, document.id, span[0])
    return Citation(n, document, locator, page, span[0], span[1], quote)


def locate(library: Library, document_id: str, start: int) -> tuple[str, int | None]:
    """Where a span begins, in words ("(VII) Training, paragraph 1"), and its page."""
    place = library.place(document_id, start)
    if place is None:
        return "", None
    block = place.block
    parts = list(block.section[-1:])
    if block.kind is Kind.TABLE_CELL:
        parts.append(f"table {block.table}, row {block.row}, column {block.column}")
    elif block.kind in (Kind.FOOTNOTE, Kind.CAPTION, Kind.HEADING):
        if block.kind is not Kind.HEADING:
            parts.append(block.kind.value)
    elif place.number is not None:
        parts.append(f"paragraph {place.number}")
    return ", ".join(" ".join(p.split()) for p in parts), block.page
