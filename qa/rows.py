"""A row of a table as the reader reads it: each cell behind the heading of its column.

Trained on sentences, it seldom finds the fourth cell under the fourth heading; it does find it in
"Ships: 1,292; Cargo: 554,000".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.library import Library
from index.records import Block, Kind, Span
from index.rows import StoredChunk
from index.text import display

LONGEST = 80  # characters of a heading that is read with each of its cells


@dataclass(frozen=True, slots=True)
class Row:
    """``text`` is what is read; ``headings`` stand before its cells, "" where there is none;
    ``cells`` are where the words of each stand in ``text`` and in the document, whose ``table``,
    from 1, it belongs to."""

    text: str
    headings: tuple[str, ...]
    cells: tuple[tuple[Span, Span], ...]
    table: int = 1

    def cell(self, span: Span) -> Span | None:
        """Where the cell stands in the document that has most of a span of ``text``; None where
        the span holds headings alone."""
        shared = [min(span[1], b) - max(span[0], a) for (a, b), _ in self.cells]
        best = max(range(len(shared)), key=shared.__getitem__)
        return self.cells[best][1] if shared[best] > 0 else None


Rows = Mapping[tuple[int, int], Row]  # by the chunk and the place of the sentence in it


def rows_of(library: Library, chunks: Iterable[StoredChunk]) -> dict[tuple[int, int], Row]:
    """The rows under headings among the chunks' sentences."""
    found = {}
    for stored in chunks:
        chunk = stored.chunk
        if not any(s.kind is Kind.TABLE_CELL for s in chunk.sentences):
            continue
        blocks = library.cells(stored.document_id, chunk.start, chunk.end)
        for place, sentence in enumerate(chunk.sentences):
            own = [b for b in blocks if sentence.start <= b.start and b.end <= sentence.end]
            words = [stored.text[b.start - chunk.start : b.end - chunk.start] for b in own]
            if row := as_read(own, words):
                found[stored.id, place] = row
    return found


def as_read(cells: Sequence[Block], words: Sequence[str]) -> Row | None:
    """The row of these cells, which say ``words``; None for a single one, and where the columns
    have no headings or long ones."""
    headings = tuple(_of_column(cell, words[0]) for cell in cells)
    if len(cells) < 2 or not any(headings) or max(map(len, headings)) > LONGEST:
        return None
    text, places = "", []
    for heading, cell, said in zip(headings, cells, words, strict=True):
        text += ("; " if text else "") + (f"{heading}: " if heading else "")
        shown = display(said)
        places.append(((len(text), len(text) + len(shown)), (cell.start, cell.end)))
        text += shown
    return Row(text, headings, tuple(places), cells[0].table or 1)


def _of_column(cell: Block, label: str) -> str:
    """The heading of a cell's column. That of its row, ``label``, may be the only one it has."""
    own = cell.headings[-1] if cell.headings else ""
    return "" if own == display(label) else own
