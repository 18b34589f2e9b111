"""Who is speaking: the reporting clause around a span says so, or nobody is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.records import Span
from index.scripts import is_cjk
from index.text import sentences
from qa.quotes import reporting as say
from qa.quotes.records import Attribution

_V = say.SAYING
_SUBJECT = r"(?P<subject>[^“”\"「」.!?;:]{1,160}?)"
_AFTER = (  # behind a closing mark, or behind a clause
    re.compile(rf"[,\s—–-]*{_SUBJECT}\s+(?P<verb>{_V})\b", re.S),
    re.compile(
        rf"[,\s—–-]*(?P<verb>{_V})\s+(?P<subject>[^“”\"「」.!?;:,]{{1,90}}?)"
        r"(?=[,.;:!?]|\s(?:that|in|on|at|after|during|when|as|before|while|to|by|with)\b|\s*$)",
        re.S,
    ),
    re.compile(
        r"[,\s—–-]*(?P<verb>according to)\s+(?P<subject>[^“”\"「」.!?;:,]{1,120}?)"
        r"(?=[,.;:!?]|\s(?:posted|published|released|issued|who|which|on|dated)\b|\s*$)",
        re.S,
    ),
)
_BEFORE = (
    re.compile(
        rf"(?:^|(?<=[.!?;:]\s)){_SUBJECT}\s+(?P<verb>{_V})\b(?P<rest>[^“”\"「」.!?;]{{0,120}}?)[,:]?\s*$",
        re.S,
    ),
    re.compile(
        rf"(?:As\s+)(?P<verb>{_V})\s+by\s+(?P<subject>[^“”\"「」.!?;:]{{1,160}}?),\s*$", re.S
    ),
    re.compile(r"(?P<verb>According to)\s+(?P<subject>[^“”\"「」.!?;:]{1,120}?)\s*[,:]\s*$", re.S),
)
_INDIRECT = (
    re.compile(
        rf"^\W*{_SUBJECT}\s+(?P<verb>{_V})(?P<rest>(?:\s[^,.;:“”\"]{{0,60}})?)\s*(?:,\s*)?\bthat\b",
        re.S,
    ),
    re.compile(rf"^\W*{_SUBJECT}\s+(?P<verb>{say.PLAIN})\b", re.S),
    re.compile(r"^\W*(?P<verb>According to)\s+(?P<subject>[^“”\"「」.!?;:]{1,120}?)\s*,\s", re.S),
)
_CLOSING_FRAME = re.compile(r",\s*(?=[^“”\"]*$)")
_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("«", "»"), ("„", "“"))
_LABEL = re.compile(r"\s*(?P<label>[A-Z\u3400-\u9fff][^:：,，.!?\n\"“”]{1,40}?)\s*[:：]")
_VERB = re.compile(rf"\b(?:{_V}|according to)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Frame:
    speaker: str
    start: int
    end: int


def attribution(text: str, block: Span, span: Span) -> Attribution | None:
    """The speaker of ``text[span]``, which stands in the paragraph ``text[block]``; None where the
    paragraph does not name one for certain, or where the span itself says who is speaking."""
    low, high = block
    part = text[low:high]
    start, end = span[0] - low, min(span[1], high) - low
    if span[1] > high:
        return None
    found = _chinese(part, start, end) if is_cjk(part) else _english(part, start, end)
    found = found or _labelled(text, block, start)
    if found is None:
        return None
    speaker = _in_full(text, low + found.start, found.speaker)
    a, b = low + found.start, low + found.end
    return Attribution(speaker, a, b, text[a:b])


def _labelled(text: str, block: Span, start: int) -> _Frame | None:
    """The label of a turn in a transcript ("BERG: We agreed."), if it labels several turns."""
    m = _LABEL.match(text, *block)
    if not m or m.end() - block[0] > start:
        return None
    turns = re.findall(rf"^\s*{re.escape(m['label'])}\s*[:：]", text, re.MULTILINE)
    if len(turns) < 2:
        return None
    speaker = m["label"] if is_cjk(m["label"]) else say.name(m["label"])
    return _Frame(speaker, m.start("label") - block[0], m.end("label") - block[0])


def quotations(part: str) -> list[Span]:
    """What stands between quotation marks, the marks included, in order, not nested."""
    found: list[Span] = []
    at = 0
    while at < len(part):
        pair = next(((o, c) for o, c in _PAIRS if part[at] == o), None)
        if part[at] == '"':
            pair = ('"', '"')
        if pair is None:
            at += 1
            continue
        end = part.find(pair[1], at + 1)
        if end < 0 and pair[0] == "“":
            end = part.find('"', at + 1)
        end = len(part) - 1 if end < 0 else end
        found.append((at, end + 1))
        at = end + 1
    return found


def _english(part: str, start: int, end: int) -> _Frame | None:
    regions = quotations(part)
    around = next((r for r in regions if r[0] <= start and end <= r[1]), None)
    if around is not None and _is_speech(part, around):
        return _direct(part, regions, around)
    if any(a < end and start < b and not (start <= a and b <= end) for a, b in regions):
        return None  # it begins or ends inside somebody else's words
    if around is None and any(
        start <= a and b <= end and _is_speech(part, (a, b)) for a, b in regions
    ):
        return None
    return _reported(part, start, end)


def _is_speech(part: str, region: Span) -> bool:
    """Whether words in quotation marks are a clause that is spoken, and not a term or a title."""
    inside = part[region[0] + 1 : region[1] - 1]
    return len(inside.split()) >= 5 or inside.rstrip().endswith((",", ".", "!", "?"))


def _direct(part: str, regions: list[Span], around: Span) -> _Frame | None:
    """The frame of words in quotation marks: behind them, before them, or taken on from the
    quotation right before in the same paragraph."""
    at = regions.index(around)
    own = _frame_of(part, regions, at)
    if own is not None and not say.PRONOUN.match(own.speaker):
        return own
    for before in range(at - 1, -1, -1):
        gap = part[regions[before][1] : regions[before + 1][0]]
        earlier = _frame_of(part, regions, before)
        if earlier is None:
            if _VERB.search(gap):
                return None
            continue
        if say.PRONOUN.match(earlier.speaker):
            continue
        others = [m for m in _VERB.finditer(gap) if m.end() + regions[before][1] > earlier.end]
        return None if others and own is None else earlier
    return None


def _frame_of(part: str, regions: list[Span], at: int) -> _Frame | None:
    region = regions[at]
    stop = regions[at + 1][0] if at + 1 < len(regions) else len(part)
    behind = part[region[1] : stop]
    last = part[region[1] - 2 : region[1] - 1]
    if last in ",!?—–-…" or behind.lstrip()[:1] in ("", ","):
        sentence = _first_sentence(behind)
        for pattern in _AFTER:
            m = pattern.match(sentence)
            if m and (frame := _frame(m, region[1])):
                return frame
    begin = regions[at - 1][1] if at else 0
    before = part[begin : region[0]]
    for sentence_start in _last_sentence(before):
        head = before[sentence_start:]
        for pattern in _BEFORE:
            m = pattern.search(head)
            if m and (frame := _frame(m, begin + sentence_start)):
                return frame
    return None


def _first_sentence(text: str) -> str:
    m = re.search(r"(?<![A-Z])(?<!\b(?:Mr|Ms|Dr|St))[.!?](?=\s|$)", text)
    return text[: m.start()] if m else text


def _last_sentence(text: str) -> Iterator[int]:
    """Where the sentence begins that a text breaks off in."""
    spans = sentences(text, 0, len(text))
    yield spans[-1][0] if spans else 0


def _frame(m: re.Match[str], at: int) -> _Frame | None:
    group, verb = m.span("subject"), m.span("verb")
    speaker = say.name(m["subject"] + "," * (verb < group))
    if not speaker:
        return None
    low, high = min(group[0], verb[0]), max(group[1], verb[1])
    lead = len(m.string[low:high]) - len(m.string[low:high].lstrip(" ,—–-"))
    return _Frame(speaker, at + low + lead, at + high)


def _reported(part: str, start: int, end: int) -> _Frame | None:
    """The frame of indirect speech: "Berg said that ..." or "..., Berg said." """
    sentence = next(
        (s for s in sentences(part, 0, len(part)) if s[0] <= start and end <= s[1]), None
    )
    if sentence is None:
        return None
    head, tail = part[sentence[0] : start], part[end : sentence[1]]
    for pattern in _INDIRECT:
        m = pattern.match(head if pattern is _INDIRECT[1] else part[sentence[0] : sentence[1]])
        if m and sentence[0] + m.end("verb") <= start and m.end() <= len(head) + 5:
            rest = head[m.end() :]
            if _VERB.search(rest) or '"' in rest or ";" in rest:
                return None
            frame = _frame(m, sentence[0])
            if frame and not say.PRONOUN.match(frame.speaker):
                return frame
    return _closing(tail.rstrip(" .!?”\"'"), end)


def _closing(tail: str, at: int) -> _Frame | None:
    """The frame that ends a sentence: ", the notice said", ", according to the notice"."""
    for m in reversed(list(re.finditer(r",", tail))):
        rest = tail[m.start() :]
        if '"' in rest or "“" in rest:
            return None
        for pattern in _AFTER:
            found = pattern.match(rest)
            if found is None or len(rest) - found.end() > 60:
                continue
            frame = _frame(found, at + m.start())
            if frame:
                return None if say.PRONOUN.match(frame.speaker) else frame
    return None


def _in_full(text: str, at: int, speaker: str) -> str:
    """A family name with the given name that stands earlier, if there is just one such person."""
    if not re.fullmatch(r"[A-Z][\w'’-]+", speaker) or speaker.isupper():
        return speaker
    word = re.escape(speaker)
    pattern = (
        rf"(?<![\w.])(?:{word}((?: [A-Z][\w'’-]+){{1,2}})|((?:[A-Z][\w'’.-]+ ){{1,2}}){word})(?!\w)"
    )
    found = {say.name(m.group()) for m in re.finditer(pattern, text[:at])}
    persons = {f for f in found if " " in f and speaker in f.split()}
    return persons.pop() if len(persons) == 1 else speaker


# -- Chinese ---------------------------------------------------------------------------------------

_VC = say.SAYING_CHINESE
_C_BEFORE = re.compile(rf"(?P<subject>[^。！？；\n”」]{{1,60}}?)(?P<verb>{_VC})[：:，,]?\s*$")
_C_AFTER = re.compile(
    rf"[，,。]?\s*(?P<subject>[^。！？；，,：:“”「」\n]{{1,30}}?)(?P<verb>{_VC})(?=[。，,！：:；]|$)"
)
_C_SOURCE = re.compile(
    r"(?:^|(?<=[。！？；\n]))据(?P<subject>[^，。]{2,30}?)(?P<verb>介绍|透露|消息|报道|了解|通报|统计)?，"
)
_C_SAID = re.compile(
    rf"^(?P<subject>[^“”「」；]{{1,60}}?)(?P<verb>(?:{_VC})(?=[，,：:])|表示|指出|强调|认为|透露)[，,：:]?"
)
_C_PRONOUN = re.compile(r"(?:他|她|它|我|你|您|其|该|大家|有人)们?$")


def _chinese(part: str, start: int, end: int) -> _Frame | None:
    regions = quotations(part)
    around = next((r for r in regions if r[0] <= start and end <= r[1]), None)
    if around is not None and around[1] - around[0] >= 10:
        found = _frame_chinese(part, regions, regions.index(around))
        return None if found is None or _C_PRONOUN.match(found.speaker) else found
    if any(a < end and start < b and b - a >= 10 for a, b in regions):
        return None
    sentence = next(
        (s for s in sentences(part, 0, len(part)) if s[0] <= start and end <= s[1]), None
    )
    if sentence is None:
        return None
    head = part[sentence[0] : start]
    for pattern in (_C_SOURCE, _C_SAID):
        m = pattern.search(head)
        if m and not re.search(rf"(?:{_VC})[，,：:]", head[m.end() :]):
            found = _frame_of_chinese(m, sentence[0])
            return None if found is None or _C_PRONOUN.match(found.speaker) else found
    return None


def _frame_chinese(part: str, regions: list[Span], at: int) -> _Frame | None:
    begin = regions[at - 1][1] if at else 0
    m = _C_BEFORE.search(part[begin : regions[at][0]])
    if m and (frame := _frame_of_chinese(m, begin)):
        return frame
    m = _C_AFTER.match(part[regions[at][1] :])
    return _frame_of_chinese(m, regions[at][1]) if m else None


def _frame_of_chinese(m: re.Match[str], at: int) -> _Frame | None:
    speaker = say.name_chinese(m["subject"])
    if not speaker:
        return None
    end = m.end("verb") if m["verb"] else m.end("subject")
    low = m.start("subject") + m["subject"].rfind(speaker)
    return _Frame(speaker, at + low, at + end)
