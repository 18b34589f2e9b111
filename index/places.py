"""The numbered places that a text names: "point 12", "(XII)", "第十二条", "Table 3"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.readers.numbering import number_of

_NUMERAL = r"\d{1,3}|[IVXLC]{1,7}|[A-Za-z]+(?:-[A-Za-z]+)?|[零〇一二三四五六七八九十百两]{1,5}"
_PLACES = (
    "points?|sections?|articles?|items?|measures?|chapters?|clauses?|parts?|steps?|tasks?"
    "|principles?|paragraphs?|provisions?"
)
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
    "|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
)
_ORDINAL_WORDS = _ORDINALS.split("|")
# "The sixth of the eight measures".
_OF_THEM = r"(?:(?:one\s+)?of\s+(?:the|its|their|these|those|all)\s+(?:\w+\s+)?)?"
_LABEL = re.compile(
    r"\b(table|figure|fig|chart|box|annex|appendix|footnote|exhibit|schedule)\.?\s?(\d{1,3})\b"
    r"|([表图圖])\s?(\d{1,3}|[一二三四五六七八九十]{1,3})(?!\w)",
    re.IGNORECASE,
)
_SAME_LABEL = {"fig": "figure", "表": "table", "图": "figure", "圖": "figure"}
_ENUMERATOR = re.compile(
    rf"[(（]({_NUMERAL})[)）]|第\s?([零〇一二三四五六七八九十百两]{{1,5}}|\d{{1,3}})\s?[条條章节節点點项項]"
    rf"|\b(?:{_PLACES})\s+({_NUMERAL})\b|\b({_ORDINALS}|\d{{1,2}}(?:st|nd|rd|th))\s+{_OF_THEM}(?:{_PLACES})\b"
    r"|^([IVXLC]{1,7})\.(?=\s)|(?:§|\bart\.)\s?(\d{1,3})\b",
    re.MULTILINE | re.IGNORECASE,
)
_CALLED = re.compile(rf"\b(?:{_PLACES})\b|§|\bart\.|[条條章节節点點项項]", re.IGNORECASE)
_SAME_WORD = {"§": "section", "art.": "article", "条": "article", "條": "article", "章": "chapter"}
_SAME_WORD |= {"节": "section", "節": "section", "点": "point", "點": "point"}
_SAME_WORD |= {"项": "item", "項": "item"}
_BESIDE = re.compile(r"[\s的中之]*")
_INWARD = re.compile(r"[\s的中之]*[,，]?\s*(?:the\s+)?", re.IGNORECASE)
_OUTWARD = re.compile(r",?\s*\b(?:of|in|under)\s+(?:the\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """``term`` is "#12" or "#table3", ``word`` what the place is called ("article"), "" where
    nothing says; ``start`` and ``end`` tell where the text names it."""

    term: str
    word: str = ""
    start: int = 0
    end: int = 0


def enumerators(text: str) -> list[str]:
    """The terms of the numbered places a text names or opens, however the number is written:
    "(XII)", "(12)", "(Twelve)", "point twelve", "the twelfth point", "§ 12" and "第十二条" are all
    "#12"; "Table 3" and "表3" are "#table3"."""
    return [p.term for p in _places(text)]


def nested(text: str) -> list[tuple[Place, ...]]:
    """The numbered places that a text names, those that lie in one another together, the outermost
    first: "Article 3, paragraph 2", "Article 3(2)" and "paragraph 2 of Article 3"."""
    found = sorted(_places(text), key=lambda p: p.start)
    chains = [list(found[:1])] if found else []
    for one, other in pairwise(found):
        between = text[one.end : other.start]
        if _OUTWARD.fullmatch(between):
            chains[-1].insert(0, other)
        elif _goes_inward(one, other, between):
            chains[-1].insert(chains[-1].index(one) + 1, other)
        else:
            chains.append([other])
    return [tuple(chain) for chain in chains]


def _goes_inward(one: Place, other: Place, between: str) -> bool:
    if not other.word:
        return _BESIDE.fullmatch(between) is not None
    return other.word != one.word and _INWARD.fullmatch(between) is not None


def unplaced(text: str) -> str:
    """A text without the numbered places that it names."""
    return _LABEL.sub(" ", _ENUMERATOR.sub(" ", text))


@lru_cache(maxsize=4096)
def _places(text: str) -> tuple[Place, ...]:
    """Those of a passage are looked for question after question."""
    return (*_numbered(text), *_labels(text))


def _numbered(text: str) -> list[Place]:
    found = []
    for m in _ENUMERATOR.finditer(text):
        written = "".join(filter(None, m.groups()))
        if len(written) == 1 and written.isalpha() and written not in "IVX一二三四五六七八九十":
            continue
        if value := _ordinal(written) or number_of(written):
            found.append(Place(f"#{value}", _word(m.group()), *m.span()))
    return found


def _labels(text: str) -> list[Place]:
    found = []
    for m in _LABEL.finditer(text):
        written = (m[1] or m[3]).lower()
        name = _SAME_LABEL.get(written, written)
        found.append(Place(f"#{name}{number_of(m[2] or m[4])}", name, *m.span()))
    return found


def _word(named: str) -> str:
    found = _CALLED.search(named)
    word = found.group().lower() if found else ""
    return _SAME_WORD.get(word, word.removesuffix("s"))


def _ordinal(word: str) -> int | None:
    if word.lower() in _ORDINAL_WORDS:
        return _ORDINAL_WORDS.index(word.lower()) + 1
    digits = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word, re.IGNORECASE)
    return int(digits.group(1)) if digits else None
