"""Whose words a sentence gives, and about what: nobody's statement answers what somebody else said,
nor what was said of something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Prefix

from index.terms import content, terms
from qa.quotes.reporting import ORGANISATION, SAYING, name
from qa.turns import PERSON, full

STATING = (
    rf"(?:{SAYING}|say|propos\w+|suggest\w*|recommend\w*|argue|advocat\w+|call(?:s|ed)?\s+(?:for|on)"
    r"|think|thinks|thought|believe|want|wants|wanted|according to|view|views|opinion|explain|warn)"
)
# The name is the one who speaks: "what do people in New York think" asks for nobody's words.
_TITLED = r"(?:(?!(?:in|of|at|from|on|for|to|by|about)\b)[\w.]+\s+){0,3}?"
_ASKED = re.compile(
    rf"\b(?i:did|does|do|has|had|would)\s+{_TITLED}(?P<subject>{PERSON})\s+(?:\w+\s+)?{STATING}\b"
    rf"|\b[Aa]ccording\s+to\s+{_TITLED}(?P<source>{PERSON})"
    rf"|(?P<owner>{PERSON})['\u2019]s\s+(?:view|opinion|proposal|suggestion|idea|advice|words)"
)
_TOPIC = re.compile(
    rf"\b(?:{STATING}|tell\w*|told|comment\w*|remark\w*|wrote|write)\s+(?:\w+\s+)?"
    r"(?:about|on|regarding|concerning)\s+(?P<topic>[^?]+)"
)
_PRONOUN = re.compile(r"\W*(?:He|She)\b")
_LEANING = re.compile(
    r"(?:it|its|this|these|those|they|their|he|she|his|her|such|the (?:former|latter))\b"
    r"|(?:它|他|她|这|這|该|該|此|其)",
    re.IGNORECASE,
)
_STATED = re.compile(
    rf"({PERSON})[^.!?]{{0,60}}?\b(?:{STATING}|call(?:s|ed)\s+(?:the|it|this|that))\b"
    rf"|[,.?!][\"\u201d]\s+(?:{SAYING})\s+({PERSON})"
)

_QUOTATION = re.compile('["\u201c][^"\u201c\u201d]*["\u201d]')
_QUOTED_BACK = re.compile(
    '["\u201c]?[^"\u201c\u201d]+["\u201d]'
    rf"(?:(?<=[,.?!].)\s+(?:he|she)\s+(?:\w+\s+)?(?:{SAYING})\b[^\"\u201c\u201d]*)?\.?"
)


def another_speaks(question: str, text: str, before: str = "") -> bool:
    """Whether a question asks what one person, named in full or with a title, says, and a sentence
    gives what another, named so, says, without the name asked about. A name with a colon behind it
    speaks to the end of its paragraph; "he" and "she" are the last who was named as speaking in the
    text ``before``."""
    asked = speaker(question)
    if not asked:
        return False
    if label := full(before + text, len(before)):
        who = label["who"]
        return not ORGANISATION.search(name(who)) and _another(asked, who, f"{label[0]}{text}")
    if _PRONOUN.match(text):
        named = [m[1] or m[2] for m in _STATED.finditer(before)][-1:]
    else:
        named = [m[1] or m[2] for m in _STATED.finditer(text)]
    return any(_another(asked, one, text) for one in named)


def _another(asked: Sequence[str], one: str, text: str) -> bool:
    """Whether a person is not the one with the terms asked about, and a text does not name that
    one; a title or a first name that both have does not make them the same."""
    other = terms(name(one) or one)
    pairs = enumerate(zip(asked, other, strict=False))
    parted = next((i for i, (a, b) in pairs if a != b), None)
    return parted is not None and set(asked[parted:]).isdisjoint(terms(f"{one} {text}"))


def opens_with_person(text: str) -> bool:
    """Whether a sentence opens with "he" or "she"."""
    return _PRONOUN.match(text) is not None


def points_back(text: str) -> bool:
    """Whether a sentence opens by pointing back to one before it: "They ...", "This ..."."""
    return _LEANING.match(text) is not None


def quotes_back(text: str) -> bool:
    """Whether a sentence is a quotation, or the end of one, by "she" or nobody that it names:
    '"It leaks," she said.'"""
    return _QUOTED_BACK.fullmatch(text.strip()) is not None


def names_person(text: str) -> bool:
    """Whether a sentence names somebody in full outside the quotations in it."""
    return re.search(PERSON, _QUOTATION.sub(" ", text)) is not None


def names_speaker(text: str) -> bool:
    """Whether a person, named in full, says something in a sentence."""
    return _STATED.search(text) is not None


def beside_the_point(question: str, near: str, further: str = "") -> bool:
    """Whether a question asks what a person, named in full, said about something, and ``near``, a
    sentence with what stands before it, has no word of that or one that begins alike ("nursing",
    "nurses"), nor has ``further``, what else tells what it is about, all of them."""
    asked = _topic(question) if speaker(question) else None
    if not asked or any(_has(near, term) for term in asked):
        return False
    return not all(_has(further, term) for term in asked)


def _has(text: str, term: str) -> bool:
    return any(_alike(term, held) for held in _held(text))


def _alike(one: str, other: str) -> bool:
    """Whether two terms are the same, or begin with the same four letters or more that are all of
    the shorter or two thirds of the longer: "child" and "children", not "intellig" and "integr"."""
    short, long = sorted(map(len, (one, other)))
    begin = Prefix.similarity(one, other)
    return one == other or (begin >= 4 and (begin == short or 3 * begin >= 2 * long))


@lru_cache(maxsize=64)
def _held(text: str) -> frozenset[str]:
    return frozenset(terms(text))


@lru_cache(maxsize=64)
def _topic(question: str) -> frozenset[str]:
    found = _TOPIC.search(question)
    return frozenset(content(terms(found["topic"]))) if found else frozenset()


@lru_cache(maxsize=64)
def speaker(question: str) -> tuple[str, ...]:
    """The terms of the name, without its titles as far as they are known, where a question asks for
    the words of a person named in full or with a title; of a body, somebody else may speak."""
    found = _ASKED.search(question)
    asked = name(next(filter(None, found.groups()), "")) if found else ""
    return () if ORGANISATION.search(asked) else tuple(terms(asked))
