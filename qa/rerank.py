"""The passages that were found, ranked anew by what the reader sees in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.library import NO_FILTERS, Library
from index.records import Hit
from index.rows import Filters
from index.scripts import cjk_language
from qa import reading
from qa.candidates import candidates_of
from qa.question import Question, parse
from qa.retrieve import embed, fused
from qa.rows import rows_of
from qa.searched import Searched, in_english, shared, spoken

READS = {"default": 20, "fast": 4, "none": 0}  # passages, by the setting
WEIGHT = 0.3  # of what the reader sees; the fused score has the rest
SCALE = 2.0  # logits; half or double of either changes the ranking figures by a thousandth or two


def search(
    library: Library,
    question: str,
    top: int = 10,
    filters: Filters = NO_FILTERS,
    reader: str = "default",
) -> list[Hit]:
    """The ``top`` best passages, best first; scores in 0..1, comparable within this search. Those
    in English for a Chinese question, where no Chinese passage is about it. ``reader`` is one of
    ``READS``. Raises PullquoteError for what cannot be asked."""
    parsed = parse(question)
    return ranked(library, parsed, embed(library, parsed), top, filters, reader)


def ranked(
    library: Library,
    question: Question,
    vector: NDArray[np.float32],
    top: int,
    filters: Filters,
    reader: str,
) -> list[Hit]:
    """The same for a question that is parsed, and its vector."""
    most = READS[reader]
    deep = max(top, most)
    own = Searched(question, vector, fused(library, question, vector, deep, filters))
    english = in_english(library, own, deep, filters)
    if english is None or shared(library, english) < spoken(library, own):
        return reranked(library, question, own.hits, most)[:top]
    return reranked(library, english.question, english.hits, most)[:top]


def reranked(library: Library, question: Question, hits: Sequence[Hit], most: int) -> list[Hit]:
    """The hits, best first, of which the reader read the first ``most``. Each score becomes a
    weighted mean of itself and of the logistic of the passage's best logit; one that was not read
    counts like the least that was, so that it passes none by not being read. In a language that
    the reader does not know they are left as they are."""
    first = hits[:most]
    if cjk_language(question.text) == "ko" or not first:
        return list(hits)
    stored = library.chunks([h.chunk_id for h in first])
    rows = rows_of(library, stored.values())
    read = [
        (n, one)
        for n, hit in enumerate(first)
        for _, one in reading.windows(candidates_of(hit, stored[hit.chunk_id]), rows)
    ]
    found = reading.reader().read(question.text, [one for _, one in read])
    best = np.full(len(first), -np.inf)
    for (n, _), one in zip(read, found, strict=True):
        best[n] = max(best[n], one.logits.max())
    seen = 1 / (1 + np.exp(-best / SCALE))
    every = [*seen, *[seen.min()] * (len(hits) - len(first))]
    anew = [
        replace(hit, score=(1 - WEIGHT) * hit.score + WEIGHT * float(value))
        for hit, value in zip(hits, every, strict=True)
    ]
    return sorted(anew, key=lambda hit: -hit.score)
