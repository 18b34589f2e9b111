"""Which rows of a table a question asks about: those of the year, name or figure that it insists
on, and the one that has the most or the least of what it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.library import Library
from index.records import Block, Kind
from index.terms import content, terms
from qa.question import Question
from qa.rows import Row

_MOST = re.compile(
    r"\b(?:highest|largest|biggest|greatest|(?:the|has|have|had)\s+most)\b|最[高多大]",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:lowest|smallest|fewest|(?:the|has|have|had)\s+least)\b|最[低少小]", re.IGNORECASE
)
_SUM = re.compile(
    r"\b(?:totals?|sum|overall|averages?|mean|median|all)\b|[合总總共]计|[合總]計|平均",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[^\d\W]{0,3}[$€£¥]?\s?([-\u2212\u2013+]?\d+(?:[.,]\d+)*)\s?[^\d]{0,12}")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
FIGURES = 0.8  # share of a column's cells that are figures, from which it is one of figures


@dataclass(frozen=True, slots=True)
class Told:
    """A row among the candidates, with its terms."""

    document_id: str
    row: Row
    words: frozenset[str]

    @property
    def table(self) -> tuple[str, int]:
        return self.document_id, self.row.table


def beside(library: Library, question: Question, rows: Mapping[int, Told]) -> Iterator[int]:
    """The keys of the rows that are not asked about. Which row has the most is told over the whole
    table, and only where no other row is meant by a year, name or figure and one column of figures
    goes by the question's words; else none of them can be said to have it."""
    tables: dict[tuple[str, int], dict[int, Told]] = {}
    for key, told in rows.items():
        tables.setdefault(told.table, {})[key] = told
    sign = 1 if _MOST.search(question.text) else -1 if _LEAST.search(question.text) else 0
    for table, own in tables.items():
        held, meant = _meant([t.words for t in own.values()], question.insisted)
        best: set[int] | None = None
        if sign:
            best = set() if held else _extreme(library, table, question, sign)
        for (key, told), asked in zip(own.items(), meant, strict=True):
            if not asked or (best is not None and told.row.cells[0][1][0] not in best):
                yield key


def _meant(
    rows: Sequence[frozenset[str]], insisted: Sequence[tuple[str, ...]]
) -> tuple[bool, list[bool]]:
    """Whether a table's rows have any of what a question insists on, and which of them are meant:
    where one has all of what any has, those that do; else those that have some of it."""
    held = [a for a in insisted if any(row.issuperset(a) for row in rows)]
    counts = [sum(row.issuperset(a) for a in held) for row in rows]
    most = max(counts, default=0)
    enough = most if most == len(held) else 1
    return bool(held), [count >= enough for count in counts]


def _extreme(library: Library, table: tuple[str, int], question: Question, sign: int) -> set[int]:
    """Where the rows begin that have the largest figure, or with ``sign`` -1 the smallest, in the
    column of figures that shares most words with the question; none where that cannot be told."""
    document_id, number = table
    text, asked = library.text(document_id), set(content(list(question.terms)))
    columns: dict[str, dict[int, float | None]] = {}
    for _, cells in groupby(_cells(library, document_id, number), key=lambda b: b.row):
        row = list(cells)
        if _SUM.search(text[row[0].start : row[0].end]):
            continue
        for cell in row:
            column = columns.setdefault(cell.headings[-1], {})
            column[row[0].start] = figure(text[cell.start : cell.end])
    shared = {
        heading: len(asked & set(terms(heading)))
        for heading, found in columns.items()
        if len(found) > 1 and sum(v is not None for v in found.values()) >= FIGURES * len(found)
    }
    most = max(shared.values(), default=0)
    wanted = [heading for heading, count in shared.items() if count == most]
    if not most or len(wanted) != 1:
        return set()
    values = {at: sign * v for at, v in columns[wanted[0]].items() if v is not None}
    top = max(values.values())
    return {at for at, value in values.items() if value == top}


def _cells(library: Library, document_id: str, number: int) -> list[Block]:
    """The cells of a table that have a heading."""
    every = library.blocks(document_id)
    return [b for b in every if b.kind is Kind.TABLE_CELL and b.table == number and b.headings]


def figure(cell: str) -> float | None:
    """The value of a cell that is one figure, such as "12.4 %" or "1,292"; else None."""
    m = _FIGURE.fullmatch(cell.strip())
    if m is None:
        return None
    written = m[1].replace("\u2212", "-").replace("\u2013", "-")
    if _GROUPED.fullmatch(written):
        written = written.replace(",", "")
    try:
        return float(written)
    except ValueError:
        return None
