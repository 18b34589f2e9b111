"""What a question asks for: its terms, the kind of answer it wants, and the names it insists on."""

from __future__ import annotations

import math
import re
from bisect import bisect
from dataclasses import dataclass

from index.errors import PullquoteError
from index.places import enumerators
from index.terms import STOPWORDS, content, is_cjk, stem, terms
from qa.abbreviations import translated
from qa.wants import Wants, needs, wants

LONGEST = 2000  # characters; a question is not a document


@dataclass(frozen=True, slots=True)
class Question:
    """``terms`` are stemmed content words; ``anchors`` are the sets of terms of each name, year,
    number or quoted phrase asked about, ``insisted`` those without which a document cannot answer:
    names of four letters or more, years (not decades), long numbers and numbered places. ``needs``
    is what no answer can lack, as ``qa.wants.needs`` tells it, else empty. ``cjk`` tells the
    language; ``characters`` are the single ones that such a question is about, as what it
    asks in two ("how high") a text may say in one, each with how near it stands to the word that
    asks, from 1 beside it down to 0: the far ones tell of whom or what.
    """

    text: str
    terms: tuple[str, ...]
    anchors: tuple[tuple[str, ...], ...]
    insisted: tuple[tuple[str, ...], ...]
    acronyms: tuple[str, ...]
    wants: Wants
    needs: str
    cjk: bool
    characters: tuple[tuple[str, float], ...] = ()


def parse(text: str) -> Question:
    """Raises PullquoteError for a question that is empty, too long or without a word in it."""
    text = " ".join(text.split())
    if not text:
        raise PullquoteError('The question is empty. Ask something: pullquote ask "Who ...?"')
    if len(text) > LONGEST:
        raise PullquoteError(
            f"The question has {len(text):,} characters; at most {LONGEST:,} are read. Shorten it."
        )
    text = translated(text)
    found = terms(text)
    if not found:
        raise PullquoteError("The question has no word in it. Ask it in words or figures.")
    cjk = is_cjk(text)
    acronyms = () if cjk else tuple(dict.fromkeys(_ACRONYM.findall(text)))
    anchors = _anchors(text)
    decades = {*_DECADE.findall(text)}
    insisted = tuple(
        a for a in anchors if len(a) == 1 and _INSISTED.fullmatch(a[0]) and a[0] not in decades
    )
    return Question(
        text,
        _asked(text, found),
        anchors,
        insisted,
        acronyms,
        wants(text),
        needs(text),
        cjk,
        _characters(text) if cjk else (),
    )


# Words that put the question and say nothing of what it is about.
_ASKING = frozenset(
    stem(word)
    for word in [
        "many",
        "much",
        "long",
        "old",
        "far",
        "name",
        "list",
        "tell",
        "say",
        "said",
        "says",
        "mention",
        "mentioned",
        "describe",
        "explain",
        "give",
        "given",
        "according",
        "mean",
        "meaning",
        "document",
        "documents",
        "text",
        "source",
        "sources",
        "article",
        "please",
        "know",
        "kind",
        "type",
        "percentage",
        "percent",
        "amount",
        "number",
        "total",
        "year",
        "date",
        "time",
    ]
)
_CJK_ASKING = re.compile(
    "什么时候|什麼時候|什么|什麼|为什么|為什麼|多少|哪些|哪里|哪裡|哪个|哪個|哪一|哪位|哪年|几个|幾個|如何|怎么|怎麼|怎样|怎樣|谁|誰|是否|请问|請問"
    "|第[零〇一二三四五六七八九十百两0-9]+[条條章节節点點项項]|讲|講|说|說|提到|提出|内容|內容|有哪|吗|嗎|呢|的|了|是|在|和|与|與|被|把|由|于|於|下列|以下"
)


def _asked(text: str, found: list[str]) -> tuple[str, ...]:
    if is_cjk(text):
        asked = content(terms(_CJK_ASKING.sub(" ", text))) + enumerators(text)
        return tuple(dict.fromkeys(asked or content(found) or found))
    telling = content(found)
    return tuple([t for t in telling if t not in _ASKING] or telling or found)


_ASKS = re.compile(
    "什么|什麼|甚么|甚麼|谁|誰|哪|何|多少|几|幾|怎|吗|嗎|呢"
    "|なに|なん|いつ|どこ|どの|どれ|どん|いくつ|だれ|なぜ|무엇|누구|어디|언제|몇|어느|왜|얼마"
)
_REACH = 3.0  # characters over which nearness falls to 1/e


def _characters(text: str) -> tuple[tuple[str, float], ...]:
    found = terms(_CJK_ASKING.sub(" ", text)) or terms(text)
    near = _nearness(text)
    singles = dict.fromkeys(t for t in found if len(t) == 1 and is_cjk(t))
    return tuple((c, near.get(c, 0.0)) for c in singles)


def _nearness(text: str) -> dict[str, float]:
    """Of each character that to the nearest word that asks, or to the end where none does."""
    asks = [at for m in _ASKS.finditer(text) for at in range(*m.span())] or [len(text)]
    found: dict[str, float] = {}
    for at, c in enumerate(text):
        next_ = bisect(asks, at)
        apart = min(abs(at - place) for place in asks[max(0, next_ - 1) : next_ + 1])
        found[c] = max(found.get(c, 0.0), math.exp(-max(0, apart - 1) / _REACH))
    return found


_INSISTED = re.compile(r"#\w+|\d{3,}(?:\.\d+)?|[^\W\d]{4,}")
_DECADE = re.compile(r"\b(\d{2,3}0)['\u2019]?s\b")  # "in the 1600s": any of its years will do
_ACRONYM = re.compile(r"\b[A-Z](?:&?[A-Z]){1,7}\b")
_QUOTED = re.compile(
    r"[\"\u201c\u300c\u300e\u300a]([^\"\u201d\u300d\u300f\u300b]{2,80})[\"\u201d\u300d\u300f\u300b]"
)
_CHAPTER = re.compile(r"\b(?:chapter|part|book|volume)\s+\w+", re.IGNORECASE)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")


def _anchors(text: str) -> tuple[tuple[str, ...], ...]:
    found = [m.group(1) for m in _QUOTED.finditer(text)]
    found += _FIGURE.findall(text)
    if not is_cjk(text):
        found += _names(text)
    # A chapter may be the whole document: its number tells nothing of single sentences.
    found += enumerators(_CHAPTER.sub(" ", text))
    sets = (
        (name,) if name[0] == "#" else tuple(t for t in content(terms(name)) if t not in _ASKING)
        for name in found
    )
    return tuple(dict.fromkeys(s for s in sets if s))


def _names(text: str) -> list[str]:
    """Capitalised words, unless capitals mean nothing because most words have one."""
    words = list(_WORD.finditer(text))
    small = [
        w for w in words if w.group()[0].islower() and stem(w.group().lower()) not in STOPWORDS
    ]
    capital = [w for w in words if w.group()[0].isupper()]
    if len(capital) > 2 and not small:
        return []
    return [
        w.group()
        for i, w in enumerate(words)
        if w.group()[0].isupper() and (i or _is_name(w.group(), words))
    ]


def _is_name(word: str, words: list[re.Match[str]]) -> bool:
    """Whether a question's first word is a name: followed by another capital or possessive."""
    if stem(word.lower()) in STOPWORDS or word.lower() in _OPENERS:
        return False
    return word.isupper() or (len(words) > 1 and words[1].group()[0].isupper())


_OPENERS = frozenset(
    [
        "how",
        "why",
        "which",
        "what",
        "when",
        "where",
        "who",
        "name",
        "list",
        "tell",
        "give",
        "describe",
        "explain",
        "according",
        "in",
        "on",
        "at",
        "of",
        "for",
        "is",
        "are",
        "was",
        "were",
        "did",
        "does",
        "do",
        "has",
        "have",
        "had",
        "can",
        "could",
        "will",
        "would",
        "please",
    ]
)
