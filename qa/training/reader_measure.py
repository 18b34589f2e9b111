"""How well the reader chooses and keeps silent, on groups held out by passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from qa.reader import Reader, run
from qa.training.reader_groups import Group
from qa.training.reader_net import Net, Tokens, batch, group_tokens

Score = Callable[[Tokens], NDArray[np.float32]]  # the logits of a piece's sentences


def integer(folder: Path) -> Score:
    """The exported model, as it is used."""
    session = Reader.load(folder)._session

    def score(piece: Tokens) -> NDArray[np.float32]:
        marks = np.zeros((len(piece.spans), len(piece.ids)))
        for row, (start, end) in zip(marks, piece.spans, strict=True):
            row[start:end] = 1
        return run(session, piece.ids, marks)[0]

    return score


def exact(net: Net) -> Score:
    """The network as trained, in 32-bit floats."""

    def score(piece: Tokens) -> NDArray[np.float32]:
        with torch.inference_mode():
            logits: NDArray[np.float32] = net(*batch([piece]))[0].numpy()
        return logits

    return score


def measure(held: Iterable[Group], tokenizer: Tokenizer, score: Score) -> dict[str, float]:
    """Shares and AUCs, 0..1, higher is better.

    ``chosen``: of the sentences of a question's answerable window and of the look-alike window,
    an answering one has the highest logit. ``auc KIND``: the probability that the best logit of an
    answerable window is above that of a window of KIND, of any question. ``told KIND``: the same
    within a question: the window under the true question above it under the changed one.
    """
    right: list[bool] = []
    gold: list[float] = []
    none: dict[str, list[float]] = defaultdict(list)
    pairs: dict[str, list[bool]] = defaultdict(list)
    for group in held:
        pieces = group_tokens(tokenizer, group)
        if not pieces:
            continue
        logits = [score(p) for p in pieces]
        kinds = [p.kind for p in group.pieces]
        labels = np.array(pieces[0].labels)
        best = float(logits[0][labels == 1].max())
        gold.append(best)
        rival = _best(logits[0], pieces[0].labels, -30.0)
        for kind, piece, z in zip(kinds[1:], pieces[1:], logits[1:], strict=False):
            top = _best(z, piece.labels, -30.0)
            none[kind].append(top)
            pairs[kind].append(best > top)
            rival = max(rival, top) if kind == "other" else rival
        right.append(best > rival)
    figures = {"questions": float(len(right)), "chosen": float(np.mean(right))}
    for kind in sorted(none):
        figures[f"auc {kind}"] = auc(gold, none[kind])
        figures[f"told {kind}"] = float(np.mean(pairs[kind]))
    changed = [z for k, zs in none.items() if k.startswith("changed") for z in zs]
    figures["auc changed"] = auc(gold, changed)
    figures["auc all"] = auc(gold, [z for zs in none.values() for z in zs])
    return {name: round(value, 4) for name, value in figures.items()}


def auc(yes: Sequence[float], no: Sequence[float]) -> float:
    """The probability that one of ``yes`` is above one of ``no``, a tie half (Mann-Whitney)."""
    if not yes or not no:
        return float("nan")
    low = np.sort(np.array(no))
    below, upto = np.searchsorted(low, yes, "left"), np.searchsorted(low, yes, "right")
    return float(np.mean((below + upto) / 2) / len(no))


def _best(logits: NDArray[np.float32], labels: Sequence[int], least: float) -> float:
    wrong = logits[np.array(labels) == 0]
    return float(wrong.max()) if len(wrong) else least
