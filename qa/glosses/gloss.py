"""A Chinese question in English words, chosen by what a library's texts say together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from textwrap import shorten

from index.library import NO_FILTERS, Library
from index.rows import Filters
from index.scripts import CJK, HAN, cjk_language
from index.terms import content, terms
from qa.glosses.asking import MEASURES, asking
from qa.glosses.figures import rendered
from qa.glosses.names import COMMON_SURNAMES, SURNAMES, pinyin, spelt
from qa.glosses.words import NONE, cut, listed, renderings, simplified
from qa.question import LONGEST

USUAL = 0.85  # how much less a rendering counts than the one before it
FEW = 3  # Chinese characters that put a question between the letters of names
DEPTH = 30  # passages that tell which rendering of a word their language is
_HAN = re.compile(f"[{HAN}]+")
_COMMON = frozenset(
    "的了在是不没和与为对从到由于以把被将向说讲要想有会能上中下里内外个年月日及或等给让叫请做其该此那这去来"
    "应须需用着过地得之所而则因如且就都也还又才并已很最更再只每各某我你他她它们"
)
_FIGURE = re.compile(r"[a-z\d.,]+")  # a number as English writes it
_POINTING = frozenset("这那该某每各")
_PLACES = frozenset("市县区省镇乡村州盟旗河江湖山岛港站路街寺")
_MARKS = re.compile(r"[^\w\s%.,&'’-]|(?<!\d)[.,]|[.,](?!\d)|_")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question and what it may be in English, the usual first."""

    chinese: str
    renderings: tuple[str, ...]


def glossed(library: Library, question: str, filters: Filters = NO_FILTERS) -> str:
    """The question in English, as far as its words are known: "2025年新增就业的目标是多少" is "How
    much is 2025 new employment target?". "" where it is not Chinese or hardly a word is known."""
    if not is_chinese(question):
        return ""
    asked = asking(rendered(simplified(question)))
    before, after = (_words(library, part) for part in (asked.before, asked.after))
    words = [*before, *after]
    if not words or sum(bool(w.renderings) for w in words) * 2 < len(words):
        return ""
    chosen = _chosen(library, words, filters)
    told = [chosen.get(w, w.chinese) for w in before], [chosen.get(w, w.chinese) for w in after]
    noun = told[1][: int(asked.noun)]
    parts = [asked.english, *noun, *told[0], *told[1][len(noun) :]]
    text = shorten(" ".join(filter(None, parts)), LONGEST - 1, placeholder="")
    return f"{text[:1].upper()}{text[1:]}?"


def is_chinese(question: str) -> bool:
    """Whether a question is in Chinese, also where most of its letters are those of names."""
    if cjk_language(question):
        return cjk_language(question) == "zh"
    han = "".join(_HAN.findall(question))
    return len(han) >= FEW and len(han) == len(CJK.findall(question)) and bool(asking(han).english)


def _words(library: Library, text: str) -> list[Word]:
    """Those that say something."""
    known = listed()
    found = []
    for piece in _persons(library, _MARKS.sub(" ", text)):
        if isinstance(piece, Word):
            found.append(piece)
            continue
        for word in _spelt(library, _unmeasured(cut(piece))):
            if isinstance(word, Word):
                found.append(word)
            elif not _HAN.match(word):
                found.append(Word(word, (word,)))
            elif known.get(word) != NONE and word not in _COMMON:
                found.append(Word(word, renderings(word)))
    return found


def _unmeasured(words: Sequence[str]) -> list[str]:
    """The words without those that only go between a number, or "this" and "every", and a noun."""
    before = ["", *words]
    return [
        word
        for last, word in zip(before, words, strict=False)
        if not (word in MEASURES and (_FIGURE.fullmatch(last) or last in _POINTING))
    ]


def _persons(library: Library, text: str) -> Iterator[Word | str]:
    """The text cut where a name stands that the library holds, too."""
    known = listed()
    done = at = 0
    while at < len(text):
        opens = next((n for n in (2, 1) if text[at : at + n] in SURNAMES), 0)
        for size in (opens + 2, opens + 1) if opens else ():
            name = text[at : at + size]
            if len(name) < size or not _HAN.fullmatch(name) or name in known:
                continue
            spelling = spelt(name)
            if library.phrase(terms(spelling), 1):
                yield text[done:at]
                yield Word(name, (spelling,))
                done = at = at + size
                break
        else:
            at += 1
    yield text[done:]


def _spelt(library: Library, words: Sequence[str]) -> Iterator[Word | str]:
    """The words, but in pinyin what is made of single characters and is a place that the library
    names, or opens with a surname."""
    at = 0
    while at < len(words):
        run = [*takewhile(_single, words[at : at + 4])]
        size, spelling = _place(library, words[at : at + 4]) or _person(run)
        if size:
            yield Word("".join(words[at : at + size]), (spelling,))
        else:
            yield words[at]
        at += size or 1


def _single(word: str) -> bool:
    return len(word) == 1 and bool(_HAN.match(word)) and word not in _COMMON


def _place(library: Library, words: Sequence[str]) -> tuple[int, str] | None:
    """As ``_person``, of a place: what stands before the word for a town, a river and the like."""
    for size in (3, 2):
        kind = words[size] if len(words) > size else ""
        if kind in _PLACES and all(map(_single, words[:size])):
            spelling = pinyin("".join(words[:size])).title()
            if library.holding(terms(spelling)):
                return size, spelling
    return None


def _person(run: Sequence[str]) -> tuple[int, str]:
    """How many of these characters are a person's name, and how it is spelt."""
    if not run or run[0] not in COMMON_SURNAMES:
        return 0, ""
    size = min(3, len(run))
    return (size, spelt("".join(run[:size]))) if size > 1 else (0, "")


# -- which rendering ---------------------------------------------------------------------------


def _chosen(library: Library, words: Sequence[Word], filters: Filters) -> Mapping[Word, str]:
    """Of each word the rendering that stands oftenest in the passages that fit all words best."""
    forms = {w: {r: frozenset(content(terms(r))) for r in w.renderings} for w in words}
    either = [[*filter(None, told.values())] for told in forms.values()]
    fit = library.matching_either([e for e in either if e], DEPTH, filters)
    texts = library.chunks([chunk for chunk, _ in fit])
    held = [(score, frozenset(terms(texts[chunk].text))) for chunk, score in fit if chunk in texts]
    found = {}
    for word, told in forms.items():
        support = {
            r: sum(score for score, there in held if needed <= there) * USUAL**rank
            for rank, (r, needed) in enumerate(told.items())
            if needed
        }
        found[word] = max(support, key=lambda r: support[r], default="")
    return found
