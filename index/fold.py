"""Folding: what a quotation check ignores, with a map back to the original positions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.records import Span
from index.scripts import HAN, KANA

_SPACE_RUN = re.compile(r"\s+")
_BETWEEN_CJK = re.compile(
    rf"(?<=[{HAN}{KANA}\u3000-\u303f\uff00-\uffef])\s*\n\s*"
    rf"(?=[{HAN}{KANA}\u3000-\u303f\uff00-\uffef])"
)
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_][-‐])[ \t]*\n\s*(?=[^\W\d_])")


def display(text: str) -> str:
    """``text`` on one line, as a reader sees it; for showing only, never for a citation."""
    joined = _BROKEN_WORD.sub("", _BETWEEN_CJK.sub("", text))
    return _SPACE_RUN.sub(" ", joined.replace("\u00ad", "")).strip()


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` folded, and where each of its characters came from.

    The character ``text[i]`` stands for ``original[offsets[i]:ends[i]]``; both lists have
    ``len(text)`` entries and never fall.
    """

    text: str
    offsets: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The original span of the folded range ``text[start:end]``, which must not be empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no folded range {start}..{end} in {len(self.text)} characters")
        return self.offsets[start], self.ends[end - 1]


_QUOTES = "\"'“”„‟‘’‚‛«»‹›「」『』`´″′＂＇"
_DASHES = "-‐‑‒–—―−﹘﹣－"
_TABLE = str.maketrans({**dict.fromkeys(_QUOTES, "'"), **dict.fromkeys(_DASHES, "-"), "ς": "σ"})
_CJK_SIDE = f"[{HAN}{KANA}\u3000-\u303f\uff00-\uffef]"
_SPOT = re.compile(
    rf"(?P<cjkspace>(?<={_CJK_SIDE})\s+(?={_CJK_SIDE}))"
    r"|(?P<break>(?<=[^\W\d_])[-‐]\s*\n\s*(?=\w))"
    r"|(?P<dash>\s*(?:[—―]+|--+)\s*|\s+[-–−‐]\s+)"
    r"|(?P<space>\s+)"
    r"|(?P<gone>[\u00ad\u200b\u2060\ufeff]+)"
    rf"|(?P<quotes>[{_QUOTES}]{{2,}})"
    r"|(?P<letters>[\ufb00-\ufb06ßẞİ])"
    r"|(?P<marks>[^\W\d_][\u0300-\u036f]+)"
)


def fold(text: str, *, keep_hyphens: bool | None = None) -> Folded:
    """Fold white space, line-break hyphens, soft hyphens, ligatures, quotation marks, dashes and
    letter case, and nothing else; a letter and its combining accent count as the one letter.

    A hyphen at the end of a line goes where the word is whole without it ("transfor-/mation") and
    stays where it is part of the word ("long-/term"). Print does not tell these apart:
    ``keep_hyphens`` None lets the text decide (it stays if the text has the word with its hyphen
    elsewhere, or if a capital or a digit follows), True and False force it.
    """
    known = _hyphenated(text) if keep_hyphens is None and "\n" in text else frozenset()
    out: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    at = 0
    for m in _SPOT.finditer(text):
        a, b = m.span()
        out.append(text[at:a])
        offsets += range(at, a)
        ends += range(at + 1, a + 1)
        new = _replacement(m, keep_hyphens, known)
        out.append(new)
        offsets += [a] * len(new)
        ends += [b] * len(new)
        at = b
    out.append(text[at:])
    offsets += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    return _stripped("".join(out).lower().translate(_TABLE), offsets, ends)


def _stripped(text: str, offsets: list[int], ends: list[int]) -> Folded:
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    last = max(first, last)
    return Folded(text[first:last], offsets[first:last], ends[first:last])


def _hyphenated(text: str) -> frozenset[str]:
    return frozenset(w.lower() for w in re.findall(r"[^\W\d_]+[-‐][^\W\d_]+", text))


def _replacement(m: re.Match[str], keep: bool | None, known: frozenset[str]) -> str:
    match m.lastgroup:
        case "space":
            return " "
        case "dash":
            return "-"
        case "quotes":
            return "'"
        case "letters":
            return _spelled(m.group())
        case "marks":
            return unicodedata.normalize("NFC", m.group())
        case "break":
            return "-" if _keeps_hyphen(m, keep, known) else ""
        case _:
            return ""


@lru_cache(maxsize=16)
def _spelled(letter: str) -> str:
    return "i" if letter == "İ" else letter.casefold()


def _keeps_hyphen(m: re.Match[str], keep: bool | None, known: frozenset[str]) -> bool:
    if keep is not None:
        return keep
    after = re.compile(r"\w+").match(m.string, m.end())
    before = re.search(r"[^\W\d_]+$", m.string[max(0, m.start() - 40) : m.start()])
    if after is None or before is None or not after.group()[0].islower():
        return True
    return f"{before.group()}-{after.group()}".lower() in known
