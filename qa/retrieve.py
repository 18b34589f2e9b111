"""Hybrid search: dense and lexical candidates, fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.library import NO_FILTERS, Library
from index.records import Hit
from index.rows import Filters
from index.terms import content, terms
from qa.abbreviations import rewritten
from qa.numbered import named
from qa.question import Question, parse

POOL = 100  # candidates taken from each index
LOWEST = 10  # the place below which the best match of the words never falls: so it is read
PLACED = 5  # passages with the numbered place asked for that do not, either


@dataclass(frozen=True, slots=True)
class Fusion:
    """Weights of the scaled scores; the embedder knows English only, so a question in
    Chinese, Japanese or Korean is answered from the lexical index."""

    dense: float = 0.6
    lexical: float = 0.4
    dense_cjk: float = 0.0


FUSION = Fusion()


def search(
    library: Library,
    question: str,
    top: int = 10,
    filters: Filters = NO_FILTERS,
    fusion: Fusion = FUSION,
) -> list[Hit]:
    """The ``top`` best passages, best first; scores in 0..1, comparable within this search."""
    parsed = parse(question)
    return fused(library, parsed, embed(library, parsed), top, filters, fusion)


def embed(library: Library, question: Question) -> NDArray[np.float32]:
    """The question's unit vector; zeros where the embedder does not know the language."""
    if question.cjk:
        return np.zeros(library.encoder.dimensions, dtype=np.float32)
    vector: NDArray[np.float32] = library.encoder.encode([question.text], truncate=True)[0]
    return vector


def fused(
    library: Library,
    question: Question,
    vector: NDArray[np.float32],
    top: int,
    filters: Filters = NO_FILTERS,
    fusion: Fusion = FUSION,
) -> list[Hit]:
    """The candidates of both indexes, ranked by the weighted sum of their scaled scores, but the
    best match of the words no lower than ``LOWEST``, nor the best ``PLACED`` of those that hold the
    numbered place asked for."""
    weight = fusion.dense_cjk if question.cjk else fusion.dense
    near = dict(library.nearest(vector, POOL, filters)) if weight else {}
    same = dict(library.matching(wanted(question), POOL, filters)) if fusion.lexical else {}
    ids = list(dict.fromkeys([*near, *same]))
    if weight:
        near.update(library.cosines([i for i in ids if i not in near], vector))
    total = weight * _scaled(near, ids, min(near.values(), default=0.0))
    total += fusion.lexical * _scaled(same, ids, _least(same))
    total /= (weight if near else 0) + (fusion.lexical if same else 0) or 1
    if same and len(ids) > LOWEST:
        kept = {ids.index(i) for i in (*_placed(library, question, same, filters), *[*same][:1])}
        others = np.sort(np.delete(total, [*kept]))
        lowest = np.nextafter(others[len(kept) - LOWEST - 1], np.inf)
        total[[*kept]] = np.maximum(total[[*kept]], lowest)
    order = sorted(range(len(ids)), key=lambda k: (-total[k], ids[k]))[:top]
    stored = library.chunks([ids[k] for k in order])
    return [
        Hit(
            ids[k],
            stored[ids[k]].document_id,
            stored[ids[k]].chunk.start,
            stored[ids[k]].chunk.end,
            float(total[k]),
            near.get(ids[k], 0.0),
            same.get(ids[k], 0.0),
        )
        for k in order
        if ids[k] in stored
    ]


def wanted(question: Question) -> list[str]:
    """The terms that the lexical index is asked for, those of an abbreviation's other form too."""
    own = content(terms(question.text)) or list(question.terms)
    other = sorted({t for _, form in rewritten(question.text) for t in form.terms} - {*own})
    return own + other


def _placed(
    library: Library, question: Question, same: Mapping[int, float], filters: Filters
) -> list[int]:
    """Of the best matches of the words those that hold a numbered place asked for: of many tenth
    points the one about roads."""
    places = [name for (name,) in question.insisted if name.startswith("#")]
    there = dict(library.matching(places, POOL, filters)) if places else {}
    stored = library.chunks([i for i in same if i in there])
    return [i for i in same if i in stored and named(question, stored[i])][:PLACED]


def _least(same: Mapping[int, float]) -> float:
    """The lexical score that counts as none. It is the least of many matches, which says little;
    the fewer they are, the rarer the words, and the further it lies below."""
    return min(same.values()) * (1 - 1 / len(same)) if same else 0.0


def _scaled(scores: Mapping[int, float], ids: Sequence[int], least: float) -> NDArray[np.float64]:
    """Scores, of which ``least`` becomes 0 and the highest 1; 0 for those without one."""
    span = (max(scores.values(), default=0.0) - least) or 1.0
    return np.array([(scores[i] - least) / span if i in scores else 0.0 for i in ids])
