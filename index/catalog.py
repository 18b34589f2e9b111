"""SQLite: documents, blocks, chunks and vectors. The single commit point and the one truth."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index import schema
from index.errors import DamagedLibrary
from index.passages import Passages
from index.phrases import INTERRUPTING, Source
from index.records import UNDER, Block, Document, Kind, Span
from index.rows import (
    BLOCK_COLUMNS,
    COLUMNS,
    Embedded,
    Place,
    as_block,
    as_document,
    block_rows,
    chunk_row,
    document_row,
)
from index.versions import Versions


class Catalog:
    """One open connection. Reads see one committed state; writes go through ``transaction``."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        fresh = create and not path.exists()
        try:
            self._db = schema.connect(path, "rwc" if create else "rw")
            if fresh:
                schema.create(self._db)
            schema.bring_up_to_date(self._db, path)
        except sqlite3.DatabaseError as error:
            raise DamagedLibrary(
                f"The catalog {path} cannot be read ({error}). Restore it from a backup, or add "
                f"the archived files to a new library: pullquote add {path.parent}/sources/*"
            ) from error
        self.passages = Passages(self._db)
        self.versions = Versions(self._db)

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; on return it is on the disk."""
        self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads of one state."""
        self._db.execute("begin")
        try:
            yield
        finally:
            self._db.execute("rollback")

    # -- state ---------------------------------------------------------------------------------

    def meta(self, key: str) -> str:
        row = self._db.execute("select value from meta where key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def _set(self, key: str, value: str) -> None:
        self._db.execute("insert or replace into meta values (?, ?)", (key, value))

    def record(self, key: str, value: str) -> None:
        """Write one setting of the library, such as the model its vectors come from."""
        self._set(key, value)

    @property
    def generation(self) -> int:
        return int(self.meta("generation"))

    @property
    def state(self) -> str:
        """A hash over the whole history of changes: equal states hold equal content."""
        return self.meta("state")

    def next_state(self, change: str) -> str:
        return hashlib.sha256(f"{self.state}\n{change}".encode()).hexdigest()

    def advance(self, state: str) -> None:
        self._set("generation", str(self.generation + 1))
        self._set("state", state)

    def integrity(self) -> str:
        """SQLite's own check: "ok" or what is wrong."""
        return str(self._db.execute("pragma integrity_check").fetchone()[0])

    # -- writing -------------------------------------------------------------------------------

    def insert(self, document: Document, number: int, chunks: Sequence[Embedded]) -> None:
        """Store a document, or take one that was replaced into the search again; its chunks get
        the ids ``number``, ``number + 1`` ..."""
        row = document_row(document)
        marks = ",".join("?" * len(row))
        new = self._db.execute(
            f"insert or ignore into documents ({','.join(row)}) values ({marks})",
            list(row.values()),
        ).rowcount
        if new:
            self._db.executemany(
                "insert into blocks values (?,?,?,?,?,?,?,?,?,?,?)", block_rows(document)
            )
        self._db.execute("update documents set replaced_by = '' where id = ?", (document.id,))
        self._db.executemany(
            "insert into chunks values (?,?,?,?,?,?,?,?)",
            [chunk_row(document.id, number + i, e) for i, e in enumerate(chunks)],
        )

    def delete(self, document_id: str) -> None:
        self._db.execute(
            "update documents set replaced_by = (select replaced_by from documents where id = :id)"
            " where replaced_by = :id",
            {"id": document_id},
        )
        self._db.execute("delete from documents where id = ?", (document_id,))

    # -- documents -----------------------------------------------------------------------------

    def document(self, document_id: str) -> Document | None:
        """The record with its text, without its blocks."""
        row = self._db.execute(
            f"select {COLUMNS}, text from documents where id = ?", (document_id,)
        ).fetchone()
        return as_document(row) if row else None

    def documents(self, *, replaced: bool = False) -> list[Document]:
        """Every record, in the order added, without texts and blocks; those that were replaced by
        a newer version only if asked for."""
        rows = self._db.execute(
            f"select {COLUMNS}, '' from documents where replaced_by = '' or ? order by rowid",
            (replaced,),
        )
        return [as_document(row) for row in rows]

    def headers(self, ids: Iterable[str]) -> dict[str, Document]:
        """The records of these documents, without texts and blocks."""
        wanted = list(dict.fromkeys(ids))
        marks = ",".join("?" * len(wanted))
        rows = self._db.execute(
            f"select {COLUMNS}, '' from documents where id in ({marks})", wanted
        )
        return {row[0]: as_document(row) for row in rows}

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Of each document: pages (0 if it has none), chunks, characters."""
        rows = self._db.execute(
            "select d.id, (select coalesce(max(page), 0) from blocks where document_id = d.id),"
            " (select count(*) from chunks where document_id = d.id), length(d.text)"
            " from documents d where d.replaced_by = ''"
        )
        return {r[0]: (r[1], r[2], r[3]) for r in rows}

    def by_hash(self, sha256: str) -> str | None:
        """The id of the document with this content, if there is one that was not replaced."""
        row = self._db.execute(
            "select id from documents where id = ? and replaced_by = ''", (sha256[:16],)
        ).fetchone()
        return str(row[0]) if row else None

    def matching_ids(self, prefix: str) -> list[str]:
        """Up to three ids that begin so; none for what no id can hold."""
        if not (prefix.isascii() and prefix.isalnum()):
            return []
        rows = self._db.execute("select id from documents where id like ? limit 3", (f"{prefix}%",))
        return [str(r[0]) for r in rows]

    def place(self, document_id: str, start: int) -> Place | None:
        row = self._db.execute(
            f"select {BLOCK_COLUMNS}, number from blocks"
            " where document_id = ? and start <= ? order by start desc limit 1",
            (document_id, start),
        ).fetchone()
        return Place(as_block(row[:-1]), row[-1]) if row else None

    def blocks(self, document_id: str) -> list[Block]:
        """Every block of a document, in the order of its text."""
        rows = self._db.execute(
            f"select {BLOCK_COLUMNS} from blocks where document_id = ? order by start",
            (document_id,),
        )
        return [as_block(row) for row in rows]

    def cells(self, document_id: str, start: int, end: int) -> list[Block]:
        """The cells of tables within a range of a document, in the order of its text."""
        rows = self._db.execute(
            f"select {BLOCK_COLUMNS} from blocks where document_id = ? and start >= ? and start < ?"
            " and kind = ? order by start",
            (document_id, start, end, Kind.TABLE_CELL.value),
        )
        return [as_block(row) for row in rows]

    def interruptions(self, document_id: str) -> list[Span]:
        """The spans that interrupt the running text of a document; see ``phrases``."""
        rows = self._db.execute(
            "select start, end from blocks where document_id = ? and kind in (?, ?, ?)"
            " order by start",
            (document_id, *(kind.value for kind in sorted(INTERRUPTING))),
        )
        return [(r[0], r[1]) for r in rows]

    def sources(self) -> Iterator[Source]:
        """Every document that the search sees, in the order of its chunks."""
        rows = self._db.execute(
            "select (select coalesce(min(c.id), 0) from chunks c where c.document_id = d.id) first,"
            " d.id from documents d where d.replaced_by = '' order by first, d.rowid"
        ).fetchall()
        for first, document_id in rows:
            document = self.document(document_id)
            if document:
                yield Source(first, document_id, document.text, self.blocks(document_id))

    def table_headings(self, document_id: str, start: int) -> list[tuple[int, int]]:
        """Spans of the cells that head others, in the table at an offset or right below it."""
        row = self._db.execute(
            "select tab from blocks where document_id = ? and start >= ? order by start limit 2",
            (document_id, start),
        ).fetchall()
        number = next((r[0] for r in row if r[0]), None)
        rows = self._db.execute(
            "select b.start, b.end, substr(d.text, b.start + 1, b.end - b.start), b.headings"
            " from blocks b join documents d on d.id = b.document_id"
            " where b.document_id = ? and b.tab = ? order by b.start",
            (document_id, number),
        ).fetchall()
        named = {h for r in rows for h in json.loads(r[3])}
        heads = {" ".join(part.split()) for h in named for part in (h, *h.split(UNDER))}
        return [(r[0], r[1]) for r in rows if " ".join(r[2].split()) in heads]

    def span_faults(self) -> list[str]:
        """Chunks and blocks that point outside their document's text."""
        rows = self._db.execute(
            "select d.id, d.file from documents d where exists (select 1 from chunks c where"
            " c.document_id = d.id and c.end > length(d.text)) or exists (select 1 from blocks b"
            " where b.document_id = d.id and b.end > length(d.text))"
        )
        return [f"document {i} ({file}): offsets point outside its text" for i, file in rows]
