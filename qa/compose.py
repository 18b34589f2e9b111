"""Passages -> the sentences of an answer, in the source's own words. No language model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.records import Hit, Kind, Span
from index.text import display
from qa.alike import adds_nothing, same
from qa.candidates import Candidate, Described, describe
from qa.disagree import Disagreement, disagreements
from qa.layout import closed, row, unbulleted
from qa.lists import headed_by, introduces, leans_on_list, led_to, listed, noted
from qa.numbered import is_place
from qa.question import Question
from qa.rank import SUREST, USUAL, Effort, Ranking, rank
from qa.runs import asks, runs, words
from qa.said import said
from qa.stated import stated
from qa.wants import Wants

READ = 10  # passages whose sentences are considered
WORDS = 110  # no sentence is added that would make the answer longer
MOST = 4  # sentences
ENOUGH = 0.85  # no sentence is added when the answer stands in those chosen with this probability
SLIGHT = 0.05  # no sentence is added that is less likely than this to hold it
ROW = 0.3  # ... and none that no stop closes, as a row of a table, that is less likely than this
ROWS = 3  # candidates among which a row is looked for to show instead of the one that heads it


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence of the answer and every place that says it; the first place is shown, and the
    words in it that answer are at ``span`` of its document, where the reader found them. ``item``:
    it is one of a list, or holds one. ``headings`` are those of the cells of a row, which are
    parted by tabs; "" for a cell without one, none where there are none."""

    places: tuple[tuple[str, Span], ...]
    text: str
    span: Span | None = None
    item: bool = False
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    """``parts`` is empty when the collection does not say; ``confidence`` is the calibrated
    probability that the first part answers the question. ``unanswered`` is what of several
    questions asked as one the parts do not answer."""

    parts: tuple[Part, ...]
    confidence: float
    disagreements: tuple[Disagreement, ...] = ()
    unanswered: tuple[str, ...] = ()


SILENT = Composition((), 0.0)


def compose(
    library: Library,
    question: Question,
    vector: NDArray[np.float32],
    hits: Sequence[Hit],
    effort: Effort = USUAL,
) -> Composition:
    """The shortest run of sentences that answers."""
    if itself := stated(library, question.text, hits):
        text, (start, end) = library.text(itself.document_id), itself.line
        above = text[itself.span[0] : start]
        shown = "\t".join(filter(None, map(display, (above, text[start:end]))))
        part = Part(((itself.document_id, itself.span),), shown, itself.line)
        return Composition((part,), min(itself.covered, SUREST))
    described = describe(library, question, vector, hits[:READ])
    if not described.candidates:
        return SILENT
    ranking = rank(question, described, effort)
    whole = said(library, question, described)
    if ranking.silent and not whole:
        return Composition((), ranking.confidence)
    chosen = whole or choose(library, question, described, ranking)
    return Composition(
        tuple(_part(library, run, described, ranking) for run in runs(library, chosen)),
        SUREST if whole else ranking.confidence,
        disagreements(chosen, described.candidates),
    )


def choose(
    library: Library, question: Question, described: Described, ranking: Ranking
) -> list[Candidate]:
    """The candidates that make up the answer, the one that holds it first."""
    order, shares = ranking.order, ranking.shares
    best = described.candidates[order[0]]
    if items := _items(library, question, best):
        return items
    if row_below := _row_below(library, question, described, ranking):
        return [row_below]
    chosen = [*(noted(library, best) if question.wants is Wants.SOURCE else ()), best]
    chosen += _needed(library, best)
    length = sum(words(c.text) for c in chosen)
    own = {c.key for c in chosen}
    sure = sum(float(shares[k]) for k in order if described.candidates[k].key in own)
    for k in order[1:]:
        if sure >= ENOUGH or len(chosen) >= MOST or shares[k] < SLIGHT:
            break
        candidate = described.candidates[k]
        if candidate.key in own:
            continue
        if adds_nothing(candidate, chosen, ranking):
            sure += float(shares[k])
            continue
        if shares[k] < ROW and not closed(candidate.text):
            continue
        size = words(candidate.text)
        if length + size <= WORDS and not _leads_on(candidate):
            chosen.append(candidate)
            length += size
            sure += float(shares[k])
    return chosen


def _items(library: Library, question: Question, best: Candidate) -> list[Candidate]:
    """The list that is asked for; or the one without which the best says little, if it is short."""
    if question.wants is Wants.LIST:
        one = is_place(question, best.text, best.sentence.kind) and not leans_on_list(best)
        return [] if one else listed(library, best)
    items = listed(library, best) if leans_on_list(best) else []
    return items if sum(words(c.text) for c in items) <= WORDS else []


def _row_below(
    library: Library, question: Question, described: Described, ranking: Ranking
) -> Candidate | None:
    """The row to show for the one that heads it, whose cells it is shown with: one of the first,
    unless it is the columns that are asked for."""
    if _COLUMNS.search(question.text):
        return None
    best, *others = ranking.order[:ROWS]
    likely = [described.candidates[k] for k in others if ranking.shares[k] >= SLIGHT]
    return headed_by(library, described.candidates[best], likely, described.rows)


_COLUMNS = re.compile(r"\b(?:columns?|headings?|headers?)\b|表头|表頭", re.IGNORECASE)


def _leads_on(candidate: Candidate) -> bool:
    """Whether it is of use only with what stands below it: a heading, "by these means:", a
    question."""
    kind = candidate.sentence.kind
    if kind is Kind.PARAGRAPH and asks(candidate.text):
        return True
    return kind is Kind.HEADING or (kind is not Kind.CAPTION and introduces(candidate))


def _needed(library: Library, best: Candidate) -> list[Candidate]:
    """What it is of no use without: the first sentence under a heading, the reply to a question,
    or what it introduces, of a long list the first item."""
    if best.sentence.kind is Kind.HEADING:
        return _below(best)
    below = led_to(library, best) if _leads_on(best) else []
    return below if sum(words(c.text) for c in (best, *below)) <= WORDS else []


def _below(heading: Candidate) -> list[Candidate]:
    """The first sentence under a heading."""
    rest = range(heading.place + 1, len(heading.chunk.chunk.sentences))
    under = (Candidate(heading.hit, heading.chunk, i) for i in rest)
    return [c for c in under if c.sentence.kind is not Kind.HEADING][:1]


def _part(
    library: Library, run: Sequence[Candidate], described: Described, ranking: Ranking
) -> Part:
    chunk, end = run[0].chunk, run[-1].sentence.end
    start = _after_bullet(run[0])
    if run[-1].chunk.id == chunk.id:
        text = chunk.text[start - chunk.chunk.start : end - chunk.chunk.start]
    else:  # it goes on in the next passage
        text = library.text(chunk.document_id)[start:end]
    told = _telling(run, described.candidates[ranking.order[0]])
    places = [(chunk.document_id, (start, end))]
    if told and (len(run) == 1 or not (introduces(run[0]) or asks(run[0].text))):
        places += _elsewhere(told, described)
    answer = ranking.answers.get(told.key) if told else None
    span = (max(start, answer[0]), answer[1]) if answer and answer[1] > start else None
    shown, item = display(text), any(c.sentence.kind is Kind.LIST_ITEM for c in run)
    if any(_cells(library, c) for c in run):
        pieces = (text[: run[0].sentence.end - start], *(c.text for c in run[1:]))
        shown = "\t".join(map(row, pieces))
    known = described.rows.get(run[0].key) if len(run) == 1 else None
    if known:
        told_cells = (text[max(a, start) - start : b - start] for _, (a, b) in known.cells)
        cells = (unbulleted(display(cell)) for cell in told_cells)
        return Part(tuple(places), "\t".join(cells), span, item, known.headings)
    return Part(tuple(places), shown, span, item)


def _cells(library: Library, one: Candidate) -> bool:
    """Whether it is a row of a table; the row that heads others is a heading by its kind."""
    if one.sentence.kind is not Kind.HEADING or "\t" not in one.text:
        return one.sentence.kind is Kind.TABLE_CELL
    place = library.place(one.chunk.document_id, one.sentence.start)
    return place is not None and place.block.kind is Kind.TABLE_CELL


def _telling(run: Sequence[Candidate], best: Candidate) -> Candidate | None:
    """The sentence of a run that answers: the best if it is no question, else its last; of a list
    only an item that is the best."""
    if len(run) > 1 and introduces(run[0]):
        return next((c for c in run[1:] if c.key == best.key), None)
    return next((c for c in run if c.key == best.key and not asks(c.text)), run[-1])


def _after_bullet(candidate: Candidate) -> int:
    """Where a sentence starts behind its bullet."""
    start, first = candidate.sentence.start, candidate.chunk.chunk.start
    bullet = _BULLET.match(candidate.chunk.text, start - first, candidate.sentence.end - first)
    return start + len(bullet.group()) if bullet else start


_BULLET = re.compile(
    r"(?![-\u2013]\d)[-*\u2022\u2023\u25aa\u25cf\u25e6\u2043\u2013\u00b7]"
    r"(?:\s*(?=\w)|\s+(?=[(\uff08]))"
)


def _elsewhere(candidate: Candidate, described: Described) -> Iterator[tuple[str, Span]]:
    """Where other documents say the same, each document once."""
    seen = {candidate.chunk.document_id}
    for other in described.candidates:
        if other.chunk.document_id not in seen and same(other.text, candidate.text):
            seen.add(other.chunk.document_id)
            yield other.chunk.document_id, (other.sentence.start, other.sentence.end)
