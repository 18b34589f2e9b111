"""Whose words a sentence gives: nobody's statement answers what somebody else said."""

from __future__ import annotations

import re
from functools import lru_cache

from index.terms import terms
from qa.quotes.reporting import ORGANISATION, SAYING

_PERSON = r"[A-Z][a-z'\u2019-]+(?:\s+(?:[A-Z]\.\s*)?[A-Z][a-z'\u2019-]+)+"
_STATING = (
    rf"(?:{SAYING}|say|propos\w+|suggest\w*|recommend\w*|argue|advocat\w+|call(?:s|ed)?\s+(?:for|on)"
    r"|think|thinks|thought|believe|want|wants|wanted|according to|view|views|opinion|explain|warn)"
)
# The name is the one who speaks: "what do people in New York think" asks for nobody's words.
_TITLED = r"(?:(?!(?:in|of|at|from|on|for|to|by|about)\b)[\w.]+\s+){0,3}?"
_ASKED = re.compile(
    rf"\b(?:did|does|do|has|had|would)\s+{_TITLED}(?P<subject>{_PERSON})\s+(?:\w+\s+)?{_STATING}\b"
    rf"|\b[Aa]ccording\s+to\s+{_TITLED}(?P<source>{_PERSON})"
    rf"|(?P<owner>{_PERSON})['\u2019]s\s+(?:view|opinion|proposal|suggestion|idea|advice|words)"
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
    """The terms of the name, where a question asks for the words of a person named in full; of a
    body, somebody else may speak."""
    found = _ASKED.search(question)
    name = next(filter(None, found.groups()), "") if found else ""
    return frozenset() if ORGANISATION.search(name) else frozenset(terms(name))
