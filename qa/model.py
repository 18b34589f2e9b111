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

from qa.candidates import FIGURES

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
    """``sentence`` ranks candidates; the reader's logit of the first ``read`` of them is added
    with weight ``reading``; ``answer`` gives the probability that the best is right from
    ``evidence(...)``; below ``threshold`` the answer is silence."""

    sentence: Logistic
    reading: float
    read: int
    answer: Logistic
    threshold: float


_OF_BEST = (
    "similarity",
    "coverage",
    "coverage near",
    "coverage passage",
    "names missing",
    "names missing here",
    "names unknown",
    "kind fits",
    "kind misses",
    "brief",
    "heading",
)
EVIDENCE = (
    *(f"best: {name}" for name in _OF_BEST),
    "top passage similarity",
    "coverage of all passages",
    "reader",
    "reader elsewhere",  # the reader's best logit among the others
    "margin",
)
_COLUMNS = [FIGURES.index(name) for name in _OF_BEST]


def together(model: Model, logits: Array, order: Sequence[int], read: Array) -> Array:
    """Logits (n,) with the reader's, ``read`` (m,), added to the candidates ``order[:m]``; to the
    others the least of them, so that what was not read does not pass what was."""
    if not len(read):
        return logits
    joined = logits + model.reading * float(read.min())
    seen = list(order[: len(read)])
    joined[seen] = logits[seen] + model.reading * read
    return joined


def evidence(figures: Array, joined: Array, order: Sequence[int], read: Array) -> Array:
    """What the candidates say together, (len(EVIDENCE),): figures (n, f), joined logits (n,) and
    the reader's own (m,) of ``order[:m]``."""
    best = int(np.argmax(joined))
    rest = np.sort(joined)[::-1]
    margin = min(rest[0] - rest[1], 3.0) if len(rest) > 1 else 3.0
    own = dict(zip(order[: len(read)], read.tolist(), strict=True))
    here = own.pop(best, 0.0)
    similarity = figures[:, FIGURES.index("passage similarity")]
    coverage = figures[:, FIGURES.index("coverage passage")]
    whole = [
        float(similarity.max()),
        float(coverage.max()),
        here,
        max(own.values(), default=here),
        float(margin),
    ]
    return np.concatenate([figures[best, _COLUMNS], whole])


@lru_cache(maxsize=1)
def load() -> dict[str, Model]:
    """The models that ship: "en" with embedder and reader, "unread" without the reader, "lexical"
    for languages that neither knows."""
    stored = json.loads((files("qa") / "data" / "composer.json").read_text("utf-8"))
    return {name: _model(found) for name, found in stored["models"].items()}


def _model(stored: Mapping[str, Any]) -> Model:
    return Model(
        _logistic(stored["sentence"], FIGURES),
        float(stored["reading"]),
        int(stored["read"]),
        _logistic(stored["answer"], EVIDENCE),
        float(stored["threshold"]),
    )


def _logistic(stored: Mapping[str, float], names: Sequence[str]) -> Logistic:
    if set(stored) != {*names, "bias"}:
        raise ValueError(f"the weights name {sorted(stored)}, expected {sorted(names)} and bias")
    return Logistic(np.array([stored[n] for n in names]), stored["bias"])
