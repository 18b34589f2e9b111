"""Whether the words of a quotation come from several places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from index.records import Span
from index.scripts import is_cjk
from index.wording import Wording
from qa.quotes.marks import Quotation
from qa.quotes.places import Scope, words_of

if TYPE_CHECKING:
    from qa.quotes.verdict import Candidates

_SHORTEST, _SHORTEST_CJK = 4, 6  # words, characters: shorter runs stand in many places
_UNEXPLAINED = 0.1  # share of the words that may stand nowhere
_PASSAGE = 280  # characters between two runs of one passage


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``first`` to ``last`` of a quotation, and the span where they stand in a row."""

    first: int
    last: int
    document_id: str
    start: int
    end: int


def shortest(quotation: Quotation) -> int:
    """The fewest words that say where they come from."""
    return _SHORTEST_CJK if is_cjk(quotation.text) else _SHORTEST


def runs(places: Candidates, quotation: Quotation, scopes: Sequence[Scope]) -> list[Run]:
    """The longest runs of words, each standing somewhere in a row, that together make up the
    quotation; empty when more than a tenth of its words stand nowhere."""
    words = [w for part in quotation.parts for w in words_of(part)]
    least, reach = shortest(quotation), len(quotation.text) * 3 // 2
    found: list[Run] = []
    at, unexplained = 0, 0
    while at < len(words):
        ahead = words[at : at + least]
        more = places.phrase(ahead, reach) if len(ahead) == least else []
        run = _longest(words, at, [*scopes, *more], found[-1] if found else None)
        if run and run.last - at >= least:
            found.append(run)
            at = run.last
            continue
        at, unexplained = at + 1, unexplained + 1
        if unexplained > max(1, _UNEXPLAINED * len(words)):
            return []
    return found


def _longest(
    words: Sequence[str], at: int, scopes: Iterable[Scope], last: Run | None
) -> Run | None:
    """The longest run from ``at``; of equal ones that nearest behind the run before it."""
    best: tuple[int, int, Run] | None = None
    for scope in scopes:
        source = scope.readings[0]
        within = [source.keys[i].removesuffix("'") for i in source.words]
        for i, word in enumerate(within):
            if word != words[at]:
                continue
            size = _common(words, at, within, i)
            run = _run(scope, source, at, size, i)
            key = (size, -_apart(last, run))
            if best is None or key > best[:2]:
                best = (*key, run)
    return best[2] if best else None


def _common(words: Sequence[str], at: int, within: Sequence[str], i: int) -> int:
    size = 0
    while (
        at + size < len(words) and i + size < len(within) and words[at + size] == within[i + size]
    ):
        size += 1
    return size


def _run(scope: Scope, source: Wording, at: int, size: int, i: int) -> Run:
    start, end = scope.span(source, source.words[i], source.words[i + size - 1] + 1)
    return Run(at, at + size, scope.document_id, start, end)


def _apart(last: Run | None, run: Run) -> int:
    if last is None:
        return 0
    if last.document_id != run.document_id:
        return 10**9
    return abs(run.start - last.end) + (10**6 if run.start < last.end else 0)


def one_passage(found: Sequence[Run], length: int) -> bool:
    """Whether runs lie so close together that they are one passage with words changed in it."""
    if len({r.document_id for r in found}) > 1:
        return False
    low, high = min(r.start for r in found), max(r.end for r in found)
    gaps = [b.start - a.end for a, b in pairwise(found)]
    in_order = all(0 <= gap <= _PASSAGE for gap in gaps)
    return in_order or high - low <= 1.5 * length + 40


def spans(found: Sequence[Run]) -> list[tuple[str, Span]]:
    """The places, each once, in the order of the quotation."""
    return list(dict.fromkeys((r.document_id, (r.start, r.end)) for r in found))
