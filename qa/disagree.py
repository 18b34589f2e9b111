"""Where two sources say nearly the same and give another figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from index.records import Span
from index.terms import terms
from index.text import display
from qa.candidates import Candidate
from qa.quotes.numbers import value

ALIKE = 82  # rapidfuzz token-sort ratio, 0..100, of two sentences with their figures masked
_FIGURE = re.compile(
    r"\d+(?:[.,]\d+)*"
    r"(?:\s?(?:[%％]|per\s?cent\b|(?:thousand|million|billion|trillion|mn|bn)\b|[百千万萬亿億兆]+))?"
)
_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d{2}(?![\d%％]|[.,]\d|\s?(?:[mb]n\b|\w*illion))")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|Mar|April|Apr|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_DAY = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b"
    r"|(?<=\d{4}-)\d\d(?:-\d\d)?\b|\d{1,2}\s*[月日]"
)
_QUOTED = re.compile(r"“[^”]+”|\"[^\"]+\"|《[^》]+》|「[^」]+」")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Side:
    """A figure as one source gives it, and where."""

    value: str
    document_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Disagreement:
    about: str
    sides: tuple[Side, ...]


def disagreements(
    chosen: Sequence[Candidate], others: Sequence[Candidate]
) -> tuple[Disagreement, ...]:
    """For each sentence of an answer, the sentences of other documents that contradict a figure of
    it; each two once."""
    found: dict[frozenset[Side], Disagreement] = {}
    for one in chosen:
        for other in others:
            if told := _between(one, other):
                found.setdefault(frozenset(told.sides), told)
    return tuple(found.values())


def levelled(text: str) -> str:
    """A text with every figure written in one way: "12 million" and "12,000,000" as "12000000"."""
    return _FIGURE.sub(lambda m: _level(m.group()), text)


def _level(figure: str) -> str:
    known = value(figure)
    return f"{known[0].normalize():f}{'%' * known[1]}" if known else figure


def _between(one: Candidate, other: Candidate) -> Disagreement | None:
    if one.chunk.document_id == other.chunk.document_id or _another_time(one, other):
        return None
    mine, theirs = _figures(one.text), _figures(other.text)
    if len(mine) != len(theirs):
        return None
    pairs = enumerate(zip(mine, theirs, strict=True))
    at = next((i for i, (a, b) in pairs if _level(a) != _level(b)), None)
    if at is None:
        return None
    masked = (_FIGURE.sub("#", display(_undated(c.text))) for c in (one, other))
    if not fuzz.token_sort_ratio(*masked, score_cutoff=ALIKE) or _another_name(one, other):
        return None
    return Disagreement(_about(one.text, at), (_side(mine[at], one), _side(theirs[at], other)))


# The sentences of the same passages are compared question after question.
@lru_cache(maxsize=4096)
def _figures(text: str) -> tuple[str, ...]:
    return tuple(_FIGURE.findall(_undated(text)))


@lru_cache(maxsize=4096)
def _days(text: str) -> tuple[str, ...]:
    return tuple(sorted(_DAY.findall(text)))


@lru_cache(maxsize=4096)
def _years(text: str) -> frozenset[str]:
    return frozenset(_YEAR.findall(text))


def _undated(text: str) -> str:
    """A text of the same length with blanks for its years and days."""
    for date in (_DAY, _YEAR):
        text = date.sub(lambda m: " " * len(m.group()), text)
    return text


def _another_time(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences give other days or years; what stands above a sentence gives the years
    of one that has none."""
    days = [_days(c.text) for c in (one, other)]
    years = [_years(c.text) for c in (one, other)]
    above = [_years(c.chunk.chunk.context) for c in (one, other)]
    if any(years):
        years = [own or known for own, known in zip(years, above, strict=True)]
        return days[0] != days[1] or years[0] != years[1]
    return days[0] != days[1] or (all(above) and above[0] != above[1])


def _another_name(one: Candidate, other: Candidate) -> bool:
    """Whether one sentence names what neither the other nor what stands above that one names."""
    return not all(
        _names(a.text) <= set(terms(f"{b.chunk.chunk.context}\n{b.text}"))
        for a, b in ((one, other), (other, one))
    )


def _names(text: str) -> set[str]:
    """The terms of the capitalised words behind the first word and of what is quoted."""
    capital = [word for word in _WORD.findall(text)[1:] if word[0].isupper()]
    named = terms(" ".join([*capital, *_QUOTED.findall(text)]))
    return {term for term in named if not term.isdecimal()}


def _side(figure: str, candidate: Candidate) -> Side:
    span = (candidate.sentence.start, candidate.sentence.end)
    return Side(" ".join(figure.split()), candidate.chunk.document_id, span)


def _about(text: str, at: int) -> str:
    """The few words around the figure, the figure itself left open."""
    figure = list(_FIGURE.finditer(_undated(text)))[at]
    before = display(text[: figure.start()]).split(" ")[-3:]
    after = display(text[figure.end() :]).split(" ")[:3]
    return " ".join([*before, "…", *after]).strip(" .,;")
