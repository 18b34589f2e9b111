"""Tables in plain text: runs of lines whose cells are tabs apart, or columns of spaces."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from index.readers import phrases as say
from index.readers.fragments import Mark
from index.readers.pieces import Piece
from index.readers.tables import cell_headings, heads_numbers
from index.records import Kind, Span

_PART = re.compile(r"\S+(?:[ \xa0]\S+)*")
_RULE = re.compile(r"(?=.*[-=_─━═]{3})[-=+_\u2500-\u257f ]+")
_FEWEST_ROWS = 3  # of a table whose cells only spaces divide
_CELL_BREAK = re.compile(r"(?:(?<=[.;:!?。；：！？”\"’)])\s+|^\s*)(?=[-•▪·●–]\s?[^\W_])")


def tables(text: str, found: Sequence[Piece], marks: Sequence[Mark] = ()) -> list[Piece]:
    """Replace runs of lines with tabs, or with columns of spaces, by their cells; a cell may become
    several pieces."""
    breaks = sorted({m.position for m in marks})
    headers = {m.position for m in marks if m.name == "th" and not m.closing}
    out: list[Piece] = []
    number, at = max((piece.table or 0 for piece in found), default=0), 0
    while at < len(found):
        run, spans = _table(text, found, at, breaks)
        number += bool(spans)
        ruled = [row for row in run if _is_rule(text, row)]
        rows = [row for row in run if row not in ruled] if spans else run
        cells = _cells(text, rows, spans, (number, breaks, headers))
        out += sorted([*cells, *ruled], key=lambda p: p.start) if spans else run
        at += len(run)
    return out


def _table(
    text: str, found: Sequence[Piece], at: int, breaks: Sequence[int]
) -> tuple[Sequence[Piece], list[list[Span]]]:
    """The lines of a table from ``at`` on and the cells of those that are no rules; no cells where
    the lines are no table."""
    rows = _run(text, found, at, _tabbed)
    told = any(_between(breaks, row.start, row.end) for row in rows)
    if any("\t" in text[row.start : row.end] for row in rows) and (len(rows) > 1 or told):
        return rows, [_cell_spans(text, row) for row in rows if not _is_rule(text, row)]
    rows = _run(text, found, at, _is_spaced) or found[at : at + 1]
    return rows, _spaced(text, [row for row in rows if not _is_rule(text, row)])


def _run(
    text: str, found: Sequence[Piece], at: int, fits: Callable[[str, Piece], bool]
) -> Sequence[Piece]:
    """The pieces from ``at`` on that fit, each on the line below the one before."""
    stop = at
    while stop < len(found) and fits(text, found[stop]) and (stop == at or found[stop - 1].tight):
        stop += 1
    return found[at:stop]


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
    text: str,
    rows: Sequence[Piece],
    spans: Sequence[Sequence[Span]],
    context: tuple[int, list[int], set[int]],
) -> Iterator[Piece]:
    number, breaks, headers = context
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


def _is_rule(text: str, piece: Piece) -> bool:
    """Whether a line only draws one between rows."""
    return piece.kind is None and _RULE.fullmatch(text, piece.start, piece.end) is not None


def _is_spaced(text: str, piece: Piece) -> bool:
    several = len(_parts(text, piece)) > 1
    return piece.kind is None and not _tabbed(text, piece) and (several or _is_rule(text, piece))


def _parts(text: str, piece: Piece) -> list[Span]:
    """What stands two spaces or more apart on a line."""
    return [m.span() for m in _PART.finditer(text, piece.start, piece.end)]


def _spaced(text: str, rows: Sequence[Piece]) -> list[list[Span]]:
    """The cells of lines that spaces part into columns with figures below headings, else none."""
    if len(rows) < _FEWEST_ROWS:
        return []
    begins = [text.rfind("\n", 0, row.start) + 1 for row in rows]
    found = [_parts(text, row) for row in rows]
    columns = _columns(
        [(a - at, b - at) for at, row in zip(begins, found, strict=True) for a, b in row]
    )
    spans = []
    for at, row in zip(begins, found, strict=True):
        cells = {bisect_right(columns, a - at) - 1: (a, b) for a, b in row}
        if len(cells) < len(row):
            return []
        spans.append([cells.get(c, (at, at)) for c in range(len(columns))])
    return spans if heads_numbers([[text[a:b] for a, b in row] for row in spans]) else []


def _columns(places: Sequence[Span]) -> list[int]:
    """Where the strips begin that hold anything, from the left."""
    begins: list[int] = []
    right = -1
    for a, b in sorted(places):
        if a >= right:
            begins.append(a)
        right = max(right, b)
    return begins


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
