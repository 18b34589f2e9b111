"""Text as the words and marks that a quotation check compares, each with its place.

Beyond :mod:`index.fold`, three things are no words and are left out on both sides: quotation marks
(where they stand differs between a source and a quotation of it), note marks, and the boxes that
character recognition leaves in place of quotation marks. Full-width forms count as the ordinary
ones.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, product

from index.fold import Folded, fold
from index.records import Span
from index.scripts import HAN, KANA, RAISED

_CJK = rf"{HAN}{KANA}"
_LETTER = rf"(?![{_CJK}{RAISED}])[^\W_]"
_TOKEN = re.compile(
    rf"(?P<cjk>[{_CJK}])"
    rf"|(?P<word>{_LETTER}(?:(?:(?<=[^\W\d_])'(?=[^\W\d_])|(?<=\d)[.,](?=\d))?{_LETTER})*)"
    r"|(?P<dots>\.(?: ?\.){2,}|[…⋯]+)"
    rf"|(?P<raised>[{RAISED}]+)"
    r"|(?P<note>\[\d{1,3}\])"
    r"""|(?P<quotes>['"□\ufffd])"""
    r"|(?P<mark>[^\w\s])"
)
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BREAK = re.compile(r"[^\W\d_][-‐]\s*\n\s*\w")
_SINGLE = "'’‘‛ʼ`´′＇"
_APOSTROPHES = "'’\u02bc"
_POSSESSIVE = re.compile(r"""(?<=[^\W\d_])[sSzZxX](?:['’\u02bc□\ufffd])(?=[\s.,;:!?)\]"”»」]|$)""")
_OPENING = re.compile(r"(?:^|(?<=[\s(\[—–-]))['‘‚](?=\S)|‘")
_MARK = re.compile("'")
_FAR = 400  # characters to look back for an opening mark
_DOUBTS = 4  # marks: each doubles the readings
_SHORT = 4_000  # characters: of a longer text the marks are taken all alike


@dataclass(frozen=True)
class Wording:
    """``keys[i]`` stands for ``text[starts[i]:ends[i]]``; places rise.

    Two texts say the same in the same order exactly when their keys are equal.
    """

    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def words(self) -> tuple[int, ...]:
        """The indexes of the keys that are words, numbers or CJK characters, not marks."""
        return tuple(i for i, key in enumerate(self.keys) if is_word(key))

    def part(self, start: int, end: int) -> Wording:
        return Wording(self.keys[start:end], self.starts[start:end], self.ends[start:end])


def is_word(key: str) -> bool:
    return key[0].isalnum()


def bare(key: str) -> str:
    """A word without a possessive apostrophe at its end, as it is indexed."""
    return key.removesuffix("'")


def wording(text: str) -> Wording:
    """The most likely reading, see :func:`readings`."""
    return next(readings(text))


def readings(text: str) -> Iterator[Wording]:
    """Every reading of a printed text: a hyphen at a line end may belong to the word or not, and a
    single mark after "s" may be an apostrophe or the end of a quotation. The likeliest is first.
    """
    hyphens: tuple[bool | None, ...] = (None, True, False) if _BREAK.search(text) else (None,)
    short = len(text) <= _SHORT
    for keep in hyphens:
        folded = fold(text, keep_hyphens=keep)
        for closing, apostrophes in _choices(_doubtful(text), _DOUBTS if short else 0):
            yield _tokens(text, folded, closing, apostrophes)


def _choices(doubtful: Sequence[int], few: int) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    """(closing marks, apostrophes): every way to take a few doubtful marks; of more, all alike."""
    if len(doubtful) > few:
        yield frozenset(doubtful), frozenset()
        yield frozenset(), frozenset(doubtful)
        return
    for chosen in product((False, True), repeat=len(doubtful)):
        apostrophes = frozenset(compress(doubtful, chosen))
        yield frozenset(doubtful) - apostrophes, apostrophes


def _doubtful(text: str) -> list[int]:
    """Where a single mark after an s may as well close a quotation."""
    found = []
    for m in _POSSESSIVE.finditer(text):
        before = text[max(0, m.start() - _FAR) : m.start()]
        if m.group()[-1] not in _APOSTROPHES or _OPENING.search(before):
            found.append(m.end() - 1)
    return found


def _tokens(
    text: str, folded: Folded, closing: frozenset[int], apostrophes: frozenset[int]
) -> Wording:
    plain = _MARK.sub(
        lambda m: "'" if text[folded.offsets[m.start()]] in _SINGLE else '"',
        folded.text.translate(_WIDTH),
    )
    keys: list[str] = []
    spans: list[Span] = []
    for m in _TOKEN.finditer(plain):
        kind, key, at = m.lastgroup, m.group(), m.start()
        start, end = folded.offsets[at], folded.ends[m.end() - 1]
        if kind == "quotes":
            if keys and start not in closing and (start in apostrophes or _belongs(text, start)):
                keys[-1] += "'"
                spans[-1] = (spans[-1][0], end)
            continue
        if (kind == "raised" or kind == "note") and _is_note(plain, at):
            continue
        keys.append("…" if kind == "dots" else key)
        spans.append((start, end))
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return Wording(tuple(keys), starts, ends)


def _belongs(text: str, at: int) -> bool:
    """Whether the mark at ``at`` is the apostrophe of a plural ("workers' rights")."""
    return text[at] in _APOSTROPHES and _POSSESSIVE.match(text, at - 1) is not None


def _is_note(text: str, at: int) -> bool:
    """Whether raised or bracketed figures at ``at`` are a note mark: they hang on a word of three
    letters or more, or on a mark, and not on a number or a unit such as m or km."""
    before = text[at - 1] if at else " "
    if before.isdigit() or before.isspace():
        return False
    head = re.search(r"[^\W\d_]+$", text[max(0, at - 4) : at])
    return head is None or len(head.group()) > 2 or not head.group().isascii()


# -- parts of a document ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's text as one reads on, without what interrupts it. ``pieces`` are the spans of
    the document's text that follow one another in ``text``; ``starts`` where each begins there."""

    text: str
    pieces: Sequence[Span]
    starts: Sequence[int]

    def origin(self, start: int, end: int) -> Span:
        """The span in the document's text of ``text[start:end]``, which must not be empty."""
        first = self.pieces[a := bisect_right(self.starts, start) - 1][0] + start - self.starts[a]
        b = bisect_right(self.starts, end - 1) - 1
        return first, self.pieces[b][0] + end - self.starts[b]

    def position(self, offset: int) -> int:
        """Where the character at an offset of the document stands, or the next one after it."""
        at = bisect_right([a for a, _ in self.pieces], offset) - 1
        if at < 0:
            return 0
        start, end = self.pieces[at]
        return self.starts[at] + min(offset, end) - start


def whole(text: str) -> Reading:
    return Reading(text, [(0, len(text))], [0])


def uninterrupted(text: str, interruptions: Sequence[Span]) -> Reading | None:
    """The text without these spans; None where none of them stands between other words."""
    gaps = _between(text, interruptions)
    if not gaps:
        return None
    cuts = [0, *(offset for gap in gaps for offset in gap), len(text)]
    pieces = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b]
    starts, at, parts = [], 0, []
    for a, b in pieces:
        starts.append(at)
        parts.append(text[a:b])
        at += b - a
    return Reading("".join(parts), pieces, starts)


def _between(text: str, interruptions: Sequence[Span]) -> list[Span]:
    """The spans joined where only white space parts them, each with text before and after."""
    joined: list[Span] = []
    for start, end in sorted(interruptions):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [
        (a, b)
        for i, (a, b) in enumerate(joined)
        if text[joined[i - 1][1] if i else 0 : a].strip() and text[b:].strip()
    ]
