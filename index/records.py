"""The records that travel through Pullquote; offsets are code points into ``Document.text``."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a block is. ``BOILERPLATE`` stays in the text and is never used as an answer."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


Span = tuple[int, int]

UNDER = " · "  # between the headings of one column, those of the upper rows first


@dataclass(frozen=True, slots=True)
class Block:
    """A run of ``Document.text[start:end]`` of one kind.

    ``page`` counts from 1, or is None where the source has no pages. ``section`` is the path of
    headings above the block, outermost first; a heading's own path ends with itself. Only table
    cells have ``row`` and ``column`` (from 1) and ``headings`` (row's then column's, where there
    is one; the latter from all header rows, ``UNDER`` between). ``table`` numbers the document's
    tables from 1.
    """

    kind: Kind
    start: int
    end: int
    page: int | None = None
    section: tuple[str, ...] = ()
    table: int | None = None
    row: int | None = None
    column: int | None = None
    headings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a block needs 0 <= start < end, got {self.start} and {self.end}")


@dataclass(frozen=True, slots=True)
class Document:
    """One source as read. What the source does not state is the empty string, never a guess.

    ``date`` is ISO 8601 and as precise as the source is: "2025-06-05", "2025-06" or "2025".
    ``sha256`` is that of the archived bytes; ``id`` is its first 16 hexadecimal digits.
    ``text`` is the canonical text: it is never rewritten, every offset points into it.
    ``author`` holds the names as stated, "; " between them. ``added`` is when the library received
    it (ISO 8601, UTC), empty before that. ``page_labels`` holds of each page the number printed on
    it, empty where that is not certain or the same as the page's place; it may be shorter.
    """

    id: str
    title: str
    publisher: str
    date: str
    url: str
    language: str
    collection: str
    file: str
    media_type: str
    sha256: str
    text: str
    blocks: tuple[Block, ...] = field(repr=False)
    author: str = ""
    added: str = ""
    page_labels: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A citable unit of a chunk: a sentence, a list item or a table row, ``text[start:end]``."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole sentences of one section; ``document.text[start:end]`` is its text.

    ``context`` (title, section path, table headings) is embedded and indexed before the text and
    is never cited.
    """

    start: int
    end: int
    context: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that search found. ``score`` is in 0..1, higher is better, comparable within one
    search only; ``dense`` is the cosine with the question, ``lexical`` the BM25 score (0 if none).
    """

    chunk_id: int
    document_id: str
    start: int
    end: int
    score: float
    dense: float
    lexical: float
