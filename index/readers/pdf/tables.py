"""Tables that are ruled on a PDF page: each cell's lines are one text."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index.readers import phrases as say
from index.readers.pdf.rows import Grid, Line, heading_rows
from index.readers.pdf.rules import Room

_HAIR = 4.0  # points; by less do the edges of one table differ from page to page
_FEW = 3  # rows: a head, the body and a total
_FIGURES = re.compile(r"[-–−+]?\d[\d.,\s]*%?")
_HEADER_LINES = 3  # as many may a header row have in all its cells


def with_tables(lines: Sequence[Line], grids: Sequence[Sequence[Room]]) -> list[Line]:
    """The lines, those in the cells of a table as one: the table, in the place of its first."""
    out = list(lines)
    for rooms in grids:
        inside: dict[Room, list[Line]] = defaultdict(list)
        for line in out:
            if room := _room_of(line, rooms):
                inside[room].append(line)
        grid = _grid(inside)
        if len(grid) > 1 or len(grid and grid[0]) > 2:
            held = [line for own in inside.values() for line in own]
            first = next(i for i, line in enumerate(out) if line in held)
            out[first] = replace(_table(grid, rooms, held), heads=_heads(inside, grid))
            out = [line for i, line in enumerate(out) if i == first or line not in held]
    return out


def continued(
    pages: Sequence[Sequence[Line]], heads: Sequence[frozenset[Line]]
) -> list[list[Line]]:
    """The pages; a table that goes on with one of the page before knows the rows of it, and what a
    row that the break cuts has left there stands with the rest."""
    out = [list(page) for page in pages]
    for i in range(1, len(out)):
        a = next(
            (k for k in reversed(range(len(out[i - 1]))) if out[i - 1][k] not in heads[i - 1]), -1
        )
        b = next((k for k in range(len(out[i])) if out[i][k] not in heads[i]), -1)
        if a >= 0 and b >= 0 and _goes_on(out[i - 1][a], out[i][b]):
            out[i - 1][a], out[i][b] = _with_rest(out[i - 1][a], out[i][b])
    return [[line for line in page if line.text] for page in out]


def _goes_on(table: Line, other: Line) -> bool:
    return (
        bool(table.grid and other.grid)
        and len(table.grid[0]) == len(other.grid[0])
        and abs(table.left - other.left) + abs(table.right - other.right) < _HAIR
    )


def _with_rest(table: Line, other: Line) -> tuple[Line, Line]:
    """Both tables, the first row of the other in the last one of the table if it is its rest."""
    rows = (*table.above, *table.grid)
    repeated = other.grid[:1] == rows[:1]
    top, rest, below = other.grid[:repeated], other.grid[repeated:][:1], other.grid[repeated + 1 :]
    above = () if repeated else rows
    heads = table.heads if above else other.heads
    if not rest or not any(map(_breaks_off, table.grid[-1], rest[0])):
        return table, replace(other, above=above, heads=heads)
    last = tuple(map(_together, table.grid[-1], rest[0]))
    grid = (*table.grid[:-1], last)
    left = (*top, *below)
    return (
        replace(table, grid=grid, text=shown(grid)),
        replace(
            other, grid=left, text=shown(left), heads=heads, above=above and (*rows[:-1], last)
        ),
    )


def _breaks_off(cell: Sequence[str], rest: Sequence[str]) -> bool:
    return bool(cell and rest and not say.is_finished(cell[-1]) and say.starts_lower(rest[0]))


def _together(cell: tuple[str, ...], rest: tuple[str, ...]) -> tuple[str, ...]:
    if not cell or not rest or say.is_finished(cell[-1]):
        return cell + rest
    return (*cell[:-1], f"{cell[-1]} {rest[0]}", *rest[1:])


def _room_of(line: Line, rooms: Sequence[Room]) -> Room | None:
    x, y = (line.left + line.right) / 2, line.bottom + 0.3 * line.size
    return next((room for room in rooms if room.holds(x, y)), None) if not line.grid else None


def _table(grid: Grid, rooms: Sequence[Room], held: Sequence[Line]) -> Line:
    return Line(
        shown(grid),
        min(room.left for room in rooms),
        min(room.bottom for room in rooms),
        max(room.right for room in rooms),
        max(room.top for room in rooms),
        held[-1].size,
        held[0].height,
        grid=grid,
    )


def _heads(inside: dict[Room, list[Line]], grid: Grid) -> int:
    """How many rows are headings by their type; 0 where that is not certain."""
    bands = sorted({room.row for room in inside})
    bold = [all(line.bold for room, own in inside.items() if room.row == r for line in own)
            for r in bands]  # fmt: skip
    cells = [[" ".join(cell) for cell in row] for row in grid]
    return heading_rows(bold, cells) if len(bands) == len(grid) else 0


def shown(grid: Grid) -> str:
    return "\n".join("\t".join(" ".join(cell) for cell in row) for row in grid)


def _grid(inside: dict[Room, list[Line]]) -> Grid:
    """Rows of cells, each the texts of its paragraphs; what stands in no column is empty."""
    columns = sorted({room.column for room in inside})
    rows: list[tuple[tuple[str, ...], ...]] = []
    few = len({room.row for room in inside}) <= _FEW
    for r in sorted({room.row for room in inside}):
        band = {room: _in_order(inside[room]) for room in inside if room.row == r}
        if _is_several(band, few) and not (
            not rows and max(map(len, band.values())) <= _HEADER_LINES
        ):
            rows += _by_height(band, columns)
        else:
            cells = {room.column: _paragraphs(own) for room, own in band.items()}
            rows.append(tuple(cells.get(c, ()) for c in columns))
    return tuple(rows)


def _in_order(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a cell from above, what stands at one height from the left."""
    out: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if out and out[-1][0].bottom - line.bottom < 0.35 * line.size:
            out[-1] = sorted([*out[-1], line], key=lambda part: part.left)
        else:
            out.append([line])
    return out


def _words(parts: Sequence[Line]) -> str:
    return " ".join(part.text.strip() for part in parts)


def _paragraphs(heights: Sequence[Sequence[Line]]) -> tuple[str, ...]:
    """The paragraphs of a cell, line ends kept; a gap or a bullet begins a new one."""
    pitches = [a[0].bottom - b[0].bottom for a, b in itertools.pairwise(heights)]
    out = [_words(heights[0])]
    for parts, pitch in zip(heights[1:], pitches, strict=True):
        text = _words(parts)
        apart = say.is_finished(out[-1]) and pitch > 1.25 * min(pitches)
        if apart or pitch > 2 * parts[0].size or say.BULLET.match(text):
            out.append(text)
        else:
            out[-1] += f"\n{text}"
    return tuple(out)


def _is_several(band: dict[Room, list[list[Line]]], few: bool) -> bool:
    """Whether the cells hold lists side by side: the rows of the table, not ruled apart. Where
    ``few`` rows are, lines on the same heights in all cells are enough."""
    heights = {room: {round(parts[0].bottom / 2) for parts in own} for room, own in band.items()}
    same = len(heights) > 1 and len(set(map(frozenset, heights.values()))) == 1
    if few and same and len(next(iter(heights.values()))) > 2:
        return True
    listed = [heights[room] for room, own in band.items() if room.rows == 1 and _is_list(own, room)]
    return len(listed) > 1 and all(len(listed[0] & other) > 1 for other in listed[1:])


def _is_list(heights: Sequence[Sequence[Line]], room: Room) -> bool:
    """Whether a cell holds figures below one another, or lines most of which end though the next
    one's first word had room on them."""
    if len(heights) < 2:
        return False
    if all(_FIGURES.fullmatch(_words(parts)) for parts in heights):
        return True
    margin = min(
        min(parts[0].left for parts in heights) - room.left,
        room.right - max(parts[-1].right for parts in heights),
    )
    width = room.right - room.left - 2 * margin
    roomy = 0
    for parts, following in itertools.pairwise(heights):
        words = _words(following)
        word = _width(following) * len(words.split()[0]) / len(words)
        roomy += _width(parts) + word + 0.4 * parts[0].size < width
    return 2 * roomy > len(heights) - 1


def _width(parts: Sequence[Line]) -> float:
    return parts[-1].right - parts[0].left


def _by_height(
    band: dict[Room, list[list[Line]]], columns: Sequence[int]
) -> list[tuple[tuple[str, ...], ...]]:
    """A row of cells for each height on which lines of them stand."""
    cells = [(room, parts) for room, own in band.items() for parts in own]
    cells.sort(key=lambda cell: -cell[1][0].bottom)
    out: list[dict[int, tuple[str, ...]]] = []
    last: Line | None = None
    for room, parts in cells:
        if last is None or last.bottom - parts[0].bottom >= 0.35 * parts[0].size:
            out.append({})
            last = parts[0]
        out[-1][room.column] = (_words(parts),)
    return [tuple(row.get(c, ()) for c in columns) for row in out]
