"""Rows of figures as a table that reads in a terminal and in Markdown alike."""

from __future__ import annotations

from collections.abc import Sequence

Cell = str | float | int | None


def shown(cell: Cell) -> str:
    """Shares with three decimals, numbers from 10 with one, "-" for what could not be measured."""
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:.3f}" if abs(cell) < 10 else f"{cell:.1f}"
    return str(cell)


def probability(p: float) -> Cell:
    """A p-value, never shown as nought."""
    return "<0.001" if p < 0.001 else p


def table(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Lines of a Markdown table, padded; the first column to the left, figures to the right."""
    cells = [list(heads), *([shown(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(heads))]
    lines = ["| " + " | ".join(_padded(row, widths)) + " |" for row in cells]
    rule = "|" + "|".join("-" * (w + 1) + ("-" if i == 0 else ":") for i, w in enumerate(widths))
    return [lines[0], rule + "|", *lines[1:]]


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    first, *others = zip(row, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
