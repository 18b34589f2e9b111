"""The lines drawn on a PDF page, and the grids of cells that they make."""

from __future__ import annotations

import ctypes
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_THICKEST = 3.0  # points; what is filled and thicker is a ground, no line
_NEAR = 3.0  # points; lines as near are one, or touch
_MOST_SEGMENTS, _MOST_PATHS, _MOST_RULES = 500, 20_000, 400  # more are drawings

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn across or down: where it stands, and from where to where it reaches."""

    at: float
    start: float
    stop: float


@dataclass(frozen=True, slots=True)
class Room:
    """A cell of a grid: its first row and column from above and the left, the rows it takes, and
    its left, right, bottom and top edge."""

    row: int
    column: int
    rows: int
    left: float
    right: float
    bottom: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def grids(page: Any) -> tuple[list[tuple[Room, ...]], list[Rule]]:
    """The tables that are ruled on a page: the cells of each that has rows and columns; those that
    stand in others first. And the lines across that no line down touches."""
    across, down = _drawn(page)
    if max(len(across), len(down)) > _MOST_RULES:
        return [], []
    groups = list(_connected(across, down))
    found = [_rooms(*group) for group in groups]
    tables = [rooms for rooms in found if _is_table(rooms)]
    alone = [row for rows, columns in groups if not columns for row in rows]
    return sorted(tables, key=_area), alone


def _area(rooms: Sequence[Room]) -> float:
    return sum((room.right - room.left) * (room.top - room.bottom) for room in rooms)


def _is_table(rooms: Sequence[Room]) -> bool:
    """Whether there are rows and columns, or a row of several cells, as a page break leaves one."""
    rows, columns = {room.row for room in rooms}, {room.column for room in rooms}
    return len(columns) > 1 and len(rows) + len(columns) > 3


# --- what is drawn -------------------------------------------------------------------------------


def _drawn(page: Any) -> tuple[list[Rule], list[Rule]]:
    """The lines across and down, those that are drawn piece by piece whole."""
    import pypdfium2.raw as raw

    across: list[Rule] = []
    down: list[Rule] = []
    for i in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_PATHS)):
        path = raw.FPDFPage_GetObject(page.raw, i)
        if raw.FPDFPageObj_GetType(path) != raw.FPDF_PAGEOBJ_PATH:
            continue
        for (x1, y1), (x2, y2) in _strokes(path):
            if abs(y1 - y2) <= 1 < abs(x1 - x2):
                across.append(Rule((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
            elif abs(x1 - x2) <= 1 < abs(y1 - y2):
                down.append(Rule((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
    return _whole(across), _whole(down)


def _strokes(path: Any) -> Iterator[tuple[Point, Point]]:
    """The straight lines of a path from end to end; a thin filled rectangle is one."""
    import pypdfium2.raw as raw

    if raw.FPDFPath_CountSegments(path) > _MOST_SEGMENTS:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    for points in _outlines(path):
        if stroke.value:
            yield from itertools.pairwise(points)
        elif fill.value:
            xs, ys = zip(*points, strict=True)
            (left, right), (bottom, top) = (min(xs), max(xs)), (min(ys), max(ys))
            if top - bottom <= min(_THICKEST, right - left):
                yield (left, (bottom + top) / 2), (right, (bottom + top) / 2)
            elif right - left <= _THICKEST:
                yield ((left + right) / 2, bottom), ((left + right) / 2, top)


def _outlines(path: Any) -> Iterator[list[Point]]:
    """The corners of each part of a path, on the page; parts with curves left out."""
    import pypdfium2.raw as raw

    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    points: list[Point] = []
    curved = False
    for i in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved |= kind == raw.FPDF_SEGMENT_BEZIERTO
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append(
            (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
        )
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points


def _whole(rules: Iterable[Rule]) -> list[Rule]:
    """The lines, those that touch or lie on one another as one."""
    out: list[Rule] = []
    for same in _near(sorted(rules, key=lambda rule: rule.at)):
        for rule in sorted(same, key=lambda rule: rule.start):
            if out and out[-1].at == same[0].at and rule.start <= out[-1].stop + _NEAR:
                out[-1] = Rule(same[0].at, out[-1].start, max(out[-1].stop, rule.stop))
            else:
                out.append(Rule(same[0].at, rule.start, rule.stop))
    return out


def _near(ordered: Sequence[Rule]) -> Iterator[list[Rule]]:
    group: list[Rule] = []
    for rule in ordered:
        if group and rule.at - group[0].at > _NEAR:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


# --- what it encloses ----------------------------------------------------------------------------


def _connected(
    across: Sequence[Rule], down: Sequence[Rule]
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The lines that cross or touch one another, group by group."""
    left = set(down)
    free = set(across)
    while free:
        todo, rows, columns = [free.pop()], set[Rule](), set[Rule]()
        while todo:
            row = todo.pop()
            rows.add(row)
            new = {column for column in left if _touch(row, column)}
            left -= new
            columns |= new
            met = {other for other in free if any(_touch(other, column) for column in new)}
            free -= met
            todo += met
        yield sorted(rows, key=lambda r: -r.at), sorted(columns, key=lambda c: c.at)


def _touch(row: Rule, column: Rule) -> bool:
    return (
        row.start - _NEAR <= column.at <= row.stop + _NEAR
        and column.start - _NEAR <= row.at <= column.stop + _NEAR
    )


def _rooms(rows: Sequence[Rule], columns: Sequence[Rule]) -> tuple[Room, ...]:
    """The cells between lines that touch; a table may be open at its sides."""
    if not columns:
        return ()
    ys = _places(rows, columns)[::-1]
    xs = _places(columns, rows)
    fields = [(r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)]
    owner = {field: field for field in fields}
    for r, c in fields:
        x, y = (xs[c] + xs[c + 1]) / 2, (ys[r] + ys[r + 1]) / 2
        if r and not _stands(rows, ys[r], x):
            owner[r, c] = owner[r - 1, c]
        elif c and not _stands(columns, xs[c], y):
            owner[r, c] = owner[r, c - 1]
    owned: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for field, first in owner.items():
        owned[first].append(field)
    out = []
    for (row, column), own in sorted(owned.items()):
        last, end = max(r for r, _ in own), max(c for _, c in own)
        out.append(
            Room(row, column, last - row + 1, xs[column], xs[end + 1], ys[last + 1], ys[row])
        )
    return tuple(out)


def _places(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Where lines of the one direction stand, and the open ends of those that cross them."""
    places = {rule.at for rule in rules}
    low, high = min(r.start for r in crossing), max(r.stop for r in crossing)
    if low < min(places) - 2 * _NEAR:
        places.add(low)
    if high > max(places) + 2 * _NEAR:
        places.add(high)
    return sorted(places)


def _stands(rules: Sequence[Rule], at: float, along: float) -> bool:
    return any(rule.at == at and rule.start <= along <= rule.stop for rule in rules)
