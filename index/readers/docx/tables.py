"""The cells of a Word table in their columns, and which rows head it."""

from __future__ import annotations

from typing import Any

from index.readers.docx.styles import W, value

Cells = list[list[Any]]


def in_columns(row: Any, cells: list[Any], said: list[list[str]]) -> list[list[str]]:
    """What the cells of a row say, at their columns: one that spans several leaves empty ones
    behind, and a row may leave the first ones out."""
    line: list[list[str]] = [[] for _ in range(_number(row, "trPr/gridBefore", 0))]
    for cell, texts in zip(cells, said, strict=True):
        line += [texts, *([] for _ in range(_width(cell) - 1))]
    return line


def header_rows(rows: list[Any], cells: Cells) -> int | None:
    """How many rows head the table: those marked so, else as many as cells of a first row with
    headings over several columns reach down; None where nothing tells."""
    marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    if count := next((i for i, m in enumerate(marked) if not m), 0):
        return count
    if not cells or not any(_width(cell) > 1 for cell in cells[0]):
        return None
    deep = max(_depth(cells, at) for at in range(len(cells[0])))
    return deep if 1 < deep < len(rows) else None


def spread(cells: list[Any], line: list[list[str]]) -> list[list[str]]:
    """A header row with the words of a cell that spans columns in each of them; one that spans the
    whole table is a title."""
    if len(cells) < 2:
        return line
    out = list(line[: len(line) - sum(map(_width, cells))])
    for cell in cells:
        out += [line[len(out)]] * _width(cell)
    return out


def _depth(cells: Cells, at: int) -> int:
    """How many rows the cell of this place in the first row reaches down."""
    column = sum(map(_width, cells[0][:at]))
    if not _reaches(cells[0][at], "restart"):
        return 1
    return 1 + next(
        (i for i, row in enumerate(cells[1:]) if not _goes_on(row, column)), len(cells) - 1
    )


def _goes_on(row: list[Any], column: int) -> bool:
    at = 0
    for cell in row:
        if at == column:
            return _reaches(cell, "continue")
        at += _width(cell)
    return False


def _reaches(cell: Any, how: str) -> bool:
    found = cell.find(f"{W}tcPr/{W}vMerge")
    return found is not None and found.get(f"{W}val", "continue") == how


def _width(cell: Any) -> int:
    return min(max(_number(cell, "tcPr/gridSpan", 1), 1), 100)


def _number(element: Any, path: str, otherwise: int) -> int:
    said = value(element, path)
    return min(int(said), 100) if said.isdecimal() else otherwise
