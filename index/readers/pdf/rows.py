"""Lines of a PDF page that stand at one height: cells of a row, set under one another by place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.readers.phrases import starts_lower

_LABEL = re.compile(r"\W{1,2}|[(\[]?[\w.-]{1,7}[.)\]]|\d{1,2}(?:\.\d{1,2}){0,3}")
_ROW_PITCH = 4  # of the type size: what stands further below is another table

Extent = tuple[float, float]
Grid = tuple[tuple[tuple[str, ...], ...], ...]
# Of cells in columns: cells less those over one, columns made for them, distance to the others.
_Misfit = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; its box in points from the page's lower left (``bottom`` is the base line),
    ``height`` the page's, ``cells`` the left and right edges of the parts that tabs divide;
    ``grid`` the rows of a table that it stands for, the paragraphs of each cell, ``above`` those on
    the pages before; ``aside``: furniture beside the text;
    ``heads``: how many rows of it head those below."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    height: float
    cells: tuple[Extent, ...] = ()
    grid: Grid = ()
    above: Grid = ()
    aside: bool = False
    bold: bool = False
    heads: int = 0


def with_initials(lines: Sequence[Line]) -> list[Line]:
    """The lines, drop capitals put before the words that they begin."""
    out = list(lines)
    for letter in filter(_is_letter, lines):
        beside = [line for line in out if _stands_beside(line, letter)]
        if len(beside) > 1:
            first = max(beside, key=lambda line: line.bottom)
            out[out.index(first)] = replace(first, text=letter.text + first.text)
            out.remove(letter)
    return out


def _is_letter(line: Line) -> bool:
    return re.fullmatch(r"\W?[^\W\d_]", line.text.strip()) is not None


def _stands_beside(line: Line, letter: Line) -> bool:
    """Whether the line stands right behind a letter that is as high as lines are apart and more."""
    return (
        letter.size >= 1.8 * line.size
        and letter.bottom - 0.3 * line.size <= line.bottom < letter.top
        and -0.3 <= (line.left - letter.right) / line.size <= 1.5
    )


def rows(lines: Sequence[Line]) -> list[Line]:
    """Join neighbours on one height: a bullet or number with its text, cells of a row by tabs."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last and _are_beside(last, line):
            out[-1] = _joined(last, line)
        else:
            out.append(replace(line, cells=((line.left, line.right),)))
    return out


def _are_beside(last: Line, line: Line) -> bool:
    level = abs(last.bottom - line.bottom) < 0.35 * line.size
    return level and line.left >= last.right and not (last.grid or line.grid)


def _joined(last: Line, line: Line) -> Line:
    labelled = _LABEL.fullmatch(last.text.strip()) is not None
    kept = last.cells[:-1] if labelled else last.cells
    left = last.cells[-1][0] if labelled else line.left
    told = line if labelled else last  # a bullet may be of another size and height
    return replace(
        last,
        bottom=told.bottom,
        size=told.size,
        text=f"{last.text.rstrip()}{' ' if labelled else chr(9)}{line.text.strip()}",
        right=line.right,
        top=max(last.top, line.top),
        cells=(*kept, (left, line.right)),
        bold=last.bold and line.bold,
    )


def aligned(lines: Sequence[Line]) -> list[Line]:
    """A tab more for each empty cell of the rows that stand below one another."""
    out: list[Line] = []
    for block in _blocks(lines):
        columns = _columns([line.cells for line in block]) if len(block) > 1 else []
        told = 0 if _is_torn(block) else _heading_rows(block)
        block = [replace(line, heads=1 if i < told else line.heads) for i, line in enumerate(block)]
        out += [_spread(line, columns) for line in block]
    return out


def _heading_rows(block: Sequence[Line]) -> int:
    return heading_rows([line.bold for line in block], [line.text.split("\t") for line in block])


def _is_torn(block: Sequence[Line]) -> bool:
    """Whether cells seem to go on in the row below, so that rows are lines of several cells."""
    cells = (cell for line in block for cell in line.text.split("\t"))
    return any(starts_lower(cell) for cell in cells)


def heading_rows(bold: Sequence[bool], cells: Sequence[Sequence[str]]) -> int:
    """How many rows head those below them: the first ones in bold type, above others that are not;
    none where bold words stand further down too, which may be headings as well."""
    told = sum(itertools.takewhile(bool, bold))
    wide = [sum(map(bool, row)) > 1 for row in cells]
    wordy = (not any(c.isdigit() for cell in row[1:] for c in cell) for row in cells)
    again = any(
        all(row) for row in itertools.islice(zip(bold, wide, wordy, strict=True), told, None)
    )
    return told if told < len(bold) and any(wide[:told]) and not again else 0


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Rows of several cells close below one another; every other line alone."""
    block: list[Line] = []
    for line in lines:
        below = block and 0 < block[-1].bottom - line.bottom <= _ROW_PITCH * line.size
        if block and not (below and _is_row(line) and _is_row(block[-1])):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_row(line: Line) -> bool:
    return 1 < len(line.cells) == line.text.strip().count("\t") + 1


def _columns(table: Sequence[Sequence[Extent]]) -> list[Extent]:
    """The columns of a table from the left: those of its fullest row, and what stands in none."""
    ordered = sorted(table, key=len, reverse=True)
    columns = list(ordered[0])
    for row in ordered[1:]:
        places, width = _placed(row, columns), len(columns)
        for cell, place in zip(row, places, strict=True):
            if place is not None and (_distance(cell, columns[place]) < 0 or len(row) == width):
                columns[place] = _widened(columns, place, cell)
        new = [cell for cell, place in zip(row, places, strict=True) if place is None]
        columns = sorted([*columns, *new])
    return columns


def _widened(columns: Sequence[Extent], place: int, cell: Extent) -> Extent:
    """The column with the cell, unless the cell reaches into the next column."""
    own = columns[place]
    wide = (min(own[0], cell[0]), max(own[1], cell[1]))
    others = (other for i, other in enumerate(columns) if i != place)
    return own if any(_distance(wide, other) < 0 for other in others) else wide


def _distance(one: Extent, other: Extent) -> float:
    """How far two extents stand apart; below 0, how far they overlap."""
    return max(one[0], other[0]) - min(one[1], other[1])


def _placed(row: Sequence[Extent], columns: Sequence[Extent]) -> tuple[int | None, ...]:
    """The column of each cell from the left, None for one that needs a column of its own."""
    best: list[tuple[_Misfit, tuple[int | None, ...]]] = [((0, 0, 0.0), ())] * (len(columns) + 1)
    for cell in row:
        fits: list[tuple[_Misfit, tuple[int | None, ...]]] = []
        for j, ((apart, new, far), places) in enumerate(best):
            options = [((apart + 1, new + 1, far), (*places, None))]
            if j:
                (apart, new, far), places = best[j - 1]
                gap = _distance(cell, columns[j - 1])
                options += [((apart + (gap >= 0), new, far + gap), (*places, j - 1)), fits[-1]]
            fits.append(min(options, key=lambda option: option[0]))
        best = fits
    return best[-1][1]


def _spread(line: Line, columns: Sequence[Extent]) -> Line:
    """The line with its cells in their columns, empty ones between them."""
    places = [place for place in _placed(line.cells, columns) if place is not None]
    if not columns or len(places) < len(line.cells):
        return line
    tabs = [places[0], *(b - a for a, b in itertools.pairwise(places))]
    cells = line.text.strip().split("\t")
    return replace(line, text="".join("\t" * n + c for n, c in zip(tabs, cells, strict=True)))
