"""Tables in plain text: runs of lines whose cells are tabs apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.readers import phrases as say
from index.readers.fragments import Mark
from index.readers.pieces import Piece
from index.readers.tables import cell_headings
from index.records import Kind, Span

_CELL_BREAK = re.compile(r"(?:(?<=[.;:!?。；：！？”\"’)])\s+|^\s*)(?=[-•▪·●–]\s?[^\W_])")


def tables(text: str, found: Sequence[Piece], marks: Sequence[Mark] = ()) -> list[Piece]:
    """Replace runs of lines with tabs by their cells; a cell may become several pieces."""
    breaks = sorted({m.position for m in marks})
    headers = {m.position for m in marks if m.name == "th" and not m.closing}
    out: list[Piece] = []
    number = at = 0
    while at < len(found):
        stop = at
        while (
            stop < len(found)
            and _tabbed(text, found[stop])
            and (stop == at or found[stop - 1].tight)
        ):
            stop += 1
        rows = found[at:stop]
        told = any(_between(breaks, row.start, row.end) for row in rows)
        if any("\t" in text[row.start : row.end] for row in rows) and (len(rows) > 1 or told):
            number += 1
            out += _cells(text, rows, (number, breaks, headers))
        else:
            stop = at + 1
            out.append(found[at])
        at = stop
    return out


def _between(ordered: Sequence[int], start: int, end: int) -> Sequence[int]:
    """The numbers from ``start`` to below ``end``."""
    return ordered[bisect_left(ordered, start) : bisect_left(ordered, end)]


def _tabbed(text: str, piece: Piece) -> bool:
    """Whether a line holds a tab, be it behind its only cell."""
    if piece.kind is not None:
        return False
    end = text.find("\n", piece.end)
    return "\t" in text[piece.start : end if end >= 0 else len(text)]


def _cells(
    text: str, rows: Sequence[Piece], context: tuple[int, list[int], set[int]]
) -> Iterator[Piece]:
    number, breaks, headers = context
    spans = [_cell_spans(text, row) for row in rows]
    grid = [[text[a:b] for a, b in row] for row in spans]
    marked = sum(1 for row in spans if row and all(a in headers for a, b in row if a < b))
    # A label inside the cell counts for the cell, so the grid sees only what is behind it.
    names = cell_headings(grid, marked or None)
    for r, row in enumerate(spans):
        for c, (a, b) in enumerate(row):
            if a < b:
                yield from _cell_pieces(
                    text,
                    (a, b),
                    breaks,
                    Piece(
                        a,
                        b,
                        Kind.TABLE_CELL,
                        table=number,
                        row=r + 1,
                        column=c + 1,
                        page=rows[r].page,
                        headings=names.get((r, c), ()),
                        fixed=True,
                    ),
                )


def _cell_spans(text: str, row: Piece) -> list[Span]:
    """Trimmed spans of the cells between tabs; the line's own first tabs count as empty cells."""
    begin = text.rfind("\n", 0, row.start) + 1
    spans, at = [], begin
    for cell in text[begin : row.end].split("\t"):
        start = at + len(cell) - len(cell.lstrip())
        spans.append((start, max(start, at + len(cell.rstrip()))))
        at += len(cell) + 1
    return spans


def _cell_pieces(text: str, span: Span, breaks: Sequence[int], cell: Piece) -> Iterator[Piece]:
    """The cell's paragraphs and list items; a short first one above a list heads the others."""
    cuts = sorted(
        set(_between(breaks, span[0] + 1, span[1]))
        | {span[0] + m.end() for m in _CELL_BREAK.finditer(text[span[0] : span[1]])}
    )
    parts = []
    for a, b in zip([span[0], *cuts], [*cuts, span[1]], strict=True):
        part = text[a:b]
        if part.strip():
            parts.append((a + len(part) - len(part.lstrip()), a + len(part.rstrip())))
    label = text[slice(*parts[0])]
    heads = (
        len(parts) > 1
        and len(label) <= 140
        and not say.is_finished(label)
        and not say.BULLET.match(label)
    )
    for i, (a, b) in enumerate(parts):
        own = (*cell.headings, label) if heads and i else cell.headings
        yield replace(cell, start=a, end=b, headings=own)
