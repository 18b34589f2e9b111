"""A canonical text that is built block by block, with the pieces that point into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.readers.pieces import Piece
from index.readers.tables import cell_headings
from index.records import Kind

BLOCK, LINE, CELL = "\n\n", "\n", "\t"


@dataclass(slots=True)
class Builder:
    """Grows a text; every :meth:`add` is one piece of it."""

    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    length: int = 0
    tables: int = 0

    @property
    def text(self) -> str:
        """The text so far, without white space at its end."""
        return "".join(self.parts).rstrip()

    def add(self, text: str, like: Piece, after: str = BLOCK) -> None:
        """Append ``text`` trimmed, then ``after``, as a piece with the properties of ``like``."""
        body = text.strip()
        if body:
            self.pieces.append(replace(like, start=self.length, end=self.length + len(body)))
            self.raw(body + after)

    def raw(self, text: str) -> None:
        """Append white space, or text that belongs to no piece of its own."""
        self.parts.append(text)
        self.length += len(text)

    def table(
        self,
        grid: Sequence[Sequence[Sequence[str]]],
        header_rows: int | None = None,
        page: int | None = None,
        named: Sequence[Sequence[Sequence[str]]] | None = None,
        above: Sequence[Sequence[Sequence[str]]] = (),
    ) -> None:
        """Append a table: rows of cells, each a list of paragraphs. Cells are tabs apart, rows
        lines; the paragraphs of a cell are spaces apart. ``named`` is the same table with headings
        in all columns that they span, ``above`` the rows of it that were appended before."""
        self.tables += 1
        flat = [[" ".join(cell) for cell in row] for row in (*above, *(named or grid))]
        names = cell_headings(flat, header_rows)
        for r, row in enumerate(grid):
            for c, cell in enumerate(row):
                like = Piece(
                    0,
                    1,
                    Kind.TABLE_CELL,
                    page=page,
                    table=self.tables,
                    row=r + 1,
                    column=c + 1,
                    headings=names.get((len(above) + r, c), ()),
                    fixed=True,
                )
                for part in cell:
                    self.add(part, like, " ")
                self._end_cell(bool(cell), LINE if c + 1 == len(row) else CELL)
        self.raw(LINE)

    def _end_cell(self, filled: bool, mark: str) -> None:
        if filled and self.parts and self.parts[-1].endswith(" "):
            self.parts[-1] = self.parts[-1][:-1] + mark
        else:
            self.raw(mark)


def open_piece(
    kind: Kind | None = None, level: int | None = None, page: int | None = None
) -> Piece:
    """Properties for :meth:`Builder.add`; the span is set there."""
    return Piece(0, 1, kind, level=level, page=page, fixed=True)
