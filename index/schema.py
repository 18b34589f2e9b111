"""The catalog's tables: made anew, or brought up to date from the formats of earlier versions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from index.errors import DamagedLibrary, PullquoteError

SCHEMA = 2

_TABLES = """
create table meta (key text primary key, value text not null) without rowid;
create table documents (
    id text primary key, title text not null, publisher text not null, date text not null,
    url text not null, language text not null, collection text not null, file text not null,
    media_type text not null, sha256 text not null, added text not null,
    date_first text not null, date_last text not null, text text not null,
    author text not null default '', page_labels text not null default '[]',
    replaced_by text not null default '');
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
# ``replaced_by`` is the id of the document that took a replaced one's place, else empty.
# ``receipts`` keeps each time that a place was found to hold another content than before.
_RECEIPTS = """
create table receipts (
    id integer primary key, origin text not null, received text not null, headers text not null,
    document_id text not null references documents(id) on delete cascade);
create index receipts_by_document on receipts (document_id);
create index receipts_by_origin on receipts (origin);
"""
_FROM_1 = (
    """
alter table documents add column author text not null default '';
alter table documents add column page_labels text not null default '[]';
alter table documents add column replaced_by text not null default '';
"""
    + _RECEIPTS
    + """
insert into receipts (origin, received, headers, document_id)
    select o.origin, d.added, '[]', d.id from origins o join documents d on d.id = o.document_id
    order by d.rowid;
"""
)


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """An open catalog; ``mode`` is SQLite's, "rw" or "rwc". Raises sqlite3.DatabaseError."""
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=30,
        isolation_level=None,
        check_same_thread=False,
    )
    db.execute("pragma foreign_keys = on")
    db.execute("pragma synchronous = full")
    return db


def create(db: sqlite3.Connection) -> None:
    """Make the tables of an empty catalog, all or nothing."""
    meta = {"schema": str(SCHEMA), "generation": "0", "state": ""}
    db.execute("begin immediate")
    _run(db, _TABLES + _RECEIPTS)
    db.executemany("insert into meta values (?, ?)", meta.items())
    db.execute("commit")


def bring_up_to_date(db: sqlite3.Connection, path: Path) -> None:
    """Bring the tables of an earlier format to this one, in one transaction: a crash in it leaves
    the earlier format. Texts, offsets and vectors stay as they are.

    Raises DamagedLibrary for a format that is not known, PullquoteError where the catalog cannot
    be written to.
    """
    if _format(db) == str(SCHEMA):
        return
    try:
        db.execute("begin immediate")
        found = _format(db)  # another process may have been quicker
        if found == "1":
            _run(db, _FROM_1)
            db.execute("update meta set value = ? where key = 'schema'", (str(SCHEMA),))
        elif found != str(SCHEMA):
            raise DamagedLibrary(
                f"The library has format {found or 'unknown'}, this Pullquote reads {SCHEMA}. "
                "Open it with the version that made it, or add its documents to a new library."
            )
        db.execute("commit")
    except sqlite3.OperationalError as error:
        _undo(db)
        raise PullquoteError(
            f"The library has an earlier format and {path} cannot be written to ({error}). "
            "Open it once where you may write to it; its texts stay as they are."
        ) from error
    except BaseException:
        _undo(db)
        raise


def _undo(db: sqlite3.Connection) -> None:
    if db.in_transaction:
        db.execute("rollback")


def _format(db: sqlite3.Connection) -> str:
    row = db.execute("select value from meta where key = 'schema'").fetchone()
    return str(row[0]) if row else ""


def _run(db: sqlite3.Connection, statements: str) -> None:
    # Not executescript: it commits what is under way first.
    for statement in filter(str.strip, statements.split(";")):
        db.execute(statement)
