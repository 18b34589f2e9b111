"""Whether two differently written numbers have the same value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from index.readers.numbering import number_of

_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "萬": 10_000,
    "亿": 100_000_000,
    "億": 100_000_000,
    "兆": 1_000_000_000_000,
}
_PERCENT = re.compile(r"%|％|\bper ?cent\b|百分之", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<figures>\d+(?:[.,]\d+)*)|(?P<chinese>[零〇一二三四五六七八九十百两]{1,5})"
    r"|(?P<word>[a-z]+(?:-[a-z]+)?)",
    re.IGNORECASE,
)
_SCALE = re.compile(rf"\s*({'|'.join(sorted(_SCALES, key=len, reverse=True))})(?![a-z])", re.I)
_UNITS = {*_SCALES, "%", "％", "per", "cent", "percent"}  # words that a number goes on with
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def value(text: str) -> tuple[Decimal, bool] | None:
    """(value, whether it is a percentage) of a text that is one number and its unit of counting,
    such as "12 million", "12,000,000", "twelve", "1200万", "5 per cent"; else None."""
    rest = _PERCENT.sub(" ", text).strip(" $€£¥'\"“”‘’.,;:")
    m = _NUMBER.match(rest)
    if not m:
        return None
    amount = _amount(m)
    at = m.end()
    if amount is None:
        return None
    while scale := _SCALE.match(rest, at):
        amount *= _SCALES[scale[1].lower()]
        at = scale.end()
    if rest[at:].strip():
        return None
    return amount, _PERCENT.search(text) is not None


def goes_on(number: str, following: Sequence[str]) -> int:
    """How many of the words ``following`` a number belong to it: "per cent", "million"."""
    if value(number) is None or not number[0].isdigit():
        return 0
    taken = next((i for i, word in enumerate(following) if word not in _UNITS), len(following))
    while taken and value(" ".join((number, *following[:taken]))) is None:
        taken -= 1
    return taken


def _amount(m: re.Match[str]) -> Decimal | None:
    if m["figures"]:
        written = m["figures"]
        if _GROUPED.fullmatch(written):
            written = written.replace(",", "")
        return Decimal(written) if re.fullmatch(r"\d+(?:\.\d+)?", written) else None
    written = m.group()
    if written.lower() == "zero":
        return Decimal(0)
    found = number_of(written) if len(written) > 1 or not written.isascii() else None
    return Decimal(found) if found else None


def same_value(one: str, other: str) -> bool:
    """Whether both are numbers of one value."""
    a, b = value(one), value(other)
    return a is not None and a == b
