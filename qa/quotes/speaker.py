"""Who is speaking: the reporting clause around a span says so, or nobody is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.records import Span
from index.scripts import is_cjk, words
from index.text import sentences
from qa.quotes import chinese
from qa.quotes import reporting as say
from qa.quotes.records import Attribution, Frame
from qa.quotes.regions import is_speech, masked, quotations, unmasked

_V = rf"(?:{say.SAYING})(?!\s+by\b)"
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
        rf"(?:^|(?<=[.!?;:]\s)){_SUBJECT[:-2]})\s+(?P<verb>{_V})\b(?P<rest>[^“”\"「」.!?;]{{0,120}}?)[,:]?\s*$",
        re.S,
    ),
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
_LABEL = re.compile(r"\s*(?P<label>[A-Z\u3400-\u9fff][^:：,，.!?\n\"“”]{1,40}?)\s*[:：]")
_APPOSED = re.compile(r",\s+[A-Z][\w'’\ue000-]*(?:\s[A-Z][\w'’\ue000-]*){0,3}(?=[,.;:!?]|\s*$)")
_CALENDAR = words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December"
)
_VERB = re.compile(rf"\b(?:{_V}|according to)\b", re.I)


def attribution(text: str, block: Span, span: Span) -> Attribution | None:
    """The speaker of ``text[span]``, which stands in the paragraph ``text[block]``; None where the
    paragraph does not name one for certain, or where the span itself says who is speaking."""
    low, high = block
    part = masked(text[low:high])
    start, end = span[0] - low, min(span[1], high) - low
    if span[1] > high:
        return None
    found = chinese.frame(part, start, end) if is_cjk(part) else _english(part, start, end)
    found = found or _labelled(text, block, start)
    if found is None:
        return None
    speaker = _in_full(text, low + found.start, unmasked(found.speaker))
    a, b = low + found.start, low + found.end
    return Attribution(speaker, a, b, text[a:b])


def _labelled(text: str, block: Span, start: int) -> Frame | None:
    """The label of a turn in a transcript ("BERG: We agreed."), if it labels several turns."""
    m = _LABEL.match(text, *block)
    if not m or m.end() - block[0] > start:
        return None
    turns = re.findall(rf"^\s*{re.escape(m['label'])}\s*[:：]", text, re.MULTILINE)
    if len(turns) < 2:
        return None
    speaker = m["label"] if is_cjk(m["label"]) else say.name(m["label"])
    return Frame(speaker, m.start("label") - block[0], m.end("label") - block[0])


def _english(part: str, start: int, end: int) -> Frame | None:
    regions = quotations(part)
    around = next((r for r in regions if r[0] <= start and end <= r[1]), None)
    if around is not None and is_speech(part, around):
        return _direct(part, regions, around)
    if any(a < end and start < b and not (start <= a and b <= end) for a, b in regions):
        return None  # it begins or ends inside somebody else's words
    if around is None and any(
        start <= a and b <= end and is_speech(part, (a, b)) for a, b in regions
    ):
        return None
    return _reported(part, start, end)


def _direct(part: str, regions: list[Span], around: Span) -> Frame | None:
    """The frame of words in quotation marks: behind them, before them, or taken on from the
    quotation right before in the same paragraph."""
    at = regions.index(around)
    own = _frame_of(part, regions, at)
    if own is not None and not say.PRONOUN.match(own.speaker):
        return own
    for before in range(at - 1, -1, -1):
        earlier = _frame_of(part, regions, before)
        between = part[regions[before][1] : regions[before + 1][0]]
        if not _goes_on(between) or re.search(r"\basks?(?:ed)?\b", between):
            return None
        if earlier is not None and not say.PRONOUN.match(earlier.speaker):
            return None if own and _others(between, earlier.speaker) else earlier
        if earlier is None and _VERB.search(between):
            return None
    return None


def _others(between: str, speaker: str) -> bool:
    """Whether somebody else stands between two quotations, whom a pronoun may mean."""
    return bool(set(re.findall(r"[A-Z][\w'’-]+", between)) - set(speaker.split()) - _CALENDAR)


def _goes_on(between: str) -> bool:
    """Whether nothing but the rest of one sentence stands between two quotations."""
    return not re.search(r"[.!?]\s+[^\W\d_]", between)


def _frame_of(part: str, regions: list[Span], at: int) -> Frame | None:
    region = regions[at]
    stop = regions[at + 1][0] if at + 1 < len(regions) else len(part)
    behind = part[region[1] : stop]
    last = part[region[0] : region[1]].rstrip("\"'’”»")[-1:]
    if last in ",!?—–-…" or behind.lstrip()[:1] in ("", ","):
        sentence = _first_sentence(behind)
        for pattern in _AFTER:
            m = pattern.match(sentence)
            if m and not _starts_elsewhere(m["subject"]) and (frame := _frame(m, region[1])):
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


def _starts_elsewhere(subject: str) -> bool:
    """Whether a clause of its own stands before the name (", opens on Friday, Berg said")."""
    head, comma, _ = subject.partition(",")
    return bool(comma) and not subject.rstrip().endswith(",") and not say.is_described(head)


def _first_sentence(text: str) -> str:
    m = re.search(r"(?<![A-Z])(?<!\b(?:Mr|Ms|Dr|St))[.!?](?=\s|$)", text)
    return text[: m.start()] if m else text


def _last_sentence(text: str) -> Iterator[int]:
    """Where the sentence begins that a text breaks off in."""
    spans = sentences(text, 0, len(text))
    yield spans[-1][0] if spans else 0


def _frame(m: re.Match[str], at: int) -> Frame | None:
    group, verb = m.span("subject"), m.span("verb")
    end = group[1]
    if verb < group and say.is_described(m["subject"]):  # "said the mayor, Anna Berg"
        apposed = _APPOSED.match(m.string, end)
        end = apposed.end() if apposed else end
    speaker = say.name(m.string[group[0] : end] + "," * (verb < group))
    if not speaker:
        return None
    low, high = min(group[0], verb[0]), max(end, verb[1])
    name = m.string.find(speaker, low, high)
    low = max(low, m.string.rfind(",", low, name) + 1) if name > 0 else low
    lead = len(m.string[low:high]) - len(m.string[low:high].lstrip(" ,—–-"))
    return Frame(speaker, at + low + lead, at + high)


def _reported(part: str, start: int, end: int) -> Frame | None:
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
            rest = (m.groupdict().get("rest") or "") + head[m.end() :]
            if _VERB.search(rest) or '"' in rest or ";" in rest:
                return None
            frame = _frame(m, sentence[0])
            if frame and not say.PRONOUN.match(frame.speaker):
                return frame
    return _closing(tail.rstrip(" .!?”\"'"), end)


def _closing(tail: str, at: int) -> Frame | None:
    """The frame that ends a sentence: ", the notice said", ", according to the notice"."""
    for m in reversed(list(re.finditer(r",", tail))):
        rest = tail[m.start() :]
        if '"' in rest or "“" in rest:
            return None
        for pattern in _AFTER:
            found = pattern.match(rest)
            if found is None or len(rest) - found.end() > 60 or found["verb"] == "tells":
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
