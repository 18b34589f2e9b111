"""What a text states about itself in its first lines: date, publisher, byline. Never guessed."""

from __future__ import annotations

import re
from datetime import date as Date

from index.readers.pieces import Facts
from index.scripts import is_cjk

_MONTHS = {
    m: i
    for i, m in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_MONTHS |= {m[:3]: i for m, i in _MONTHS.items()} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_CLOCK = (
    r"(?:\s*[,T]?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?"
    r"(?:\s*\(?(?:[A-Z]{2,4}|[+-]\d{2}:?\d{2}|Z)\)?)?)?"
)
_DATES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(p, re.IGNORECASE), order)
    for p, order in (
        (r"(?<!\d)((?:19|20)\d\d)\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})\s?日?(?!\d)", "ymd"),
        (rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b", "mdy"),
        (rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", "dmy"),
        (r"(?<!\d)((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月(?!\s?\d)", "ym"),
        (rf"\b({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", "my"),
        (r"(?<![\d/.-])((?:19|20)\d\d)-(\d{2})(?![\d/-])", "ym"),
    )
)
_LABEL = re.compile(
    r"\s*(?:date\b(?:\s+of\s+publication)?|published(?:\s+(?:on|at))?|publication\s+date|posted(?:\s+on)?|"
    r"(?:last\s+)?(?:updated|modified)(?:\s+(?:on|at))?|released?(?:\s+on)?|issued(?:\s+on)?|"
    r"发布(?:时间|日期)?|发表(?:时间|日期)?|日期|时间|更新(?:时间|日期)?|公開日|更新日)\s*[:：]?\s*",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(r"[^\W\d_][^:：|·]*[:：]\s*$")
_OWN_LABEL = re.compile(
    r"date|time|publi|post|updat|modif|releas|issue|发布|发表|日期|时间|更新|公開|掲載",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"\s*(?:date|published|updated|posted|发布时间|日期)\s*[:：]?\s*"
    r"((?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?[\s|·,，]*",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*", re.IGNORECASE)
# "Town Times) 10:33, ...": a name, then a mark that is no part of a sentence.
_NAMED = re.compile(r"[(（]?[A-Z][^.!?]{1,40}[)|,]")
_SOURCE = re.compile(
    r"(?:^|[\s|·,，(（])(?:source|来源|來源|出处)\s*[:：]\s*([^()（）|0-9:：,，]{2,60}?)"
    r"\s*(?:[)）|,，]|\s{2,}|\d|$)",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĆČĐİŁŚŞŠŻŽ][\w.'’-]*"
# Small words inside a name: "Ursula von der Leyen", "Maria de la Cruz", "Abdul al-Rahman".
_PARTICLE = (
    r"(?:de|del|della|der|den|da|das|dos|do|di|du|la|las|los|le|el|al|bin|ibn|van|von|vom|ter|ten|"
    r"zu|zum|zur)"
)
_NAME_WORD = rf"(?:and|(?:{_PARTICLE}\s+){{0,2}}(?:[ae]l-|d['’])?{_CAPITAL})"
_ROLE = (
    r"(?:(?:[\w'’-]+\s+){0,4}(?i:writer|reporter|correspondent|editor|columnist|journalist)"
    r"|[A-Z][\w'’-]*(?:\s+[\w'’-]+){0,3}\s+(?:of|for|at)\s+[\w'’ -]{2,60})"
)
_AUTHOR = re.compile(
    r"(?:By|BY|Written by|Reported by|Text by)\s+"
    rf"(?P<names>{_CAPITAL},?(?:\s+{_NAME_WORD},?){{0,9}})"
    rf"(?P<post>(?<=[^,]),\s+{_ROLE}"
    rf"|\s+(?:in|at|for)\s+(?:the\s+)?{_CAPITAL}(?:\s+{_NAME_WORD}){{0,3}})?"
    r"|(?:作者|记者|撰文|文)\s*[:：/|丨]\s*(?P<named>\S{2,20})"
)
_POST = re.compile(
    rf"(?:{_CAPITAL}\s+){{0,4}}"
    r"(?i:writers?|reporters?|correspondents?|editors?|columnists?|journalists?)"
)
_BYLINE = re.compile(
    r"^[(（]?\s*((?:[A-Z][\w.&'’-]*|of|the|and|for)(?:\s+(?:[A-Z][\w.&'’-]*|of|the|and|for|in)){0,5}|[\u4e00-\u9fff]{2,12})"
    r"\s*[)）|·]\s*"
)
_URL_LINE = re.compile(
    r"^\s*(?:url|source|link|original(?:\s+(?:url|link))?|来源|原文(?:链接)?|链接)\s*[:：]\s*<?(https?://\S+?)>?\s*$",
    re.IGNORECASE,
)
_PUBLISHER_LINE = re.compile(
    r"^\s*(?:publisher|published\s+by|出版(?:者|社)?"
    r"|(?:发布|發布|发文|發文|印发|印發)(?:单位|單位|机构|機構|机关|機關|部门|部門))"
    r"\s*[:：]\s*(\S.{1,80}?)\s*$",
    re.IGNORECASE,
)


def iso_date(text: str) -> str:
    """The first full date in ``text`` in ISO 8601, as precise as it is stated, or ""."""
    found = [
        (m.start(), -len(m.group()), value)
        for pattern, order in _DATES
        if (m := pattern.search(text)) and (value := _iso(m, order))
    ]
    return min(found)[2] if found else ""


def _iso(m: re.Match[str], order: str) -> str:
    parts = dict(zip(order, m.groups(), strict=True))
    month = parts["m"].lower()
    number = _MONTHS.get(month) or int(month)
    try:
        day = Date(int(parts["y"]), number, int(parts.get("d", 1)))
    except ValueError:
        return ""
    return day.isoformat() if "d" in parts else f"{day:%Y-%m}"


def line_date(line: str) -> str:
    """The date of a line that says little else: a label, a weekday, a clock time, a source."""
    s = line.strip().strip("()（）[]")
    if len(s) > 120 or not re.search(r"(?:19|20)\d\d", s):
        return ""
    value = iso_date(s)
    if not value:
        return ""
    if _of_something_else(s):
        return ""
    rest = _unsaid(s)
    room = 60 if re.search(r"\d{1,2}:\d{2}", s) else 30 if _LABEL.match(s) else 0
    named = _NAMED.match(line.strip()) is not None and len(value) == len("2025-06-05")
    fits = len(rest) <= max(room, 40 if named else 0)
    return value if fits and not re.search(r"[.!?。](?:\s|$)", rest) else ""


def _of_something_else(line: str) -> bool:
    """Whether a label right before the first date tells that it is another's day than that on which
    the text appeared: "Next meeting: 9 November 2026"."""
    starts = [m.start() for pattern, _ in _DATES if (m := pattern.search(line))]
    m = _OTHER_LABEL.search(line[: min(starts)]) if starts else None
    return m is not None and not _OWN_LABEL.search(m.group())


def is_bare_date(line: str) -> bool:
    """Whether a line says a date and nothing else, so that it may head what happened then."""
    rest = _WEEKDAY.sub("", line)
    for pattern, _ in _DATES:
        rest = pattern.sub("", rest, count=1)
    return bool(line_date(line)) and not any(c.isalnum() for c in rest)


def _unsaid(s: str) -> str:
    """What is left of a date line without its dates, times, labels and source."""
    for pattern, _ in _DATES:
        s = pattern.sub(" ", s, count=1)
    s = re.sub(_CLOCK, " ", _LABEL.sub(" ", _WEEKDAY.sub("", s)))
    return _SOURCE.sub(" ", s).strip(" ,.;:|·()（）-–—\t")


def glued_date(line: str) -> tuple[str, int]:
    """The date that is glued to the headline's front, and where the headline begins; "", 0."""
    m = _GLUED.match(line)
    rest = line[m.end() :] if m else ""
    headline = len(rest.split()) >= 3 or is_cjk(rest)
    if m is None or not headline or _SOURCE.search(rest) or is_byline(rest):
        return "", 0
    return iso_date(m.group(1)), m.end()


def byline_publisher(line: str) -> str:
    """The publisher that a date line names in front of the date or behind "Source:", or ""."""
    s = line.strip()
    if m := _SOURCE.search(s):
        return m.group(1).strip()
    m = _BYLINE.match(s)
    name = m.group(1).strip() if m else ""
    first = name.lower().split(" ")[0].rstrip(".") if name else ""
    return (
        ""
        if first in _MONTHS
        or first.endswith("day")
        or first in {"date", "published", "updated", "posted", "last", "by"}
        else name
    )


def is_byline(line: str) -> bool:
    """Whether a line only names who wrote it."""
    return _byline(line) is not None


def _byline(line: str) -> re.Match[str] | None:
    """The line as a byline; a post or place stands behind a whole name only: "By Train in Norway"
    is none."""
    m = _AUTHOR.fullmatch(line.strip())
    return None if m is None or (m["post"] and " " not in m["names"]) else m


def byline_author(line: str) -> str:
    """The names on a line that only says who wrote it, "; " between them, or ""."""
    m = _byline(line)
    if m is None:
        return ""
    first, *rest = re.split(r",?\s+and\s+|,\s*|、", m["names"] or m["named"])
    return "; ".join([first, *(n for n in rest if n.strip() and not re.fullmatch(_ROLE, n))])


def is_post(line: str) -> bool:
    """Whether a line only says what the one named above it does: "Staff Writer"."""
    return len(line) <= 60 and _POST.fullmatch(line.strip()) is not None


def stated_url(line: str) -> str:
    """The address on a line such as "Source: https://..." in the head of a text, or ""."""
    m = _URL_LINE.match(line)
    return m.group(1) if m else ""


def stated_publisher(line: str) -> str:
    """The name on a line such as "Publisher: ...", or ""."""
    m = _PUBLISHER_LINE.match(line)
    return m.group(1) if m else ""


def merged(first: Facts, second: Facts) -> Facts:
    """``first``, with what it leaves empty taken from ``second``."""
    return Facts(
        first.title or second.title,
        first.publisher or second.publisher,
        first.date or second.date,
        first.url or second.url,
        first.language or second.language,
        first.author or second.author,
    )
