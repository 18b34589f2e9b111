"""Entries with hanging lines in plain text: of glossaries (a term, a gap, what it means) and of
lists of works."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.readers import phrases as say
from index.readers.numbering import enumerator
from index.readers.pieces import Piece

_NARROWEST = 50  # columns of a list of works
_ENTRY = re.compile(r"(?:\S+ ){0,4}\S+[ \t]{3,}(?=\S)")


def entered(text: str, found: Sequence[Piece]) -> list[Piece]:
    """The pieces, with each entry of a glossary or a list of works as one; of a glossary apart
    from what stands around it."""
    opened, hanging = _glossary(text, found)
    hanging |= _works(text, found)
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


def _works(text: str, found: Sequence[Piece]) -> frozenset[int]:
    """Where the lines start that go on with an entry of a list of works: set in below its first
    line, and of two entries or more each line is filled up to the next word."""
    entries = []
    at = 0
    while at < len(found):
        stop, inner = at + 1, _indent(text, found[at]) + 1
        while stop < len(found) and found[stop - 1].tight and _indent(text, found[stop]) >= inner:
            stop, inner = stop + 1, _indent(text, found[stop])
        if stop > at + 1 and _is_work(text, found[at:stop]):
            entries.append(found[at + 1 : stop])
        at = stop
    return frozenset(p.start for lines in entries if len(entries) > 1 for p in lines)


def _is_work(text: str, lines: Sequence[Piece]) -> bool:
    said = [text[p.start : p.end] for p in lines]
    ends = [_indent(text, p) + p.end - p.start for p in lines]
    words = [len(line.split(maxsplit=1)[0]) + 1 for line in said]
    filled = all(
        end + word > max(_NARROWEST, 0.9 * max(ends))
        for end, word in zip(ends, words[1:], strict=False)
    )
    plain = all(p.kind is None and not p.fixed and not p.quoted for p in lines)
    listed = any(say.BULLET.match(s) or enumerator(s, 0, len(s)) for s in said[1:])
    ended = ", " in said[0] and said[-1][-1] == "."
    return filled and plain and ended and not listed


def _column(text: str, piece: Piece) -> int:
    """In which column the text of an entry begins, 0 for other lines."""
    m = _ENTRY.match(text, piece.start, piece.end) if piece.kind is None else None
    return m.end() - piece.start + _indent(text, piece) if m else 0


def _indent(text: str, piece: Piece) -> int:
    return piece.start - text.rfind("\n", 0, piece.start) - 1
