"""Whether two sentences say the same, and whether one adds anything to those chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from index.terms import STOPWORDS, terms
from index.text import display
from qa.candidates import Candidate
from qa.disagree import levelled
from qa.layout import closed
from qa.rank import Ranking

SAME = 88  # rapidfuzz token-sort ratio, 0..100, from which two sentences say the same


def adds_nothing(candidate: Candidate, chosen: Sequence[Candidate], ranking: Ranking) -> bool:
    """Whether a chosen sentence says the same, or one of its document answers in words that hold
    this one's; a sentence that reads well may follow a row that does not, and another source may
    say it in its own words."""
    if any(same(candidate.text, c.text) for c in chosen):
        return True
    own, reads_well = _answering(candidate, ranking), closed(candidate.text)
    return bool(own) and any(
        own in _answering(c, ranking)
        for c in chosen
        if c.chunk.document_id == candidate.chunk.document_id and (closed(c.text) or not reads_well)
    )


def _answering(candidate: Candidate, ranking: Ranking) -> str:
    """The words that answer in a candidate as terms between spaces, without function words, so that
    "between 10 and 20" is "10 to 20"; "" where they could not be told."""
    found, first = ranking.answers.get(candidate.key), candidate.chunk.chunk.start
    told = candidate.chunk.text[found[0] - first : found[1] - first] if found else ""
    plain = " ".join(t for t in terms(told) if t not in STOPWORDS)
    return f" {plain} " if plain else ""


_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")


def same(one: str, other: str) -> bool:
    """Whether two sentences say the same: nearly the same words and figures of the same values."""
    (mine, plain), (theirs, other_plain) = _compared(one), _compared(other)
    return mine == theirs and fuzz.token_sort_ratio(plain, other_plain, score_cutoff=SAME) > 0


@lru_cache(maxsize=4096)
def _compared(text: str) -> tuple[list[str], str]:
    """The figures of a sentence in one way of writing, sorted, and its words with them."""
    text = levelled(text)
    return sorted(_FIGURES.findall(text)), display(text)
