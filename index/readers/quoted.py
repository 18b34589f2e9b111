"""Lines that an e-mail quotes: each begins with as many marks (">") as it was quoted times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.readers.pieces import Piece

_MARKS = re.compile(r"(?:>[ \t]?)+[ \t]*")
_CONTINUED = re.compile(r"\n[ \t]*(?:>[ \t]?)+[ \t]*")
_EMPTY = re.compile(r"[ \t]*>[> \t]*")


def without_marks(text: str, found: Sequence[Piece]) -> list[Piece]:
    """The pieces without the marks before them, and how often they are quoted; lines that hold
    nothing else go."""
    out: list[Piece] = []
    for piece in found:
        m = _MARKS.match(text, piece.start, piece.end) if piece.kind is None else None
        if m is None:
            out.append(piece)
        elif m.end() < piece.end:
            out.append(replace(piece, start=m.end(), quoted=m.group().count(">")))
        elif out:
            out[-1] = replace(out[-1], tight=False)
    return out


def with_first_marks(text: str, found: Sequence[Piece]) -> tuple[str, list[Piece]]:
    """The text with marks only where a quoted paragraph begins, so that none stands in the middle
    of a sentence; the pieces with these."""
    if not any(piece.quoted for piece in found):
        return text, list(found)
    parts: list[str] = []
    out: list[Piece] = []
    length = at = 0
    for piece in found:
        start, part = piece.start, text[piece.start : piece.end]
        if piece.quoted:
            start = text.index(">", text.rfind("\n", 0, piece.start) + 1)
            part = text[start : piece.start] + _CONTINUED.sub("\n", part)
        gap = _EMPTY.sub("", text[at:start])
        parts += [gap, part]
        out.append(replace(piece, start=length + len(gap), end=length + len(gap) + len(part)))
        length, at = out[-1].end, piece.end
    return "".join([*parts, _EMPTY.sub("", text[at:])]), out
