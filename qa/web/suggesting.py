"""Questions that a sentence answers, by rule. Pure; whether they are is tried elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.chat_words import PREPOSITIONS

_LONGEST = 200  # characters of a sentence
_WORDS = 9  # of a subject
_YEAR = r"(?:1[5-9]|20)\d\d"
_SMALL = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_LARGE = "hundred|thousand|million|billion"
_NUMBER = rf"(?:\d[\d,.]*|{_SMALL}|{_TENS}|{_LARGE})(?:[ -](?:{_SMALL}|{_LARGE}))*"
_SUBJECT = r"(?P<subject>(?:The|A|An|[A-Z][\w'’-]+)\b[^,;:()“”\"]*?)"
_DONE = r"(?P<done>\w+ed|\w*built|founded|held|led|made|set up|sold|written|given|chosen|found)"
_BE = r"(?P<be>was|were)"
_ABOUT = r"(?:(?:about|over|some|at least|more than) )?"
_RULES = (
    (rf"{_SUBJECT} {_BE} {_DONE} by (?:the |a |an )?[A-Z].*", "Who {done} {subject}?"),
    (
        rf"{_SUBJECT} {_BE} (?:\w+ly )?{_DONE}\b[^,;]*\bin (?:\w+ )?{_YEAR}\b.*",
        "When {be} {subject} {done}?",
    ),
    (
        rf"{_SUBJECT} (?:is|are) {_NUMBER} (?:\w+ )?(?P<how>high|long|wide|deep|old|tall)\b.*",
        "How {how} is {subject}?",
    ),
    (
        rf"{_SUBJECT} will (?P<verb>\w+) {_ABOUT}{_NUMBER} (?P<what>[a-z]+s)\b.*",
        "How many {what} will {subject} {verb}?",
    ),
    (
        rf"{_SUBJECT} (?P<be>has|have) {_ABOUT}{_NUMBER} (?P<what>[a-z]+s)\b.*",
        "How many {what} {does} {subject} have?",
    ),
    (rf"{_SUBJECT} cost {_ABOUT}[$€£¥]?{_NUMBER}.*", "How much did {subject} cost?"),
)
_COMPILED = [(re.compile(rule, re.DOTALL), form) for rule, form in _RULES]
_EMPTY = re.compile(
    r"(?:it|they|he|she|this|that|these|those|there|we|i|you|both|all|only|some|many|most|another"
    rf"|{PREPOSITIONS}|{_NUMBER})\b",
    re.IGNORECASE,
)


def questions(sentence: str) -> Iterator[str]:
    """What the sentence answers; nothing for one that leans on others, or that no rule fits."""
    words = " ".join(sentence.split())
    if len(words) > _LONGEST:
        return
    for rule, form in _COMPILED:
        found = rule.fullmatch(words)
        if not found:
            continue
        subject = found["subject"]
        if len(subject.split()) > _WORDS or _EMPTY.match(subject):
            continue
        parts = found.groupdict() | {"subject": lowered(subject)}
        parts["does"] = "do" if parts.get("be") == "have" else "does"
        yield form.format(**parts)


def lowered(words: str) -> str:
    """Words inside a sentence: an article at their beginning is small."""
    first, _, rest = words.partition(" ")
    return f"{first.lower()} {rest}" if first in ("The", "A", "An") else words
