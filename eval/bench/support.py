"""How well the reader tells supported claims from the rest, on WiCE's oracle chunks.

    python -m eval.bench.support --data ../shared/data/dev

A claim's score is that of ``qa.support`` over its oracle chunks, and beside it that of the reader
alone: the largest probability of "supports". The threshold with the best F1 on one half of the
claims is used on the other, halved in twenty ways.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval import metrics
from eval.sets import DATA, rows
from eval.table import table
from qa.reader import Reader
from qa.support import SUPPORTS, support

DRAWS = 20

Score = Callable[[Reader, str, Sequence[str]], float]


def likeliest(reader: Reader, claim: str, passages: Sequence[str]) -> float:
    """What the reader alone says: its largest probability, 0..1, that a passage supports it."""
    return max(float(reader.weigh(claim, one)[SUPPORTS]) for one in passages)


def scores(
    path: Path, reader: Reader, score: Score = support
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(n,) scores of the claims and whether each is supported."""
    chunks: dict[str, list[str]] = defaultdict(list)
    told: dict[str, bool] = {}
    for row in rows(path):
        chunks[row["claim"]].append(" ".join(row["evidence"]))
        told[row["claim"]] = row["label"] == "supported"
    found = [score(reader, claim, passages) for claim, passages in chunks.items()]
    return np.array(found), np.array(list(told.values()))


def f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """2 TP / (2 TP + FP + FN), 0..1, of "supported"."""
    hits = float((said & true).sum())
    return 2 * hits / max(1.0, float(said.sum() + true.sum()))


def halves(score: NDArray[np.float64], true: NDArray[np.bool_], seed: int = 7) -> dict[str, float]:
    """F1 and accuracy on each half under the threshold of the other, the mean over ``DRAWS`` ways
    of halving: of one way alone F1 moves by some .04. AUC on all."""
    draw = np.random.default_rng(seed)
    found: dict[str, list[float]] = defaultdict(list)
    for _ in range(DRAWS):
        order = draw.permutation(len(true))
        parts = order[::2], order[1::2]
        for here, there in (parts, parts[::-1]):
            cut = max(score[here], key=lambda t: f1(score[here] >= t, true[here]))
            said = score[there] >= cut
            found["F1"].append(f1(said, true[there]))
            found["accuracy"].append(float((said == true[there]).mean()))
    everything = f1(np.ones(len(true), bool), true)
    return {
        **{name: float(np.mean(values)) for name, values in found.items()},
        "AUC": metrics.auc(score.tolist(), true.tolist()),
        "F1 of calling all supported": everything,
    }


def measured(data: Path, model: Path | None = None) -> dict[str, float]:
    """The figures over the WiCE part in the folder ``data``."""
    path, reader = data / "wice" / "oracle_chunks.jsonl.gz", Reader.load(model)
    score, true = scores(path, reader)
    alone = halves(*scores(path, reader, likeliest))
    return {
        "claims": len(true),
        "supported": int(true.sum()),
        **halves(score, true),
        **{f"{name}, the reader alone": alone[name] for name in ("F1", "accuracy", "AUC")},
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.support", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--model", type=Path, help="a folder with another reader.onnx")
    given = parser.parse_args(arguments)
    print("\n".join(table(["wice", ""], list(measured(given.data, given.model).items()))))


if __name__ == "__main__":
    main()
