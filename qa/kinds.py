"""Whether a text holds the kind of thing that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.terms import STOPWORDS, content, stem, terms
from qa.counts import COUNT, counting, unnumbered
from qa.money import sums
from qa.question import Question
from qa.wants import Wants, needs
from qa.wants import wants as wanted

_DATE = re.compile(
    r"\b1\d{3}\b|\b20\d{2}\b|\b(?:january|february|march|april|june|july|august|september|october"
    r"|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|century)\b"
    r"|\bMay\b|\d\s*(?:年|月|日)|[一二三四五六七八九十]+(?:年|月|日)|世纪|世紀",
    re.IGNORECASE,
)
# "The tenth of the month", "day 8", "the next day".
_DAY = re.compile(
    rf"{_DATE.pattern}|\b\d{{1,2}}(?:st|nd|rd|th)\b|\bday \w+\b"
    r"|\b(?:first|second|third|\w+th|last|next|same|following|previous) (?:\w+ )?(?:day|of)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b[A-Z][\w'\u2019-]+\s+(?:[A-Z]\.?\s+)?[A-Z][\w'\u2019-]+|\b(?:said|he|she|told)\b"
)
_PLACE = re.compile(r"\b(?:in|at|from|near|of|to|on)\s+(?:the\s+)?[A-Z][\w-]+|[省市县州国區区國縣]")
# "In 213.", but not "in 213 days".
_YEAR = re.compile(
    r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)|\b\d{1,4} (?:BCE?|AD|CE)\b|\bAD \d"
    r"|\b(?:in|around|about|since|until|till|by|from|before|after|to|year) \d{3}"
    r"(?=\s*[^\w\s%.,]|[.,](?!\d)|\s*$|\s+(?:and|to|when|after|by|the|he|she|it|they)\b)"
    r"|[一二〇○零九八]{4}年"
)
_FEW = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|a hundred|\d{1,3})"
_PART = r"(?:fourth|sixth|seventh|eighth|ninth|twelfth|(?:ten-)?(?:hundred|thousand|million)th)"
_SHARE = re.compile(
    r"%|\uff05|\bper ?cent|\bpercentage|\b(?:half|halves|thirds?|quarters?|fifths?|tenths?|majority"
    r"|minority|most|all|none|whole|entire|entirely|fraction)\b"
    rf"|\b(?:(?:one|an?)[\s-]{_PART}|{_PART}s)\b"
    r"|\bone in\b|\bout of\b|\d/\d|\b50-50\b|\bof every\b|\d of (?:the )?\d"
    rf"|\b{_FEW} (?:\w+ ){{0,3}}in (?:every )?{_FEW}\b"
    r"|百分|分之|半|成",
    re.IGNORECASE,
)
_NEEDED = {
    "year": _YEAR,
    "date": _DAY,
    "number": COUNT,
    "money": COUNT,
    "age": COUNT,
    "share": _SHARE,
}
_COUNTED = ("number", "money")
# Whoever leads may be told by an office, or by "he"; names in other letters have no capitals.
_LEADING = re.compile(
    r"\b(?:appoint|boss|captain|chair|charge|chief|coach|command|conven|dean|direct|elect|found"
    r"|govern|head|king|lead|led\b|manag|master|mayor|minister|offic|own|presid|principal|queen|ran\b"
    r"|rector|run|secretary|speaker|superint|under|(?:by|ceo|he|she)\b)|[^\W\d_A-Za-z]{2}",
    re.IGNORECASE,
)
_OF = re.compile(r"\bhow (?:many|much) of\b", re.IGNORECASE)


def supplies(question: Question, text: str) -> bool:
    """Whether a text has the figure, year or date without which it cannot answer; figures and
    years that the question itself names do not count."""
    if question.cjk and not all(p.search(text) for q, p in _BODIES if q.search(question.text)):
        return False
    if question.needs == "name":
        # The cells of a row begin with capitals whatever they hold.
        return question.cjk or "\t" in text or names(question.text, text)
    if question.needs == "leader":
        return names(question.text, text) or _LEADING.search(text) is not None
    if not question.needs:
        return True
    if question.needs in _COUNTED and _none(question.text, text):
        return True
    if _OF.search(question.text) and _SHARE.search(text):
        return True
    asked = set(_FIGURES.findall(question.text))
    rest = unnumbered(text)
    if question.needs in _COUNTED:
        rest = counting(rest, _asked(question.text))
    if question.needs == "money":
        rest = sums(rest)
    rest = _FIGURES.sub(lambda m: " " if m.group() in asked else m.group(), rest)
    return _NEEDED[question.needs].search(rest) is not None


def _none(question: str, text: str) -> bool:
    """Whether a text says "none" of what is counted or "no boats" to how many boats, "free" to how
    much."""
    if _PRICED.search(question) and _FREE.search(text):
        return True
    denied = [text] if _NONE.search(text) else [m[1] for m in _NO.finditer(text)]
    return any(not _asked(question).isdisjoint(content(terms(words))) for words in denied)


_NONE = re.compile(
    r"\bnone(?=\s+(?:of|is|are|was|were|has|have|had)\b|\s*[.,;!?]|\s*$)|[无無]一|分文",
    re.IGNORECASE,
)
_NO = re.compile(r"\bno\s+(?!(?:doubt|longer|matter|one)\b)(\w+(?:\s\w+)?)", re.IGNORECASE)
_PRICED = re.compile(
    r"\bhow much\b|\b(?:costs?|prices?|fees?|fares?|fines?|charges?|pay|paid|earn|sum|rent)\b"
    r"|\bamount\b|[费費价價钱錢票]|[收交付缴繳][取纳納]?多少",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"(?<!-)\bfree(?=\s*(?:[^\w\s-]|$)|\s+(?:for|of\s+(?:charge|cost)|entry|entrance|admission)\b)"
    r"|\b(?:without|no)\s+(?:\w+\s+){0,2}(?:charges?|costs?|fees?|payment)\b"
    r"|\bnothing(?=\s*(?:[^\w\s]|$)|\s+for\b)"
    r"|(?<!避)免[费費]|[免不]收|[无無][需须須](?:收|付|交|[缴繳])|(?:[无無]|[没沒]有)(?:任何)?收?[费費]",
    re.IGNORECASE,
)


# A Chinese name of an office or a school ends by saying what it is; a city's or a firm's need not.
_WHICH = "哪一?(?:个|個|些|所|家|级|級)?(?:政府|国家|國家|主管|有关|有關)?"
_BODIES = (
    (
        re.compile(f"{_WHICH}(?:部门|部門|机构|機構|机关|機關)"),
        re.compile(
            "(?<![全干幹内內外局])部(?![署分队隊件])|局(?![面部势勢限])|(?<!部)署|[厅廳院]|[员員协協工联聯]会|[員協工聯]會"
            "|委(?![托派])|[办辦]公|政府|中心|[机機][构構关關]"
        ),
    ),
    (
        re.compile(f"{_WHICH}(?:大学|大學|高校|学校|學校|院校)"),
        re.compile("大学|大學|学院|學院|[中小高党黨院技]校|学校|學校|中学|中學|小学|小學"),
    ),
)


def tells_nothing(question: str, text: str, words: Sequence[str]) -> bool:
    """Whether a sentence, of these terms, has no word of content that a question does not have
    itself, and the question wants more than a yes or no; words that introduce a list lead on, "no
    fee" tells how much the fee is, and "in May" when, though "may" is no word of content."""
    if not _WH.search(question) or text.rstrip().endswith((":", "\uff1a")):
        return False
    if wanted(question) is Wants.DATE and _MAY.search(text) and not _MAY.search(question):
        return False
    if not _asked(question).issuperset(_content(tuple(words))):
        return False
    return needs(question) not in _COUNTED or not _none(question, text)


_MAY = re.compile(r"(?<=\w )May\b")


@lru_cache(maxsize=4096)
def _content(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(content(list(words)))


@lru_cache(maxsize=64)
def _asked(question: str) -> frozenset[str]:
    return frozenset(terms(question))


_WH = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how)\b|什么|什麼|谁|誰|哪|几|幾|多少|何|怎|如何",
    re.IGNORECASE,
)


def another_year(question: str, text: str, passage: str) -> bool:
    """Whether a sentence gives another year than those asked about, in a passage without them; a
    row of a table with a cell for its year or span of years answers for these alone, unless the
    table's headings give those asked about."""
    asked = set(_WHOLE_YEAR.findall(question))
    given = set(_WHOLE_YEAR.findall(text)) if asked else set()
    if not given or not asked.isdisjoint(given):
        return False
    if "\t" in text and any(_YEAR_CELL.fullmatch(cell) for cell in text.split("\t")):
        if any(min(given) < year < max(given) for year in asked):
            return False
        passage = "\n".join(line for line in passage.splitlines() if " | " in line)
    return asked.isdisjoint(_WHOLE_YEAR.findall(passage))


_WHOLE_YEAR = re.compile(r"(?<![\d.,/-])(?:1[5-9]|20)\d{2}(?![\d/s-]|[.,]\d)")
# "2025", "by the end of 2025", "2025 to 2027", but not "since 2019", which is open.
_YEAR_CELL = re.compile(
    r"\s*(?:(?!(?:since|from|until|till|before|after)\b)[^\W\d]+\.?\s+){0,4}(?:1[5-9]|20)\d{2}"
    r"(?:\s?(?:to|and|[\u2013-])\s?(?:1[5-9]|20)\d{2})?\s*年?[底末]?\s*",
    re.IGNORECASE,
)


def names(question: str, text: str) -> bool:
    """Whether a text has a capitalised word that the question does not name and that no sentence's
    or item's beginning accounts for, or that does something there ("Brazil has won", not "Banks
    have" or "Training has") or stands alone."""
    asked = _asked(question)
    for m in _CAPITAL.finditer(text):
        opens = _OPENING.search(text, 0, m.start()) is not None
        after = text[m.end() :].strip(" .,;:!)")
        goes_on = not after or after[0].isupper() or _DOER.match(text, m.start())
        plain = opens and not goes_on
        if not plain and stem(m.group().lower()) not in STOPWORDS and asked.isdisjoint(terms(m[0])):
            return True
    return False


_OPENING = re.compile(r"(?:^|[.;:!?\u2022\u2460-\u2473\t])[\s\"'\u201c\u2018(*-]*$")
_CAPITAL = re.compile(r"\b[A-Z][\w'\u2019-]*")
_DOER = re.compile(
    r"[\w'\u2019-]{2,}(?<!s)(?<!ing)"
    r"(?:,? (?:also )?(?:is|was|has|had|were|have|did|does|\w{3,}ed)\b|, )"
)


_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_LINK = re.compile(r"https?://|\bwww\.|\bdoi\b", re.IGNORECASE)


def holds(wants: Wants, text: str, question: Question) -> bool | None:
    """Whether a text holds the kind of thing asked for; None when the kind cannot be told.

    Figures that the question itself names do not count as an answer to "how many".
    """
    if wants is Wants.NUMBER:
        mine = re.findall(r"\d+(?:[.,]\d+)*", question.text)
        rest = text
        for figure in mine:
            rest = rest.replace(figure, " ")
        return COUNT.search(rest) is not None
    if wants is Wants.DATE:
        return _DATE.search(text) is not None
    if wants is Wants.PERSON:
        return None if question.cjk else _PERSON.search(text) is not None
    if wants is Wants.SOURCE:
        return _LINK.search(text) is not None
    if wants is Wants.PLACE:
        return _PLACE.search(text) is not None
    return None
