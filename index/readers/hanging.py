"""Glossaries in plain text: a term, a gap, and what it means, with hanging lines below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.readers.pieces import Piece

_ENTRY = re.compile(r"(?:\S+ ){0,4}\S+[ \t]{3,}(?=\S)")


def entered(text: str, found: Sequence[Piece]) -> list[Piece]:
    """The pieces, with each entry of a glossary as one, apart from what stands around it."""
    opened, hanging = _glossary(text, found)
    out: list[Piece] = []
    for piece in found:
        if piece.start in hanging:
            out[-1] = replace(out[-1], end=piece.end, tight=piece.tight)
        else:
            out.append(replace(piece, fixed=True) if piece.start in opened else piece)
    return out


def _glossary(text: str, found: Sequence[Piece]) -> tuple[frozenset[int], frozenset[int]]:
    """Where the pieces start that open an entry, and where those that go on with one: an entry's
    text begins in the same column as the entry's below it, or as the line's below it."""
    opened: set[int] = set()
    hanging: set[int] = set()
    columns = [_column(text, piece) for piece in found]
    current = 0  # the column in which lines go on with the entry above
    for i, piece in enumerate(found):
        after = columns[i + 1] if i + 1 < len(found) else 0
        below = _indent(text, found[i + 1]) if i + 1 < len(found) and piece.tight else 0
        before = columns[i - 1] if i else 0
        if columns[i] and columns[i] in (after, before, below):
            opened.add(piece.start)
            current = columns[i]
        elif not (current and i and found[i - 1].tight and _indent(text, piece) == current):
            current = 0
        elif piece.kind is None:
            hanging.add(piece.start)
    return frozenset(opened), frozenset(hanging)


def _column(text: str, piece: Piece) -> int:
    """In which column the text of an entry begins, 0 for other lines."""
    m = _ENTRY.match(text, piece.start, piece.end) if piece.kind is None else None
    return m.end() - piece.start + _indent(text, piece) if m else 0


def _indent(text: str, piece: Piece) -> int:
    return piece.start - text.rfind("\n", 0, piece.start) - 1
