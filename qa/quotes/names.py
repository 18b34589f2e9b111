"""Whether two names can be those of one speaker."""

from __future__ import annotations

import re
import unicodedata

from index.scripts import is_cjk
from qa.quotes.reporting import JOINING, ORGANISATION, TITLE

_MARKS = str.maketrans({**dict.fromkeys("’‘‛ʼ`´′＇", "'"), **dict.fromkeys("-‐‑–−", " ")})
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_OFFICE_CJK = (
    r"(?:副|前|代)?(?:总书记|书记|主席|总统|總統|总理|總理|首相|大臣|部长|部長|市长|市長|省长|县长|州长|"
    r"区长|镇长|村长|局长|局長|处长|司长|厅长|院长|院長|校长|校長|会长|会長|所长|所長|行长|社長|知事|"
    r"董事长|秘书长|总裁|总经理|经理|主任|主管|委员(?!会)|议员|議員|代表|发言人|大使|教授|博士|医生|律师|"
    r"老师|记者|将军|先生|女士|小姐|氏|さん)"
)
_LEADING_CJK = re.compile(rf".*{_OFFICE_CJK}(?=..)")
_TRAILING_CJK = re.compile(rf"(?<=.){_OFFICE_CJK}$")
_ANYBODY = re.compile(r"(?:an?|one|another|some|several|two|its|his|her|their)\s", re.I)
_ROLE = re.compile(
    r"[Tt]he\s+(?P<role>[a-z][\w'’-]*(?:\s[a-z][\w'’-]*)*?)(?=\s(?:of|for|in|at)\b|$)"
)


def same(one: str, other: str) -> bool:
    """Whether two names can be the same speaker's: one has all the words of the other, titles
    aside, or is its initials."""
    if is_cjk(one + other):
        return _same_cjk(one, other)
    if any(a and b and (a <= b or b <= a) for a in _words(one) for b in _words(other)):
        return True
    if any(a == b for a in _described(one) for b in _described(other)):
        return True
    return (
        _initials(one) == other.replace(".", "").upper()
        or _initials(other) == one.replace(".", "").upper()
    )


def is_unnamed(speaker: str) -> bool:
    """Whether a speaker may be anybody ("a police spokesman", "her lawyer", "the mayor")."""
    if _ANYBODY.match(speaker) or TITLE.match(speaker) or re.fullmatch(_OFFICE_CJK, speaker):
        return True
    m = _ROLE.match(speaker)
    role = m["role"].split()[-1].title() if m else ""
    return bool(role) and (TITLE.match(role) is not None or not ORGANISATION.search(role))


def can_differ(one: str, other: str) -> bool:
    """Whether two names that are not the same tell two speakers apart: both are names, and of one
    script."""
    return is_cjk(one) == is_cjk(other) and not is_unnamed(one) and not is_unnamed(other)


def _spellings(name: str) -> set[str]:
    """A name in lower case without accents, marks alike; umlauts also as two letters."""
    lower = unicodedata.normalize("NFC", name.translate(_MARKS)).lower()
    return {
        "".join(
            c
            for c in unicodedata.normalize("NFKD", text.translate(_LETTERS))
            if not unicodedata.combining(c)
        )
        for text in (lower, lower.translate(_SPELT_OUT))
    }


def _described(name: str) -> list[frozenset[str]]:
    """The words of each spelling, titles and all."""
    return [
        frozenset(w.strip(".,'") for w in re.findall(r"[^\W_][\w.']*", text))
        - JOINING
        - {"a", "an"}
        for text in _spellings(name)
    ]


def _words(name: str) -> list[frozenset[str]]:
    """The words of each spelling without titles."""
    return [frozenset(w for w in row if not _is_title(w)) for row in _described(name)]


def _is_title(word: str) -> bool:
    return bool(TITLE.match(word.title()) or TITLE.match(word.upper()))


def _initials(text: str) -> str:
    return "".join(w[0] for w in text.split() if w[0].isupper()).upper()


def _same_cjk(one: str, other: str) -> bool:
    x, y = sorted((_named(one), _named(other)), key=len)
    return y.startswith(x) if len(x) == 1 else x in y


def _named(text: str) -> str:
    """A name without the office before or behind it."""
    whole = "".join(unicodedata.normalize("NFKC", text).split())
    return _TRAILING_CJK.sub("", _LEADING_CJK.sub("", whole, count=1))
