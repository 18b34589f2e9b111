"""How far passages support a claim: what the reader says, and how many of its words they hold."""

from __future__ import annotations

import math
from collections.abc import Sequence

from index.terms import content, terms
from qa.reader import VERDICTS, Reader

SUPPORTS = VERDICTS.index("supports")
# Of the share of the words, beside the logarithm of the probability. Of a claim of several facts
# the reader, trained on claims of one, overlooks what is not told; 6 to 12 tell as much.
WORDS = 8.0


def support(reader: Reader, claim: str, passages: Sequence[str]) -> float:
    """A score that compares claims, higher is better supported, at most ``WORDS``; no probability.
    ``passages`` are read one by one, each cut at what the reader reads at once."""
    asked = set(content(terms(claim)))
    if not asked or not passages:
        return -math.inf
    likeliest = max(float(reader.weigh(claim, one)[SUPPORTS]) for one in passages)
    told = {term for one in passages for term in terms(one)}
    return math.log(max(likeliest, 1e-4)) + WORDS * len(asked & told) / len(asked)
