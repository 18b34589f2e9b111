"""The one door to a library: open, add, remove, search, check, rebuild."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from index import derived, ingest
from index.addition import Addition, Tell
from index.catalog import Catalog
from index.chunk import Sizes
from index.derived import Derived
from index.encode import Encoder
from index.errors import DamagedLibrary, LibraryBusy, LibraryMissing, PullquoteError
from index.ingest import Commit, Report, Source
from index.phrases import Window
from index.records import Block, Document, Span
from index.rows import Filters, Place, StoredChunk, Vectors
from index.versions import Receipt

CATALOG = "catalog.sqlite"
NO_FILTERS = Filters()


class Library:
    """A folder with a catalog, the archived sources and the indexes derived from the catalog.

    Several processes may read while one writes. One object may be used by several threads.
    """

    def __init__(self, path: Path, catalog: Catalog) -> None:
        self.path = path
        self.catalog = catalog
        self.sizes = Sizes()
        self._encoder: Encoder | None = None
        self._derived: Derived | None = None
        self._guard = threading.RLock()
        self._lock = FileLock(path / "write.lock")  # one object: it may be taken again inside

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Library:
        """Open the library in this folder; raises LibraryMissing unless ``create``."""
        catalog = path / CATALOG
        if not catalog.exists():
            if not create:
                raise LibraryMissing(
                    f"There is no library at {path}. Make one with: "
                    f"pullquote add FOLDER --library {path}"
                )
            try:
                (path / "sources").mkdir(parents=True, exist_ok=True)
                (path / "derived").mkdir(exist_ok=True)
            except OSError as error:
                raise PullquoteError(
                    f"No library can be made at {path} ({error.strerror}). "
                    "Name another place with --library."
                ) from error
        return cls(path, Catalog(catalog, create=create))

    @staticmethod
    def exists(path: Path) -> bool:
        return (path / CATALOG).exists()

    def close(self) -> None:
        self.catalog.close()
        self._derived = None

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def encoder(self) -> Encoder:
        with self._guard:
            if self._encoder is None:
                self._encoder = Encoder.load()
                known = self.catalog.meta("model")
                if known and known != self._encoder.name:
                    raise DamagedLibrary(
                        "The library's vectors come from another model than the one installed. "
                        "Make a new library and add the documents again."
                    )
            return self._encoder

    # -- reading -------------------------------------------------------------------------------

    def documents(self) -> list[Document]:
        """Every document that is searched, without its text and blocks, in the order added."""
        with self._guard:
            return self.catalog.documents()

    def document(self, document_id: str) -> Document:
        """One document with its text; any unambiguous beginning of the id will do."""
        with self._guard:
            found = self.catalog.matching_ids(document_id) if document_id else []
            if len(found) != 1:
                what = "begins several documents" if found else "is not in the library"
                raise PullquoteError(
                    f"Document {document_id or '(empty)'} {what}. "
                    "See the ids with: pullquote documents"
                )
            document = self.catalog.document(found[0])
            assert document is not None
            return document

    def text(self, document_id: str) -> str:
        return self.document(document_id).text

    def newest(self, document_id: str) -> Document:
        """The version that stands in this document's place now: itself, unless it was replaced."""
        with self._guard:
            return self.document(self.catalog.versions.newest(self.document(document_id).id))

    def older(self, document_id: str) -> list[Document]:
        """The versions that a document replaced, the oldest first, without texts and blocks."""
        with self._guard:
            ids = self.catalog.versions.older(document_id)
            records = self.catalog.headers(ids)
            return [records[i] for i in ids]

    def receipts(self, document_id: str) -> list[Receipt]:
        """Where and when this content was received, the first time first."""
        with self._guard:
            return self.catalog.versions.receipts(document_id)

    def archived(self, document: Document) -> bool:
        """Whether the archived bytes of a document are there and match their hash."""
        return not ingest.source_faults(self.path / "sources", document)

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Of each document: pages (0 if it has none), passages, characters."""
        with self._guard:
            return self.catalog.counts()

    def headers(self, ids: Iterable[str]) -> dict[str, Document]:
        with self._guard:
            return self.catalog.headers(ids)

    def place(self, document_id: str, start: int) -> Place | None:
        with self._guard:
            return self.catalog.place(document_id, start)

    def blocks(self, document_id: str) -> list[Block]:
        with self._guard:
            return self.catalog.blocks(document_id)

    def cells(self, document_id: str, start: int, end: int) -> list[Block]:
        with self._guard:
            return self.catalog.cells(document_id, start, end)

    def section(self, document_id: str, start: int) -> tuple[str, ...]:
        """The section path at an offset."""
        place = self.place(document_id, start)
        return place.block.section if place else ()

    def table_headings(self, document_id: str, start: int) -> list[Span]:
        """Spans of the cells that head others, in the table at an offset or right below it."""
        with self._guard:
            return self.catalog.table_headings(document_id, start)

    def chunks(self, ids: Sequence[int]) -> dict[int, StoredChunk]:
        with self._guard:
            return self.catalog.passages.chunks(ids)

    def extents(self, documents: Sequence[str]) -> dict[str, int]:
        """How many passages each of these documents has."""
        with self._guard:
            return self.catalog.passages.extents(documents)

    def nearest(
        self, vector: Vectors, top: int, filters: Filters = NO_FILTERS
    ) -> list[tuple[int, float]]:
        """(chunk id, cosine) of the nearest chunks that pass the filters, best first."""
        with self._guard:
            allowed = self.catalog.passages.allowed(filters)
            return self.indexes().dense.search(vector, top, allowed[1] if allowed else None)

    def matching(
        self, wanted: Sequence[str], top: int, filters: Filters = NO_FILTERS
    ) -> list[tuple[int, float]]:
        """(chunk id, BM25) of the chunks that share terms and pass the filters, best first."""
        with self._guard:
            allowed = self.catalog.passages.allowed(filters)
            return self.indexes().lexical.search(wanted, top, allowed[0] if allowed else None)

    def matching_either(
        self,
        wanted: Sequence[Sequence[Iterable[str]]],
        top: int,
        filters: Filters = NO_FILTERS,
    ) -> list[tuple[int, float]]:
        """As ``matching``, for words of which any rendering will do; see ``Lexical.either``."""
        with self._guard:
            allowed = self.catalog.passages.allowed(filters)
            return self.indexes().lexical.either(wanted, top, allowed[0] if allowed else None)

    def cosines(self, ids: Sequence[int], vector: Vectors) -> dict[int, float]:
        """Cosine of each of these chunks with a unit vector."""
        with self._guard:
            return {i: float(v @ vector) for i, v in self.catalog.passages.vectors(ids).items()}

    def holding(self, wanted: Sequence[str]) -> set[str]:
        """Ids of the documents that have a passage with all of these terms."""
        with self._guard:
            found = self.indexes().lexical.all_of(wanted)
            return self.catalog.passages.owners(found)

    def interruptions(self, document_id: str) -> list[Span]:
        """Spans of notes, captions and furniture, by place."""
        with self._guard:
            return self.catalog.interruptions(document_id)

    def phrase(self, words: Sequence[str], most: int) -> list[Window]:
        """Windows that hold these words in a row, in the order of adding; see ``Phrases``."""
        with self._guard:
            return self.indexes().phrases.holding(words, most)

    def like(self, words: Sequence[str], most: int) -> list[Window]:
        """Windows that share the rarest neighbours and words with these, best first."""
        with self._guard:
            return self.indexes().phrases.like(words, most)

    def idf(self, wanted: Sequence[str]) -> Vectors:
        """ln(1 + (N - n + 0.5) / (n + 0.5)) of each term over the chunks (BM25's, Lucene form)."""
        with self._guard:
            lexical = self.indexes().lexical
            n = np.array([lexical.frequency(t) for t in wanted], dtype=np.float32)
            return np.asarray(np.log1p((len(lexical) - n + 0.5) / (n + 0.5)), dtype=np.float32)

    def indexes(self) -> Derived:
        """The derived indexes of the catalog's present generation, rebuilt if they are unusable."""
        with self._guard:
            for _ in range(3):
                with self.catalog.snapshot():
                    generation, state = self.catalog.generation, self.catalog.state
                held = self._derived
                if held and (held.generation, held.state) == (generation, state):
                    return held
                self._derived = derived.open_checked(self.path, generation, state)
                if self._derived is None:
                    self.rebuild(wait=60)
            raise LibraryBusy("The library changes faster than it can be read. Try again.")

    # -- writing -------------------------------------------------------------------------------

    @contextmanager
    def _writing(self, wait: float = 0) -> Iterator[None]:
        try:
            self._lock.acquire(timeout=wait)
        except Timeout:
            raise LibraryBusy(
                f"Another process is writing to {self.path}. Wait until it is done and try again."
            ) from None
        try:
            yield
        finally:
            self._lock.release()

    def add(
        self, paths: Sequence[Path], *, collection: str = "default", tell: Tell | None = None
    ) -> list[Report]:
        """Add files and folders. One report for each source, in order; a source that cannot be
        read is reported and the rest goes on. A document reported is on the disk.

        Raises PullquoteError for a missing path before anything is changed, and LibraryBusy.
        """
        return self.add_sources(ingest.find(paths), collection=collection, tell=tell)

    def add_sources(
        self,
        sources: Sequence[Source],
        *,
        collection: str = "default",
        tell: Tell | None = None,
        wait: float = 0,
    ) -> list[Report]:
        """Add files under the names that the sources give them, as ``add`` does; waits up to
        ``wait`` seconds for another writer."""
        with self._writing(wait):
            return Addition(self, collection, tell or (lambda _: None)).run(sources)

    def remove(self, document_id: str) -> Document:
        """Remove one document, the versions that it replaced, and their archived sources; returns
        its record. A version that was replaced goes alone."""
        document = self.document(document_id)
        with self._writing():
            newest = self.newest(document.id).id == document.id
            gone = [document, *(self.older(document.id) if newest else [])]
            self.store(Commit(removed=[d.id for d in gone]))
            for d in gone:
                (self.path / "sources" / d.sha256).unlink(missing_ok=True)
        return document

    def store(self, commit: Commit) -> None:
        """Archive, index, then commit the catalog, all or nothing. Only while writing."""
        with self._guard:
            current, catalog = self.indexes(), self.catalog
            first = catalog.passages.next_id()
            for p in commit.prepared:
                ingest.archive(self.path / "sources", p.document.sha256, p.data)
            names = [f"-{d}" for d in commit.gone] + [f"+{p.document.id}" for p in commit.prepared]
            state = catalog.next_state(" ".join(names))
            gone = [i for d in commit.gone for i in catalog.passages.of(d)]
            change = ingest.change(commit.prepared, first, commit.gone, gone)
            derived.write_next(self.path, current, change, state)
            with catalog.transaction():
                for document_id in commit.removed:
                    catalog.delete(document_id)
                for older, newer in commit.replaced:
                    catalog.versions.replace(older, newer)
                catalog.record("model", self.encoder.name)
                for p in commit.prepared:
                    catalog.insert(p.document, first, p.chunks)
                    first += len(p.chunks)
                for link in commit.links:
                    catalog.versions.link(link)
                catalog.advance(state)
            derived.forget_others(self.path, catalog.generation)

    def rebuild(self, *, wait: float = 0) -> None:
        """Make the derived indexes anew from the catalog, to the same results."""
        with self._guard, self._writing(wait):
            (self.path / "derived").mkdir(exist_ok=True)
            derived.write_all(self.path, self.catalog, self.catalog.passages.dimensions())
            derived.forget_others(self.path, self.catalog.generation)
            self._derived = None

    def check(self) -> list[str]:
        """What is wrong, a line each; empty when all is well. Reads everything, changes nothing."""
        with self._guard:
            catalog = self.catalog
            found = [] if catalog.integrity() == "ok" else [f"catalog: {catalog.integrity()}"]
            for document in catalog.documents(replaced=True):
                found += ingest.source_faults(self.path / "sources", document)
            found += catalog.span_faults()
            place = derived.folder(self.path, catalog.generation)
            broken = derived.faults(place, catalog.state) if catalog.generation else []
            return found + [f"index {fault}" for fault in broken]
