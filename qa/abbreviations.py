"""Abbreviations and other short names that every newspaper uses without spelling them out, and what
they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.terms import content, terms
from qa.capitals import governments


@dataclass(frozen=True, slots=True)
class Form:
    """One of the two ways to write a name: how it stands in a text, and its terms."""

    pattern: re.Pattern[str]
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """The two forms of one name."""

    short: Form
    long: Form


def _pair(short: str, long: str, capitals: bool = False) -> Pair:
    """``capitals``: in small letters the short one is a word of its own."""
    dotted = r"\.?".join(map(re.escape, short))
    brief = re.compile(rf"(?<!\w){dotted}s?(?!\w)", re.NOFLAG if capitals else re.IGNORECASE)
    apart = r"[\s-]+".join(long.split()).replace("isation", "i[sz]ation")
    words = re.compile(rf"\b{apart}s?\b", re.IGNORECASE)
    return Pair(
        Form(brief, frozenset(content(terms(short)))),
        Form(words, frozenset(content(terms(long)))),
    )


def _word(name: str) -> Form:
    ending = r"(?:y|ies)" if name.endswith("y") else f"{re.escape(name[-1])}s?"
    apart = r"[\s-]+".join(map(re.escape, name[:-1].split()))
    pattern = re.compile(rf"(?<!\w){apart}{ending}(?!\w)", re.IGNORECASE)
    return Form(pattern, frozenset(content(terms(name))))


# Everyday words that are cut short. Not "gov", which is a governor, too.
_CLIPPED = (
    ("admin", "administration"),
    ("comp", "compensation"),
    ("dept", "department"),
    ("exam", "examination"),
    ("govt", "government"),
    ("info", "information"),
    ("rep", "representative"),
    ("stats", "statistics"),
    ("uni", "university"),
)
# In the plural only: "Enterprise" may be a ship, "firm" an adjective.
_ALIKE = (
    ("companies", "enterprises"),
    ("firms", "companies"),
    ("firms", "enterprises"),
)
# Words that newspapers take from another language, and what translations write.
_TAKEN = (
    ("danwei", "work unit"),
    ("gaokao", "college entrance examination"),
    ("hukou", "household registration"),
    ("karoshi", "death from overwork"),
    ("kurzarbeit", "short-time work"),
    ("oblast", "region"),
)
_PAIRS = (
    *(Pair(_word(short), _word(long)) for short, long in (*_CLIPPED, *_ALIKE, *_TAKEN)),
    _pair("AI", "artificial intelligence"),
    _pair("CEO", "chief executive officer"),
    _pair("CPI", "consumer price index"),
    _pair("EU", "European Union"),
    _pair("FDI", "foreign direct investment"),
    _pair("GDP", "gross domestic product"),
    _pair("HR", "human resource"),
    _pair("ICT", "information and communication technology"),
    _pair("IMF", "International Monetary Fund"),
    _pair("IT", "information technology", capitals=True),
    _pair("NGO", "non governmental organisation"),
    _pair("R&D", "research and development"),
    _pair("SME", "small and medium sized enterprise"),
    _pair("UK", "United Kingdom"),
    _pair("UN", "United Nations", capitals=True),
    _pair("US", "United States", capitals=True),
    _pair("VAT", "value added tax"),
    _pair("WHO", "World Health Organisation", capitals=True),
    _pair("WTO", "World Trade Organisation"),
)


@lru_cache(maxsize=64)
def rewritten(text: str) -> tuple[tuple[Form, Form], ...]:
    """Each form that stands in a text, with the other one of its name."""
    return tuple(_rewritten(text))


def _rewritten(text: str) -> Iterator[tuple[Form, Form]]:
    for capital, country in governments(text):
        yield _word(capital), _word(country)
    for pair in _PAIRS:
        short, long = pair.short.pattern.search(text), pair.long.pattern.search(text)
        if short and not long:
            yield pair.short, pair.long
        elif long and not short:
            yield pair.long, pair.short


def translated(text: str) -> str:
    """A question with the usual words for those of another language, which no model knows."""
    for word, usual in _TAKEN:
        text = re.sub(rf"\b{word}\b", usual, text, flags=re.IGNORECASE)
    return text
