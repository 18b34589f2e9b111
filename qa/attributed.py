"""Whose words a sentence gives, and about what: nobody's statement answers what somebody else said,
nor what was said of something else."""

from __future__ import annotations

import re
from functools import lru_cache

from index.terms import content, terms
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
_TOPIC = re.compile(
    rf"\b(?:{_STATING}|tell\w*|told|comment\w*|remark\w*|wrote|write)\s+(?:\w+\s+)?"
    r"(?:about|on|regarding|concerning)\s+(?P<topic>[^?]+)"
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


def opens_with_person(text: str) -> bool:
    """Whether a sentence opens with "he" or "she"."""
    return _PRONOUN.match(text) is not None


def names_speaker(text: str) -> bool:
    """Whether a person, named in full, says something in a sentence."""
    return _STATED.search(text) is not None


def beside_the_point(question: str, near: str) -> bool:
    """Whether a question asks what a person, named in full, said about something, and ``near``, a
    sentence with what stands before it, has no word of that or one that begins alike ("nursing",
    "nurses")."""
    asked = _topic(question) if speaker(question) else None
    if not asked:
        return False
    held = terms(near)
    begun = {term[:4] for term in held}
    return asked.isdisjoint(held) and begun.isdisjoint(t[:4] for t in asked if len(t) >= 4)


@lru_cache(maxsize=64)
def _topic(question: str) -> frozenset[str]:
    found = _TOPIC.search(question)
    return frozenset(content(terms(found["topic"]))) if found else frozenset()


@lru_cache(maxsize=64)
def speaker(question: str) -> frozenset[str]:
    """The terms of the name, where a question asks for the words of a person named in full; of a
    body, somebody else may speak."""
    found = _ASKED.search(question)
    name = next(filter(None, found.groups()), "") if found else ""
    return frozenset() if ORGANISATION.search(name) else frozenset(terms(name))
