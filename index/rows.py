"""What the catalog's rows hold, and how records become rows and rows records. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.records import Block, Chunk, Document, Kind, Sentence

Vectors = NDArray[np.float32]

TABLES = """
create table meta (key text primary key, value text not null) without rowid;
create table documents (
    id text primary key, title text not null, publisher text not null, date text not null,
    url text not null, language text not null, collection text not null, file text not null,
    media_type text not null, sha256 text not null, added text not null,
    date_first text not null, date_last text not null, text text not null);
create table blocks (
    document_id text not null references documents(id) on delete cascade, start integer not null,
    end integer not null, kind text not null, page integer, section text not null, number integer,
    tab integer, row integer, col integer, headings text not null,
    primary key (document_id, start)) without rowid;
create table chunks (
    id integer primary key, document_id text not null references documents(id) on delete cascade,
    start integer not null, end integer not null, context text not null, vector blob not null,
    sentences blob not null, sentence_vectors blob not null);
create index chunks_by_document on chunks (document_id, start);
create table origins (
    origin text primary key,
    document_id text not null references documents(id) on delete cascade) without rowid;
create index origins_by_document on origins (document_id);
"""


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


COLUMNS = "id, title, publisher, date, url, language, collection, file, media_type, sha256"


def as_document(row: Sequence[str]) -> Document:
    id, title, publisher, date, url, language, collection, file, media, sha256, text = row
    return Document(
        id, title, publisher, date, url, language, collection, file, media, sha256, text, ()
    )


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
