"""How much of a figure, or of a difference, may be chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SEED = 20250605
DRAWS = 2000
EXACT = 14  # pairs that differ, up to which every assignment of signs is looked at
SIGNS = 9999

Array = NDArray[np.float64]


def interval(
    values: Sequence[float], level: float = 0.95, draws: int = DRAWS
) -> tuple[float, float]:
    """Percentile bootstrap interval of a mean, cases drawn with replacement (Efron and
    Tibshirani 1993, chapter 13); the same for the same values. (nan, nan) of nothing."""
    data: Array = np.asarray(values, dtype=float)
    if not len(data):
        return float("nan"), float("nan")
    chance = np.random.default_rng(SEED)
    picked = chance.integers(len(data), size=(draws, len(data)))
    low, high = np.quantile(data[picked].mean(axis=1), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def randomisation(before: Sequence[float], after: Sequence[float]) -> float:
    """Two-sided p of a paired randomisation test on the mean difference (Smucker et al. 2007).

    Under the null the two values of a pair may be exchanged: the p-value is the share of such
    exchanges with a difference at least as large. Exact where few pairs differ; else from random
    exchanges, the one observed counted among them (Phipson and Smyth 2010). Pairs that are equal
    change nothing and are left out. 1.0 where no pair differs.
    """
    pairs = zip(after, before, strict=True)
    gaps: Array = np.array([a - b for a, b in pairs if a != b], dtype=float)
    if not len(gaps):
        return 1.0
    seen = abs(gaps.sum()) - 1e-12 * np.abs(gaps).sum()
    if len(gaps) <= EXACT:
        numbers = np.arange(2 ** len(gaps))[:, None]
        signs = 1.0 - 2.0 * ((numbers >> np.arange(len(gaps))) & 1)
        return float(np.mean(np.abs(signs @ gaps) >= seen))
    chance = np.random.default_rng(SEED)
    signs = chance.choice([-1.0, 1.0], size=(SIGNS, len(gaps)))
    return float((np.sum(np.abs(signs @ gaps) >= seen) + 1) / (SIGNS + 1))
