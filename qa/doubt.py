"""A name that a short text leaves out, as its reader would take it to be known.

A collection may be cut so that one file holds a paragraph or two. Who asks "When did he join the
choir of Ashwell?" names what another file of the same article names. The text alone does not tell
whether it means that; how surely the reader reads the answer in it does, for most names. Not for
places: what is planned in one town reads as well as if it were planned in another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from index.terms import terms
from qa.capitals import countries
from qa.question import Question

SHORT = 2  # passages of a document that may leave out a name
_PLACED = re.compile(
    r"\b(?:in|into|to|from|near|across|around|outside|inside|within|throughout)\s+(?:the\s+)?"
    r"(?P<name>[A-Z][\w'\u2019-]*(?:\s+[A-Z][\w'\u2019-]*)*)"
)


def doubtful(
    question: Question,
    lacking: Collection[tuple[str, ...]],
    holders: Mapping[tuple[str, ...], Collection[str]],
    extent: int,
) -> bool:
    """Whether a document of ``extent`` passages, which lacks some names that the question insists
    on, may be about them nevertheless: all are names, not years, numbers or places, and other
    documents of the collection have them."""
    if not lacking or extent > SHORT:
        return False
    firm = _places(question.text)
    return all(a[0].isalpha() and a[0] not in firm and holders[a] for a in lacking)


def _places(text: str) -> set[str]:
    named = " ".join(m["name"] for m in _PLACED.finditer(text))
    return {*terms(named)} | {t for name in countries(text) for t in terms(name)}
