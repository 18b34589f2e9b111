"""A document's text in pieces to show: by block, with the cited words marked. Pure.

The pieces of a stretch, put together, are its text to the character, and the marked pieces are the
cited words. So what a page marks can be compared with what a citation quotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.records import Block, Kind, Span

NOTHING: Span = (0, 0)
_AROUND = 600  # characters shown before and after the cited words, blocks kept whole
_LONGEST = 2500  # of a block that is shown whole beside cited words


@dataclass(frozen=True, slots=True)
class Marks:
    """The cited words, and the few of them that answer (``NOTHING`` where that is not known)."""

    cited: Span = NOTHING
    answering: Span = NOTHING


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    cited: bool
    answering: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A block to show with the white space after it; ``block`` is None before the first block."""

    block: Block | None
    start: int
    pieces: tuple[Piece, ...]

    @property
    def kind(self) -> str:
        return self.block.kind.value if self.block else Kind.BOILERPLATE.value

    @property
    def level(self) -> int:
        """How deep a heading stands, from 1."""
        return min(len(self.block.section), 4) if self.block else 1


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that are shown together: one block, the items of a list, or the rows of a table."""

    kind: str
    rows: tuple[tuple[Part, ...], ...]

    @property
    def first(self) -> Part:
        return self.rows[0][0]


def around(blocks: Sequence[Block], span: Span, length: int) -> Span:
    """The stretch to show around ``span``: whole blocks, at least the ones it touches."""
    start, end = span
    near = [b for b in blocks if b.end > start - _AROUND and b.start < end + _AROUND]
    touched = [b for b in near if b.end > start and b.start < end]
    small = [b for b in near if b in touched or b.end - b.start <= _LONGEST]
    if not small:
        return max(0, start - _AROUND), min(length, end + _AROUND)
    first, last = min(start, small[0].start), max(end, small[-1].end)
    return first, min(last, length)


def parts(
    text: str, blocks: Sequence[Block], stretch: Span, marks: Marks = Marks()
) -> Iterator[Part]:
    """The blocks of ``text[stretch[0]:stretch[1]]``; their pieces joined are that text."""
    at, end = stretch
    inside = [b for b in blocks if b.end > at and b.start < end]
    starts = [max(b.start, at) for b in inside]
    if not starts or starts[0] > at:
        stop = starts[0] if starts else end
        if stop > at:
            yield Part(None, at, tuple(_pieces(text, at, stop, marks)))
    for block, start, stop in zip(inside, starts, [*starts[1:], end], strict=True):
        if stop > start:
            yield Part(block, start, tuple(_pieces(text, start, stop, marks)))


def _pieces(text: str, start: int, stop: int, marks: Marks) -> Iterator[Piece]:
    edges = {start, stop, *(e for e in (*marks.cited, *marks.answering) if start < e < stop)}
    cuts = sorted(edges)
    for a, b in pairwise(cuts):
        cited = marks.cited[0] <= a < marks.cited[1]
        yield Piece(text[a:b], cited, cited and marks.answering[0] <= a < marks.answering[1])


def groups(found: Sequence[Part]) -> Iterator[Group]:
    """Parts put together as they are shown."""
    held: list[Part] = []
    for part in found:
        if held and _key(held[-1]) != _key(part):
            yield _group(held)
            held = []
        held.append(part)
    if held:
        yield _group(held)


def _key(part: Part) -> tuple[str, int]:
    """What stands together: the cells of one table, the items of one list; else the block alone."""
    block = part.block
    if block and block.kind is Kind.TABLE_CELL:
        return "table", block.table or 0
    if block and block.kind is Kind.LIST_ITEM:
        return "list", 0
    return "block", part.start


def _group(held: Sequence[Part]) -> Group:
    kind = _key(held[0])[0]
    if kind != "table":
        return Group(kind, tuple((part,) for part in held))
    rows: dict[int, list[Part]] = {}
    for part in held:
        rows.setdefault((part.block and part.block.row) or 0, []).append(part)
    return Group(kind, tuple(tuple(row) for row in rows.values()))


def outline(text: str, blocks: Sequence[Block]) -> list[tuple[int, int, str]]:
    """(level from 1, offset, words) of every heading."""
    return [
        (min(len(b.section) or 1, 4), b.start, " ".join(text[b.start : b.end].split()))
        for b in blocks
        if b.kind is Kind.HEADING
    ]
