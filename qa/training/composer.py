"""Train the composer's two logistic models from public questions, and write qa/data/composer.json.

    python -m qa.training.composer DATA/train/reader-open-00.jsonl.gz --work FOLDER

Seeded; about ten minutes on two cores. Sources and caps are in the model card beside the weights.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from index.library import Library
from qa.candidates import FIGURES
from qa.model import EVIDENCE, Logistic, Model, evidence, together
from qa.reader import Reader
from qa.training.rows import Example, build, examples, load

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
READ = 4  # candidates that the reader reads
# model, language of the rows, most rows of a source, candidates read
KINDS = (("en", "en", 500, READ), ("unread", "en", 500, 0), ("lexical", "ja", 2000, 0))
FALSE_SILENCE = 0.05  # the threshold silences this share of right answers on the held-out part


def fit_sentence(rows: Sequence[Example], decay: float = 1.0) -> Logistic:
    """Softmax over each question's candidates; candidates labelled -1 are left out."""
    groups = [
        (e.figures[e.labels >= 0], e.labels[e.labels >= 0])
        for e in rows
        if e.possible and (e.labels == 1).any() and (e.labels == 0).any()
    ]
    matrix = np.concatenate([f for f, _ in groups])
    right = np.concatenate([y for _, y in groups]) == 1
    starts = np.cumsum([0] + [len(f) for f, _ in groups])[:-1]
    sizes = np.array([len(f) for f, _ in groups])
    mean, scale = matrix.mean(0), matrix.std(0) + 1e-6
    scaled = (matrix - mean) / scale

    def loss(w: Array) -> tuple[float, Array]:
        z = scaled @ w
        z = z - np.repeat(np.maximum.reduceat(z, starts), sizes)
        e = np.exp(z)
        every, good = np.add.reduceat(e, starts), np.add.reduceat(e * right, starts)
        p = e / np.repeat(every, sizes)
        q = e * right / np.repeat(good, sizes)
        value = float(np.sum(np.log(every) - np.log(good)) + decay * w @ w)
        return value, scaled.T @ (p - q) + 2 * decay * w

    found = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B").x / scale
    return Logistic(found, 0.0)


def fit_answer(matrix: Array, right: NDArray[np.bool_], decay: float = 1.0) -> Logistic:
    """Logistic regression, L2; the bias is not decayed."""
    mean, scale = matrix.mean(0), matrix.std(0) + 1e-6
    scaled = np.hstack([(matrix - mean) / scale, np.ones((len(matrix), 1))])
    free = np.append(np.ones(matrix.shape[1]), 0.0)

    def loss(w: Array) -> tuple[float, Array]:
        z = scaled @ w
        value = float(np.sum(np.logaddexp(0, z) - right * z) + decay * free @ w**2)
        return value, scaled.T @ (1 / (1 + np.exp(-z)) - right) + 2 * decay * free * w

    w = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
    weights = w[:-1] / scale
    return Logistic(weights, float(w[-1] - weights @ mean))


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader.load()


@dataclass(frozen=True, slots=True)
class Ranked:
    """An example with its candidates' logits, their order and the reader's logits of the first."""

    example: Example
    logits: Array
    order: list[int]
    read: Array


def ranked(sentence: Logistic, example: Example, most: int) -> Ranked:
    logits = sentence.logit(example.figures)
    order = np.argsort(-logits, kind="stable").tolist()
    windows = [example.described.candidates[k].window for k in order[:most]]
    read = _reader().score(example.question, windows) if most else np.zeros(0)
    return Ranked(example, logits, order, read)


def first_right(r: Ranked, model: Model) -> bool:
    best = int(np.argmax(together(model, r.logits, r.order, r.read)))
    return bool(r.example.labels[best] != 0)


def fit_reading(rows: Sequence[Ranked], model: Model) -> Model:
    """The weight of the reader's logit that puts the right sentence first most often."""
    tried = [replace(model, reading=w / 10) for w in range(0, 31, 2)]
    asked = [r for r in rows if r.example.possible]
    return max(tried, key=lambda m: sum(first_right(r, m) for r in asked))


def outcomes(model: Model, rows: Sequence[Ranked]) -> tuple[Array, Flags, Flags]:
    """Evidence (n, f), whether the first sentence is right, whether there is an answer at all."""
    usable = [r for r in rows if r.example.possible or not (r.example.labels == -1).any()]
    matrix = np.stack(
        [
            evidence(r.example.figures, together(model, r.logits, r.order, r.read), r.order, r.read)
            for r in usable
        ]
    )
    right = np.array([r.example.possible and first_right(r, model) for r in usable])
    return matrix, right, np.array([r.example.possible for r in usable])


def train(rows: list[Example], read: int) -> tuple[dict[str, object], dict[str, object]]:
    """The model as JSON, and its figures on the held-out fifth."""
    names = sorted({e.question for e in rows})
    aside = set(names[::5])
    sentence = fit_sentence([e for e in rows if e.question not in aside])
    every = [ranked(sentence, e, read) for e in rows]
    used = [r for r in every if r.example.question not in aside]
    held = [r for r in every if r.example.question in aside]
    nothing = Logistic(np.zeros(len(EVIDENCE)), 0.0)
    model = fit_reading(used, Model(sentence, 0.0, read, nothing, 0.0))
    matrix, right, _ = outcomes(model, used)
    model = replace(model, answer=fit_answer(matrix, right))
    matrix, right, possible = outcomes(model, held)
    p = model.answer.probability(matrix)
    model = replace(model, threshold=float(np.quantile(p[right], FALSE_SILENCE)))
    asked = [r for r in held if r.example.possible]
    figures: dict[str, object] = {
        "questions": len(asked),
        "first right": float(np.mean([first_right(r, model) for r in asked])),
        "without reader": float(
            np.mean([first_right(r, replace(model, reading=0.0)) for r in asked])
        ),
        "reachable": float(np.mean([(r.example.labels != 0).any() for r in asked])),
        "silent when unanswerable": float(np.mean(p[~possible] < model.threshold)),
        "silent when right": FALSE_SILENCE,
        "reading": model.reading,
        "reliability": reliability(p, right),
    }
    return stored(model), figures


def stored(model: Model) -> dict[str, object]:
    return {
        "sentence": _named(FIGURES, model.sentence),
        "reading": model.reading,
        "read": model.read,
        "answer": _named(EVIDENCE, model.answer),
        "threshold": round(model.threshold, 4),
    }


def _named(names: Sequence[str], found: Logistic) -> dict[str, float]:
    weights = dict(zip(names, found.weights.round(5).tolist(), strict=True))
    return {**weights, "bias": round(found.bias, 5)}


def reliability(
    p: Array, right: NDArray[np.bool_], bins: int = 10
) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, n) of each tenth of the scale that holds anything."""
    place = np.minimum((p * bins).astype(int), bins - 1)
    return [
        (
            round(float(p[place == b].mean()), 3),
            round(float(right[place == b].mean()), 3),
            int((place == b).sum()),
        )
        for b in range(bins)
        if (place == b).any()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="a folder for the libraries")
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parents[1] / "data" / "composer.json"
    )
    parser.add_argument(
        "--only", choices=[k[0] for k in KINDS], help="leave the others as they are"
    )
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    before = json.loads(args.out.read_text("utf-8"))["models"] if args.out.exists() else {}
    models: dict[str, object] = before if args.only else {}
    for name, language, most, read in KINDS:
        if args.only not in (None, name):
            continue
        rows = load(args.rows, language, most, 3, args.seed)
        names = build(rows, args.work / language)
        with Library.open(args.work / language / "library") as library:
            found = list(examples(library, rows, names, args.seed, language != "en"))
        models[name], figures = train(found, read)
        print(name, json.dumps(figures))
    args.out.write_text(json.dumps({"seed": args.seed, "models": models}, indent=1) + "\n")


if __name__ == "__main__":
    main()
