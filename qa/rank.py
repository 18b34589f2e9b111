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
from qa.runs import asks

Array = NDArray[np.float64]
READERS = {"default": "en", "fast": "fast", "none": "unread"}  # setting -> model
EASTERN = {"default": "zh", "fast": "zh fast", "none": "lexical"}  # for Chinese and Japanese
SUREST = 0.99  # a few hundred questions cannot tell more
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
        sentences = [by_itself(described.candidates[k]) for k in chosen]
        found = reader().read(question.text, sentences)
        alone[chosen] = [float(reading.logits[0]) for reading in found]
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
    passages = [passage([described.candidates[k] for k in members[c]]) for c in chosen]
    for c, reading in zip(chosen, reader().read(question, passages), strict=True):
        found[members[c]] = reading.logits
        begin = described.candidates[members[c][0]].chunk.chunk.start
        for k, span in zip(members[c], reading.answers, strict=True):
            text = described.candidates[k].chunk.text
            if span is not None and (told := telling(text, span)):
                answers[described.candidates[k].key] = (begin + told[0], begin + told[1])
    return found, answers


def telling(text: str, span: Span) -> Span | None:
    """The words of a span, of one cell only: the first that has any; None where there are none, or
    where figures stand side by side, since nothing tells which of them is meant."""
    cells = list(_CELL.finditer(text, *span))
    if not cells or (len(cells) > 1 and not re.search(r"[^\W\d_]", cells[0].group())):
        return None
    return cells[0].span()


_CELL = re.compile(r"(?=[^\t]*[^\W_])[^\s](?:[^\t]*[^\s])?")


def passage(own: Sequence[Candidate]) -> Passage:
    """All candidates of a chunk as the passage they stand in, under the innermost heading."""
    chunk = own[0].chunk
    begin = chunk.chunk.start
    spans = tuple((c.sentence.start - begin, c.sentence.end - begin) for c in own)
    return Passage(_heading(own[0]), chunk.text, spans)


def by_itself(candidate: Candidate) -> Passage:
    """A sentence under its innermost heading, without the rest of its passage; a reply with its
    question."""
    begin = candidate.chunk.chunk.start
    start, end = candidate.sentence.start, candidate.sentence.end
    before = candidate.chunk.chunk.sentences[candidate.place - 1] if candidate.place else None
    asked = before and asks(candidate.chunk.text[before.start - begin : before.end - begin])
    first = before.start if before and asked else start
    text = candidate.chunk.text[first - begin : end - begin]
    return Passage(_heading(candidate), text, ((start - first, end - first),))


def _heading(candidate: Candidate) -> str:
    return candidate.chunk.chunk.context.split(" > ")[-1]


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The reader that ships, loaded once."""
    return Reader.load()
