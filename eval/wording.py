"""Whether a wording stands in a text, quotation marks, dashes, case and white space aside."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Letter case, white space, quotation marks and dashes made alike; nothing else."""
    return _SPACE.sub(" ", "".join(map(_plain, text))).casefold().strip()


@cache
def _plain(mark: str) -> str:
    """Quotation marks, dashes and hyphens as ASCII has them; soft hyphens and the like as nothing.

    Unicode's own classes tell: Pi and Pf are quotation marks, Pd dashes, Cf invisible.
    """
    kind, name = unicodedata.category(mark), unicodedata.name(mark, "")
    if kind in ("Pi", "Pf") or "QUOTATION MARK" in name or "CORNER BRACKET" in name:
        return "'" if "SINGLE" in name or mark == "'" else '"'
    if kind == "Pd" or name == "MINUS SIGN":
        return "-"
    if name in ("GRAVE ACCENT", "ACUTE ACCENT", "PRIME", "FULLWIDTH APOSTROPHE"):
        return "'"
    return "" if kind == "Cf" or mark == "\u00ad" else mark


def contains(text: str, wording: str) -> bool:
    """Whether ``wording`` stands in ``text`` after folding, and not as a part of a longer figure.

    "5 trillion" does not stand in "40.5 trillion", nor "art" in "start"; an ending may follow
    ("veteran" stands in "veterans"), a digit may not ("12" does not stand in "12.5").
    """
    pattern = _pattern(wording)
    return pattern is not None and pattern.search(fold(text)) is not None


@lru_cache(maxsize=4096)
def _pattern(wording: str) -> re.Pattern[str] | None:
    folded = fold(wording)
    if not folded:
        return None
    before = r"(?<![a-z0-9\u00df-\u024f])(?<!\d[.,])" if _is_latin(folded[0]) else ""
    after = r"(?!\d|[.,]\d)" if folded[-1].isdigit() else ""
    return re.compile(before + re.escape(folded) + after)


def _is_latin(character: str) -> bool:
    return character.isalnum() and ord(character) < 0x250
