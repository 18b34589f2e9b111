"""Which figures and number words of a text count something: not the number of its place, nor a
day, a year, an address."""

from __future__ import annotations

import re
from collections.abc import Set

from index.scripts import HAN
from index.terms import content, terms

# Not "both", which joins two things more often than it counts them.
COUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six"
    r"|seven|eigh|nine)teen|dozens?|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?"
    r"|thousands?|millions?|billions?|trillions?|half|halv(?:es|ed)|third|quarter|twice"
    r"|several|(?:doubl|tripl|quadrupl)(?:e[sd]?|ing)|duo|trio|quartet|quintet|couple|pair|single"
    r"|sole|zero|an? (?:fifth|sixth|seventh|eighth|ninth|tenth)"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten)pence)\b|[一二两三四五六七八九十百千万亿半]",
    re.IGNORECASE,
)


def unnumbered(text: str) -> str:
    """A text without the number of the place that it opens: "(27) Improve ..."."""
    return _PLACE_NUMBER.sub("", text)


def counting(text: str, asked: Set[str]) -> str:
    """A text without figures that count nothing, and without "several" of what is not among the
    terms asked about."""
    return _SEVERAL.sub(
        lambda m: " " if asked.isdisjoint(content(terms(m[1]))) else m[0],
        _COUNTS_NOTHING.sub(" ", text),
    )


_UNITS = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven"
    "|eigh|nine)teen)"
)
_TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_PLACE_NUMBER = re.compile(
    r"^\W*(?:\d{1,3}[.)、）]|[(（]\s?(?:[\d一二三四五六七八九十百ivxlc]{1,6}"
    rf"|{_TENS}|(?:{_TENS}[-\s]?)?{_UNITS})\s?[)）]"
    r"|[一二三四五六七八九十]{1,3}、|第\w{1,4}[条條章节節])",
    re.IGNORECASE,
)
# No answer to "how many", though a year may tell an age.
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|Mar\.|April|Apr\.|May|June|July|Aug(?:ust|\.)"
    r"|Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
# "From 2019 to 2024", but not "1900 to 2000 yuan" or "between 1900 and 2000 people".
_SPAN_OF_YEARS = (
    r"(?:(?i:from|between|in|of|during)\s+)?(?<![\d$€£¥.,])(?:19|20)\d{2}\s?(?:[-\u2013/]|to|and)\s?"
    r"(?:19|20)\d{2}(?=[^\w\s%]|\s*$|\s+(?:the|a|an|it|they|and|in|when|was|were|is|are|has|had|by"
    r"|as|with|for|on|at)\b)"
)
# "Figure 1", "Tables 2 and 3", "图2", but neither "Tables 12" nor "代表12名".
_CAPTION = r"(?i:figure|fig\.|table|photo|chart|graph|diagram|map)"
_CAPTION_NUMBER = (
    rf"\b(?=[A-Z])(?:{_CAPTION}[^\S\t\n]?|{_CAPTION}s[^\S\t\n]?(?=\d+ (?:and|to) \d))"
    r"\d{1,3}(?:[.-]\d{1,2}| (?:and|to) \d{1,3})?\b(?!,\d)"
    rf"|(?<![{HAN}])[如见見]?[图圖表]\s?\d{{1,2}}(?:[.-]\d{{1,2}})?(?!\d|,\d|\s?[%\uff05人名个個万萬亿億])"
)
LINK = r"(?:https?://|\bwww\.|\bdoi:\s?)[^\s\u3000-\u9fff]+"
_ADDRESS = rf"{LINK}|[\w.+-]+@[\w-]+\.[\w.-]+"
# "Under Article 12", "see page 3", "No. 5".
_NAMED_PLACE = (
    r"(?i:\b(?:section|article|chapter|clause|paragraph|annex|appendix|page|footnote)|§)"
    r"\s?\d{1,4}(?:\.\d+)*\b(?![,.]\d)|\bNo\.\s?\d+"
)
_BARE_YEAR = (
    r"[(（\[](?:19|20)\d{2}[)）\]]|(?<![\d.,/-])(?:19|20)\d{2}-[01]\d(?:-[0-3]\d)?(?![\d-])"
    r"|\b[Tt]he\s+(?:19|20)\d{2}(?=\s+[A-Z])"
)
_COUNTS_NOTHING = re.compile(
    rf"{_ADDRESS}|{_NAMED_PLACE}|{_BARE_YEAR}|{_CAPTION_NUMBER}"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+[12]\d{{3}}\b)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+[12]\d{{3}}\b)?"
    rf"|{_SPAN_OF_YEARS}"
    rf"|\b(?:{_MONTH}|(?i:in|since|by|from|until|till|during|before|after|year|early|late|mid|end"
    r"|throughout))[\s-]+[12]\d{3}\b(?!-[01]\d\b|\s+[a-z]+s\b)"
    r"|[12]\d{3}\s*年|\d{1,2}\s*[月日]|第\s*[\d一二三四五六七八九十百]+"
    r"|\b\d+(?:st|nd|rd|th)\b(?!\s+(?:time|day|week|month|year|decade|century))|(?i:\b(?:one\s+of|one\s+another|no\s+one|one's)\b)"
)
_SEVERAL = re.compile(
    r"\bseveral\s+(?!(?:of|people|persons|others?|dozens?|hundreds?|thousands?|millions?|times)\b)"
    r"([a-z][\w-]*(?:\s+[a-z][\w-]*)?)"
)
