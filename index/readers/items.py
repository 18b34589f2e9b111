"""Which numbered pieces are items of a list, by those beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.readers.numbering import PARTS, Enumerator
from index.readers.pieces import Piece
from index.readers.standing import SKIPPED
from index.text import sentences

LABELS = PARTS | {"section", "subsection", "section-cjk", "article-cjk"}
_CLAUSE = re.compile(r"[;；]\s*(?:and|or|以及|及|和|或)?\s*$")
Marks = Sequence[Enumerator | None]


def counts(marks: Marks, i: int) -> bool:
    """Whether an enumerator that is no heading counts list items. "C. Smith", "One, however" and
    "3.5 million" begin like one: such styles count only beside a neighbour of theirs."""
    e = marks[i]
    if e is None or e.style in LABELS or e.style.startswith("decimal") or e.style == "number":
        return False
    if e.style not in {"alpha", "roman", "word"}:
        return True
    return any(
        m and m.style == e.style and abs(m.number - e.number) == 1
        for m in (*marks[max(0, i - 3) : i], *marks[i + 1 : i + 4])
    )


def goes_on(text: str, pieces: Sequence[Piece], marks: Marks, i: int) -> bool:
    """Whether piece ``i`` goes on with a list: the number before it ends in a semicolon."""
    before = _before(pieces, marks, i)
    return before is not None and bool(
        _CLAUSE.search(text, pieces[before].start, pieces[before].end)
    )


def ends_list(text: str, pieces: Sequence[Piece], marks: Marks, i: int) -> bool:
    """Whether piece ``i``, a single sentence, is the last item of a list: those before it are
    single sentences, too, from the first on, and two or more or below a colon."""
    before, first = _before(pieces, marks, i), i
    while before is not None and _single(text, pieces, marks, before):
        first, before = before, _before(pieces, marks, before)
    mark = marks[first]
    if before is not None or mark is None or mark.number != 1:
        return False
    return i > first + 1 or (i > first > 0 and text[pieces[first - 1].end - 1] in ":\uff1a")


def _before(pieces: Sequence[Piece], marks: Marks, i: int) -> int | None:
    """The piece directly before ``i`` that its number continues."""
    mark = marks[i]
    j = next((j for j in range(i - 1, -1, -1) if pieces[j].kind not in SKIPPED), None)
    found = None if j is None else marks[j]
    if mark and found and (found.style, found.number) == (mark.style, mark.number - 1):
        return j
    return None


def _single(text: str, pieces: Sequence[Piece], marks: Marks, i: int) -> bool:
    mark = marks[i]
    return mark is not None and len(sentences(text, mark.end, pieces[i].end)) == 1
