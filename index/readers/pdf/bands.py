"""Tables of a PDF page that are ruled across only: blank strips part their columns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from index.readers.pdf.gaps import Strip
from index.readers.pdf.rules import Room, Rule

_FEWEST_RULES = 4  # fewer also stand around a table whose rows none parts
_HEAD = 4.0  # of the type size; as high may a row above the first rule be
_BLANK = 0.5  # of the type size; words in a line stand closer
_NEAR = 3.0  # points by which rules of one table may differ in their ends
_MOST_LINES = 12  # of a row; more are text in columns

Extent = tuple[float, float]


def banded(
    strips: Sequence[Strip], across: Sequence[Rule], parted: frozenset[int]
) -> list[tuple[Room, ...]]:
    """The cells of tables that rules across part into rows, by the lines that stand in them;
    ``parted``: the gaps that surely part cells."""
    found = []
    for rules in _stacks(across):
        inside = [
            [s for s in strips if _is_between(s, *pair)] for pair in itertools.pairwise(rules)
        ]
        columns = _columns(inside)
        if top := _head(strips, rules[0], inside, columns):
            inside, rules = [top, *inside], [_above(top, rules[0]), *rules]
            columns = _columns(inside)
        if (
            len(columns) > 1
            and all(_is_row(band, columns, parted) for band in inside)
            and not any(_are_lists(band, columns) for band in inside[1:])
        ):
            found.append(tuple(_rooms(rules, columns)))
    return found


def _stacks(across: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules below one another from the same left to the same right edge, from above."""
    left = sorted(across, key=lambda rule: -rule.at)
    while left:
        same = [
            rule
            for rule in left
            if abs(rule.start - left[0].start) + abs(rule.stop - left[0].stop) <= 2 * _NEAR
        ]
        left = [rule for rule in left if rule not in same]
        if len(same) >= _FEWEST_RULES:
            yield same


def _is_between(strip: Strip, upper: Rule, lower: Rule) -> bool:
    y = strip.bottom + 0.3 * strip.size
    return lower.at < y < upper.at and strip.edges[1] > upper.start and strip.edges[0] < upper.stop


def _head(
    strips: Sequence[Strip], first: Rule, inside: list[list[Strip]], columns: Sequence[Extent]
) -> list[Strip]:
    """The lines close above the first rule that stand in the columns below it."""
    near = [
        s for s in strips if _is_between(s, replace(first, at=first.at + _HEAD * s.size), first)
    ]
    for top in sorted({strip.bottom for strip in near}, reverse=True):
        head = [strip for strip in near if strip.bottom <= top]
        both = _columns([head, *inside])
        if len(both) == len(columns) and len({c for w in _all(head) for c in _under(w, both)}) > 1:
            return head
    return []


def _all(strips: Sequence[Strip]) -> list[Extent]:
    return [word for strip in strips for word in _words(strip)]


def _under(word: Extent, columns: Sequence[Extent]) -> list[Extent]:
    return [c for c in columns if word[0] < c[1] and word[1] > c[0]]


def _above(head: Sequence[Strip], first: Rule) -> Rule:
    return replace(first, at=max(strip.bottom + strip.size for strip in head))


def _words(strip: Strip) -> list[Extent]:
    """From where to where the words of a line go, or what stands close as they do."""
    starts = [strip.edges[0], *(gap.right for gap in strip.gaps)]
    return list(zip(starts, [*(gap.left for gap in strip.gaps), strip.edges[1]], strict=True))


def _columns(bands: Sequence[Sequence[Strip]]) -> list[Extent]:
    """The columns that are blank between from the first row to the last, each with words in two
    rows and more; none where a row is empty."""
    words = [_all(band) for band in bands]
    if not all(words):
        return []
    size = median(strip.size for band in bands for strip in band)
    columns: list[Extent] = []
    for left, right in sorted(itertools.chain(*words)):
        if columns and left - columns[-1][1] < _BLANK * size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    while alone := [
        c for c in columns if sum(any(_under(w, [c]) for w in own) for own in words) < 2
    ]:
        if len(columns) < 2:
            return []
        columns = _without(columns, alone[0])
    return columns


def _without(columns: Sequence[Extent], column: Extent) -> list[Extent]:
    """The columns, one of them part of the nearest other."""
    others = [c for c in columns if c != column]
    near = min(others, key=lambda c: max(c[0] - column[1], column[0] - c[1]))
    whole = (min(near[0], column[0]), max(near[1], column[1]))
    return sorted([*(c for c in others if c != near), whole])


def _is_row(band: Sequence[Strip], columns: Sequence[Extent], parted: frozenset[int]) -> bool:
    """Whether the lines are one row: no more than a row has, in no column two beside one another,
    nor lines further apart than others, which may be of several rows."""
    if any(
        a < g.left and g.right < b
        for s in band
        for g in s.gaps
        if g.at in parted
        for a, b in columns
    ):
        return False
    for column in columns:
        own = sorted(
            (s.bottom for s in band if any(_under(w, [column]) for w in _words(s))), reverse=True
        )
        pitches = [a - b for a, b in itertools.pairwise(own)]
        if len(own) > _MOST_LINES or (pitches and max(pitches) > 1.3 * min(pitches)):
            return False
        if any(pitch < 0.5 * band[0].size for pitch in pitches):
            return False
    return True


def _are_lists(band: Sequence[Strip], columns: Sequence[Extent]) -> bool:
    """Whether the cells of a row have lines on the same heights, as several rows have."""
    found = [
        frozenset(round(s.bottom / 2) for s in band if any(_under(w, [column]) for w in _words(s)))
        for column in columns
    ]
    filled = [heights for heights in found if heights]
    return len(filled) > 1 and len(filled[0]) > 1 and len(set(filled)) == 1


def _rooms(rules: Sequence[Rule], columns: Sequence[Extent]) -> Iterator[Room]:
    middles = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)]
    low, high = min(columns[0][0], rules[0].start) - 1, max(columns[-1][1], rules[0].stop) + 1
    for r, (upper, lower) in enumerate(itertools.pairwise(rules)):
        for c, (left, right) in enumerate(itertools.pairwise([low, *middles, high])):
            yield Room(r, c, 1, left, right, lower.at, upper.at)
