"""Whose words a sentence gives: nobody's statement answers what somebody else said."""

from __future__ import annotations

import re
from functools import lru_cache

from index.terms import terms
from qa.quotes.reporting import SAYING

_PERSON = r"[A-Z][a-z'\u2019-]+(?:\s+(?:[A-Z]\.\s*)?[A-Z][a-z'\u2019-]+)+"
_STATING = (
    rf"(?:{SAYING}|say|propos\w+|suggest\w*|recommend\w*|argue|advocat\w+|call(?:s|ed)?\s+(?:for|on)"
    r"|think|thinks|thought|believe|want|wants|wanted|according to|view|views|opinion|explain|warn)"
)
_ASKS_WORDS = re.compile(rf"\b{_STATING}\b", re.IGNORECASE)
_NAMES = re.compile(_PERSON)
# Of a body, somebody else may speak.
_BODY = re.compile(
    r"\b(?:Ministry|Department|Council|Committee|Bank|Union"
    r"|Federation|University|Commission|Agency|Office|Party|Company|Group|Association|Institute)\b"
)
_STATED = re.compile(rf"({_PERSON})[^.!?]{{0,60}}?\b{_STATING}\b")


def another_speaks(question: str, text: str) -> bool:
    """Whether a question asks what one person, named in full, says, and a sentence gives what
    another, named in full, says, without the name asked about."""
    asked = _asked(question)
    if not asked or not _STATED.search(text):
        return False
    return asked.isdisjoint(terms(text))


@lru_cache(maxsize=64)
def _asked(question: str) -> frozenset[str]:
    """The terms of the names, where the question asks for a person's words."""
    if not _ASKS_WORDS.search(question):
        return frozenset()
    names = [m.group() for m in _NAMES.finditer(question)]
    if any(_BODY.search(name) for name in names):
        return frozenset()
    return frozenset(t for name in names for t in terms(name))
