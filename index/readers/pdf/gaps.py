"""Which gaps in the lines of a PDF page part columns or cells, told by the lines around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.readers.pdf.rules import Room

# Of the type size: wider than between words, also where justified; cells of figures stand closer.
_WIDE, _WIDE_AT_FIGURES = 1.8, 1.0
_NARROW = 0.6  # as between words; wider ones may part cells
_STRETCHED = 6.0  # no wider are the gaps of a justified line
_UNEVEN = 0.3  # the gaps of a justified line differ by less: letters are not as wide as their boxes
_NEAR = 12  # lines before and behind that show what a line stands in
_BEARING = 0.1  # of the type size: so far may a letter reach over a line beside it
_MOST_STRUCK = 0.1  # of the words in a table may have a line through them
_ROW_PITCH = 4  # as far below may the next row of a table stand


@dataclass(frozen=True, slots=True)
class Gap:
    """A space, by its place among the page's characters, between two edges."""

    at: int
    left: float
    right: float
    at_figure: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """What the file has as one line: its characters' span, left and right edge, base line, type
    size, whether all characters are as wide, and its gaps."""

    span: tuple[int, int]
    edges: tuple[float, float]
    bottom: float
    size: float
    fixed_pitch: bool
    gaps: tuple[Gap, ...]

    def width(self, gap: Gap) -> float:
        return (gap.right - gap.left) / self.size

    def words(self) -> Iterator[tuple[float, float]]:
        """From where to where the words reach."""
        lefts = (self.edges[0], *(gap.right for gap in self.gaps))
        rights = (*(gap.left for gap in self.gaps), self.edges[1])
        return zip(lefts, rights, strict=True)


def cuts(strips: Sequence[Strip]) -> frozenset[int]:
    """The places of the gaps that part columns or cells: wide ones, and narrower ones that stand
    above or below another. In a justified line none does."""
    loose = [_loose(strips, i) for i in range(len(strips))]
    found: set[int] = set()
    for i, strip in enumerate(strips):
        wide = {gap.at for gap in loose[i] if _is_wide(strip, gap)}
        found |= wide
        near = list(_beside(strips, loose, i))
        if not strip.fixed_pitch and all(
            gap.at in wide or any(_are_aligned(gap, other, strip.size) for other in near)
            for gap in loose[i]
        ):
            found |= {gap.at for gap in loose[i]}
    return frozenset(found)


def tabular(strips: Sequence[Strip], tables: Sequence[Sequence[Room]]) -> list[Sequence[Room]]:
    """The ruled tables but squared paper and the like, whose lines run through the words."""
    out = []
    for rooms in tables:
        ends = [
            (
                _room(here, left + _BEARING * strip.size, y),
                _room(here, right - _BEARING * strip.size, y),
            )
            for strip, y, here in _crossed(strips, rooms)
            for left, right in strip.words()
        ]
        inside = [(a, b) for a, b in ends if a and b]
        if sum(a != b for a, b in inside) <= _MOST_STRUCK * len(inside):
            out.append(rooms)
    return out


def ruled(strips: Sequence[Strip], tables: Sequence[Sequence[Room]]) -> frozenset[int]:
    """The places of the gaps between words that stand in two cells of a ruled table."""
    return frozenset(
        gap.at
        for rooms in tables
        for strip, y, here in _crossed(strips, rooms)
        for gap in strip.gaps
        if _room(here, gap.left, y) != _room(here, gap.right, y)
    )


def _crossed(
    strips: Sequence[Strip], rooms: Sequence[Room]
) -> Iterator[tuple[Strip, float, list[Room]]]:
    """The lines with the height of their small letters' middle, and the cells at that height."""
    for strip in strips:
        y = strip.bottom + 0.3 * strip.size
        yield strip, y, [room for room in rooms if room.bottom <= y <= room.top]


def _room(rooms: Sequence[Room], x: float, y: float) -> Room | None:
    return next((room for room in rooms if room.holds(x, y)), None)


def _is_wide(strip: Strip, gap: Gap) -> bool:
    return strip.width(gap) > (_WIDE_AT_FIGURES if gap.at_figure else _WIDE)


def _are_aligned(one: Gap, other: Gap, size: float) -> bool:
    """Whether nearly all of a narrow gap stands above or below the other."""
    return min(one.right, other.right) - max(one.left, other.left) >= 0.8 * _NARROW * size


def _beside(strips: Sequence[Strip], loose: Sequence[Sequence[Gap]], i: int) -> Iterator[Gap]:
    """What may part the cells of the rows above and below."""
    for j in (i - 2, i - 1, i + 1, i + 2):
        if 0 <= j < len(strips):
            pitch = abs(strips[j].bottom - strips[i].bottom) / strips[i].size
            if 0.5 < pitch <= _ROW_PITCH and not strips[j].fixed_pitch:
                yield from loose[j]


def _loose(strips: Sequence[Strip], i: int) -> list[Gap]:
    """The gaps of a line that may part cells."""
    strip = strips[i]
    gaps = [gap for gap in strip.gaps if strip.width(gap) > _NARROW]
    near = strips[max(0, i - _NEAR) : i + _NEAR + 1]
    return [] if gaps and _is_justified(strip, near) else gaps


def _is_justified(strip: Strip, near: Sequence[Strip]) -> bool:
    """Whether the line and another, from edge to edge as it is, have their words evenly apart, and
    not above one another as cells are."""
    return _is_even(strip) and any(
        _is_flush(strip, other)
        and _is_even(other)
        and not (_stand_over(strip, other) and _stand_over(other, strip))
        for other in near
    )


def _is_even(strip: Strip) -> bool:
    widths = [strip.width(gap) for gap in strip.gaps]
    return bool(widths) and max(widths) < min(_STRETCHED, min(widths) + _UNEVEN)


def _is_flush(one: Strip, other: Strip) -> bool:
    return all(abs(a - b) < 0.2 * one.size for a, b in zip(one.edges, other.edges, strict=True))


def _stand_over(one: Strip, other: Strip) -> bool:
    """Whether each gap of the one is in part above or below one of the other."""
    return all(any(a.left < b.right and b.left < a.right for b in other.gaps) for a in one.gaps)
