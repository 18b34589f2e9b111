"""SQLite: documents, blocks, chunks and vectors. The single commit point and the one truth."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedLibrary
from index.records import Block, Document, Kind
from index.rows import (
    COLUMNS,
    TABLES,
    Embedded,
    Filters,
    Place,
    StoredChunk,
    Vectors,
    as_document,
    block_rows,
    chunk_row,
    date_range,
    stored,
    unpacked,
)

SCHEMA = 1


class Catalog:
    """One open connection. Reads see one committed state; writes go through ``transaction``."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        fresh = create and not path.exists()
        mode = "rwc" if create else "rw"
        try:
            self._db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=30,
                isolation_level=None,
                check_same_thread=False,
            )
            self._db.execute("pragma foreign_keys = on")
            self._db.execute("pragma synchronous = full")
            if fresh:
                self._create()
            self._require_schema()
        except sqlite3.DatabaseError as error:
            raise DamagedLibrary(
                f"The catalog {path} cannot be read ({error}). Restore it from a backup, or add "
                f"the archived files to a new library: pullquote add {path.parent}/sources/*"
            ) from error

    def _create(self) -> None:
        with self.transaction():
            for statement in filter(str.strip, TABLES.split(";")):
                self._db.execute(statement)
            self._set("schema", str(SCHEMA))
            self._set("generation", "0")
            self._set("state", "")

    def _require_schema(self) -> None:
        found = self.meta("schema")
        if found != str(SCHEMA):
            raise DamagedLibrary(
                f"The library has format {found or 'unknown'}, this Pullquote reads {SCHEMA}. "
                "Open it with the version that made it, or add its documents to a new library."
            )

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

    def next_chunk_id(self) -> int:
        return int(self._db.execute("select coalesce(max(id), 0) + 1 from chunks").fetchone()[0])

    def insert(self, document: Document, number: int, chunks: Sequence[Embedded]) -> None:
        """Store a document; its chunks get the ids ``number``, ``number + 1`` ..."""
        first, last = date_range(document.date)
        added = datetime.now(UTC).isoformat(timespec="seconds")
        self._db.execute(
            "insert into documents values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                document.id,
                document.title,
                document.publisher,
                document.date,
                document.url,
                document.language,
                document.collection,
                document.file,
                document.media_type,
                document.sha256,
                added,
                first,
                last,
                document.text,
            ),
        )
        self._db.executemany(
            "insert into blocks values (?,?,?,?,?,?,?,?,?,?,?)", block_rows(document)
        )
        self._db.executemany(
            "insert into chunks values (?,?,?,?,?,?,?,?)",
            [chunk_row(document.id, number + i, e) for i, e in enumerate(chunks)],
        )

    def delete(self, document_id: str) -> None:
        self._db.execute("delete from documents where id = ?", (document_id,))

    # -- documents -----------------------------------------------------------------------------

    def document(self, document_id: str) -> Document | None:
        """The record with its text, without its blocks."""
        row = self._db.execute(
            f"select {COLUMNS}, text from documents where id = ?", (document_id,)
        ).fetchone()
        return as_document(row) if row else None

    def documents(self) -> list[Document]:
        """Every record, in the order added, without texts and blocks."""
        rows = self._db.execute(f"select {COLUMNS}, '' from documents order by rowid")
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
            " from documents d"
        )
        return {r[0]: (r[1], r[2], r[3]) for r in rows}

    def by_origin(self, origin: str) -> str | None:
        """The id of the document that was read from this place, if one was."""
        row = self._db.execute(
            "select document_id from origins where origin = ?", (origin,)
        ).fetchone()
        return str(row[0]) if row else None

    def origins(self, document_id: str) -> list[str]:
        """Every place that this content was read from."""
        rows = self._db.execute("select origin from origins where document_id = ?", (document_id,))
        return [str(r[0]) for r in rows]

    def link(self, origin: str, document_id: str) -> None:
        """Record that this place now holds this document."""
        self._db.execute("insert or replace into origins values (?, ?)", (origin, document_id))

    def by_hash(self, sha256: str) -> str | None:
        """The id of the document with this content, if there is one."""
        row = self._db.execute("select id from documents where id = ?", (sha256[:16],)).fetchone()
        return str(row[0]) if row else None

    def matching_ids(self, prefix: str) -> list[str]:
        pattern = prefix.replace("\\", "").replace("%", "").replace("_", "") + "%"
        rows = self._db.execute("select id from documents where id like ? limit 3", (pattern,))
        return [str(r[0]) for r in rows]

    def place(self, document_id: str, start: int) -> Place | None:
        row = self._db.execute(
            "select kind, start, end, page, section, tab, row, col, headings, number from blocks"
            " where document_id = ? and start <= ? order by start desc limit 1",
            (document_id, start),
        ).fetchone()
        if row is None:
            return None
        kind, begin, end, page, section, table, line, column, headings, number = row
        block = Block(
            Kind(kind),
            begin,
            end,
            page,
            tuple(json.loads(section)),
            table,
            line,
            column,
            tuple(json.loads(headings)),
        )
        return Place(block, number)

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
        heads = {" ".join(h.split()) for r in rows for h in json.loads(r[3])}
        return [(r[0], r[1]) for r in rows if " ".join(r[2].split()) in heads]

    # -- chunks --------------------------------------------------------------------------------

    def owners(self, ids: Sequence[int]) -> set[str]:
        """The documents that these chunks belong to."""
        rows = self._db.execute(
            "select distinct document_id from chunks where id in (select value from json_each(?))",
            (json.dumps(list(ids)),),
        )
        return {str(r[0]) for r in rows}

    def chunk_ids(self, document_id: str) -> list[int]:
        rows = self._db.execute("select id from chunks where document_id = ?", (document_id,))
        return [int(r[0]) for r in rows]

    def dimensions(self) -> int:
        """Length of the stored vectors; 384 while there is none."""
        row = self._db.execute("select length(vector) / 2 from chunks limit 1").fetchone()
        return int(row[0]) if row else 384

    def span_faults(self) -> list[str]:
        """Chunks and blocks that point outside their document's text."""
        rows = self._db.execute(
            "select d.id, d.file from documents d where exists (select 1 from chunks c where"
            " c.document_id = d.id and c.end > length(d.text)) or exists (select 1 from blocks b"
            " where b.document_id = d.id and b.end > length(d.text))"
        )
        return [f"document {i} ({file}): offsets point outside its text" for i, file in rows]

    def chunks(self, ids: Sequence[int]) -> dict[int, StoredChunk]:
        marks = ",".join("?" * len(ids))
        rows = self._db.execute(
            "select c.id, c.document_id, substr(d.text, c.start + 1, c.end - c.start), c.start,"
            " c.end, c.context, c.sentences, c.sentence_vectors from chunks c"
            f" join documents d on d.id = c.document_id where c.id in ({marks})",
            list(ids),
        )
        return {row[0]: stored(row) for row in rows}

    def vectors(self, ids: Sequence[int]) -> dict[int, Vectors]:
        marks = ",".join("?" * len(ids))
        rows = self._db.execute(f"select id, vector from chunks where id in ({marks})", list(ids))
        return {i: unpacked(blob) for i, blob in rows}

    def all_vectors(self) -> tuple[NDArray[np.int64], Vectors]:
        """Ids (n,) and vectors (n, d) of every chunk, by id."""
        rows = self._db.execute("select id, vector from chunks order by id").fetchall()
        ids = np.array([r[0] for r in rows], dtype=np.int64)
        if not rows:
            return ids, np.zeros((0, 0), dtype=np.float32)
        return ids, np.stack([unpacked(r[1]) for r in rows])

    def all_texts(self) -> Iterator[tuple[int, str, str]]:
        """(chunk id, document id, context and words) of every chunk, by id."""
        rows = self._db.execute(
            "select c.id, c.document_id, c.context || char(10) ||"
            " substr(d.text, c.start + 1, c.end - c.start) from chunks c"
            " join documents d on d.id = c.document_id order by c.id"
        )
        yield from rows

    def allowed(self, filters: Filters) -> tuple[list[str], list[int]] | None:
        """Ids of the documents and chunks that pass; None when everything does."""
        tests = [
            ("collection = ?", filters.collection),
            ("publisher = ? collate nocase", filters.publisher),
            ("language = ?", filters.language),
            ("id = ?", filters.document),
            ("date_last >= ?", filters.since),
            ("date_first <= ? and date_first <> ''", filters.until),
        ]
        used = [(test, value) for test, value in tests if value]
        if not used:
            return None
        where = " and ".join(test for test, _ in used)
        values = [value for _, value in used]
        documents = self._db.execute(f"select id from documents where {where}", values).fetchall()
        rows = self._db.execute(
            f"select id from chunks where document_id in (select id from documents where {where})",
            values,
        ).fetchall()
        return [r[0] for r in documents], [r[0] for r in rows]
