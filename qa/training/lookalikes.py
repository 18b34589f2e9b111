"""Passages that only look as if they answered: the nearest by BM25."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from index.terms import content, terms


class Lookalikes:
    """BM25 over passages (k1 1.2, b 0.75), for those that only look right."""

    def __init__(self, passages: Iterable[str]) -> None:
        from scipy.sparse import csr_matrix

        self.passages = list(dict.fromkeys(passages))
        bags = [terms(p) for p in self.passages]
        self._number = {t: i for i, t in enumerate(dict.fromkeys(t for b in bags for t in b))}
        where = np.repeat(np.arange(len(bags)), [len(b) for b in bags])
        what = np.array([self._number[t] for b in bags for t in b])
        shape = (len(bags), len(self._number))
        counts = csr_matrix((np.ones(len(what)), (where, what)), shape=shape)
        counts.sum_duplicates()
        holders = np.bincount(counts.indices, minlength=shape[1])
        idf = np.log(1 + (len(bags) - holders + 0.5) / (holders + 0.5))
        length = np.repeat(np.array([len(b) for b in bags]), np.diff(counts.indptr))
        norm = 1.2 * (0.25 + 0.75 * length / max(1, len(what) / len(bags)))
        counts.data = idf[counts.indices] * counts.data * 2.2 / (counts.data + norm)
        self._columns = counts.tocsc()

    def find(self, question: str, most: int) -> list[str]:
        """The best passages by the question's terms, best first."""
        wanted = [self._number[t] for t in content(terms(question)) if t in self._number]
        if not wanted:
            return []
        scores = np.asarray(self._columns[:, wanted].sum(axis=1)).ravel()
        return [self.passages[i] for i in np.argsort(-scores, kind="stable")[:most]]
