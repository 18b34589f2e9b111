"""What the catalog's rows hold, and how records become rows and rows records. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.records import Block, Chunk, Document, Kind, Sentence

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents a search may see. ``since`` and ``until`` are ISO dates; a document dated
    "2025" lies in every range that 2025 touches, one without a date in none."""

    collection: str = ""
    publisher: str = ""
    since: str = ""
    until: str = ""
    language: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A chunk with its vectors: (d,) and (number of sentences, d), unit length."""

    chunk: Chunk
    vector: Vectors
    sentence_vectors: Vectors


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk as the catalog holds it, with its words."""

    id: int
    document_id: str
    text: str
    chunk: Chunk
    sentence_vectors: Vectors


@dataclass(frozen=True, slots=True)
class Place:
    """The block that a span begins in; ``number`` is its place among its section's paragraphs."""

    block: Block
    number: int | None


_FIELDS = (
    "id",
    "title",
    "publisher",
    "date",
    "url",
    "language",
    "collection",
    "file",
    "media_type",
    "sha256",
)
COLUMNS = f"{', '.join(_FIELDS)}, author, added, page_labels"


def as_document(row: Sequence[str]) -> Document:
    facts = dict(zip(_FIELDS, row, strict=False))
    author, added, labels, text = row[len(_FIELDS) :]
    return Document(
        **facts,
        text=text,
        blocks=(),
        author=author,
        added=added,
        page_labels=tuple(json.loads(labels)),
    )


def document_row(document: Document) -> dict[str, str]:
    """Column -> value; ``added`` is the document's own."""
    first, last = date_range(document.date)
    return {
        **{name: getattr(document, name) for name in _FIELDS},
        "added": document.added,
        "date_first": first,
        "date_last": last,
        "text": document.text,
        "author": document.author,
        "page_labels": json.dumps(document.page_labels, ensure_ascii=False),
    }


BLOCK_COLUMNS = "kind, start, end, page, section, tab, row, col, headings"


def as_block(row: Sequence[Any]) -> Block:
    kind, start, end, page, section, table, line, column, headings = row
    path, heads = tuple(json.loads(section)), tuple(json.loads(headings))
    return Block(Kind(kind), start, end, page, path, table, line, column, heads)


def date_range(date: str) -> tuple[str, str]:
    """First and last day of an ISO date of any precision; empty for none."""
    parts = date.split("-") if date else []
    if len(parts) == 1:
        return f"{date}-01-01", f"{date}-12-31"
    if len(parts) == 2:
        return f"{date}-01", f"{date}-31"
    return date, date


def block_rows(document: Document) -> Iterator[tuple[object, ...]]:
    numbers: dict[tuple[str, ...], int] = {}
    for b in document.blocks:
        number = None
        if b.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM):
            number = numbers[b.section] = numbers.get(b.section, 0) + 1
        section = json.dumps(b.section, ensure_ascii=False)
        headings = json.dumps(b.headings, ensure_ascii=False)
        yield (
            document.id,
            b.start,
            b.end,
            b.kind.value,
            b.page,
            section,
            number,
            b.table,
            b.row,
            b.column,
            headings,
        )


_KINDS = tuple(Kind)


def chunk_row(document_id: str, number: int, embedded: Embedded) -> tuple[object, ...]:
    chunk = embedded.chunk
    spans = [(s.start, s.end, _KINDS.index(s.kind)) for s in chunk.sentences]
    return (
        number,
        document_id,
        chunk.start,
        chunk.end,
        chunk.context,
        embedded.vector.astype("<f2").tobytes(),
        np.array(spans, dtype="<i4").tobytes(),
        embedded.sentence_vectors.astype("<f2").tobytes(),
    )


def unpacked(blob: bytes) -> Vectors:
    return np.frombuffer(blob, dtype="<f2").astype(np.float32)


def stored(row: tuple[int, str, str, int, int, str, bytes, bytes]) -> StoredChunk:
    number, document_id, text, start, end, context, spans, packed = row
    parts = np.frombuffer(spans, dtype="<i4").reshape(-1, 3).tolist()
    sentences = tuple(Sentence(s, e, _KINDS[k]) for s, e, k in parts)
    pooled = unpacked(packed).reshape(len(sentences), -1)
    return StoredChunk(number, document_id, text, Chunk(start, end, context, sentences), pooled)
