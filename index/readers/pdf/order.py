"""The lines of a PDF page in the order in which they are read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from statistics import median

from index.readers.pdf.rows import Line, aligned, rows

_COLUMN_LINES = 5  # fewer below one another may be anything
_COLUMN_WIDTH = 10  # of the type size, of running text; cells of tables are mostly narrower


def ordered(lines: Sequence[Line]) -> list[Line]:
    """Lines in reading order.

    PDFium keeps the order of the file, mostly the author's. It stands where it goes down column
    after column. It is put right where a page of two columns is written across them, and where
    lines of one column stand in a jumbled order.
    """
    if _reads_on(lines):
        return aligned(rows(lines))
    middle = _gutter(lines)
    return aligned(rows(_top_down(lines) if middle is None else _by_columns(lines, middle)))


def _reads_on(lines: Sequence[Line]) -> bool:
    """Whether nearly all lines are running text that goes down, then on to the right or below."""
    runs = [run for run in _runs(lines) if len(run) >= _COLUMN_LINES]
    return (
        sum(map(len, runs)) >= 0.8 * len(lines)
        and all(median((a.right - a.left) / a.size for a in run) >= _COLUMN_WIDTH for run in runs)
        and all(_goes_on(a, b) for a, b in itertools.combinations(runs, 2))
    )


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines each of which stands below the one before it in the file."""
    run: list[Line] = []
    for line in lines:
        last = run[-1] if run else line
        if run and not (
            last.bottom - line.bottom > 0.35 * line.size
            and line.left < last.right
            and last.left < line.right
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _goes_on(run: Sequence[Line], other: Sequence[Line]) -> bool:
    """Whether the other run stands below, or to the right."""
    below = max(line.bottom for line in other) < min(line.bottom for line in run)
    return below or min(line.left for line in other) > min(line.left for line in run)


def _top_down(lines: Sequence[Line]) -> list[Line]:
    """Lines of one column; those of one height go side by side, as the cells of a row do."""
    jumps = sum(b.bottom > a.top for a, b in itertools.pairwise(lines))
    if jumps <= 0.2 * len(lines) and _torn_rows(lines) < 2:
        return list(lines)
    return sorted(lines, key=lambda line: (-round(line.bottom / 3), line.left))


def _torn_rows(lines: Sequence[Line]) -> int:
    """How many lines stand at the height of one that is not their neighbour in the file."""
    last: dict[int, int] = {}
    torn = 0
    for i, line in enumerate(lines):
        height = round(line.bottom / 3)
        torn += height in last and last[height] < i - 1
        last[height] = i
    return torn


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where two columns part, if the page has two: near the middle, crossed by few lines."""
    left = min((line.left for line in lines), default=0.0)
    right = max((line.right for line in lines), default=0.0)
    best: tuple[int, float] | None = None
    for k in range(40, 61, 2):
        x = left + (right - left) * k / 100
        first = [line for line in lines if line.right <= x]
        second = [line for line in lines if line.left >= x]
        crossing = len(lines) - len(first) - len(second)
        if (
            min(len(first), len(second)) >= 5
            and crossing <= 0.4 * len(lines)
            and _beside(first, second)
        ):
            best = min(filter(None, (best, (crossing, x))), default=(crossing, x))
    return best[1] if best else None


def _beside(first: Sequence[Line], second: Sequence[Line]) -> bool:
    """Whether the two sets share height, and both are running text rather than cells of a table."""
    overlap = min(max(a.top for a in first), max(b.top for b in second)) - max(
        min(a.bottom for a in first), min(b.bottom for b in second)
    )
    words = sorted(len(line.text) for line in (*first, *second))
    return overlap > 0 and words[len(words) // 2] >= 20


def _by_columns(lines: Sequence[Line], x: float) -> list[Line]:
    """Bands between lines that cross the gutter; in each the left column, then the right one."""
    out: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []

    def close() -> None:
        out.extend(sorted(left, key=lambda line: -line.bottom))
        out.extend(sorted(right, key=lambda line: -line.bottom))
        left.clear()
        right.clear()

    for line in sorted(lines, key=lambda line: -line.bottom):
        if line.right <= x:
            left.append(line)
        elif line.left >= x:
            right.append(line)
        else:
            close()
            out.append(line)
    close()
    return out
