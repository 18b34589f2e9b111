"""Files and pages -> documents with vectors, in batches; the library stores them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

from index import phrases, tokens
from index.changes import Changes
from index.chunk import Sizes, chunks, embedded
from index.derived import Change
from index.encode import Encoder
from index.errors import PullquoteError, UnreadableDocument
from index.readers import SUFFIXES, read
from index.records import Chunk, Document
from index.rows import Embedded, document_row
from index.versions import Link

Job = tuple[Document, Chunk]
BATCH = 256  # chunks embedded in one go: enough to sort by length, little enough to hold


@dataclass(frozen=True, slots=True)
class Received:
    """What a web server sent: ``data`` as received, under the address that was asked for and the
    one that answered in the end; ``at`` is the time in ISO 8601 (UTC), ``note`` what a person
    should know of it."""

    data: bytes
    asked: str
    url: str
    headers: tuple[tuple[str, str], ...]
    at: str
    note: str = ""

    @property
    def name(self) -> str:
        """The address without its scheme and query, as documents are listed by."""
        return self.url.split("://")[-1].split("?")[0]

    @property
    def content_type(self) -> str:
        return next((v for k, v in self.headers if k.lower() == "content-type"), "")


@dataclass(frozen=True, slots=True)
class Source:
    """A file or a page to add. ``name`` is shown and cited."""

    path: Path
    name: str
    received: Received | None = None

    @property
    def origins(self) -> tuple[str, ...]:
        """The place that it stands at, by which it is told again; behind it the address that was
        asked for and led there."""
        if self.received:
            return tuple(dict.fromkeys((self.received.url, self.received.asked)))
        path = self.path.absolute()
        return (str(path) if _printable(str(path)) == str(path) else path.as_uri(),)

    @property
    def size(self) -> int:
        """Bytes; 0 for a file that is not there."""
        if self.received:
            return len(self.received.data)
        return self.path.stat().st_size if self.path.exists() else 0


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a source: ``status`` is added, replaced, unchanged or failed. ``changes`` says
    what a version changed in the words; ``note`` what a person should know of the source."""

    file: str
    status: str
    document_id: str = ""
    chunks: int = 0
    reason: str = ""
    replaced: str = ""
    changes: Changes | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be stored."""

    data: bytes
    document: Document
    chunks: tuple[Embedded, ...]


@dataclass(frozen=True, slots=True)
class Commit:
    """What one commit changes: documents to store, ids to delete, (older, newer) pairs of ids of
    versions, and the places that hold documents now."""

    prepared: Sequence[Prepared] = ()
    removed: Sequence[str] = ()
    replaced: Sequence[tuple[str, str]] = ()
    links: Sequence[Link] = ()

    @property
    def gone(self) -> list[str]:
        """Ids of the documents that the search loses."""
        return [*self.removed, *(older for older, _ in self.replaced)]


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
            sources = [Source(p, _printable(p.relative_to(path).as_posix())) for p in inside]
        elif path.exists():
            sources = [Source(path, _printable(path.name))]
        else:
            raise PullquoteError(f"{path} does not exist. Check the path and try again.")
        found.update((s.origins[0], s) for s in sources)
    return list(found.values())


def _printable(name: str) -> str:
    """The name with escapes for bytes that are no UTF-8, which no catalog holds."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _wanted(path: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return not hidden and path.suffix.lower() in SUFFIXES and path.is_file()


def load(source: Source) -> tuple[bytes, str]:
    """The bytes and their SHA-256; raises UnreadableDocument when the system refuses."""
    try:
        data = source.received.data if source.received else source.path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise UnreadableDocument(
            f"{source.name} cannot be opened ({why}). Check its permissions and add it again."
        ) from error
    return data, hashlib.sha256(data).hexdigest()


def parse(source: Source, data: bytes, collection: str, now: str) -> Document:
    """The document that the bytes hold, as received at its own time or ``now``; raises
    UnreadableDocument for whatever keeps them from being read."""
    got = source.received
    try:
        kind = got.content_type if got else ""
        document = read(data, source.name, collection=collection, content_type=kind)
        "".join(document_row(document).values()).encode()  # half of a character is no text
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as error:
        raise UnreadableDocument(
            f"{source.name} could not be read ({type(error).__name__}: {error}). Save it anew, or "
            "as another format, and add it again."
        ) from error
    if got is None:
        return replace(document, added=now)
    return replace(document, url=address(document.url, got.url), added=got.at)


def address(stated: str, fetched: str) -> str:
    """The address to cite: the one that the page states for itself, if it lies on the host that
    the page came from; a page may not send its readers elsewhere."""
    own, other = (urlsplit(u).netloc.lower().removeprefix("www.") for u in (stated, fetched))
    return stated if own == other else fetched


def prepare(
    documents: Sequence[tuple[bytes, Document]],
    encoder: Encoder,
    sizes: Sizes,
    tick: Callable[[float], None],
) -> list[Prepared]:
    """Chunk and embed several documents together; ``tick`` gets the share done, 0 to 1."""
    cut = [chunks(d, tokens.count, encoder.tokens, sizes) for _, d in documents]
    jobs = [(d, c) for (_, d), own in zip(documents, cut, strict=True) for c in own]
    vectors: list[Embedded] = []
    for batch in _batches(jobs, BATCH):
        vectors.extend(_embed(batch, encoder))
        tick(len(vectors) / len(jobs))
    ready = iter(vectors)
    return [
        Prepared(data, document, tuple(islice(ready, len(own))))
        for (data, document), own in zip(documents, cut, strict=True)
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


def archive(folder: Path, sha256: str, data: bytes) -> bool:
    """Keep the bytes as received under their hash, on the disk before this returns; False if they
    were there, and sound."""
    target = folder / sha256
    if _sound(target, sha256):
        return False
    draft = folder / f"{sha256}.new"
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, target)
    return True


def _sound(target: Path, sha256: str) -> bool | None:
    """Whether the archived bytes match their hash; None if they cannot be opened."""
    try:
        with target.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return None


def source_faults(folder: Path, document: Document) -> list[str]:
    """What is wrong with a document's archived bytes."""
    sound = _sound(folder / document.sha256, document.sha256)
    if sound:
        return []
    fault = "is missing" if sound is None else "has changed"
    return [f"document {document.id} ({document.file}): its archived source {fault}"]


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
    return Change(rows, (ids, vectors), removed, gone, list(_sources(prepared, first)))


def _sources(prepared: Sequence[Prepared], first: int) -> Iterator[phrases.Source]:
    for p in prepared:
        order = first if p.chunks else 0
        yield phrases.Source(order, p.document.id, p.document.text, p.document.blocks)
        first += len(p.chunks)
