from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from eval.chance import interval, randomisation
from eval.table import probability


def test_exact_p_by_hand() -> None:
    # gaps 1, 1, 1: of the 8 signings, +++ and --- are as large: 2 / 8
    assert randomisation([0, 0, 0], [1, 1, 1]) == 0.25
    # gaps 1, 1, -1: sums 3, 1, 1, 1, -1, -1, -1, -3: all are at least 1 in size
    assert randomisation([0, 0, 1], [1, 1, 0]) == 1.0
    # gaps 3, 1, 1, 1, 1: sum 7; only the two signings with all alike reach it: 2 / 32
    assert randomisation([0] * 5, [3, 1, 1, 1, 1]) == 2 / 32
    assert randomisation([1, 2], [1, 2]) == 1.0


def _mean_gap(x: np.ndarray, y: np.ndarray, axis: int) -> np.ndarray:
    return np.asarray(np.mean(x - y, axis=axis))


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([0.0, 0.5, 1.0])),
        min_size=2,
        max_size=9,
    )
)
def test_exact_p_is_that_of_scipy(pairs: list[tuple[float, float]]) -> None:
    before, after = (np.array(side) for side in zip(*pairs, strict=True))
    oracle = stats.permutation_test(
        (after, before), _mean_gap, permutation_type="samples", n_resamples=np.inf, vectorized=True
    )
    assert randomisation(before.tolist(), after.tolist()) == pytest.approx(oracle.pvalue, abs=1e-9)


def test_drawn_p_is_near_that_of_scipy() -> None:
    chance = np.random.default_rng(3)
    before = (chance.random(120) < 0.6).astype(float)
    after = np.where(chance.random(120) < 0.25, 1 - before, before)
    oracle = stats.permutation_test(
        (after, before),
        _mean_gap,
        permutation_type="samples",
        n_resamples=20_000,
        rng=1,
        vectorized=True,
    )
    found = randomisation(before.tolist(), after.tolist())
    assert found == pytest.approx(oracle.pvalue, abs=0.02)
    assert found == randomisation(before.tolist(), after.tolist())


def test_p_is_never_nothing() -> None:
    assert randomisation([0.0] * 200, [1.0] * 200) == 1 / 10_000


def test_the_interval_is_near_that_of_scipy() -> None:
    values = (np.random.default_rng(1).random(80) < 0.7).astype(float)
    oracle = stats.bootstrap((values,), np.mean, method="percentile", rng=2).confidence_interval
    low, high = interval(values.tolist())
    assert low == pytest.approx(oracle.low, abs=0.02)
    assert high == pytest.approx(oracle.high, abs=0.02)


def test_an_interval_of_one_value_is_that_value() -> None:
    assert interval([0.3, 0.3, 0.3]) == (pytest.approx(0.3), pytest.approx(0.3))
    assert np.isnan(interval([])).all()


def test_a_probability_is_never_shown_as_nought() -> None:
    assert probability(0.0002) == "<0.001" and probability(0.25) == 0.25
