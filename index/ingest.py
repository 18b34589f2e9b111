"""Files -> documents with vectors, in batches; the library stores them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from index import tokens
from index.chunk import Sizes, chunks, embedded
from index.derived import Change
from index.encode import Encoder
from index.errors import PullquoteError, UnreadableDocument
from index.readers import SUFFIXES, read
from index.records import Chunk, Document
from index.rows import Embedded

Job = tuple[Document, Chunk]
BATCH = 256  # chunks embedded in one go: enough to sort by length, little enough to hold


@dataclass(frozen=True, slots=True)
class Source:
    """A file to add. ``origin`` tells the same place again; ``name`` is shown and cited."""

    path: Path
    name: str

    @property
    def origin(self) -> str:
        return str(self.path.absolute())


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a source: ``status`` is added, replaced, unchanged or failed."""

    file: str
    status: str
    document_id: str = ""
    chunks: int = 0
    reason: str = ""
    replaced: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be stored."""

    source: Source
    data: bytes
    document: Document
    chunks: tuple[Embedded, ...]
    replaces: str = ""

    @property
    def link(self) -> tuple[str, str]:
        """The place it was read from, and its id."""
        return self.source.origin, self.document.id


def find(paths: Iterable[Path]) -> list[Source]:
    """The files meant by these paths; folders are searched, hidden files in them passed over.

    Raises PullquoteError for a path that does not exist and for a folder without any file that
    can be read.
    """
    found: dict[str, Source] = {}
    for path in paths:
        if path.is_dir():
            inside = [p for p in sorted(path.rglob("*")) if _wanted(p, path)]
            if not inside:
                kinds = ", ".join(sorted(SUFFIXES))
                raise PullquoteError(f"{path} holds no readable files. Pullquote reads {kinds}.")
            sources = [Source(p, p.relative_to(path).as_posix()) for p in inside]
        elif path.exists():
            sources = [Source(path, path.name)]
        else:
            raise PullquoteError(f"{path} does not exist. Check the path and try again.")
        found.update((s.origin, s) for s in sources)
    return list(found.values())


def _wanted(path: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return not hidden and path.suffix.lower() in SUFFIXES and path.is_file()


def load(source: Source) -> tuple[bytes, str]:
    """The bytes and their SHA-256; raises UnreadableDocument when the system refuses."""
    try:
        data = source.path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise UnreadableDocument(
            f"{source.name} cannot be opened ({why}). Check its permissions and add it again."
        ) from error
    return data, hashlib.sha256(data).hexdigest()


def parse(source: Source, data: bytes, collection: str) -> Document:
    return read(data, source.name, collection=collection)


def prepare(
    documents: Sequence[tuple[Source, bytes, Document, str]],
    encoder: Encoder,
    sizes: Sizes,
    tick: Callable[[float], None],
) -> list[Prepared]:
    """Chunk and embed several documents together; ``tick`` gets the share done, 0 to 1."""
    cut = [chunks(d, tokens.count, encoder.tokens, sizes) for _, _, d, _ in documents]
    jobs = [(d, c) for (_, _, d, _), own in zip(documents, cut, strict=True) for c in own]
    vectors: list[Embedded] = []
    for batch in _batches(jobs, BATCH):
        vectors.extend(_embed(batch, encoder))
        tick(len(vectors) / len(jobs))
    ready = iter(vectors)
    return [
        Prepared(source, data, document, tuple(islice(ready, len(own))), replaces)
        for (source, data, document, replaces), own in zip(documents, cut, strict=True)
    ]


def _embed(jobs: Sequence[tuple[Document, Chunk]], encoder: Encoder) -> Iterator[Embedded]:
    texts = [embedded(document.text, chunk) for document, chunk in jobs]
    spans = [
        [
            (
                s.start - c.start + len(t) - (c.end - c.start),
                s.end - c.start + len(t) - (c.end - c.start),
            )
            for s in c.sentences
        ]
        for t, (_, c) in zip(texts, jobs, strict=True)
    ]
    whole, parts = encoder.encode_spans(texts, spans)
    for (_, chunk), vector, sentence_vectors in zip(jobs, whole, parts, strict=True):
        yield Embedded(chunk, vector, sentence_vectors)


def _batches(items: Sequence[Job], size: int) -> Iterator[Sequence[Job]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def archive(folder: Path, sha256: str, data: bytes) -> None:
    """Keep the bytes as received under their hash, on the disk before this returns."""
    target = folder / sha256
    if target.exists():
        return
    draft = folder / f"{sha256}.new"
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, target)


def source_faults(folder: Path, document: Document) -> list[str]:
    """What is wrong with a document's archived bytes."""
    try:
        with (folder / document.sha256).open("rb") as file:
            sound = hashlib.file_digest(file, "sha256").hexdigest() == document.sha256
    except OSError:
        return [f"document {document.id} ({document.file}): its archived source is missing"]
    if sound:
        return []
    return [f"document {document.id} ({document.file}): its archived source has changed"]


def change(
    prepared: Sequence[Prepared], first: int, removed: Sequence[str], gone: Sequence[int]
) -> Change:
    """What these documents add to the derived indexes, their chunks numbered from ``first``."""
    pairs = [(p.document, e) for p in prepared for e in p.chunks]
    rows = [
        (number, document.id, embedded(document.text, e.chunk))
        for number, (document, e) in enumerate(pairs, first)
    ]
    ids = np.arange(first, first + len(pairs), dtype=np.int64)
    # Half precision, as the catalog keeps them, so that a rebuild gives the same vectors.
    vectors = np.array([e.vector for _, e in pairs], dtype=np.float16).astype(np.float32)
    return Change(rows, (ids, vectors), removed, gone)
