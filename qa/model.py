"""The trained weights: which sentence answers, and whether any does. Plain JSON, plain logistic."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.candidates import FIGURES, Described

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """p = 1 / (1 + exp(-(x . weights + bias))), higher is likelier."""

    weights: Array
    bias: float

    def logit(self, rows: Array) -> Array:
        return np.asarray(rows @ self.weights + self.bias, dtype=np.float64)

    def probability(self, rows: Array) -> Array:
        return np.asarray(1 / (1 + np.exp(-self.logit(rows))), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Model:
    """``sentence`` ranks candidates; the reader reads the first ``read`` passages of that ranking,
    and its logits are added with weight ``reading``; the first ``again`` sentences of the sums it
    reads once more, by themselves; ``spread`` is the temperature that turns the
    sums into shares; ``answer`` gives the probability that the best is right from
    ``evidence(...)``. ``thresholds`` are (share, probability) pairs with rising
    shares: silence below the probability leaves that share of the right answers unsaid; ``caution``
    is the share that is used unless told otherwise."""

    sentence: Logistic
    reading: float
    read: int
    again: int
    spread: float
    answer: Logistic
    thresholds: tuple[tuple[float, float], ...]
    caution: float

    def threshold(self, caution: float | None = None) -> float:
        """The probability below which the answer is silence, between the pairs in a line."""
        shares, probabilities = zip(*self.thresholds, strict=True)
        wanted = self.caution if caution is None else caution
        return float(np.interp(wanted, shares, probabilities))

    def shares(self, joined: Array) -> Array:
        """How likely each candidate is the one that answers, (n,) from joined logits (n,): their
        softmax at the temperature ``spread``."""
        scaled = np.exp((joined - joined.max()) / self.spread)
        return np.asarray(scaled / scaled.sum())


_OF_BEST = (
    "similarity",
    "coverage",
    "coverage near",
    "coverage passage",
    "names missing",
    "names missing here",
    "kind fits",
    "kind misses",
    "brief",
    "heading",
    "length",
    "footnote",
    "passage score",
)
EVIDENCE = (
    *(f"best: {name}" for name in _OF_BEST),
    "top passage similarity",
    "coverage of all passages",
    "reader",
    "reader alone",  # its logit of the best sentence read by itself
    "reader elsewhere",  # the reader's best logit among the others
    "margin",
    "margin by reader alone",  # their product: far before the others, and read as an answer
    "best: extent",  # how long its document is: long ones are asked in other words than their own
    "best: in the place named",  # "point 12": the reader does not know how places are numbered
)
_COLUMNS = [FIGURES.index(name) for name in _OF_BEST]


def together(model: Model, logits: Array, read: Array, alone: Array) -> Array:
    """Logits (n,) with the reader's added: the mean of those ``read`` (n,) in the passage and those
    of the same sentences ``alone`` (n,). What was not read (NaN) gets the least that was, and what
    was not read alone loses as much by it as any other, so that it does not pass what was."""
    if np.isnan(read).all():
        return logits
    joined = logits + model.reading * np.where(np.isnan(read), np.nanmin(read), read)
    change = alone - read
    if np.isnan(change).all():
        return joined
    return joined + model.reading / 2 * np.where(np.isnan(change), np.nanmin(change), change)


def evidence(described: Described, joined: Array, read: Array, alone: Array) -> Array:
    """What the candidates say together, (len(EVIDENCE),), from their joined logits (n,) and the
    reader's own (n,) in the passage and by themselves, NaN where it did not read."""
    figures = described.figures
    best = int(np.argmax(joined))
    rest = np.sort(joined)[::-1]
    margin = min(rest[0] - rest[1], 3.0) if len(rest) > 1 else 3.0
    here = float(np.nan_to_num(read[best]))
    others = np.delete(read, best)
    similarity = figures[:, FIGURES.index("passage similarity")]
    coverage = figures[:, FIGURES.index("coverage passage")]
    by_itself = here if np.isnan(alone[best]) else float(alone[best])
    whole = [
        float(similarity.max()),
        float(coverage.max()),
        here,
        by_itself,
        here if np.isnan(others).all() else float(np.nanmax(others)),
        float(margin),
        float(margin) * by_itself,
        float(described.extents[best]),
        float(described.placed[best]),
    ]
    return np.concatenate([figures[best, _COLUMNS], whole])


@lru_cache(maxsize=1)
def load() -> dict[str, Model]:
    """The models that ship: "en" with embedder and reader, "fast" reading less, "unread" not
    reading; "zh" and "zh fast" with the reader for Chinese and Japanese, of which the embedder
    knows nothing; "lexical" with neither."""
    stored = json.loads((files("qa") / "data" / "composer.json").read_text("utf-8"))
    return {name: _model(found) for name, found in stored["models"].items()}


def _model(stored: Mapping[str, Any]) -> Model:
    return Model(
        _logistic(stored["sentence"], FIGURES),
        float(stored["reading"]),
        int(stored["read"]),
        int(stored["again"]),
        float(stored["spread"]),
        _logistic(stored["answer"], EVIDENCE),
        tuple((float(share), float(p)) for share, p in stored["thresholds"]),
        float(stored["caution"]),
    )


def _logistic(stored: Mapping[str, float], names: Sequence[str]) -> Logistic:
    if set(stored) != {*names, "bias"}:
        raise ValueError(f"the weights name {sorted(stored)}, expected {sorted(names)} and bias")
    return Logistic(np.array([stored[n] for n in names]), stored["bias"])
