"""Whether a sentence is about another level, office or body than a question names, however like
it that one is called."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from index.terms import content, stem, terms

_LEVELS = tuple(
    frozenset(map(stem, names.split()))
    for names in (
        "city cities municipal prefecture",
        "province provincial",
        "nation national state central country federal",
        "county counties",
        "district",
        "town township village",
        "region regional",
    )
)
_LEVEL = re.compile(r"\b([a-z]+)-level\b", re.IGNORECASE)


def another_level(question: str, text: str, context: str) -> bool:
    """Whether a sentence tells of one level of government ("provincial-level"), and neither it nor
    its headings name that of the question."""
    asked = _levels(question)
    if not asked or not _levels(text):
        return False
    held = set(terms(f"{context} {text}"))
    return all(held.isdisjoint(names) for names in asked)


def _levels(text: str) -> list[frozenset[str]]:
    found = {stem(word.lower()) for word in _LEVEL.findall(text)}
    return [names for names in _LEVELS if not found.isdisjoint(names)]


_HOLDER = re.compile(r"\W*who (?:is|was|are|were) the\b", re.IGNORECASE)
_UNDER = r"\b(?:deputy|vice|assistant)[\s-]+"
_STANDS_IN = re.compile(r"\b(?:deputy|vice|assistant|acting)\b", re.IGNORECASE)


def another_office(question: str, text: str) -> bool:
    """Whether a question asks who the mayor is and a sentence names only a deputy mayor."""
    if not _HOLDER.match(question) or _STANDS_IN.search(question):
        return False
    for under in re.finditer(rf"{_UNDER}([a-z][\w-]+)", text, re.IGNORECASE):
        office = re.compile(rf"\b{re.escape(under[1])}\b", re.IGNORECASE)
        asked = re.search(rf"\bthe (?:[\w-]+ )?{office.pattern}", question, re.IGNORECASE)
        below = re.findall(_UNDER + office.pattern, text, re.IGNORECASE)
        if asked and len(below) == len(office.findall(text)):
            return "acting" not in text.lower()
    return False


_BODY = (
    "(?:Academy|Agency|Alliance|Association|Authority|Bank|Board|Bureau|Cent(?:er|re)|Chamber"
    "|Church|Club|College|Commission|Committee|Company|Confederation|Conference|Congress"
    "|Corporation|Council|Court|Department|Federation|Forum|Foundation|Fund|Group|Guild|Hospital"
    "|House|Institut(?:e|ion)|League|Ministry|Museum|Office|Organi[sz]ation|Parliament|Party|School"
    "|Society|Tribunal|Trust|Unions?|University)"
)
_CALLED = r"((?:[A-Z][\w'\u2019-]+\s+){1,5})"
_NAMED = re.compile(rf"\b{_CALLED}({_BODY})\b")
ALIKE = 0.8  # of two words' letters: a slip of the pen


def another_body(question: str, text: str, around: str) -> bool:
    """Whether a question names a body ("the World Bank"), and a sentence another of its kind ("the
    Savings Bank") where neither the passage nor what stands above it has a word of that name;
    initials may stand for any."""
    named = _bodies(question)
    if not named:
        return False
    held = set(terms(around))
    return any(
        held.isdisjoint(own) and any(_differs(own, m[1]) for m in _alike(kind).finditer(text))
        for own, kind in named
    )


@lru_cache(maxsize=64)
def _bodies(question: str) -> list[tuple[frozenset[str], str]]:
    found = ((frozenset(content(terms(m[1]))), m[2]) for m in _NAMED.finditer(question))
    return [(own, kind) for own, kind in found if own]


def _alike(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_CALLED}{kind}\b")


def _differs(own: frozenset[str], words: str) -> bool:
    """Whether words that open a name have some, and are neither initials nor own misspelt."""
    others = content(terms(words))
    if not others or any(word.isupper() for word in words.split()):
        return False
    near = Levenshtein.normalized_similarity
    return not any(near(one, other) >= ALIKE for one in own for other in others)
