"""The catalog's chunks and their vectors, read back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.rows import Filters, StoredChunk, Vectors, stored, unpacked


class Passages:
    """What an open catalog says of its chunks."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def next_id(self) -> int:
        return int(self._db.execute("select coalesce(max(id), 0) + 1 from chunks").fetchone()[0])

    def owners(self, ids: Sequence[int]) -> set[str]:
        """The documents that these chunks belong to."""
        rows = self._db.execute(
            "select distinct document_id from chunks where id in (select value from json_each(?))",
            (json.dumps(list(ids)),),
        )
        return {str(r[0]) for r in rows}

    def of(self, document_id: str) -> list[int]:
        """Ids of the chunks of a document."""
        rows = self._db.execute("select id from chunks where document_id = ?", (document_id,))
        return [int(r[0]) for r in rows]

    def extents(self, documents: Sequence[str]) -> dict[str, int]:
        """How many chunks each of these documents has."""
        rows = self._db.execute(
            "select document_id, count(*) from chunks"
            " where document_id in (select value from json_each(?)) group by document_id",
            (json.dumps(list(documents)),),
        )
        return {str(r[0]): int(r[1]) for r in rows}

    def dimensions(self) -> int:
        """Length of the stored vectors; 384 while there is none."""
        row = self._db.execute("select length(vector) / 2 from chunks limit 1").fetchone()
        return int(row[0]) if row else 384

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
            ("language = ? collate nocase", filters.language),
            ("id = ?", filters.document),
            ("date_last >= ?", filters.since),
            ("date_first <= ? and date_first <> ''", filters.until),
        ]
        used = [(test, value) for test, value in tests if value]
        if not used:
            return None
        where = " and ".join(["replaced_by = ''", *(test for test, _ in used)])
        values = [value for _, value in used]
        documents = self._db.execute(f"select id from documents where {where}", values).fetchall()
        rows = self._db.execute(
            f"select id from chunks where document_id in (select id from documents where {where})",
            values,
        ).fetchall()
        return [r[0] for r in documents], [r[0] for r in rows]
