"""Candidates -> their order, and how far the first can be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.records import Span
from index.scripts import cjk_language
from qa.candidates import Described
from qa.defines import opens_with, term_of
from qa.model import Model, evidence, load, together
from qa.question import Question
from qa.reader import UNREAD
from qa.reading import Known, by_itself, reader, readings

Array = NDArray[np.float64]
READERS = {"default": "en", "fast": "fast", "none": "unread"}  # setting -> model
EASTERN = {"default": "zh", "fast": "zh fast", "none": "lexical"}  # for Chinese and Japanese
QUICKER = {"en": "fast", "zh": "zh fast"}  # the model that reads less; tried first
SURE = 0.75  # confidence from which on it is enough: of some 900 answers 2 in 1,000 get worse
HOPELESS = 0.04  # ... and below which silence is; further passages may answer what two do not
SUREST = 0.99  # a few hundred questions cannot tell more
DEFINED = 3.0  # ... given to one that opens with what a question asks to be defined
CONVINCED = 2.0  # the reader's logit from which on a short text may leave out a name asked about
BARRED = 8.0  # logits taken from a candidate whose document lacks what the question insists on


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of the candidates before they are weighed: ``logits`` (n,) from their figures,
    ``scores`` (n,) the reader's in their passages and ``alone`` (n,) by themselves, NaN where it
    did not read. ``answers`` are the words that answer, as spans of the document, by the keys of
    the candidates that were read."""

    described: Described
    logits: Array
    scores: Array
    alone: Array
    answers: Mapping[tuple[int, int], Span]


@dataclass(frozen=True, slots=True)
class Ranking:
    """``order`` are the candidates' indices, best first; ``shares`` (n,) how likely each is to be
    the one that answers if any is, summing to 1; ``confidence`` is the calibrated probability,
    0..1, that the first answers; ``silent`` when that is too little, ``barred`` when the first
    cannot answer. ``evidence`` is what the confidence was made of. ``answers`` as in ``Seen``."""

    order: tuple[int, ...]
    shares: Array
    confidence: float
    silent: bool
    barred: bool
    evidence: Array
    answers: Mapping[tuple[int, int], Span]


@dataclass(frozen=True, slots=True)
class Effort:
    """``reader`` is one of ``READERS``. ``caution`` is the share, 0..1, of the questions it could
    answer that Pullquote may leave unanswered to be surer of the others; None for the shipped."""

    reader: str = "default"
    caution: float | None = None


USUAL = Effort()


def rank(question: Question, described: Described, effort: Effort = USUAL) -> Ranking:
    """Rank by the figures, then read the first passages; no more of them than the quick setting
    reads where these settle it. In Chinese and Japanese no words are marked: of those that the
    reader would mark, fewer are right than of the whole sentence."""
    known: Known = {}

    def by(name: str) -> Ranking:
        model = load()[name]
        return judge(model, look(model, question, described, known), effort.caution)

    name = model_for(question, effort.reader)
    found = by(QUICKER.get(name, name))
    if name in QUICKER:
        reads_on = not settled(found)
        found = by(name) if reads_on else _cell_marked(question, described, found)
    return found if name in READERS.values() else replace(found, answers={})


def _cell_marked(question: Question, described: Described, found: Ranking) -> Ranking:
    """With the cell of the first that answers, where that is a row of a table: which, the row tells
    better by itself than between others."""
    first = described.candidates[found.order[0]]
    if found.silent or first.key not in described.rows:
        return found
    _, cells = _by_themselves(question, described, [found.order[0]])
    return replace(found, answers={**found.answers, **cells})


def settled(found: Ranking) -> bool:
    """Whether more reading would hardly change anything: the first answers as good as surely, or
    nothing does."""
    if found.silent:
        return found.confidence < HOPELESS or found.barred
    return found.confidence >= SURE


def model_for(question: Question, reader: str) -> str:
    """The name of the model; ``reader`` is one of ``READERS``. Of Korean neither the embedder nor
    the reader knows anything."""
    language = cjk_language(question.text)
    return "lexical" if language == "ko" else (EASTERN if language else READERS)[reader]


def look(
    model: Model, question: Question, described: Described, known: Known | None = None
) -> Seen:
    """The candidates weighed by their figures, the first passages read, and the first sentences;
    ``known`` as in ``qa.reading.readings``. Of the doubted those are no longer barred in which the
    reader surely reads the answer."""
    logits = model.sentence.logit(described.figures)
    logits -= BARRED * (described.barred & ~described.doubted)
    logits += DEFINED * _defining(question, described)
    order = np.argsort(-logits, kind="stable").tolist()
    scores, answers = readings(
        question.text, described, order, model.read, {} if known is None else known
    )
    cleared = described.doubted & (np.nan_to_num(scores, nan=UNREAD) >= CONVINCED)
    logits -= BARRED * (described.doubted & ~cleared)
    described = replace(described, barred=described.barred & ~cleared)
    alone = np.full(len(logits), np.nan)
    joined = together(model, logits, scores, alone)
    first = [k for k in np.argsort(-joined, kind="stable").tolist() if not np.isnan(scores[k])]
    if chosen := first[: model.again]:
        alone[chosen], cells = _by_themselves(question, described, chosen)
        answers |= cells
    return Seen(described, logits, scores, alone, answers)


def _defining(question: Question, described: Described) -> Array:
    """1 for each candidate (n,) that says what the thing is that a question asks about, else 0."""
    term = term_of(question.text)
    return np.array([float(opens_with(term, c.text)) for c in described.candidates])


def _by_themselves(
    question: Question, described: Described, chosen: Sequence[int]
) -> tuple[list[float], dict[tuple[int, int], Span]]:
    """The reader's logits of candidates without their passages, and of rows the cell that answers,
    by the candidates' keys."""
    first = [described.candidates[k] for k in chosen]
    rows = [described.rows.get(c.key) for c in first]
    alone = [by_itself(c, row, described.labels[c.key]) for c, row in zip(first, rows, strict=True)]
    found = reader().read(question.text, alone)
    cells = {
        c.key: cell
        for c, row, reading in zip(first, rows, found, strict=True)
        if row and (span := reading.answers[0]) and (cell := row.cell(span))
    }
    return [float(reading.logits[0]) for reading in found], cells


def judge(model: Model, seen: Seen, caution: float | None = None) -> Ranking:
    """The candidates in order, and how far the first can be trusted."""
    threshold = model.threshold(caution)
    joined = together(model, seen.logits, seen.scores, seen.alone)
    told = evidence(seen.described, joined, seen.scores, seen.alone)
    trust = min(float(model.answer.probability(told[None])[0]), SUREST)
    final = tuple(np.argsort(-joined, kind="stable").tolist())
    silent = trust < threshold
    barred = bool(seen.described.barred[final[0]])
    if barred:
        # About another person, place, year or number: silence, whatever the likeness.
        trust, silent = min(trust, threshold / 2), True
    return Ranking(final, model.shares(joined), trust, silent, barred, told, seen.answers)
