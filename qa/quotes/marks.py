"""The marks editors put into a quotation: ellipses, brackets, [sic]; and the parts between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.wording import Wording, readings

_DOTS = r"(?:\.(?:\s?\.){2,}|…+|⋯+)"
_OPEN, _SHUT = r"[\[［〔]", r"[\]］〕]"
_MARK = re.compile(
    rf"(?P<sic>[\[(（［〔]\s*(?:sic!?|原文如此|原文ママ|ママ)\s*[\])）］〕])"
    rf"|(?P<ellipsis>[\[(（［〔]\s*{_DOTS}\s*[\])）］〕]|{_DOTS})"
    rf"|(?P<bracket>{_OPEN}(?P<inside>[^\[\]［］〔〕]{{1,200}}){_SHUT})",
    re.IGNORECASE,
)
_CAPITAL = re.compile(rf"(?<![^\W_]){_OPEN}([A-Za-zÀ-ɏͰ-ӿ]{{1,2}}){_SHUT}(?=[^\W\d_])")
_ENDING = re.compile(r"[a-z]{1,4}", re.IGNORECASE)
_LEADING = frozenset(",.;:-•·*”、，。；：")
_TRAILING = frozenset(",.;:-、，。；：")
ELLIPSIS, BRACKET, SIC = "ellipsis", "bracket", "sic"
# Words that a mark may stand for. Between very short parts an ellipsis may leave out less: with a
# long reach, single words picked from anywhere would pass for a quotation.
_MOST = {ELLIPSIS: 120, BRACKET: 15, SIC: 0}
_MOST_BETWEEN_SHORT = 25
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """A mark between two parts; ``inserted`` are the editor's own words, ``most`` how many words
    of the source it may stand for."""

    kind: str
    inserted: str
    most: int


@dataclass(frozen=True, slots=True)
class Part:
    """Words between two marks in all their readings; with ``stem`` the last word is only its
    beginning ("walk[s]")."""

    text: str
    readings: tuple[Wording, ...]
    stem: bool = False

    @property
    def size(self) -> int:
        """Words."""
        return len(self.readings[0].words)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation as printed: as it stands, and, if it has editor's marks, in parts.

    ``gaps[i]`` stands between ``parts[i]`` and ``parts[i + 1]``; ``outer`` holds the marks at its
    ends. Without marks there is one part, which is the whole.
    """

    text: str
    whole: Part
    parts: tuple[Part, ...]
    gaps: tuple[Gap, ...]
    outer: tuple[Gap, ...]

    @property
    def edited(self) -> bool:
        return bool(self.gaps or self.outer) or self.parts != (self.whole,)


def read(text: str) -> Quotation:
    """Tell the words of a quotation from the marks of its editor."""
    whole = part(text)
    merged = _CAPITAL.sub(r"\1", text)
    pieces, marks = _cut(merged)
    parts: list[Part] = []
    gaps: list[Gap] = []
    outer: list[Gap] = []
    waiting: list[Gap] = []
    for piece, mark in zip(pieces, [*marks, None], strict=True):
        found = part(piece)
        if found.size:
            if parts and waiting:
                gaps.append(_one(waiting))
            else:
                outer += waiting
            waiting = []
            stem = mark is not None and mark.kind == BRACKET and mark.most == 0
            parts.append(replace(found, stem=stem))
        waiting += [mark] if mark else []
    if not parts:
        return Quotation(text, whole, (whole,), (), ())
    shortened = tuple(_limited(gap, parts[i : i + 2]) for i, gap in enumerate(gaps))
    if not marks and merged == text:
        return Quotation(text, whole, (whole,), (), ())
    return Quotation(text, whole, tuple(parts), shortened, (*outer, *waiting))


def _cut(text: str) -> tuple[list[str], list[Gap]]:
    """The text between the marks, and the marks."""
    pieces, marks, at = [], [], 0
    for m in _MARK.finditer(text):
        kind = str(m.lastgroup if m.lastgroup != "inside" else BRACKET)
        kind = BRACKET if m["bracket"] else kind
        inside = (m["inside"] or "").strip()
        ending = (
            kind == BRACKET and text[m.start() - 1 : m.start()].isalpha() and _ENDING.match(inside)
        )
        pieces.append(text[at : m.start()])
        marks.append(Gap(kind, inside, 0 if ending else _MOST[kind]))
        at = m.end()
    return [*pieces, text[at:]], marks


def _one(marks: Sequence[Gap]) -> Gap:
    """Marks in a row as one."""
    widest = max(marks, key=lambda g: g.most)
    return replace(widest, inserted=" ".join(g.inserted for g in marks if g.inserted))


def _limited(gap: Gap, around: Sequence[Part]) -> Gap:
    if min(p.size for p in around) >= _SHORT:
        return gap
    return replace(gap, most=min(gap.most, _MOST_BETWEEN_SHORT))


def part(text: str) -> Part:
    """A run of words in its readings, without the marks at its ends that style rules put there:
    a final comma or full stop may be the newspaper's own, a question mark may not."""
    found = tuple(dict.fromkeys(_trimmed(reading) for reading in readings(text)))
    return Part(text, found)


def _trimmed(words: Wording) -> Wording:
    start, end = 0, len(words)
    while start < end and words.keys[start] in _LEADING and not _is_sign(words, start):
        start += 1
    while end > start and words.keys[end - 1] in _TRAILING:
        end -= 1
    return words.part(start, end)


def _is_sign(words: Wording, at: int) -> bool:
    """Whether a dash at ``at`` is the sign of a number."""
    after = words.keys[at + 1 : at + 2]
    return (
        words.keys[at] == "-"
        and bool(after)
        and after[0][0].isdigit()
        and words.starts[at + 1] == words.ends[at]
    )
