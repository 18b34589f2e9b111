"""Candidates -> their order, and how far the first can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qa.candidates import Described
from qa.model import Model, evidence, load, together
from qa.question import Question
from qa.reader import Reader

Array = NDArray[np.float64]
BARRED = 8.0  # logits taken from a candidate whose document lacks what the question insists on


@dataclass(frozen=True, slots=True)
class Ranking:
    """``order`` are the candidates' indices, best first; ``logits`` (n,) by candidate;
    ``confidence`` is the calibrated probability, 0..1, that the first answers; ``silent`` when that
    is too little. ``evidence`` is what the confidence was made of."""

    order: tuple[int, ...]
    logits: Array
    confidence: float
    silent: bool
    evidence: Array


def rank(question: Question, described: Described, read: bool = True) -> Ranking:
    """Rank by the figures, then let the reader read the first few. ``read`` False leaves it out."""
    name = "lexical" if question.cjk else "en" if read else "unread"
    model = load()[name]
    logits = model.sentence.logit(described.figures) - BARRED * described.barred
    order = np.argsort(-logits, kind="stable").tolist()
    scores = readings(model, question, described, order)
    joined = together(model, logits, order, scores)
    told = evidence(described.figures, joined, order, scores)
    trust = float(model.answer.probability(told[None])[0])
    final = tuple(np.argsort(-joined, kind="stable").tolist())
    if described.barred[final[0]]:
        # About another person, place, year or number: silence, whatever the likeness.
        return Ranking(final, joined, min(trust, model.threshold / 2), True, told)
    return Ranking(final, joined, trust, trust < model.threshold, told)


def readings(model: Model, question: Question, described: Described, order: list[int]) -> Array:
    """The reader's logits of the first ``model.read`` candidates of ``order``."""
    if not model.read:
        return np.zeros(0)
    windows = [described.candidates[k].window for k in order[: model.read]]
    return _reader().score(question.text, windows)


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader.load()
