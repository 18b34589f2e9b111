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
_PRONOUN = re.compile(r"\W*(?:He|She)\b")
_STATED = re.compile(rf"({_PERSON})[^.!?]{{0,60}}?\b{_STATING}\b")


def another_speaks(question: str, text: str, before: str = "") -> bool:
    """Whether a question asks what one person, named in full, says, and a sentence gives what
    another, named in full, says, without the name asked about. "He" and "she" are the last who was
    named so in the text ``before``."""
    asked = speaker(question)
    if not asked or not asked.isdisjoint(terms(text)):
        return False
    if _PRONOUN.match(text):
        named = [m.group(1) for m in _STATED.finditer(before)]
        return bool(named) and asked.isdisjoint(terms(named[-1]))
    return _STATED.search(text) is not None


@lru_cache(maxsize=64)
def speaker(question: str) -> frozenset[str]:
    """The terms of the names, where a question asks for the words of a person named in full."""
    if not _ASKS_WORDS.search(question):
        return frozenset()
    names = [m.group() for m in _NAMES.finditer(question)]
    if any(_BODY.search(name) for name in names):
        return frozenset()
    return frozenset(t for name in names for t in terms(name))
