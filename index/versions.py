"""Where documents came from, when, and which document took another's place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Receipt:
    """One time that content was taken in from a place where it was new.

    ``origin`` is a path or a web address, ``received`` the time in ISO 8601 (UTC), ``headers`` what
    a web server said with it, empty for a file.
    """

    origin: str
    received: str
    headers: tuple[tuple[str, str], ...]
    document_id: str


@dataclass(frozen=True, slots=True)
class Link:
    """That a place holds a document now, and what was said when it was taken from there."""

    origin: str
    document_id: str
    received: str
    headers: tuple[tuple[str, str], ...] = ()


class Versions:
    """What an open catalog says of the places and versions of its documents."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def held_by(self, origin: str) -> str | None:
        """The id of the document that this place held when it was last read."""
        row = self._db.execute(
            "select document_id from origins where origin = ?", (origin,)
        ).fetchone()
        return str(row[0]) if row else None

    def origins(self, document_id: str) -> list[str]:
        """Every place that holds this content now, as far as is known."""
        rows = self._db.execute("select origin from origins where document_id = ?", (document_id,))
        return [str(r[0]) for r in rows]

    def link(self, link: Link) -> None:
        """Record that this place now holds this document, and when it was received."""
        if self.held_by(link.origin) == link.document_id:
            return
        self._db.execute(
            "insert or replace into origins values (?, ?)", (link.origin, link.document_id)
        )
        headers = json.dumps(link.headers, ensure_ascii=False)
        self._db.execute(
            "insert into receipts (origin, received, headers, document_id) values (?, ?, ?, ?)",
            (link.origin, link.received, headers, link.document_id),
        )

    def replace(self, older: str, newer: str) -> None:
        """Take a document out of the search: its text, blocks and receipts stay."""
        self._db.execute("update documents set replaced_by = ? where id = ?", (newer, older))
        self._db.execute("delete from chunks where document_id = ?", (older,))
        self._db.execute("delete from origins where document_id = ?", (older,))

    def newest(self, document_id: str) -> str:
        """The id of the version that stands in a document's place now: its own, unless it was
        replaced."""
        row = self._db.execute(
            "with recursive line(id, next) as (select id, replaced_by from documents where id = ?"
            " union select d.id, d.replaced_by from documents d join line on d.id = line.next)"
            " select id from line where next = ''",
            (document_id,),
        ).fetchone()
        return str(row[0]) if row else document_id

    def older(self, document_id: str) -> list[str]:
        """Ids of the versions that this document replaced, directly or not, the oldest first."""
        rows = self._db.execute(
            "with recursive line(id) as (select id from documents where replaced_by = ?"
            " union select d.id from documents d join line on d.replaced_by = line.id)"
            " select d.id from documents d join line on d.id = line.id order by d.added, d.rowid",
            (document_id,),
        )
        return [str(r[0]) for r in rows]

    def receipts(self, document_id: str) -> list[Receipt]:
        """Where and when this content was received, the first time first."""
        rows = self._db.execute(
            "select origin, received, headers, document_id from receipts where document_id = ?"
            " order by id",
            (document_id,),
        )
        return [
            Receipt(origin, received, tuple((k, v) for k, v in json.loads(headers)), owner)
            for origin, received, headers, owner in rows
        ]
