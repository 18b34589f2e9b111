"""How well the reader tells supported claims from the rest, on WiCE's oracle chunks.

    python -m eval.bench.support --data ../shared/data/dev

A claim's score is the largest probability of "supports" over its oracle chunks, each read whole and
cut at the window. The threshold with the best F1 on one half of the claims is used on the other.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval import metrics
from eval.sets import DATA, rows
from eval.table import table
from qa.reader import VERDICTS, Reader

SUPPORTS = VERDICTS.index("supports")


def scores(path: Path, reader: Reader) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(n,) scores of the claims and whether each is supported."""
    best: dict[str, float] = defaultdict(float)
    told: dict[str, bool] = {}
    for row in rows(path):
        found = reader.weigh(row["claim"], " ".join(row["evidence"]))[SUPPORTS]
        best[row["claim"]] = max(best[row["claim"]], float(found))
        told[row["claim"]] = row["label"] == "supported"
    return np.array([best[c] for c in told]), np.array(list(told.values()))


def f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """2 TP / (2 TP + FP + FN), 0..1, of "supported"."""
    hits = float((said & true).sum())
    return 2 * hits / max(1.0, float(said.sum() + true.sum()))


def halves(score: NDArray[np.float64], true: NDArray[np.bool_], seed: int = 7) -> dict[str, float]:
    """F1 and accuracy on each half under the threshold of the other, averaged; AUC on all."""
    order = np.random.default_rng(seed).permutation(len(true))
    parts = order[::2], order[1::2]
    found: dict[str, list[float]] = defaultdict(list)
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
    score, true = scores(data / "wice" / "oracle_chunks.jsonl.gz", Reader.load(model))
    return {"claims": len(true), "supported": int(true.sum()), **halves(score, true)}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.support", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--model", type=Path, help="a folder with another reader.onnx")
    given = parser.parse_args(arguments)
    print("\n".join(table(["wice", ""], list(measured(given.data, given.model).items()))))


if __name__ == "__main__":
    main()
