"""Headings without a number: lines that stand as headings do."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.readers import phrases as say
from index.readers.pieces import Headed
from index.records import Kind
from index.text import sentences

SKIPPED = frozenset({Kind.FOOTNOTE, Kind.BOILERPLATE})
_LABEL = re.compile(r"([^\W\d_][^:：!?！？。\n]{0,40}?)\s*[:：](?!//)\s*\S")
_COUNTED = re.compile(r"(?:\d|\b\w)$")


def unnumbered(text: str, items: Sequence[Headed]) -> list[Headed]:
    """Lines that stand as headings: short, apart, above something longer; never three in a row, nor
    what somebody says in a conversation, nor the entries of a form."""
    lengths = Counter(i.piece.tight for i in items if i.piece.kind is None)
    spaced = lengths[False] > lengths[True]
    excluded = _turns(text, items) | _entries(text, items, spaced)
    stands = [False] * len(items)
    for i in reversed(range(len(items))):
        able = items[i].piece.kind is None and i not in excluded
        stands[i] = able and _stands(text, items, (i, spaced), stands)
    out = list(items)
    for i, ok in enumerate(stands):
        run = sum(stands[max(0, i - 2) : i + 3]) if ok else 0
        if ok and not (
            run >= 3 and any(all(stands[j : j + 3]) for j in range(max(0, i - 2), i + 1))
        ):
            out[i] = Headed(replace(items[i].piece, kind=Kind.HEADING))
    return out


def _turns(text: str, items: Sequence[Headed]) -> frozenset[int]:
    """The turns of a conversation: pieces behind a speaker's label ("Berg: And you?"), where two
    labels or more each begin several that end as sentences do."""
    labels = {i: m[1] for i, item in enumerate(items) if (m := _label(text, item))}
    said = Counter(
        label
        for i, label in labels.items()
        if say.is_finished(text[items[i].piece.start : items[i].piece.end])
    )
    speakers = {label for label, n in said.items() if n > 1}
    return frozenset(i for i in labels if len(speakers) > 1 and labels[i] in speakers)


def _entries(text: str, items: Sequence[Headed], spaced: bool) -> frozenset[int]:
    """Lines such as "Seat: Lenz" among others of their kind: three in a row, or two together where
    paragraphs stand apart. What a label counts ("Measure 2: Walls") is no entry."""
    found: set[int] = set()
    for labelled, run in itertools.groupby(range(len(items)), lambda i: _is_entry(text, items[i])):
        row = list(run)
        if labelled and (len(row) > 2 or (len(row) == 2 and spaced and items[row[0]].piece.tight)):
            found.update(row)
    return frozenset(found)


def _is_entry(text: str, item: Headed) -> bool:
    m = _label(text, item)
    return m is not None and not _COUNTED.search(m[1])


def _label(text: str, item: Headed) -> re.Match[str] | None:
    """What stands before the colon in a piece such as "Seat: Lenz", also in one that states a date
    and so is furniture by now."""
    piece = item.piece
    told = piece.kind not in (None, Kind.BOILERPLATE)
    return None if told else _LABEL.match(text, piece.start, piece.end)


def _stands(
    text: str, items: Sequence[Headed], place: tuple[int, bool], stands: Sequence[bool]
) -> bool:
    """Whether an open piece stands as a heading does; ``stands`` is told for those behind it."""
    i, spaced = place
    piece = items[i].piece
    s = text[piece.start : piece.end]
    j = next((j for j in range(i + 1, len(items)) if items[j].piece.kind not in SKIPPED), None)
    if j is None or len(s) > 200 or "\n" in s or s[0] in "(（[" or not any(c.isalpha() for c in s):
        return False
    if spaced and _laid_out(text, items, i, j):
        return True
    after = items[j].piece
    above_text = after.kind is None and after.end - after.start > len(s)
    if s[-1] in "?？":
        return _is_question(s) and (after.kind is Kind.LIST_ITEM or above_text)
    if say.is_finished(s) or say.ends_joining(s):
        return False
    # "Member" above "$500" is a label, not a heading.
    below = text[after.start : after.end]
    headed = above_text and (len(below) > 40 or say.is_finished(below))
    if len(s.split()) < 5 and not (headed or stands[j] or after.kind is not None):
        return False
    return _looks_like_title(s) or (
        _is_plain_line(s)
        and above_text
        and (after.end - after.start > 2 * len(s))
        and say.is_finished(below)
    )


def _is_question(s: str) -> bool:
    return len(s) <= 150 and s[0] not in '"“‘「' and len(sentences(s, 0, len(s))) == 1


def _looks_like_title(s: str) -> bool:
    if say.has_han(s):
        return len(s) <= 40 and not re.search(r"[，。；,;]", s)
    return (
        say.capital_share(s) >= 0.75
        and re.search(r"[^\W\d_]{3}", s) is not None
        and "," not in s[-3:]
        and not re.search(r"[.!?]\s", s)
    )


def _is_plain_line(s: str) -> bool:
    return (
        len(s) <= 80 and len(s.split()) <= 12 and s[0].isupper() and not re.search(r"[,;:.!?]", s)
    )


def _laid_out(text: str, items: Sequence[Headed], i: int, j: int) -> bool:
    """A short line directly above a long one, where other paragraphs stand apart."""
    piece, after = items[i].piece, items[j].piece
    before = items[i - 1].piece if i else None
    return (
        piece.tight
        and j == i + 1
        and not (before and before.tight)
        and not after.tight
        and after.kind is None
        and piece.end - piece.start <= 150
        and after.end - after.start > max(200, 1.5 * (piece.end - piece.start))
        and text[piece.end - 1] not in ":："
        and len(sentences(text, piece.start, piece.end)) == 1
    )
