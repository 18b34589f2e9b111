"""Enumerators: "II.", "(IV)", "(12)", "(Twelve)", "Six,", "第三章", "一、", "1.2", "①" and others.

An enumerator has a *style* (how it is written) and a *number*. Styles whose numbers continue one
another belong together; how the others nest is told by where they begin again.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_UNITS = re.findall(
    r"\w+",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {w: i for i, w in enumerate(_UNITS, 1)}
_WORDS |= {t: 10 * i for i, t in enumerate(_TENS, 2)}
_WORDS |= {
    f"{t}-{u}": 10 * i + j for i, t in enumerate(_TENS, 2) for j, u in enumerate(_UNITS[:9], 1)
}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_CJK_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "壹": 1}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_CJK_NUMBER = "[零〇一二三四五六七八九十百两]{1,5}"
_ROMAN = "(?=[IVXLC])(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})"
_END = r"(?=\s|[^\W\d_]|[“\"‘'《「])"
_TITLED = r"(?=$|\s*[:.—–-](?!\d)|(?-i:\s+[A-Z“\"])|(?-i:\s+\([A-Z][^()\n]*\)\s*$))[:.—–-]?"
_COUNTED = rf"(\d{{1,3}}|{_ROMAN}|{_WORD}|[A-Z]){_TITLED}"

# Tried in this order; the second field is the conventional rank of the style (0 outermost).
_STYLES: tuple[tuple[str, int, str], ...] = (
    ("annex", -3, rf"(?:annex|appendix|schedule)\s+{_COUNTED}"),
    ("annex", -3, r"(?:annex|appendix|schedule)()(?=\s*$)"),
    ("part", -2, rf"(?:part|book)\s+{_COUNTED}"),
    ("title", -1, rf"title\s+{_COUNTED}"),
    ("unit", 0, rf"chapter\s+{_COUNTED}"),
    ("part-cjk", -2, rf"第\s?({_CJK_NUMBER}|\d{{1,3}})\s?[编編篇部]"),
    ("unit-cjk", 0, rf"第\s?({_CJK_NUMBER}|\d{{1,3}})\s?章"),
    ("section-cjk", 1, rf"第\s?({_CJK_NUMBER}|\d{{1,3}})\s?[节節]"),
    (
        "section",
        1,
        rf"(?:(?:section|article)\s+|art\.\s*|§\s*)(\d{{1,3}}|{_ROMAN}){_TITLED}",
    ),
    (
        "subsection",
        2,
        rf"(?:(?:section|article)\s+|art\.\s*|§\s*)(\d{{1,3}}(?:\.\d{{1,2}}){{1,2}}){_TITLED}",
    ),
    ("article-cjk", 2, rf"第\s?({_CJK_NUMBER}|\d{{1,3}})\s?[条條]"),
    ("roman", 2, rf"({_ROMAN})[.、．]{_END}"),
    ("word", 2, rf"({_WORD})[,:.]{_END}"),
    ("cjk", 2, rf"({_CJK_NUMBER})[、．.]"),
    ("paren-cjk", 3, rf"[(（]({_CJK_NUMBER})[)）]"),
    ("paren-roman", 3, rf"[(（]({_ROMAN})[)）]"),
    ("paren-word", 3, rf"[(（]({_WORD})[)）]"),
    ("decimal3", 6, r"(\d{1,2}\.\d{1,2}\.\d{1,2})\.?(?=\s)"),
    ("decimal2", 5, r"(\d{1,2}\.\d{1,2})\.?(?=\s+[^\W\d_])"),
    ("arabic", 4, rf"(\d{{1,3}})[.．、]{_END}"),
    ("number", 3, r"(\d{1,2})(?=[ \t]+[A-Z\u4e00-\u9fff])"),
    ("paren-arabic", 5, r"[(（](\d{1,3})[)）]"),
    ("arabic-paren", 6, rf"(\d{{1,3}})[)）]{_END}"),
    ("circled", 8, r"([①-⑳⓪⑴-⒇])"),
    ("paren-alpha", 7, rf"[(（](?=[ivx]{{2}})({_ROMAN.lower()})[)）]"),
    ("paren-alpha", 7, r"[(（]([a-z])[)）]"),
    ("alpha", 7, rf"([a-zA-Z])[.)]{_END}"),
)
_RANKS = {style: rank for style, rank, _ in _STYLES}
# What any of them begins with; most lines end here.
_FIRST = re.compile(
    r"[ \t\u3000]*(?:[(（①-⒇\d§第零〇一二三四五六七八九十百两]|[IVXLC]{1,7}[.、．]|[A-Za-z][.)]"
    rf"|(?:part|chapter|book|title|annex|appendix|schedule|section|article)(?:\s|$)|art\.|(?:{_WORD})[,:.])",
    re.IGNORECASE,
)

# Parts of a book or law, from the outermost on.
PARTS = frozenset({"annex", "part", "title", "unit", "part-cjk", "unit-cjk"})
# Written in front of headings; the others count list items unless the layout says otherwise.
STRONG = PARTS | {
    "section-cjk",
    "section",
    "subsection",
    "article-cjk",
    "roman",
    "word",
    "cjk",
    "paren-cjk",
    "paren-roman",
    "paren-word",
    "decimal2",
    "decimal3",
}
_BRACKETED = frozenset({"paren-cjk", "paren-roman", "paren-word", "paren-arabic"})
_BARE = frozenset({"roman", "word", "cjk"})


@dataclass(frozen=True, slots=True)
class Enumerator:
    """``style`` as in the table, ``number`` from 0, and where in the text the rest begins."""

    style: str
    number: int
    end: int


@lru_cache(maxsize=512)
def number_of(written: str) -> int | None:
    """The value of a written number, also of the last part of "1.2.3"; None if it is none."""
    s = written.strip().lower()
    if s.replace(".", "").isdecimal():
        return int(s.split(".")[-1])
    if s in _WORDS:
        return _WORDS[s]
    if written and written[0] in "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳".index(written[0])
    if written and "⑴" <= written[0] <= "⒇":
        return ord(written[0]) - ord("⑴") + 1
    return _cjk(s) if (s and s[0] in _CJK_DIGITS) or s[:1] in "十百" else _roman_or_letter(written)


def _cjk(s: str) -> int | None:
    total, digit = 0, 0
    for c in s:
        if c in _CJK_DIGITS:
            digit = 10 * digit + _CJK_DIGITS[c]
        elif c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit


def _roman_or_letter(written: str) -> int | None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if written and all(c in values for c in written):
        digits = [values[c] for c in written]
        return sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))
    return ord(written.lower()) - ord("a") + 1 if len(written) == 1 and written.isalpha() else None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compiled when first needed: who asks only for :func:`number_of` need not wait for them."""
    cased = {"roman", "paren-roman", "number", "alpha", "paren-alpha"}
    return tuple(
        (
            style,
            re.compile(
                rf"[ \t\u3000]*(?:{pattern})[ \t\u3000]*",
                0 if style in cased else re.IGNORECASE,
            ),
        )
        for style, _, pattern in _STYLES
    )


def enumerator(text: str, start: int, end: int) -> Enumerator | None:
    """The enumerator that ``text[start:end]`` begins with, if any."""
    if not _FIRST.match(text, start, end):
        return None
    for style, pattern in _patterns():
        m = pattern.match(text, start, end)
        if m and (number := _number(style, m.group(1))) is not None:
            return Enumerator(style, number, m.end())
    return None


def _number(style: str, written: str) -> int | None:
    """Its value; "(ii)" is a Roman number, "(i)" by itself a letter; "Annex" without one is 0."""
    if not written:
        return 0
    roman = style == "paren-alpha" and len(written) > 1
    return number_of(written.upper() if roman else written)


def ranks(sequence: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Style -> nesting rank (0 outermost) for the numbered headings of a document, in order.

    Styles that together count on without a break share a rank. Of two others the one that begins
    again at 1 below the other is the inner one; where neither does, the one of which two stand side
    by side is the inner one; else convention decides.
    """
    group = {style: style for style, _ in sequence}
    for family in (_BRACKETED, _BARE):
        _merge(sequence, family, group)
    order = sorted(set(group.values()), key=lambda g: (_RANKS[g], g))
    for i in range(1, len(order)):
        for j in range(i, 0, -1):
            if not _above(order[j], order[j - 1], [(group[s], n) for s, n in sequence]):
                break
            order[j - 1], order[j] = order[j], order[j - 1]
    return {style: order.index(g) for style, g in group.items()}


def _merge(
    sequence: Sequence[tuple[str, int]], family: frozenset[str], group: dict[str, str]
) -> None:
    found = [(s, n) for s, n in sequence if s in family]
    present = {s for s, _ in found}
    steps = [b[1] - a[1] for a, b in itertools.pairwise(found)]
    if len(present) > 1 and sum(s == 1 for s in steps) >= 0.8 * len(steps):
        first = min(present, key=lambda s: _RANKS[s])
        group.update(dict.fromkeys(present, first))


def _above(a: str, b: str, sequence: Sequence[tuple[str, int]]) -> bool:
    """Whether ``a`` encloses ``b`` although convention says the opposite; an annex follows all."""
    if b == "annex":
        return False
    pair = [(s, n) for s, n in sequence if s in (a, b)]
    steps = list(itertools.pairwise(pair))
    opened_by_a = sum(p[0] == a and q[0] == b and q[1] == 1 for p, q in steps)
    opened_by_b = sum(p[0] == b and q[0] == a and q[1] == 1 for p, q in steps)
    if opened_by_a != opened_by_b:
        return opened_by_a > opened_by_b
    twice_a = sum(p[0] == a == q[0] for p, q in steps)
    twice_b = sum(p[0] == b == q[0] for p, q in steps)
    return twice_a == 0 and twice_b > 1
