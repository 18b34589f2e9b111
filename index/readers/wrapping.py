"""Lines broken at a fixed width: to paragraphs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from index.readers import phrases as say
from index.readers.facts import is_byline
from index.readers.joining import openings_of
from index.readers.pieces import Piece
from index.text import sentences

_WIDE = re.compile(r"[\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60]")
_CUT_SHORT = re.compile(r"(?<!\w)(?:[^\W\d_]{1,5}|(?:[A-Z]\.){1,3}[A-Z])\.$")
_FEW = 8  # of so many lines none can be told to be stray
_MANY = 60  # of so many lines a few may hold whole paragraphs
_SEVERAL = re.compile(r"[^\W\d_]{2}[.!?]\s+[A-Z].*[.!?]$")
_STRAY = 1.25  # so much wider than the usual lines
_HAN_UNIT = re.compile(r"[A-Za-z0-9.,%％]+|.")


def is_wrapped(text: str, found: Sequence[Piece]) -> bool:
    """Whether the lines are broken at a fixed width, so that a paragraph is a run of lines."""
    pairs = [
        (text[a.start : a.end], text[b.start : b.end])
        for a, b in itertools.pairwise(found)
        if a.tight and a.kind is None and b.kind is None
    ]
    if len(pairs) < 2:
        return False
    width, stray = _measure(text, found)
    # Beside a line that no width holds, lines must be filled up to the next word.
    rooms = [_width(line) + (stray and _width(_first(after)) + 1) for line, after in pairs]
    filled, most = (0.85, 0.7) if stray else (0.6, 0.5)
    full = [
        not say.is_finished(line) and room >= filled * width
        for (line, _), room in zip(pairs, rooms, strict=True)
    ]
    return 40 <= width <= 140 and sum(full) >= most * len(pairs)


def _measure(text: str, found: Sequence[Piece]) -> tuple[int, bool]:
    """The width of the widest line, and whether a few stray ones are left out of the count: a long
    address that does not break, a row of a table, of many lines also a paragraph."""
    lines = sorted((text[p.start : p.end] for p in found if p.kind is None), key=_width)
    widest = _width(lines[-1])
    usual = _width(lines[-1 - max(len(lines) // 20, len(lines) > _FEW)])
    running = len(lines) < _MANY and _SEVERAL.search(lines[-1])
    stray = widest > _STRAY * usual and not running
    return (usual, True) if stray else (widest, False)


def _first(line: str) -> str:
    return line.split(maxsplit=1)[0]


def _width(line: str) -> int:
    """The columns that a line takes up: a Chinese character takes two."""
    return len(line) + len(_WIDE.findall(line))


def unwrapped(text: str, found: Sequence[Piece]) -> list[Piece]:
    """Join the lines of each paragraph where the lines are broken at a fixed width; those that an
    e-mail quotes are judged apart."""
    sides = [[p for p in found if bool(p.quoted) is quoted] for quoted in (False, True)]
    widths = [_measure(text, side)[0] if is_wrapped(text, side) else 0 for side in sides]
    if not any(widths):
        return list(found)
    openings = openings_of(text, found)
    out: list[Piece] = []
    for piece in found:
        last = out[-1] if out else None
        widest = widths[bool(piece.quoted)]
        if (
            last
            and widest
            and last.tight
            and last.quoted == piece.quoted
            and last.kind is None
            and piece.kind is None
            and not (piece.fixed or last.fixed)
            and not is_byline(text[piece.start : piece.end])
            and not is_byline(text[last.start : last.end])
            and not _short_of(text, last, piece, widest)
            and (
                piece.start not in openings
                or (not openings[piece.start] and _cut_short(text, last, piece, widest))
            )
        ):
            out[-1] = replace(last, end=piece.end, tight=piece.tight)
        else:
            out.append(piece)
    return out


def _short_of(text: str, last: Piece, piece: Piece, widest: int) -> bool:
    """Whether the last line of ``last`` left room for the next word: then it ended there."""
    line = text[max(last.start, text.rfind("\n", 0, last.end) + 1) : last.end]
    if say.has_han(line):
        return _ends_han(text, line, piece, widest)
    word = _first(text[piece.start : piece.end])
    room = widest - len(line) > len(word) + 12
    if room and say.leads_in(line, word):
        return True
    return (
        room
        and not say.starts_lower(text[piece.start : piece.start + 30])
        and not say.ends_joining(line)
        and (say.is_finished(line) or say.capital_share(line) > 0.7)
        and not _abbreviated(line, text[piece.start : piece.end])
    )


def _abbreviated(line: str, after: str) -> bool:
    """Whether the full stop at the end of a line only marks a word as cut short: "St.", "U.S."."""
    if not _CUT_SHORT.search(line):
        return False
    last = line.split()[-1]
    return len(sentences(f"x {last} {after}", 0, len(last) + len(after) + 3)) == len(
        sentences(after, 0, len(after))
    )


def _ends_han(text: str, line: str, piece: Piece, widest: int) -> bool:
    """Whether a paragraph ends with a line of Chinese, which breaks off between any two characters:
    there was room for more, or the next line is set in."""
    word = re.match(_HAN_UNIT, text[piece.start : piece.end])
    room = widest - _width(line) > _width(word.group() if word else "") + 4
    return text[piece.start - 1] == "\u3000" or (room and line[-1] not in "，、")


def _cut_short(text: str, last: Piece, piece: Piece, widest: int) -> bool:
    """Whether the last line of ``last`` breaks off in a sentence that ``piece`` may go on with."""
    line = text[max(last.start, text.rfind("\n", 0, last.end) + 1) : last.end]
    word = _first(text[piece.start : piece.end])
    full = widest - len(line) <= len(word) + 12 and say.capital_share(line) <= 0.7
    return not say.is_finished(line) and (full or say.ends_joining(line))
