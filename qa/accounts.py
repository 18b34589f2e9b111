"""Who may use a shared server: accounts, API tokens and sessions, in a file beside the catalog."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import PullquoteError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FILE = "accounts.sqlite"
SESSION_SECONDS = 14 * 24 * 3600
SHORTEST, LONGEST = 10, 1000  # characters of a password
_NAME = re.compile(r"[\w@][\w.@-]{0,63}")
_TABLES = """
create table if not exists users (
    name text primary key collate nocase, password text not null, made integer not null);
create table if not exists tokens (
    id text primary key, hash text not null unique, label text not null, made integer not null,
    name text not null collate nocase references users(name) on delete cascade);
create table if not exists sessions (
    hash text primary key, expires integer not null,
    name text not null collate nocase references users(name) on delete cascade);
"""


@dataclass(frozen=True, slots=True)
class Token:
    """An API token as it is listed; ``id`` names it, the token itself is not stored."""

    id: str
    label: str
    made: int


@dataclass(frozen=True, slots=True)
class Account:
    """``made`` are seconds since 1970."""

    name: str
    made: int
    tokens: tuple[Token, ...]


class Accounts:
    """The accounts of one library. Every call reads the file anew, so that a server sees at once
    what the command line changed. Safe to use from several threads."""

    def __init__(self, library: Path) -> None:
        self._path = library / FILE

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        if not self._path.exists():  # nobody but the owner may read it, from the first byte on
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        try:
            db = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        except sqlite3.OperationalError as error:
            raise PullquoteError(f"{self._path} cannot be opened ({error}).") from error
        try:
            db.execute("pragma foreign_keys = on")
            db.executescript(_TABLES)
            yield db
        except sqlite3.DatabaseError as error:
            raise PullquoteError(
                f"The accounts in {self._path} cannot be read or changed ({error}). "
                "Restore the file from a backup, or delete it and make the accounts again."
            ) from error
        finally:
            db.close()

    def any(self) -> bool:
        """Whether there is an account at all; without one nobody is asked to log in."""
        if not self._path.exists():
            return False
        with self._open() as db:
            return db.execute("select 1 from users limit 1").fetchone() is not None

    def all(self) -> list[Account]:
        if not self._path.exists():
            return []
        with self._open() as db:
            tokens = db.execute("select name, id, label, made from tokens order by made").fetchall()
            users = db.execute("select name, made from users order by name").fetchall()
        return [
            Account(name, made, tuple(Token(*t[1:]) for t in tokens if t[0] == name))
            for name, made in users
        ]

    # -- accounts ------------------------------------------------------------------------------

    def add(self, name: str, password: str) -> None:
        """Make an account; raises PullquoteError for a bad or taken name and a bad password."""
        if not _NAME.fullmatch(name):
            raise PullquoteError(
                f"{name!r} is not a name for an account. "
                "Use up to 64 letters, digits, dots, hyphens, underscores or @."
            )
        hashed = _hasher().hash(_sound(password))
        with self._open() as db:
            try:
                db.execute("insert into users values (?,?,?)", (name, hashed, int(time.time())))
            except sqlite3.IntegrityError:
                raise PullquoteError(
                    f"There is an account {name} already. "
                    f"Give it another password with: pullquote user password {name}"
                ) from None

    def set_password(self, name: str, password: str) -> None:
        """Change a password; whoever is logged in under that name is logged out."""
        hashed = _hasher().hash(_sound(password))
        with self._open() as db:
            found = db.execute("update users set password = ? where name = ?", (hashed, name))
            _require(found.rowcount, name)
            db.execute("delete from sessions where name = ?", (name,))

    def remove(self, name: str) -> None:
        """Remove an account with its tokens and sessions."""
        with self._open() as db:
            _require(db.execute("delete from users where name = ?", (name,)).rowcount, name)

    def verify(self, name: str, password: str) -> str | None:
        """The account's name as it was made if the password is right, else None. An unknown name
        costs the same time as a wrong password."""
        from argon2.exceptions import VerificationError

        with self._open() as db:
            row = db.execute("select name, password from users where name = ?", (name,)).fetchone()
        try:
            _hasher().verify(row[1] if row else _nobody(), password[:LONGEST])
        except VerificationError:
            return None
        return str(row[0]) if row else None

    # -- tokens --------------------------------------------------------------------------------

    def make_token(self, name: str, label: str = "") -> str:
        """A new API token; it is returned this once and stored only as a hash."""
        token = f"pq_{secrets.token_urlsafe(32)}"
        row = (secrets.token_hex(4), _digest(token), label, int(time.time()), name)
        with self._open() as db:
            _require(db.execute("select 1 from users where name = ?", (name,)).fetchone(), name)
            db.execute("insert into tokens values (?,?,?,?,?)", row)
        return token

    def revoke(self, token_id: str) -> None:
        with self._open() as db:
            if not db.execute("delete from tokens where id = ?", (token_id,)).rowcount:
                raise PullquoteError(
                    f"There is no token {token_id}. See the tokens with: pullquote user list"
                )

    def by_token(self, token: str) -> str | None:
        """The account that a token belongs to."""
        with self._open() as db:
            row = db.execute("select name from tokens where hash = ?", (_digest(token),)).fetchone()
        return str(row[0]) if row else None

    # -- sessions ------------------------------------------------------------------------------

    def begin_session(self, name: str, before: str | None = None) -> str:
        """A new session's secret, for the cookie; stored only as a hash. The session ``before``,
        which the same browser had, ends."""
        secret, now = secrets.token_urlsafe(32), int(time.time())
        with self._open() as db:
            db.execute("delete from sessions where expires < ?", (now,))
            if before:
                db.execute("delete from sessions where hash = ?", (_digest(before),))
            row = (_digest(secret), now + SESSION_SECONDS, name)
            db.execute("insert into sessions values (?,?,?)", row)
        return secret

    def by_session(self, secret: str) -> str | None:
        """The account of a session that has not run out."""
        with self._open() as db:
            row = db.execute(
                "select name from sessions where hash = ? and expires >= ?",
                (_digest(secret), int(time.time())),
            ).fetchone()
        return str(row[0]) if row else None

    def end_session(self, secret: str) -> None:
        with self._open() as db:
            db.execute("delete from sessions where hash = ?", (_digest(secret),))


def _sound(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise PullquoteError(
            f"A password has {SHORTEST} to {LONGEST:,} characters. Choose another one."
        )
    return password


def _require(found: object, name: str) -> None:
    if not found:
        raise PullquoteError(
            f"There is no account {name}. See the accounts with: pullquote user list"
        )


def _digest(secret: str) -> str:
    """SHA-256 is enough for secrets of 256 random bits: there is nothing to guess from."""
    return hashlib.sha256(secret.encode()).hexdigest()


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    """Argon2id with the parameters of RFC 9106's second recommended option (64 MiB)."""
    from argon2 import PasswordHasher
    from argon2.profiles import RFC_9106_LOW_MEMORY

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
