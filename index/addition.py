"""Adding many sources: read, embed together, commit in steps, go on past the bad ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index import ingest
from index.changes import Changes, changes, statements
from index.errors import UnreadableDocument
from index.ingest import Commit, Prepared, Report, Source
from index.records import Document
from index.versions import Link

if TYPE_CHECKING:
    from index.library import Library

COMMIT_CHUNKS = 2000  # a long addition is acknowledged in steps of about this many
EMBED_CHARACTERS = 200_000  # read ahead about this much, so that short documents embed together


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an addition is: ``done`` and ``total`` in bytes of sources, the file at hand, and
    whether it is "reading" that file, "chunking" or "embedding" all that were read since the
    last embedding, or "storing" them."""

    done: float
    total: int
    file: str
    stage: str


Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Pending:
    """A source that was read and whose document is not committed yet; ``older`` is the id of what
    its place held before, if that was another document."""

    source: Source
    document_id: str
    older: str
    changes: Changes | None = None


class Addition:
    """One call of ``Library.add``. The write lock is held while it runs."""

    def __init__(self, library: Library, collection: str, tell: Tell) -> None:
        self._library = library
        self._collection = collection
        self._tell = tell
        self._reports: dict[str, Report] = {}
        self._parsed: list[tuple[bytes, Document]] = []
        self._prepared: list[Prepared] = []
        self._pending: list[_Pending] = []
        self._seen: set[str] = set()
        self._done = 0
        self._total = 0

    def run(self, sources: Sequence[Source]) -> list[Report]:
        self._total = sum(s.size for s in sources)
        for source in sources:
            try:
                self._take(source)
            except UnreadableDocument as error:
                self._report(source, Report(source.name, "failed", reason=str(error)))
            if sum(len(d.text) for _, d in self._parsed) >= EMBED_CHARACTERS:
                self._embed()
            if sum(len(p.chunks) for p in self._prepared) >= COMMIT_CHUNKS:
                self._commit()
        self._embed()
        self._commit()
        return [self._reports[s.origins[0]] for s in sources]

    def _take(self, source: Source) -> None:
        data, sha256 = ingest.load(source)
        held_by = self._library.catalog.versions.held_by
        held = [id for id in map(held_by, source.origins) if id]
        older = held[0] if held else ""
        known = self._known(sha256)
        if known:
            self._done += len(data)
            lost = ingest.archive(self._library.path / "sources", sha256, data)
            if set(held) == {known}:
                note = "Its archived source was missing or damaged; it is whole again."
                self._report(
                    source, Report(source.name, "unchanged", known, note=note if lost else "")
                )
            else:
                self._pending.append(_Pending(source, known, older if older != known else ""))
            return
        self._tell(Progress(self._done, self._total, source.name, "reading"))
        document = self._read(source, data, sha256)
        before = self._stored(older) if older else None
        if before and source.received and before.text == document.text:
            # The code of many pages differs each time that they are sent.
            note = "The bytes differ from those in the library, the words do not."
            self._done += len(data)
            self._report(source, Report(source.name, "unchanged", older, note=note))
            return
        told = _changes(before, document) if before else None
        self._seen.add(document.id)
        self._parsed.append((data, document))
        self._pending.append(_Pending(source, document.id, older, told))

    def _known(self, sha256: str) -> str:
        """The id of the document with this content that is searched, or is about to be."""
        return self._library.catalog.by_hash(sha256) or (
            sha256[:16] if sha256[:16] in self._seen else ""
        )

    def _read(self, source: Source, data: bytes, sha256: str) -> Document:
        """The document of these bytes; if it was in the library before, exactly as it was then,
        since citations point into it."""
        again = self._stored(sha256[:16])
        return again or ingest.parse(source, data, self._collection, _now())

    def _stored(self, document_id: str) -> Document | None:
        """A document of the catalog with its text and blocks."""
        catalog = self._library.catalog
        found = catalog.document(document_id)
        return replace(found, blocks=tuple(catalog.blocks(found.id))) if found else None

    def _embed(self) -> None:
        if not self._parsed:
            return
        size = sum(len(data) for data, _ in self._parsed)
        last = self._parsed[-1][1].file
        library = self._library

        def tell(share: float) -> None:
            stage = "embedding" if share else "chunking"
            self._tell(Progress(self._done + share * size, self._total, last, stage))

        tell(0)
        self._prepared += ingest.prepare(self._parsed, library.encoder, library.sizes, tell)
        self._done += size
        self._parsed = []

    def _commit(self) -> None:
        if not self._pending:
            return
        last = self._pending[-1].source.name
        self._tell(Progress(self._done, self._total, last, "storing"))
        now = _now()
        links = [link for p in self._pending for link in self._links(p, now)]
        replaced = self._replaced(links)
        self._library.store(
            Commit(self._prepared, (), [(o, n) for o, n in replaced.items()], links)
        )
        counts = {p.document.id: len(p.chunks) for p in self._prepared}
        for p in self._pending:
            self._report(p.source, _told(p, counts.pop(p.document_id, None), replaced))
        self._prepared, self._pending = [], []

    def _links(self, pending: _Pending, now: str) -> Iterator[Link]:
        """The places that hold the document now: its own, and one that led elsewhere before."""
        got = pending.source.received
        at, headers = (got.at, got.headers) if got else (now, ())
        own, *led = pending.source.origins
        held_by = self._library.catalog.versions.held_by
        for origin in (own, *filter(held_by, led)):
            yield Link(origin, pending.document_id, at, headers)

    def _replaced(self, links: Sequence[Link]) -> dict[str, str]:
        """older id -> newer id of the documents that no place holds any more after these links."""
        now = {link.origin: link.document_id for link in links}
        held = set(now.values())
        return {
            p.older: p.document_id
            for p in self._pending
            if p.older
            and p.older not in held
            and now.keys() >= set(self._library.catalog.versions.origins(p.older))
        }

    def _report(self, source: Source, report: Report) -> None:
        self._reports[source.origins[0]] = report


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _changes(before: Document, document: Document) -> Changes:
    older, newer = (statements(d.text, d.blocks) for d in (before, document))
    return changes(older, newer)


def _told(pending: _Pending, chunks: int | None, replaced: Mapping[str, str]) -> Report:
    """The report of a committed source; ``chunks`` is None if its content was known."""
    gone = pending.older if pending.older in replaced else ""
    name, id = pending.source.name, pending.document_id
    note = pending.source.received.note if pending.source.received else ""
    if chunks is None:
        return Report(name, "unchanged", id, replaced=gone, note=note)
    status = "replaced" if gone else "added"
    return Report(name, status, id, chunks, "", gone, pending.changes, note)
