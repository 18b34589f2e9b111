"""Several questions asked as one: "Who drew up the plan, and when does it end?"."""

from __future__ import annotations

import re

LEAST = 3  # words of each question
MOST = 4  # questions that are answered one by one
_VERB = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|may|might|must|shall|should)"
)
_BEFORE = r"(?:(?:for|by|in|at|on|to|from|under|since|until|with|of)\s+)"
_WORD = r"(?:what|which|who(?:m|se)?|when|where|why|how)"
_JOINT = re.compile(
    rf"(?:\s*[?;]\s*(?:and\s+)?|\s*,?\s+and\s+)(?=(?P<asks>{_BEFORE}?{_WORD})\b)", re.IGNORECASE
)
_ASKS = re.compile(rf"\b{_WORD}\b|^\W*{_VERB}\b", re.IGNORECASE)
_OPEN = re.compile(rf"\b(?:{_WORD}|{_BEFORE[3:-4]}|and|or)\W*$", re.IGNORECASE)
# "When does it end", "how many people are there"; not "when it ends".
_TURNED = re.compile(rf"{_BEFORE}?{_WORD}\s+(?:[\w'\u2019-]+\s+){{0,6}}?{_VERB}\b", re.IGNORECASE)
_SUBJECT = re.compile(r"(?P<word>who|which|what)\s+(?P<next>\w+)\s+\w", re.IGNORECASE)
_NO_VERB = re.compile(
    r"(?:i|you|he|she|it|we|they|the|an?|th(?:is|at|ese|ose)|its?|his|her|their|in|on|at|for|of|by)$",
    re.IGNORECASE,
)


def questions(text: str, most: int = MOST) -> tuple[str, ...]:
    """The questions that a text puts one after the other, ``most`` at most, of which the last holds
    the rest; the text itself where it puts one."""
    found = halves(text) if most > 1 else None
    return (found[0], *questions(found[1], most - 1)) if found else (text,)


def halves(question: str) -> tuple[str, str] | None:
    """The first question that a question puts, and what it asks after that, each long enough to be
    asked by itself; None where it puts one, or where the second is not asked but spoken of ("...
    and when it ends")."""
    for joint in _JOINT.finditer(question):
        first, second = question[: joint.start()], question[joint.end() :]
        long = min(len(first.split()), len(second.split())) >= LEAST
        if long and _ASKS.search(first) and not _OPEN.search(first) and _asked(first, second):
            return f"{first.rstrip('?')}?", f"{second[0].upper()}{second[1:].rstrip('?')}?"
    return None


def _asked(first: str, second: str) -> bool:
    told = _SUBJECT.match(second)
    if told is None or not _NO_VERB.match(told["next"]):
        # "the singer who wrote it and who sang it" has one question only.
        within = told and re.search(rf"(?<=\w)\s{told['word']}\b", first, re.IGNORECASE)
        return _TURNED.match(second) is not None or (told is not None and not within)
    return False


def leans(half: str) -> bool:
    """Whether it names what it is about by a pronoun only: "When does it end?"."""
    return _PRONOUN.search(half) is not None


_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|he|him|his|she|hers?|this|that|these|those|ones?|there|both|each)\b",
    re.IGNORECASE,
)
