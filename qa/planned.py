"""Whether a sentence tells a goal only, where a question asks what came of it."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.counts import COUNT, counting, unnumbered
from qa.question import Question

_HOW_MANY = (
    r"(?:by )?(?:how (?:many|much)|(?:what|which) (?:percentage|proportion|share|number|amount))\b"
)
_MEASURE = r"(?:rate|number|share|percentage|proportion|total|level|growth|deficit|income|output)\b"
_DID = r"(?:did|has|have|had|was|were)\b"
_REACHED = re.compile(
    rf"\W*(?:{_HOW_MANY}[^?]*\b)?{_DID}[^?]*\b(?:reach|meet|met|achieve|attain|fulfil|miss|exceed"
    r"|surpass)(?:l?ed|d)?\b",
    re.IGNORECASE,
)
_ACTUAL = re.compile(
    rf"\W*(?:{_HOW_MANY}|{_DID})(?:[^?]*\b(?:actually|so far|to date|up to now)\b"
    r"|[^?]*\bdid\b[^?]*\blast year\b)",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    rf"\W*(?:{_HOW_MANY}(?![^?]*\b(?:do|does)\b)[^?]*\b(?:{_DID}|(?:completed|joined|received)\b)"
    rf"|what (?:was|were) the [^?]*\b{_MEASURE}|(?:was|were) the [^?]*\b{_MEASURE}[^?]*\d"
    rf"|(?:{_HOW_MANY}|what (?:is|are) the [^?]*\b{_MEASURE})[^?]*\b(?:at present|currently)\b)",
    re.IGNORECASE,
)
_INTENDED = re.compile(
    r"\b(?:goal|target|objective|aim|purpose|plan|want|expect|suppos|intend|intent"
    r"|hop(?:e|ing)|propos|promis|pledg|forecast|project(?:ed|ion)|predict|estimat|schedul|budget|meant|need|requir|s(?:ee|ough)[kt]"
    r"|ask|offer|set\b|due\b|order|demand|allow|permit|entitl|eligib|may\b|might\b|can\b|could\b|will\b"
    r"|would\b|shall\b|should\b|must\b|to be\b)",
    re.IGNORECASE,
)
_GOAL = (
    r"\b(?:(?:goals?|targets?|objectives?)\s+(?:of|for|to|is|are|was|were)|targeting|aims?|aiming)\b"
    r"|\b(?:plan|seek|intend|expect|hope|strive|pledge|promise)(?:s|d|ed)?\s+to\b"
    r"|\b(?:is|are|was|were)\s+(?:expected|projected|forecast|planned|scheduled|due)\s+to\b"
)
_GOALS = re.compile(_GOAL, re.IGNORECASE)
_PLANS = re.compile(rf"(?i:{_GOAL})|\b(?:may|can|will|shall|should|must)\b")
_DONE = re.compile(
    r"\b(?:(?:achiev|reach|exceed|surpass|fulfill?|attain|complet|miss|creat)ed|met|hit|so far"
    r"|hitherto|at present|currently|already|now|today|up from|(?<!to )cost)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:was|were|is|are|has|have|had|did|rose|fell|grew|built|won|sold|paid|spent|made|took|gave"
    r"|found|held|brought|lost|ran|went|came|became|existed)\b"
    r"|(?<!\bthe )(?<!\ban )(?<!\ba )(?<!\bbe )(?<!\bof )(?<!\bfor )(?<!\d )(?<!illion )"
    r"(?<!thousand )(?<!hundred )\b\w{2,}ed\b",
    re.IGNORECASE,
)


def only_planned(question: Question, text: str) -> bool:
    """Whether a question asks how much was, was done or reached, and all figures of a sentence
    stand behind words of a goal, with nothing told as done."""
    marks = _marks(question.text)
    if not marks or not (goal := marks.search(text)):
        return False
    before, after = text[: goal.start()], text[goal.end() :]
    if _DONE.search(text) or _TOLD.search(marks.sub(" ", after)):
        return False
    asked = frozenset(question.terms)
    counted = [COUNT.search(counting(part, asked)) for part in (unnumbered(before), after)]
    return counted[0] is None and counted[1] is not None


@lru_cache(maxsize=64)
def _marks(question: str) -> re.Pattern[str] | None:
    """The words that tell a plan, where a question asks what came of it: of a goal only, unless
    the question says "actually", "so far" or the like."""
    if _REACHED.match(question):
        return _PLANS
    if _INTENDED.search(question):
        return None
    if _ACTUAL.match(question):
        return _PLANS
    return _GOALS if _HAPPENED.match(question) else None
