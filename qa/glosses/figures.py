"""Numbers, dates and numbered places of a Chinese question as English writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial


def _listed(line: str) -> tuple[str, ...]:
    return tuple(line.split())


_MONTHS = _listed(
    "January February March April May June July August September October November December"
)
_ORDINALS = _listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_COUNTS = _listed("one two three four five six seven eight nine ten eleven twelve")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10**4, "亿": 10**8}
_NAMES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_NUMERAL = "".join(_DIGITS) + "".join(_UNITS)
_PLACES = {"条": "Article", "章": "Chapter", "节": "Section", "款": "Paragraph", "项": "Item"}
_PLACES |= {"点": "Point", "部分": "Part", "步": "Step"}
_CALLED = {"措施": "Measure", "任务": "Task", "原则": "Principle", "步骤": "Step"}
_LABELS = {"表": "Table", "图": "Figure", "附件": "Annex", "脚注": "Footnote", "注释": "Footnote"}
_ONE = rf"(\d{{1,3}}|[{_NUMERAL}]{{1,5}})"
_NO_COUNT = "哪每某这那下上另同任几数"  # before "一", which counts nothing then
_COUNTED = "个项名位家条种类人年岁次天月倍届座所款部门大份辆只件"


def value(numeral: str) -> int:
    """Of a number in figures or in Chinese: "一千二百万" is 12,000,000, "二〇二五" 2025."""
    if numeral.isdecimal() and numeral.isascii():
        return int(numeral)
    if all(c in _DIGITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = section = digit = 0
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
            continue
        if c in _UNITS:
            section += (digit or 1) * _UNITS[c]
        elif c == "亿":
            total, section = (total + section + digit or 1) * _GREAT[c], 0
        else:
            total, section = total + (section + digit or 1) * _GREAT[c], 0
        digit = 0
    return total + section + digit


def rendered(text: str) -> str:
    """The text with its numbers in English, each between spaces: "2025年1200万人" is
    " 2025  12 million 人"."""
    for pattern, english in _RULES:
        text = pattern.sub(partial(_apart, english), text)
    return text


def _apart(english: Callable[[re.Match[str]], str], m: re.Match[str]) -> str:
    return f" {english(m)} "


def _date(m: re.Match[str]) -> str:
    year, month, day = m.groups()
    named = [_MONTHS[int(month) - 1]] if month and 1 <= int(month) <= 12 else []
    return " ".join([*named, *([f"{day},"] if day else []), *([year] if year else [])])


def _great(m: re.Match[str]) -> str:
    number = Decimal(m[1].replace(",", ""))
    for c in m[2]:
        number *= (_UNITS | _GREAT)[c]
    return _scaled(number)


def _scaled(number: Decimal) -> str:
    for size, name in _NAMES:
        if number >= size:
            return f"{(number / size).normalize():f} {name}"
    return f"{number.normalize():,f}"


def _ordinal(m: re.Match[str]) -> str:
    number = value(m[1])
    if 1 <= number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _count(m: re.Match[str]) -> str:
    number = value(m[0])
    return _COUNTS[number - 1] if 1 <= number <= len(_COUNTS) else _scaled(Decimal(number))


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"(\d{4})\s?年(?:\s?(\d{1,2})\s?月(?:份|\s?(\d{1,2})\s?[日号])?)?"),
        _date,
    ),
    (re.compile(r"()(?<!\d)(\d{1,2})\s?月(?:份|\s?(\d{1,2})\s?[日号])?"), _date),
    (re.compile(rf"百分之\s?([\d.]+|[{_NUMERAL}]+)"), lambda m: f"{_percent(m[1])}%"),
    (
        re.compile(rf"第\s?{_ONE}\s?[项个条大]?({'|'.join(_CALLED)})"),
        lambda m: f"{_CALLED[m[2]]} {value(m[1])}",
    ),
    (re.compile(rf"下一[{_COUNTED}]"), lambda m: "next"),
    (
        re.compile(rf"第\s?[(（]?{_ONE}[)）]?\s?({'|'.join(_PLACES)})"),
        lambda m: f"{_PLACES[m[2]]} {value(m[1])}",
    ),
    (
        re.compile(rf"({'|'.join(_LABELS)})\s?(\d{{1,2}})(?!\d)"),
        lambda m: f"{_LABELS[m[1]]} {m[2]}",
    ),
    (re.compile(rf"第\s?{_ONE}"), _ordinal),
    (re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?([十百千]?[万亿]{1,2})"), _great),
    (
        re.compile(rf"(?<![{_NO_COUNT}])[{_NUMERAL}]+[{_NUMERAL}万亿]*(?=[多余]?[{_COUNTED}])"),
        _count,
    ),
    (re.compile(rf"[{_NUMERAL}]+[万亿][{_NUMERAL}万亿]*"), _count),
)


def _percent(numeral: str) -> str:
    return numeral if numeral[0].isascii() else str(value(numeral))
