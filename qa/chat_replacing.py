"""A phrase put in place of its like in the question before: "and in Spain?". Pure."""

from __future__ import annotations

import re

from index.records import Span
from qa.chat_times import is_of_today, is_time, timed
from qa.chat_words import ASKED, AUXILIARY, FIGURE, NAME, PREPOSITIONS, YEAR, kind_of, topic

_WHOLE = re.compile(
    rf"\b(?:{ASKED}|{AUXILIARY}|it|its|they|them|their|he|him|his|she|her|that|these|those"
    r"|there|then|this(?!\s+(?:year|month|week|quarter|season)$))\b|[?!;:]",
    re.IGNORECASE,
)


def is_fragment(what: str, *, marked: bool) -> bool:
    """Whether this is no question yet: a phrase, marked as one that goes on, or a bare year."""
    if is_time(what):
        return True
    if not what or len(what.split()) > 6 or _WHOLE.search(what):
        return False
    opened = re.match(rf"(?:{PREPOSITIONS})\s", what, re.IGNORECASE)
    return marked or bool(opened) or kind_of(what) in ("year", "figure")


_PHRASE = re.compile(
    rf"\s*(?:\b(?P<how>{PREPOSITIONS})\s+)?(?P<what>.+?)(?=\s+(?:{PREPOSITIONS})\s+|$)",
    re.IGNORECASE,
)


def replaced(fragment: str, previous: str) -> str:
    """The previous question with each phrase of ``fragment`` in place of its like; nothing where
    it is not plain which that is."""
    made = "" if is_of_today(fragment) else previous.rstrip("?!. ")
    if found := timed(fragment, made):
        made, fragment = found
    for phrase in _PHRASE.finditer(fragment):
        made = made and _with(made, (phrase["how"] or "").lower(), phrase["what"].strip())
    return f"{made}?" if made else ""


def _with(question: str, how: str, what: str) -> str:
    start, end = _like(question, how, what) or (0, 0)
    if end:
        return question[:start] + what + question[end:]
    if not how and what[:1].islower() and not _ARTICLE.match(what) and _SERVING.search(question):
        return ""
    return f"{question} {how or 'for'} {what}"


_ARTICLE = re.compile(r"(?:the|a|an)\s", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"what (?:is|was|are|were)\s", re.IGNORECASE)
_BELONGING = (
    r"(?:\s+of\s+(?:the|a|an)(?:\s+[\w'’-]+){1,3}?"
    rf"(?=\s+(?:{PREPOSITIONS}|{AUXILIARY})\b|(?:\s+[\w'’-]+)?\W*$))?"
)

_SERVING = re.compile(r"\b(?:for|of|among)\s+(?!\d)", re.IGNORECASE)
_WORD = rf"(?!(?:{PREPOSITIONS}|{AUXILIARY})\b)[a-z][\w-]*"
_SERVED = re.compile(
    r"\b(?:for|of|among)\s+"
    r"(?!(?:the|an?|all|each|every|which|what|whom|its|his|their|this|those|these)\b)"
    rf"(?P<what>(?:{_WORD}\s+){{0,2}}(?:(?:wo)?men|children|people)\b|[a-z][\w-]*s\b"
    rf"|(?:{_WORD}\s+){{1,2}}[a-z][\w-]*s(?=\s+(?:{AUXILIARY})\b|$)"
    rf"|[a-z][\w-]*(?=\s+(?:{PREPOSITIONS}|{AUXILIARY})\b|$))"
)
_COUNTED = re.compile(
    rf"how (?:many|much)\s+(?P<what>(?!(?:{AUXILIARY}|of)\b)\w+)(?!\w|\s+of\b)", re.IGNORECASE
)


def _like(question: str, how: str, what: str) -> Span | None:
    """Where the question has something of the same kind, after the same preposition if any."""
    kind = kind_of(what)
    like = {"year": YEAR, "figure": FIGURE}.get(kind, NAME)
    places = [m.span() for m in like.finditer(question) if m.start()]
    if how:
        same = re.compile(rf"\b{how}\s+(?:the\s+)?$", re.IGNORECASE)
        beside = [span for span in places if same.search(question[: span[0]])]
        if not beside and kind == "other":
            plain = rf"\b{how}\s+(?P<what>(?!\d).+?)(?=\s+(?:{PREPOSITIONS})\s|$)"
            beside = [m.span("what") for m in re.finditer(plain, question, re.IGNORECASE)]
        places = beside or (places if kind != "other" and len(places) == 1 else [])
    elif _ARTICLE.match(what):
        places = _things(question, what)
    elif kind == "other":
        places = _akin(question, what) or _served(question) or _counted(question)
    return places[-1] if places else None


def _things(question: str, what: str) -> list[Span]:
    """Where "the old bridge" fits: at another bridge, else at what the question is about. That is
    "the repair of the wall", but of "What is the width of the wall" it is the width alone."""
    last = re.escape(what.split()[-1])
    same = rf"\b(?:the|a|an)\s+(?:[\w'’-]+\s+)?{last}\b"
    if found := [m.span() for m in re.finditer(same, question, re.IGNORECASE)]:
        return found
    about = re.escape(topic(question))
    tail = "" if _ATTRIBUTE.match(question) else _BELONGING
    return [m.span() for m in re.finditer(about + tail, question)] if about else []


def _served(question: str) -> list[Span]:
    """Whom or what the question is asked of, where no article stands: "for men"."""
    return [m.span("what") for m in _SERVED.finditer(question)]


def _counted(question: str) -> list[Span]:
    found = _COUNTED.match(question)
    return [found.span("what")] if found else []


def _akin(question: str, what: str) -> list[Span]:
    """Where the question has as many words, with the same first or last one."""
    words, wanted = list(re.finditer(r"[\w'’-]+", question)), what.lower().split()
    if len(wanted) < 2:
        return []
    found = []
    for run in (words[i : i + len(wanted)] for i in range(len(words) - len(wanted) + 1)):
        if run[0].group().lower() == wanted[0] or run[-1].group().lower() == wanted[-1]:
            found.append((run[0].start(), run[-1].end()))
    return found
