"""Adding many sources: read, embed together, commit in steps, go on past the bad ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index import ingest
from index.errors import UnreadableDocument
from index.ingest import Prepared, Report, Source
from index.records import Document

if TYPE_CHECKING:
    from index.library import Library

COMMIT_CHUNKS = 2000  # a long addition is acknowledged in steps of about this many
EMBED_CHARACTERS = 200_000  # read ahead about this much, so that short documents embed together


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an addition is: ``done`` and ``total`` in bytes of sources, and the file at hand."""

    done: float
    total: int
    file: str


Tell = Callable[[Progress], None]
Parsed = tuple[Source, bytes, Document, str]


class Addition:
    """One call of ``Library.add``. The write lock is held while it runs."""

    def __init__(self, library: Library, collection: str, tell: Tell) -> None:
        self._library = library
        self._collection = collection
        self._tell = tell
        self._reports: dict[str, Report] = {}
        self._parsed: list[Parsed] = []
        self._prepared: list[Prepared] = []
        self._removed: list[str] = []
        self._links: list[tuple[str, str]] = []
        self._seen: dict[str, str] = {}
        self._done = 0
        self._total = 0

    def run(self, sources: Sequence[Source]) -> list[Report]:
        self._total = sum(s.path.stat().st_size for s in sources if s.path.exists())
        for source in sources:
            try:
                self._take(source)
            except UnreadableDocument as error:
                self._report(source, Report(source.name, "failed", reason=str(error)))
            if sum(len(d.text) for _, _, d, _ in self._parsed) >= EMBED_CHARACTERS:
                self._embed()
            if sum(len(p.chunks) for p in self._prepared) >= COMMIT_CHUNKS:
                self._commit()
        self._embed()
        self._commit()
        return [self._reports[s.origin] for s in sources]

    def _take(self, source: Source) -> None:
        data, sha256 = ingest.load(source)
        catalog = self._library.catalog
        older = catalog.by_origin(source.origin)
        known = catalog.by_hash(sha256) or self._seen.get(sha256)
        replaces = self._only_here(older, source) if older != known else ""
        if known:
            self._report(source, Report(source.name, "unchanged", known, replaced=replaces))
            self._removed += [replaces] if replaces else []
            self._links += [(source.origin, known)] if older != known else []
            self._done += len(data)
            return
        document = ingest.parse(source, data, self._collection)
        self._seen[sha256] = document.id
        self._parsed.append((source, data, document, replaces))

    def _only_here(self, document_id: str | None, source: Source) -> str:
        """The document, if this is the only place that it was read from."""
        if document_id and self._library.catalog.origins(document_id) == [source.origin]:
            return document_id
        return ""

    def _embed(self) -> None:
        if not self._parsed:
            return
        size = sum(len(data) for _, data, _, _ in self._parsed)
        last = self._parsed[-1][0].name
        library = self._library
        self._prepared += ingest.prepare(
            self._parsed,
            library.encoder,
            library.sizes,
            lambda share: self._tell(Progress(self._done + share * size, self._total, last)),
        )
        self._done += size
        self._parsed = []

    def _commit(self) -> None:
        removed = [*self._removed, *(p.replaces for p in self._prepared if p.replaces)]
        if not (self._prepared or removed or self._links):
            return
        self._library.store(self._prepared, removed, self._links)
        for p in self._prepared:
            status = "replaced" if p.replaces else "added"
            report = Report(
                p.source.name, status, p.document.id, len(p.chunks), replaced=p.replaces
            )
            self._report(p.source, report)
        self._prepared, self._removed, self._links = [], [], []

    def _report(self, source: Source, report: Report) -> None:
        self._reports[source.origin] = report
