"""Candidates -> their order, and how far the first can be trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.records import Span
from index.scripts import cjk_language
from qa.candidates import Candidate, Described
from qa.model import Model, evidence, load, together
from qa.question import Question
from qa.reader import Passage, Reader
from qa.rows import Row, Rows
from qa.runs import asks

Array = NDArray[np.float64]
READERS = {"default": "en", "fast": "fast", "none": "unread"}  # setting -> model
EASTERN = {"default": "zh", "fast": "zh fast", "none": "lexical"}  # for Chinese and Japanese
SUREST = 0.99  # a few hundred questions cannot tell more
WINDOW = 480  # characters of rows that are read at once: figures have two of them to a token
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
    0..1, that the first answers; ``silent`` when that is too little. ``evidence`` is what the
    confidence was made of. ``answers`` as in ``Seen``."""

    order: tuple[int, ...]
    shares: Array
    confidence: float
    silent: bool
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
    """Rank by the figures, then read the first passages. In Chinese and Japanese no words are
    marked: of those that the reader would mark, fewer are right than of the whole sentence."""
    name = model_for(question, effort.reader)
    model = load()[name]
    found = judge(model, look(model, question, described), effort.caution)
    return found if name in READERS.values() else replace(found, answers={})


def model_for(question: Question, reader: str) -> str:
    """The name of the model; ``reader`` is one of ``READERS``. Of Korean neither the embedder nor
    the reader knows anything."""
    language = cjk_language(question.text)
    return "lexical" if language == "ko" else (EASTERN if language else READERS)[reader]


def look(model: Model, question: Question, described: Described) -> Seen:
    """The candidates weighed by their figures, the first passages read, and the first sentences."""
    logits = model.sentence.logit(described.figures) - BARRED * described.barred
    order = np.argsort(-logits, kind="stable").tolist()
    scores, answers = readings(question.text, described, order, model.read)
    alone = np.full(len(logits), np.nan)
    joined = together(model, logits, scores, alone)
    first = [k for k in np.argsort(-joined, kind="stable").tolist() if not np.isnan(scores[k])]
    if chosen := first[: model.again]:
        first_ones = [described.candidates[k] for k in chosen]
        sentences = [
            by_itself(c, described.rows.get(c.key), described.labels[c.key]) for c in first_ones
        ]
        found = reader().read(question.text, sentences)
        alone[chosen] = [float(reading.logits[0]) for reading in found]
        for c, reading in zip(first_ones, found, strict=True):
            row, span = described.rows.get(c.key), reading.answers[0]
            if row and span and (cell := row.cell(span)):
                answers[c.key] = cell
    return Seen(described, logits, scores, alone, answers)


def judge(model: Model, seen: Seen, caution: float | None = None) -> Ranking:
    """The candidates in order, and how far the first can be trusted."""
    threshold = model.threshold(caution)
    joined = together(model, seen.logits, seen.scores, seen.alone)
    told = evidence(seen.described, joined, seen.scores, seen.alone)
    trust = min(float(model.answer.probability(told[None])[0]), SUREST)
    final = tuple(np.argsort(-joined, kind="stable").tolist())
    silent = trust < threshold
    if seen.described.barred[final[0]]:
        # About another person, place, year or number: silence, whatever the likeness.
        trust, silent = min(trust, threshold / 2), True
    return Ranking(final, model.shares(joined), trust, silent, told, seen.answers)


def readings(
    question: str, described: Described, order: Sequence[int], most: int
) -> tuple[Array, dict[tuple[int, int], Span]]:
    """The reader's logits (n,) of the candidates in the first ``most`` passages of ``order``, NaN
    for the others; and the words that answer, as spans of the document, by the
    candidates' keys."""
    found = np.full(len(described.candidates), np.nan)
    answers: dict[tuple[int, int], Span] = {}
    if not most or not order:
        return found, answers
    members: dict[int, list[int]] = {}
    for k, candidate in enumerate(described.candidates):
        members.setdefault(candidate.hit.chunk_id, []).append(k)
    first = dict.fromkeys(described.candidates[k].hit.chunk_id for k in order)
    chosen = list(first)[:most]
    read = [
        window
        for c in chosen
        for window in windows([described.candidates[k] for k in members[c]], described.rows)
    ]
    numbers = {candidate.key: k for k, candidate in enumerate(described.candidates)}
    passages = [one for _, one in read]
    for (own, one), reading in zip(read, reader().read(question, passages), strict=True):
        found[[numbers[c.key] for c in own]] = reading.logits
        for c, place, span in zip(own, one.sentences, reading.answers, strict=True):
            if span and (told := _told(c, described.rows.get(c.key), place, one.text, span)):
                answers[c.key] = told
    return found, answers


def _told(candidate: Candidate, row: Row | None, place: Span, text: str, span: Span) -> Span | None:
    """In the document, the words of a sentence that answer; ``place`` and ``span`` are where it and
    they stand in ``text``, as it was read."""
    if row:
        return row.cell((span[0] - place[0], span[1] - place[0]))
    words = telling(text, span)
    begin = candidate.sentence.start - place[0]
    return (begin + words[0], begin + words[1]) if words else None


def telling(text: str, span: Span) -> Span | None:
    """The words of a span, of one cell only: the first that has any; None where there are none, or
    where figures stand side by side, since nothing tells which of them is meant."""
    cells = list(_CELL.finditer(text, *span))
    if not cells or (len(cells) > 1 and not re.search(r"[^\W\d_]", cells[0].group())):
        return None
    return cells[0].span()


_CELL = re.compile(r"(?=[^\t]*[^\W_])[^\s](?:[^\t]*[^\s])?")


def windows(own: Sequence[Candidate], rows: Rows) -> list[tuple[list[Candidate], Passage]]:
    """All candidates of a chunk in the passages in which they are read: in one, under the innermost
    heading; rows of a table as ``qa.rows`` writes them, no more in one than the reader sees."""
    if not any(c.key in rows for c in own):
        return [(list(own), passage(own))]
    runs: list[list[Candidate]] = []
    size = 0
    for candidate in own:
        more = len(_as_read(candidate, rows))
        if not runs or size + more > WINDOW:
            runs.append([])
            size = 0
        runs[-1].append(candidate)
        size += more
    return [(run, _joined(run, rows)) for run in runs]


def _joined(own: Sequence[Candidate], rows: Rows) -> Passage:
    text, spans = "", []
    for candidate in own:
        text += "\n" if text else ""
        said = _as_read(candidate, rows)
        spans.append((len(text), len(text) + len(said)))
        text += said
    return Passage(_heading(own[0], any(c.key in rows for c in own)), text, tuple(spans))


def _as_read(candidate: Candidate, rows: Rows) -> str:
    row = rows.get(candidate.key)
    return row.text if row else candidate.text


def passage(own: Sequence[Candidate]) -> Passage:
    """All candidates of a chunk as the passage they stand in, under the innermost heading."""
    chunk = own[0].chunk
    begin = chunk.chunk.start
    spans = tuple((c.sentence.start - begin, c.sentence.end - begin) for c in own)
    return Passage(_heading(own[0]), chunk.text, spans)


def by_itself(candidate: Candidate, row: Row | None = None, label: str = "") -> Passage:
    """A sentence under its innermost heading, without the rest of its passage; a reply with its
    question, one of a turn behind the label."""
    if row:
        return Passage(_heading(candidate, in_table=True), row.text, ((0, len(row.text)),))
    if label:
        said = f"{label}{candidate.text}"
        return Passage(_heading(candidate), said, ((len(label), len(said)),))
    begin = candidate.chunk.chunk.start
    start, end = candidate.sentence.start, candidate.sentence.end
    before = candidate.chunk.chunk.sentences[candidate.place - 1] if candidate.place else None
    asked = before and asks(candidate.chunk.text[before.start - begin : before.end - begin])
    first = before.start if before and asked else start
    text = candidate.chunk.text[first - begin : end - begin]
    return Passage(_heading(candidate), text, ((start - first, end - first),))


def _heading(candidate: Candidate, in_table: bool = False) -> str:
    """The innermost heading; of a table's rows, whose columns' headings are the innermost and are
    read with the cells, that above the table."""
    names = candidate.chunk.chunk.context.split(" > ")
    return "".join(names[-2:-1]) if in_table else names[-1]


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The reader that ships, loaded once."""
    return Reader.load()
