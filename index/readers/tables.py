"""Which headings a table cell stands under, told by the table's build, not by its words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from statistics import mean

from index.readers.numbering import enumerator
from index.readers.phrases import is_finished
from index.records import UNDER
from index.text import display

Grid = Sequence[Sequence[str]]
_NUMERIC = re.compile(
    r"[\s$€£¥≈~<>≤≥+±–—−-]*\d[\d\s.,:/%‰–-]*[\s%‰$€£¥*]*(?:[A-Za-z]{1,12}\.?|[万亿元人个])?"
)
_LABEL_LENGTH = 140
_ROW_LABEL_LENGTH = 80
_HEADINGS_LENGTH = 80


def cell_headings(
    grid: Grid, header_rows: int | None = None
) -> dict[tuple[int, int], tuple[str, ...]]:
    """(row, column) from 0 -> the row's heading then the column's, for cells that have any.

    ``header_rows`` is the number of header rows where the source marks them, None where it does
    not. Then a row of short labels heads the rows of longer cells below it, up to the next such
    row; in a table of short cells throughout the first row is a header only above columns of
    numbers.
    """
    if not grid:
        return {}
    heads = _heads(grid, header_rows)
    labelled_rows = _has_row_labels(grid, heads)
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    label = ""
    for r, row in enumerate(grid):
        if r in heads or not row:
            continue
        label = row[0].strip() or label  # an empty one continues the row label above
        for c, cell in enumerate(row):
            names = [label] if labelled_rows and c > 0 else []
            names.append(_column_heading(grid, heads, r, c))
            if cell.strip() and (kept := tuple(display(n) for n in names if n.strip())):
                found[r, c] = kept
    return found


def _column_heading(grid: Grid, heads: frozenset[int], r: int, c: int) -> str:
    """The headings of the column in the nearest header rows above, as far as they are not long
    together; a row with one cell that is not the nearest is the table's title."""
    h = max((h for h in heads if h < r), default=-1)
    found: list[str] = []
    while h in heads:
        cell = display(grid[h][c]) if c < len(grid[h]) else ""
        is_title = sum(map(bool, map(str.strip, grid[h]))) < 2
        if cell and cell not in found and not (found and is_title):
            found.insert(0, cell)
        h -= 1
    whole = UNDER.join(found)
    return whole if len(whole) <= _HEADINGS_LENGTH else found[-1]


def _heads(grid: Grid, header_rows: int | None) -> frozenset[int]:
    if header_rows is not None:
        return frozenset(range(min(header_rows, len(grid) - 1)))
    labels = [_is_label_row(row) for row in grid]
    if all(labels):
        return _enumerated_heads(grid) or (
            frozenset(range(_depth(grid))) if len(grid) > 1 and heads_numbers(grid) else frozenset()
        )
    return frozenset(
        r
        for r in range(len(grid) - 1)
        if labels[r] and not labels[r + 1] and _length(grid[r + 1]) >= 1.5 * _length(grid[r])
    )


def _depth(grid: Grid) -> int:
    """How many rows head columns of numbers: two where a heading of the first stands over several
    columns and each of these has words of its own below it, but no row label."""
    first, second = grid[0], grid[1]
    over = any(a.strip() and a == b for a, b in itertools.pairwise(first))
    words = [bool(c.strip()) and not _is_number(c) for c in second[1:]]
    below = len(words) > 1 and all(words) and not second[0].strip()
    return 2 if over and below and len(grid) > 2 else 1


def _enumerated_heads(grid: Grid) -> frozenset[int]:
    """Rows of enumerated labels between rows that are not enumerated."""
    marked = [all(enumerator(c, 0, len(c)) for c in row if c.strip()) for row in grid]
    return frozenset(r for r in range(len(grid) - 1) if marked[r] and not marked[r + 1])


def _is_label_row(row: Sequence[str]) -> bool:
    cells = [c.strip() for c in row if c.strip()]
    return bool(cells) and all(len(c) <= _LABEL_LENGTH and not is_finished(c) for c in cells)


def _length(row: Sequence[str]) -> float:
    return mean([len(c) for c in row if c.strip()] or [0])


def _is_number(cell: str) -> bool:
    return _NUMERIC.fullmatch(cell.strip()) is not None


def heads_numbers(grid: Grid) -> bool:
    """Whether below a wordy (or year-like) first row at least one column is mostly numbers."""
    width = max(map(len, grid))
    for c in range(1 if width > 1 else 0, width):
        body = [row[c] for row in grid[1:] if c < len(row) and row[c].strip()]
        if not body or c >= len(grid[0]) or not grid[0][c].strip():
            continue
        year = re.fullmatch(r"\s*(?:19|20)\d\d[a-z]?\s*", grid[0][c])
        if (year or not _is_number(grid[0][c])) and sum(map(_is_number, body)) >= 0.6 * len(body):
            return True
    return False


def _has_row_labels(grid: Grid, heads: frozenset[int]) -> bool:
    """Whether the first column names its rows: short, told apart, not one of many label rows."""
    body = [row for r, row in enumerate(grid) if r not in heads and len(row) > 1]
    first = [row[0].strip() for row in body if row[0].strip()]
    if (
        not first
        or not body[0][0].strip()
        or 2 * len(first) < len(body)
        or len(set(first)) < len(first)
        or _apart(heads)
    ):
        return False
    if any(len(c) > _ROW_LABEL_LENGTH or is_finished(c) for c in first):
        return False
    others = [c for row in body for c in row[1:] if c.strip()]
    numbers = sum(map(_is_number, others)) >= 0.5 * len(others) if others else False
    return bool(others) and ((bool(heads) and len(body) > 1) or numbers)


def _apart(heads: frozenset[int]) -> bool:
    """Whether label rows stand between the others, so that no first column names a row."""
    return len(heads) > 1 and max(heads) >= len(heads)
