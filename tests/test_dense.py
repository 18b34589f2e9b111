from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import dense


def rows(n: int, seed: int = 0) -> np.ndarray:
    found = np.random.default_rng(seed).normal(size=(n, 16)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@given(st.integers(1, 60), st.integers(1, 10), st.integers(0, 99))
@settings(deadline=None)
def test_search_agrees_with_numpy(n: int, top: int, seed: int) -> None:
    vectors = rows(n, seed).astype(np.float16).astype(np.float32)
    index = dense.build(np.arange(n, dtype=np.int64) + 5, vectors, 16)
    asked = rows(1, seed + 1)[0]
    cosines = vectors @ asked
    found = index.search(asked, top)
    best = np.sort(cosines)[::-1][:top]
    assert [s for _, s in found] == pytest.approx(best.tolist(), abs=1e-5)
    assert all(abs(cosines[i - 5] - s) < 1e-5 for i, s in found)


def test_only_the_allowed_are_searched() -> None:
    index = dense.build(np.arange(8, dtype=np.int64), rows(8), 16)
    assert {i for i, _ in index.search(rows(8)[0], 8, [3, 5])} == {3, 5}
    assert index.search(rows(8)[0], 8, []) == []


def test_what_is_removed_stays_removed_after_saving(tmp_path: Path) -> None:
    index = dense.build(np.arange(8, dtype=np.int64), rows(8), 16)
    index.remove([2, 3])
    index.save(tmp_path / "x.faiss")
    again = dense.load(tmp_path / "x.faiss")
    assert len(again) == 6
    assert {2, 3}.isdisjoint(i for i, _ in again.search(rows(8)[2], 8))


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.faiss").write_bytes(b"not an index")
    with pytest.raises(RuntimeError):
        dense.load(tmp_path / "x.faiss")
