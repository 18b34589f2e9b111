"""Text -> index terms. The same function serves indexing, searching and term coverage."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

from index.readers.numbering import number_of

# Scripts written without spaces between words; Hangul has spaces but inflects by suffix, so
# syllable bigrams serve it better than whole words.
CJK = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uac00-\ud7af\U00020000-\U0002ffff\U00030000-\U000323af"
)
_TOKEN = re.compile(rf"[{CJK}]+|\d+(?:[.,]\d+)*|(?:(?![{CJK}\d])[^\W_])(?:(?![{CJK}])[^\W_])*")
_CJK = re.compile(rf"[{CJK}]")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019\u02bc]s?\b")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_STEMMER = Stemmer.Stemmer("english", 0)


def is_cjk(text: str) -> bool:
    """Whether at least a third of the letters are Chinese, Japanese or Korean."""
    letters = sum(c.isalpha() for c in text)
    return letters > 0 and 3 * len(_CJK.findall(text)) >= letters


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Snowball English stem of a folded word."""
    return str(_STEMMER.stemWord(word))


def terms(text: str) -> list[str]:
    """Folded, stemmed words in order; runs of CJK as characters and overlapping bigrams.

    Digit groups lose their separators ("12,000" is "12000") and keep a decimal point. Numbered
    places come last, see ``enumerators``.
    """
    found: list[str] = []
    for token in _TOKEN.findall(_fold(text)):
        if _CJK.match(token):
            found.extend(token)
            found.extend(token[i : i + 2] for i in range(len(token) - 1))
        elif token[0].isdigit():
            found.append(_number(token))
        else:
            found.append(stem(token))
    return found + enumerators(text)


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
_LABEL = re.compile(
    r"\b(table|figure|fig|chart|box|annex|appendix|footnote|exhibit|schedule)\.?\s?(\d{1,3})\b"
    r"|([表图圖])\s?(\d{1,3}|[一二三四五六七八九十]{1,3})(?!\w)",
    re.IGNORECASE,
)
_SAME_LABEL = {"fig": "figure", "表": "table", "图": "figure", "圖": "figure"}
_ENUMERATOR = re.compile(
    rf"[(（]({_NUMERAL})[)）]|第\s?([零〇一二三四五六七八九十百两]{{1,5}}|\d{{1,3}})\s?[条條章节節点點项項]"
    rf"|\b(?:{_PLACES})\s+({_NUMERAL})\b|\b({_ORDINALS}|\d{{1,2}}(?:st|nd|rd|th))\s+(?:{_PLACES})\b"
    r"|^([IVXLC]{1,7})\.(?=\s)|(?:§|\bart\.)\s?(\d{1,3})\b",
    re.MULTILINE | re.IGNORECASE,
)


def enumerators(text: str) -> list[str]:
    """The numbered places a text names or opens, however the number is written: "(XII)", "(12)",
    "(Twelve)", "point twelve", "the twelfth point", "§ 12" and "第十二条" are all "#12"; "Table 3"
    and "表3" are "#table3"."""
    labels = [_labelled(m) for m in _LABEL.finditer(text)]
    if not _ENUMERATOR.search(text):
        return labels
    written = ("".join(filter(None, m.groups())) for m in _ENUMERATOR.finditer(text))
    values = (
        _ordinal(w) or number_of(w)
        for w in written
        if len(w) > 1 or not w.isalpha() or w in "IVX一二三四五六七八九十"
    )
    return [f"#{value}" for value in values if value] + labels


def unplaced(text: str) -> str:
    """A text without the numbered places that it names."""
    return _LABEL.sub(" ", _ENUMERATOR.sub(" ", text))


def _ordinal(word: str) -> int | None:
    if word.lower() in _ORDINAL_WORDS:
        return _ORDINAL_WORDS.index(word.lower()) + 1
    digits = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word, re.IGNORECASE)
    return int(digits.group(1)) if digits else None


def _labelled(m: re.Match[str]) -> str:
    name = (m.group(1) or m.group(3)).lower()
    number = m.group(2) or m.group(4)
    return f"#{_SAME_LABEL.get(name, name)}{number_of(number)}"


def _number(token: str) -> str:
    return token.replace(",", "") if _GROUPED.fullmatch(token) else token


def _fold(text: str) -> str:
    text = _POSSESSIVE.sub("", text)
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    # Hangul and kana decompose too; composing again keeps their syllables in one piece.
    bare = "".join(c for c in decomposed if not ("\u0300" <= c <= "\u036f"))
    return unicodedata.normalize("NFKC", bare).casefold()


STOPWORDS = frozenset(
    stem(word)
    for word in [
        "a",
        "about",
        "above",
        "after",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "below",
        "between",
        "both",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "down",
        "during",
        "each",
        "few",
        "for",
        "from",
        "further",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "itself",
        "just",
        "may",
        "me",
        "might",
        "more",
        "most",
        "must",
        "my",
        "no",
        "nor",
        "not",
        "now",
        "of",
        "off",
        "on",
        "once",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "per",
        "same",
        "shall",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "upon",
        "us",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


def content(found: list[str]) -> list[str]:
    """Those of ``terms(...)`` that carry meaning: no stop words, no one-letter words, each once;
    of CJK the bigrams, or the characters where there is no bigram."""
    bigrams = any(len(t) == 2 and _CJK.match(t) for t in found)
    keep = [t for t in found if t not in STOPWORDS and _informative(t, bigrams)]
    return list(dict.fromkeys(keep))


def _informative(term: str, bigrams: bool) -> bool:
    if _CJK.match(term):
        return len(term) == 2 if bigrams else True
    return len(term) > 1 or term.isdigit()
