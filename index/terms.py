"""Text -> index terms. The same function serves indexing, searching and term coverage."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

from index.places import enumerators

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
