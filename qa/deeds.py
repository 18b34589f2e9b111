"""Deeds that a question takes for granted ("Why did she resign?") and that are not told."""

from __future__ import annotations

import re
from functools import lru_cache

_ASKS = r"\W*(?:(?:so|and|but) )?(?:why|who|when|where|how|(?:in )?which|what)\b[^?]*"
# The deed as it is asked about, and words of which one stands wherever it is told.
_DEEDS = tuple(
    (re.compile(rf"{_ASKS}\b{asked}\b", re.IGNORECASE), re.compile(rf"\b(?:{told})", re.IGNORECASE))
    for asked, told in (
        (
            "vot(?:e|ed|es|ing) against",
            "vot|ballot|poll|against|oppos|reject|abst|division|object|minorit|dissent|refus|defeat|down",
        ),
        (
            "resign(?:s|ed)?",
            "resign|quit|step|left|leav|g[ai]v|depart|retir|out of office|remov|dismiss|withdr"
            "|go(?:es)?\\b|going|gone|went|abdic|la(?:id|y)|fell|sack|drop|end|notice",
        ),
        ("divorced?", "divorc|separat|split|marriage|annul|left|leav"),
        (
            "sued?",
            "su(?:e[ds]?|it|its|ing)\\b|court|law|claim|action|complain|cases?\\b|lodg|judg|tribunal|damages",
        ),
        (
            "arrested",
            "arrest|det(?:ain|ention)|custody|jail|gaol|prison|police|seiz|caught|apprehend|captur|taken|cell"
            "|iron",
        ),
    )
)


@lru_cache(maxsize=64)  # the sentences of a passage share what is around them
def untold(question: str, around: str) -> bool:
    """Whether a question, other than one for a yes or no, is about a deed of which a passage and
    what stands above it have no word."""
    return any(asked.match(question) and not told.search(around) for asked, told in _DEEDS)
