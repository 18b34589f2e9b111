"""Times in follow-up questions: "and in March?", "since 2020?", "the year before?". Pure."""

from __future__ import annotations

import re

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = rf"(?:{'|'.join(_MONTHS)})"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20|21)\d\d\b(?![.,]\d|%)"
_PART = (
    rf"{_MONTH}\s+{_DAY}\b|(?:{_DAY}\s+(?:of\s+)?)?{_MONTH}\b|q[1-4]\b"
    r"|(?:the\s+)?(?:(?:first|second|third|fourth|last)\s+(?:quarter|half)"
    r"|spring|summer|autumn|fall|winter)\b"
)
_EDGE = r"(?:the\s+(?:end|start|beginning|middle)\s+of\s+|early\s+|late\s+|mid[-\s])"
_HOW = (
    r"(?:(?:in|on|at|by|of|for|from|to|during|since|until|till|before|after|between)\s+"
    rf"(?:{_EDGE})?|{_EDGE})?"
)
_RANGE = r"\s+(?:to|and|until|till|through)\s+|\s*[-–]\s*"
_SINGLE = re.compile(r"(?:(?:in|on|at|of|for|during)\s+)?", re.IGNORECASE)


def _point(n: int) -> str:
    return (
        rf"(?:(?P<part{n}>{_PART})(?:,?\s+(?:of\s+)?(?P<dated{n}>{_YEAR}))?|(?P<year{n}>{_YEAR}))"
    )


_TIME = re.compile(
    rf"(?<![\w.,])(?P<how>{_HOW}){_point(1)}(?:(?P<range>{_RANGE})(?:the\s+)?{_point(2)})?(?!\w)",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(r"\s*$|,?\s+(?:in|on|at|by|of|for|from|under|with|among)\s", re.IGNORECASE)

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_RELATIVE = re.compile(
    r"(?:(?:in|during|for)\s+)?(?:the\s+(?:(?P<ahead>year|month)\s+(?P<side1>before|after|earlier|later)"
    r"|(?P<side2>previous|preceding|prior|following|next|subsequent)\s+(?P<behind>year|month))"
    rf"|(?P<count>an?|\d|{'|'.join(_NUMBERS)})\s+(?P<counted>year|month)s?"
    r"\s+(?P<side3>before|after|earlier|later)"
    r")(?:\s+that)?",
    re.IGNORECASE,
)
_BACK = ("before", "earlier", "previous", "preceding", "prior")
_TODAY = re.compile(
    r"\b(?:(?:(?:last|next|this|current|past|coming)\s+(?:\w+\s+)?"
    r"(?:year|month|week|quarter|decade|century|season|spring|summer|autumn|fall|winter)s?)"
    r"|today|now|nowadays|currently|yesterday|tomorrow|recently|lately|[\w-]+\s+\w+\s+ago)$",
    re.IGNORECASE,
)


def is_time(phrase: str) -> bool:
    """Whether a phrase is a time and nothing else, and no mere month: that may be a name."""
    found = _TIME.fullmatch(phrase)
    return bool((found and (found["how"] or _years(found))) or _RELATIVE.fullmatch(phrase))


def is_of_today(phrase: str) -> bool:
    """Whether a phrase ends with a time that is counted from today, as "last year" is."""
    return bool(_TODAY.search(phrase))


def timed(fragment: str, previous: str) -> tuple[str, str] | None:
    """The previous question at the time that ``fragment`` names, and what else that holds.

    None where it names none; no question where it is not plain which time is meant.
    """
    places = [m for m in _TIME.finditer(previous) if m["how"] or _years(m)]
    if relative := _RELATIVE.fullmatch(fragment):
        made = _counted(relative, places[0]) if len(places) == 1 else ""
        return (_instead(previous, places[0], made) if made else ""), ""
    named = _named(fragment)
    if not named:
        return None
    rest = f"{fragment[: named.start()]} {fragment[named.end() :]}".strip(" ,")
    if not places:
        if not (named["how"] or _years(named)):
            return None
        return f"{previous} {named['how'] or 'in '}{_words(named)}", rest
    place = _place(named, places)
    made = _merged(named, place) if place else ""
    return (_instead(previous, place, made) if place and made else ""), rest


def _instead(question: str, place: re.Match[str], made: str) -> str:
    return question[: place.start()] + made + question[place.end() :]


def _counted(relative: re.Match[str], place: re.Match[str]) -> str:
    """The time so far before or after the one asked about; nothing where that is no single year,
    or no month of a year."""
    side = (relative["side1"] or relative["side2"] or relative["side3"]).lower()
    steps = _number(relative["count"] or "a") * (-1 if side in _BACK else 1)
    if place["range"] or not _SINGLE.fullmatch(place["how"]) or not _years(place):
        return ""
    year = int(_years(place)[0])
    if (relative["ahead"] or relative["behind"] or relative["counted"]).lower() == "year":
        return _of_year(place, str(year + steps))
    month = (place["part1"] or "").lower()
    if month not in _MONTHS:
        return ""
    years, at = divmod(_MONTHS.index(month) + steps, 12)
    return f"{place['how']}{_MONTHS[at].capitalize()} {year + years}"


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return _NUMBERS.index(word.lower()) + 1 if word.lower() in _NUMBERS else 1


def _named(fragment: str) -> re.Match[str] | None:
    for found in _TIME.finditer(fragment):
        opened = not fragment[: found.start()].strip() or found["how"]
        if opened and _FOLLOWED.match(fragment[found.end() :]):
            return found
    return None


def _place(named: re.Match[str], places: list[re.Match[str]]) -> re.Match[str] | None:
    """The time in the question that another one takes the place of."""
    how = named["how"].lower()
    same = [m for m in places if m["how"].lower() == how] if how else places
    return same[-1] if same else places[0] if len(places) == 1 else None


def _merged(named: re.Match[str], place: re.Match[str]) -> str:
    """The new time; of the old one it keeps what it does not name itself, the year or the month."""
    how, old = named["how"].lower(), place["how"].lower()
    single = not named["range"] and not place["range"]
    if _years(named):
        alike = how in ("", old) or (how, old) == ("in ", "")
        if single and alike and not named["part1"]:
            return _of_year(place, _words(named))
        return f"{_how(named, place)}{_words(named)}" if old else ""
    years = set(_years(place))
    if len(years) > 1 or not old:
        return ""
    joint = " " if re.search(rf"{_MONTH}|q\d", _words(named), re.IGNORECASE) else " of "
    return _how(named, place) + _words(named) + "".join(joint + year for year in years)


def _how(named: re.Match[str], place: re.Match[str]) -> str:
    """The new time's own preposition, else the old one where that fits."""
    if named["how"]:
        return named["how"].lower() if place.start() else named["how"].capitalize()
    spoken = bool((named["range"] or "").strip(" -–"))
    if bool(place["range"]) == spoken:
        return place["how"]
    return "from " if spoken else "in "


def _words(time: re.Match[str]) -> str:
    return time.group()[len(time["how"]) :]


def _years(time: re.Match[str]) -> list[str]:
    return [y for y in time.group("dated1", "year1", "dated2", "year2") if y]


def _of_year(time: re.Match[str], year: str) -> str:
    for group in ("year1", "dated1"):
        if time[group]:
            return time.group()[: -len(time[group])] + year
    return f"{time.group()} {year}"
