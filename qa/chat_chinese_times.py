"""Times in Chinese follow-up questions: "3月呢？", "2020年以来呢？", "前一年呢？". Pure."""

from __future__ import annotations

import re

_YEAR = r"(?:1[5-9]|20|21)\d\d(?!\d)年?"
_PART = (
    r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?:\d{1,2}[日号號])?|[上下]半年"
    r"|[第前]?[一二三四1-4]个?季度|年[初底末]|[春夏秋冬][季天]"
)


def _point(n: int) -> str:
    return rf"(?:(?P<year{n}>{_YEAR})(?:的?(?P<of{n}>{_PART}))?|(?P<part{n}>{_PART}))"


_TIME = re.compile(
    rf"(?<!\d)(?P<from>[从從自])?{_point(1)}(?P<range>[到至—–-]{_point(2)})?"
    r"(?P<since>以来|以來|以后|以後|之后|之後|以前|之前|期间|期間|起|间)?"
)
_RELATIVE = {
    "前一年": -1,
    "上一年": -1,
    "后一年": 1,
    "後一年": 1,
    "下一年": 1,
    "次年": 1,
    "第二年": 1,
}
_TODAY = re.compile(
    r"(?:去年|今年|明年|前年|后年|後年|近年来?|[上下本这這]个?[月周季]|现在|現在|目前|当前|如今|今天"
    r"|昨天|明天|最近)(?:以来|以來)?$"
)


def is_time(phrase: str) -> bool:
    return bool(_TIME.fullmatch(phrase) or phrase in _RELATIVE or _TODAY.search(phrase))


def timed(what: str, previous: str) -> str:
    """The previous question at the time ``what``; nothing where it is not plain which is meant."""
    named, places = _TIME.fullmatch(what), list(_TIME.finditer(previous))
    if _TODAY.search(what) or (not named and len(places) != 1):
        return ""
    if not places:
        return (f"{what}年" if what.isdigit() else what) + previous
    if len(places) != 1:
        return ""
    place = places[0]
    made = _merged(named, place) if named else _counted(_RELATIVE[what], place)
    return previous[: place.start()] + made + previous[place.end() :] if made else ""


def _merged(named: re.Match[str], place: re.Match[str]) -> str:
    """The new time; of the old one it keeps what it does not name itself."""
    plain, years = _is_plain(named), _years(place)
    kept = (place["since"] or "") if plain and not place["range"] else ""
    opened = (place["from"] or "") if kept else ""
    if not _years(named):
        year = years[0] if len(set(years)) == 1 else ""
        return f"{opened}{year}{named.group()}{kept}" if year or not years else ""
    month = place["of1"] or place["part1"] or ""
    if plain and not named["of1"] and not place["range"]:
        return f"{opened}{_written(named['year1'])}{month}{kept}"
    return f"{opened}{_written(named.group())}{kept}"


def _counted(years: int, place: re.Match[str]) -> str:
    if not _is_plain(place) or not place["year1"]:
        return ""
    return f"{int(place['year1'][:4]) + years}年{place['of1'] or ''}"


def _is_plain(time: re.Match[str]) -> bool:
    return not (time["range"] or time["since"] or time["from"])


def _years(time: re.Match[str]) -> list[str]:
    return [_written(year) for year in time.group("year1", "year2") if year]


def _written(time: str) -> str:
    return f"{time}年" if time[-4:].isdigit() else time
