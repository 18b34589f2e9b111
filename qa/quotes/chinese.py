"""Who is speaking in a Chinese text."""

from __future__ import annotations

import re

from index.records import Span
from index.text import sentences
from qa.quotes.records import Frame
from qa.quotes.regions import quotations

_SAYING = (
    "表示|指出|强调|認為|认为|透露|介绍|告诉(?:本报|本刊|新华社|媒体)?(?:记者)?|提出|坦言|解释说?|补充说?|写道|宣布|"
    "回应称?|回答说?|呼吁|警告|承认|重申|表明|直言|感叹|建议|介绍说|表态|說|强调说|指出说|说道|说|称|道|"
    "表示说|答道|谈到|提到"
)
_ADJUNCT = re.compile(
    r"(?:在|于|近日|日前|当天|当日|昨日|昨天|今天|今日|随后|此前|同时|\d{1,4}年|\d{1,2}月|\d{1,2}日|对此|"
    r"(?:本|上|这)?(?:周|星期|礼拜)[一二三四五六日天末]|上午|下午|晚间|晚上|凌晨|如是|对|向|就|还|也|则|曾|又|并|进一步|明确|公开|接受|再次|特别|多次|最后|首先)"
)
_PRONOUNS = frozenset("他她它我你您其该")
_PRONOUN = re.compile(r"(?:[他她它我你您其该]|大家|有人)们?$")
_C_BEFORE = re.compile(rf"(?P<subject>[^。！？；\n”」]{{1,60}}?)(?P<verb>{_SAYING})[：:，,]?\s*$")
_C_AFTER = re.compile(
    rf"[，,。]?\s*(?P<subject>[^。！？；，,：:“”「」\n]{{1,30}}?)(?P<verb>{_SAYING})(?=[。，,！：:；]|$)"
)
_C_SOURCE = re.compile(
    r"(?:^|(?<=[。！？；\n]))据(?P<subject>[^，。]{2,30}?)(?P<verb>介绍|透露|消息|报道|了解|通报|统计)?，"
)
_C_SAID = re.compile(
    rf"^(?P<subject>[^“”「」；]{{1,60}}?)(?P<verb>(?:{_SAYING})(?=[，,：:])|表示|指出|强调|认为|透露)[，,：:]?"
)


_ANOTHER = re.compile(r"表示|指出|强调|认为|透露|说|称(?![为号])|告诉")  # speaks in between


def frame(part: str, start: int, end: int) -> Frame | None:
    regions = quotations(part)
    around = next((r for r in regions if r[0] <= start and end <= r[1]), None)
    if around is not None and _is_speech(part, around):
        found = _direct(part, regions, regions.index(around))
        return None if found is None or _PRONOUN.match(found.speaker) else found
    if any(a < end and start < b and _is_speech(part, (a, b)) for a, b in regions):
        return None
    sentence = next(
        (s for s in sentences(part, 0, len(part)) if s[0] <= start and end <= s[1]), None
    )
    if sentence is None:
        return None
    low = max(sentence[0], part.rfind("；", 0, start) + 1)
    head = part[low:start]
    for pattern in (_C_SOURCE, _C_SAID):
        m = pattern.search(head)
        if m and not _ANOTHER.search(head, m.end()):
            found = _made(m, low)
            return None if found is None or _PRONOUN.match(found.speaker) else found
    return None


def _is_speech(part: str, region: Span) -> bool:
    """Whether words in quotation marks are spoken, and not a term or a title."""
    inside = part[region[0] + 1 : region[1] - 1]
    return len(inside) >= 8 or inside[-1:] in ("，", "。", "！", "？")


def _direct(part: str, regions: list[Span], at: int) -> Frame | None:
    begin = regions[at - 1][1] if at else 0
    m = _C_BEFORE.search(part[begin : regions[at][0]])
    if m and (frame := _made(m, begin)):
        return frame
    m = _C_AFTER.match(part[regions[at][1] :])
    return _made(m, regions[at][1]) if m else None


def _made(m: re.Match[str], at: int) -> Frame | None:
    speaker = name(m["subject"])
    if not speaker:
        return None
    end = m.end("verb") if m["verb"] else m.end("subject")
    low = m.start("subject") + m["subject"].rfind(speaker)
    return Frame(speaker, at + low, at + end)


def name(subject: str) -> str:
    """The speaker before a Chinese reporting verb, "" where it names nobody for certain."""
    text = re.split(r"[，。！？；：、,\s“”「」】）)]", subject.strip())[-1]
    text = re.sub(r"^(?:据|如|正如|而|但|因此|所以|对此|此外|另外|同时)", "", text)
    m = _ADJUNCT.search(text, 1 if text[:1] in _PRONOUNS else 2)
    text = text[: m.start()] if m else text
    if not 2 <= len(text) <= 24 and not _PRONOUN.match(text):
        return ""
    if re.search(r"[的了着是有不]", text) or re.match(r"[这那此所可可以并]", text):
        return ""
    return text
