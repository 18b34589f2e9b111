"""FAISS: exact inner product over chunk vectors, half precision. Derived from the catalog."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

# A flat scan is over before threads are awake, and waiting threads of OpenMP spin.
faiss.omp_set_num_threads(1)

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]


def build(ids: Ids, vectors: Vectors, dimensions: int) -> Dense:
    """A new index of these rows: ids (n,), unit vectors (n, dimensions)."""
    flat = faiss.IndexScalarQuantizer(
        dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    dense = Dense(faiss.IndexIDMap(flat))
    dense.add(ids, vectors)
    return dense


def load(path: Path) -> Dense:
    """Read an index; raises RuntimeError on a damaged file."""
    return Dense(faiss.read_index(str(path)))


class Dense:
    """Scores are cosines, higher is better."""

    def __init__(self, index: Any) -> None:
        self._index = index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        if len(ids):
            self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids)

    def remove(self, ids: Sequence[int]) -> None:
        if len(ids):
            self._index.remove_ids(np.asarray(ids, dtype=np.int64))

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    def search(
        self, vector: Vectors, top: int, allowed: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """(chunk id, cosine) of the nearest ``top``, best first, among ``allowed`` if given."""
        if not len(self):
            return []
        params = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(np.asarray(allowed, dtype=np.int64))
            params = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, ids = self._index.search(vector.reshape(1, -1), min(top, len(self)), params=params)
        pairs = zip(ids[0].tolist(), scores[0].tolist(), strict=True)
        return sorted(((i, s) for i, s in pairs if i >= 0), key=lambda pair: (-pair[1], pair[0]))
