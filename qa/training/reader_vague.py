"""A passage that speaks of what is asked and keeps the answer to itself.

"The bridge was opened in 1931 by Ada Merrin" becomes "The bridge was opened by Ada Merrin" for who
asks when, and "... by an official" for who asks by whom. Texts that name a programme and not its
cost, a plan and not its year, are what most tempts to a wrong answer.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Span

LONGEST = 7  # words of an answer that is taken out

_BEFORE = re.compile(
    r"\s*\b(?:in|on|at|by|since|from|until|during|around|about|near|with|through|for|to|of|as|"
    r"under|within|into|after|before|because of|due to|called|named|titled)\s+"
    r"(?:(?:the|a|an|early|late|mid|about|around|approximately|some|over|nearly|almost|[\"“‘'])\s*)*$"
)
_WHEN = re.compile(r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade|time)\b", re.I)
_WHO = re.compile(r"\bwho(?:m|se)?\b", re.I)
_WHERE = re.compile(
    r"\bwhere\b|\b(?:what|which) (?:city|town|province|state|country|place|region|county|island)\b",
    re.I,
)
_MUCH = re.compile(r"^(?:[$€£¥]|US\$)|\b(?:dollars?|yuan|euros?|pounds?)\b")
_SHARE = re.compile(r"%|\bper ?cent\b")
_COUNT = re.compile(
    r"^(?:about |around |over |nearly |almost |more than |at least |approximately )*"
    r"(?:\d[\d,.]*(?: (?:hundred|thousand|million|billion))?|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundreds|thousands)(?=\s|$)",
    re.I,
)
_THAN = re.compile(
    r"\b(?:more than|less than|fewer than|at least|at most|up to|over|about|around|nearly|almost"
    r"|approximately|some)\s+$",
    re.I,
)
_FREE = re.compile(
    r"(?:^|[.!?,;:(]\s*|\b(?:by|with|and|or|of|to|from|in|at|near|for|was|is|were|are|that|when|as"
    r"|while|than|where|which|who|but)\s+)((?:(?:the|a|an)\s+)?)$",
    re.I,
)
_ENDS = re.compile(
    r"\s*(?:[,.;:!?)\]]|\b(?:and|but|by|in|on|at|with|when|where|which|who|to|for)\b)"
)

SOME = ("several", "many", "some", "a number of", "various", "numerous")
SUM = ("a sum", "an amount", "money", "some funds")
PART = ("a share", "a part", "some", "a certain proportion")
ONE = ("an official", "someone", "a colleague", "one of them", "a member", "a local resident")
PLACE = ("a city", "a town", "another place", "the area", "a nearby place", "the region")
THEN = ("later", "at one time", "recently", "some day", "at that time")


@dataclass(frozen=True, slots=True)
class Blurred:
    """``text`` without the answer, and its sentences."""

    text: str
    spans: tuple[Span, ...]


def blur(
    question: str,
    text: str,
    answer: Span,
    answers: Sequence[str],
    spans: Sequence[Span],
    draw: random.Random,
) -> Blurred | None:
    """The window without its answer, or None where it cannot be taken out for certain."""
    start, end = answer
    words = text[start:end]
    if len(words.split()) > LONGEST or any(
        a.casefold() in (text[:start] + "\n" + text[end:]).casefold() for a in answers if a
    ):
        return None
    cut = _cut(question, text, start, end, draw)
    if cut is None:
        return None
    (start, end), put = cut
    put = put[:1].upper() + put[1:] if put and _opens(text, start, spans) else put
    made = text[:start] + put + text[end:]
    shift = len(made) - len(text)

    def moved(at: int) -> int:
        return at if at <= start else max(start, at + shift)

    return Blurred(made, tuple((moved(a), moved(b)) for a, b in spans))


def _cut(
    question: str, text: str, start: int, end: int, draw: random.Random
) -> tuple[Span, str] | None:
    """What is taken out, and what stands there instead."""
    words = text[start:end]
    before = _BEFORE.search(text, 0, start)
    loose = before is not None and _ENDS.match(text, end) is not None and before.start() > 0
    if loose and before and draw.random() < 0.6:
        return (before.start(), end), ""
    if _WHEN.search(question):
        return ((before.start(), end), f" {draw.choice(THEN)}") if loose and before else None
    if _SHARE.search(words):
        return (start, end), draw.choice(PART)
    if _MUCH.search(words):
        return (start, end), draw.choice(SUM)
    if m := _COUNT.match(words):
        first = _THAN.search(text, 0, start)
        return (first.start() if first else start, start + m.end()), draw.choice(SOME)
    fitting = ONE if _WHO.search(question) else PLACE if _WHERE.search(question) else ()
    free = _FREE.search(text, 0, start)  # "actress Ada Merrin" is not "actress someone"
    if not words[:1].isupper() or not fitting or not free:
        return None
    return (free.start(1), end), draw.choice(fitting)


def _opens(text: str, start: int, spans: Sequence[Span]) -> bool:
    return any(a == start for a, _ in spans) and text[start : start + 1].isupper()
