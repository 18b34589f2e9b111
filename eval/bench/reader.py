"""What the reader adds on a public set: choosing the sentence, keeping silent, time.

    python -m eval.bench.reader clapnq --data ../shared/data/dev

The candidates are those of an answer: the sentences of the passages found, ranked by the logistic
model over their figures; the passages of the first few are read.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval import metrics
from eval.sets import DATA, Query, library_of, read_set
from eval.strings import letters
from eval.table import table
from index.library import Library
from qa.candidates import describe
from qa.model import load
from qa.question import parse
from qa.reader import Reader
from qa.reading import passage
from qa.retrieve import embed, fused

PASSAGES, READ = 10, 6
SHARES = (0.5, 1.2, 2.5)  # of the reader's logit in the sum

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """One query's candidates, best first by ``figures``; ``right`` tells the gold sentences."""

    answerable: bool
    figures: Array
    reader: Array
    right: NDArray[np.bool_]
    milliseconds: float


def read(library: Library, query: Query, reader: Reader) -> Read | None:
    """None where search finds nothing."""
    question = parse(query.question)
    vector = embed(library, question)
    hits = fused(library, question, vector, PASSAGES)
    described = describe(library, question, vector, hits)
    logits = load()["unread" if "unread" in load() else "en"].sentence.logit(described.figures)
    order = np.argsort(-logits, kind="stable")
    first = list(dict.fromkeys(described.candidates[k].hit.chunk_id for k in order))[:READ]
    groups = [[k for k, c in enumerate(described.candidates) if c.hit.chunk_id == i] for i in first]
    if not groups:
        return None
    passages = [passage([described.candidates[k] for k in own]) for own in groups]
    begun = time.perf_counter()
    readings = reader.read(question.text, passages)
    spent = 1000 * (time.perf_counter() - begun)
    read_ = [k for own in groups for k in own]
    chosen = [described.candidates[k] for k in read_]
    scores = np.concatenate([r.logits for r in readings])
    gold = [letters(s) for one in query.selected for s in one]
    right = [any(t and (t in g or g in t) for g in gold) for t in (letters(c.text) for c in chosen)]
    return Read(query.answerable, logits[read_], scores, np.array(right), spent)


def figures(rows: Sequence[Read]) -> dict[str, float]:
    """Choosing: of the answerable, the share whose first sentence is gold. Silence: AUC of the
    first sentence's score, answerable against unanswerable."""
    ways = {"figures": [r.figures for r in rows], "reader": [r.reader for r in rows]}
    for share in SHARES:
        ways[f"figures + {share} reader"] = [r.figures + share * r.reader for r in rows]
    found: dict[str, float] = {}
    for name, scores in ways.items():
        pairs = list(zip(rows, scores, strict=True))
        found[f"first is gold, {name}"] = _mean(
            r.right[int(np.argmax(z))] for r, z in pairs if r.answerable
        )
        can = [r.answerable for r, _ in pairs]
        found[f"AUC of silence, {name}"] = metrics.auc([float(z.max()) for _, z in pairs], can)
    found["gold among those read"] = _mean(r.right.any() for r in rows if r.answerable)
    found["median ms to read them"] = statistics.median(r.milliseconds for r in rows)
    return found


def _mean(values: Iterable[object]) -> float:
    return statistics.fmean(float(bool(v)) for v in values)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.reader", description=__doc__)
    parser.add_argument("set", nargs="?", default="clapnq")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--model", type=Path, help="a folder with another reader.onnx")
    given = parser.parse_args(arguments)
    set_, reader = read_set(given.data / given.set), Reader.load(given.model, threads=2)
    with Library.open(library_of(set_)) as library:
        found = [r for one in set_.queries if (r := read(library, one, reader)) is not None]
    heading = [f"{set_.name}: {len(found)} queries", ""]
    print("\n".join(table(heading, list(figures(found).items()))))


if __name__ == "__main__":
    main()
