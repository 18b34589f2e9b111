"""Spans -> citations a reader can look up."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from index.library import Library
from index.records import Document, Kind, Span
from qa.links import permalink, source_link

# The sign that a note begins with: a number, one in brackets or raised, or a printer's mark.
_NOTE = re.compile(
    r"\s*(?:[\[(（]\s*(\d{1,4})\s*[\])）]|(\d{1,3})[.)、:]?(?=\s)|([⁰¹²³⁴-⁹]{1,4})|([*†‡§]{1,3}))"
)


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a span begins. ``words`` say it to a reader ("(VII) Training, paragraph 1"); ``page``
    counts from 1; ``printed`` is the number on that page where it is another one and certain."""

    words: str = ""
    page: int | None = None
    printed: str = ""
    section: tuple[str, ...] = ()


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
    printed: str = ""
    section: tuple[str, ...] = ()

    @property
    def link(self) -> str:
        """The words at their source on the web, "" without one."""
        return source_link(self.document, self.start, self.end, self.page)

    @property
    def permalink(self) -> str:
        """The path of the words on the desk."""
        return permalink(self.document, self.start, self.end)

    @property
    def faithful(self) -> bool:
        """Whether the quote is what the document's text says at its place."""
        return self.quote == self.document.text[self.start : self.end]


def cite(library: Library, n: int, document: Document, span: Span, quote: str) -> Citation:
    """A citation of ``document.text[start:end]``; the document must have its text."""
    at = located(library, document, span[0])
    return Citation(n, document, at.words, at.page, span[0], span[1], quote, at.printed, at.section)


def locate(library: Library, document_id: str, start: int) -> tuple[str, int | None]:
    """Where a span begins, in words ("(VII) Training, paragraph 1"), and its page."""
    place = located(library, library.document(document_id), start)
    return place.words, place.page


def located(library: Library, document: Document, start: int) -> Locator:
    """Where a span of a document begins; the document must have its text."""
    place = library.place(document.id, start)
    if place is None:
        return Locator()
    block = place.block
    parts = list(block.section[-1:])
    if block.kind is Kind.TABLE_CELL:
        parts.append(f"table {block.table}, row {block.row}, column {block.column}")
    elif block.kind is Kind.FOOTNOTE:
        mark = note_mark(document.text[block.start : block.end])
        parts.append(f"footnote {mark}".rstrip())
    elif block.kind is Kind.CAPTION:
        parts.append(block.kind.value)
    elif block.kind is not Kind.HEADING and place.number is not None:
        parts.append(f"paragraph {place.number}")
    words = ", ".join(" ".join(p.split()) for p in parts)
    labels = document.page_labels
    printed = labels[block.page - 1] if block.page and block.page <= len(labels) else ""
    return Locator(words, block.page, printed, block.section)


def note_mark(text: str) -> str:
    """The number or mark that a note begins with, "" where it begins with its words."""
    m = _NOTE.match(text)
    found = next(filter(None, m.groups()), "") if m else ""
    return unicodedata.normalize("NFKC", found)


def pages(page: int | None, printed: str) -> str:
    """A page in words: the printed number first, since that is the one to cite."""
    if page is None:
        return ""
    return f"page {printed} (page {page} of the file)" if printed else f"page {page}"
