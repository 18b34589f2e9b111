"""What the readers pass to each other: a text, and pieces of it whose nature may still be open."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Kind


@dataclass(frozen=True, slots=True)
class Piece:
    """``text[start:end]``, trimmed. ``kind`` None: a paragraph, heading or list item, not yet told.

    ``level`` is the heading level (1 outermost) where the source marks headings; ``tight`` says
    that the next piece follows on the next line, with no blank line between; ``fixed`` that the
    source itself marks where the piece begins and ends, so that it is never joined to its
    neighbours. ``quoted`` is how many times an e-mail quotes it.
    """

    start: int
    end: int
    kind: Kind | None = None
    level: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    headings: tuple[str, ...] = ()
    tight: bool = False
    fixed: bool = False
    quoted: int = 0


@dataclass(frozen=True, slots=True)
class Headed:
    """A piece with the rank of its number among headings: None if it is no numbered heading."""

    piece: Piece
    rank: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the source states about itself; empty where it does not."""

    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    language: str = ""
    author: str = ""
