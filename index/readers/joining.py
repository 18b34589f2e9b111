"""Sentences that page breaks and notes cut: each in one run."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.readers import phrases as say
from index.readers.numbering import Enumerator, enumerator
from index.readers.pieces import Piece
from index.records import Kind

_INTERRUPTERS = frozenset({Kind.FOOTNOTE, Kind.BOILERPLATE, Kind.CAPTION})
_LONGEST_INTERRUPTION = 14
_LONGEST_MARK = 40
# Styles that a figure, a name or a reference in the middle of a sentence looks like.
_MISTAKABLE = frozenset(
    {
        "annex",
        "part",
        "title",
        "unit",
        "section",
        "subsection",
        "roman",
        "word",
        "arabic",
        "number",
        "decimal2",
        "decimal3",
        "alpha",
    }
)
_FIGURE = re.compile(r"\d{1,2}(?:\.\d{1,2})?[ \t]+[^\W\d_]")


def openings_of(text: str, found: Sequence[Piece]) -> dict[int, bool]:
    """The starts of the pieces that begin with a bullet, a figure or an enumerator, and whether
    they surely count or list: where a figure, a name or a reference in the middle of a sentence
    begins so, no other piece counts on with it."""
    marks = {
        p.start: mark
        for p in found
        if p.kind is None
        and (mark := enumerator(text, p.start, min(p.end, p.start + _LONGEST_MARK)))
    }
    out = {p.start: False for p in found if _FIGURE.match(text, p.start, p.end)}
    out |= {start: not _mistakable(text, start, mark) for start, mark in marks.items()}
    out |= {p.start: True for p in found if say.BULLET.match(text, p.start, p.end)}
    counts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for start, mark in marks.items():
        part_of = text[start : mark.end].strip(" .").rpartition(".")[0]
        counts[mark.style, part_of].append(start)
    for starts in counts.values():
        for a, b in itertools.pairwise(starts):
            if marks[b].number == marks[a].number + 1:
                out[a] = out[b] = True
    return out


def _mistakable(text: str, start: int, mark: Enumerator) -> bool:
    """Whether it looks like a figure, a reference or the initial of a name."""
    return mark.style in _MISTAKABLE and (mark.style != "alpha" or text[start].isupper())


def rearranged(text: str, found: Sequence[Piece]) -> tuple[str, list[Piece]]:
    """Move what stands in the middle of a sentence to behind the paragraph it interrupts.

    The white space behind each piece moves with it; nothing is added or lost.
    """
    order = list(range(len(found)))
    openings = openings_of(text, found)
    broken = breaks_sentences(text, found, openings)
    i, moved = 0, False
    while i < len(found):
        j = i + 1
        while j < len(found) and j - i <= _LONGEST_INTERRUPTION and found[j].kind in _INTERRUPTERS:
            j += 1
        if j > i + 1 and j < len(found) and continues(text, found[i], found[j], openings, broken):
            order[i + 1 : j + 1] = [j, *range(i + 1, j)]
            moved = True
        i = j if j > i + 1 else i + 1
    if not moved:
        return text, list(found)
    return _permuted(text, found, _behind_paragraph(text, found, order, openings, broken))


def _behind_paragraph(
    text: str,
    found: Sequence[Piece],
    order: list[int],
    openings: Mapping[int, bool],
    broken: bool,
) -> list[int]:
    """Let a moved note also pass the further parts of its paragraph that follow without a note."""
    out = list(order)
    for at in range(len(out) - 1):
        a, b = found[out[at]], found[out[at + 1]]
        if b.kind not in _INTERRUPTERS or a.kind is not None:
            continue
        stop = at + 1
        while stop < len(out) and found[out[stop]].kind in _INTERRUPTERS:
            stop += 1
        if (
            stop < len(out)
            and out[stop] > out[at]
            and continues(text, a, found[out[stop]], openings, broken)
        ):
            out[at + 1 : stop + 1] = [out[stop], *out[at + 1 : stop]]
    return out


def _permuted(text: str, found: Sequence[Piece], order: Sequence[int]) -> tuple[str, list[Piece]]:
    ends = [p.start for p in found[1:]] + [len(text)]
    parts, pieces, at = [text[: found[0].start]], [], found[0].start
    for i in order:
        part, piece = text[found[i].start : ends[i]], found[i]
        if part == part.rstrip():  # the document's last piece has no white space behind it
            part += "\n\n"
        parts.append(part)
        pieces.append(replace(piece, start=at, end=at + piece.end - piece.start))
        at += len(part)
    return "".join(parts), pieces


def breaks_sentences(text: str, found: Sequence[Piece], openings: Mapping[int, bool]) -> bool:
    """Whether the text is known to cut sentences in two: a part begins with a small letter."""
    running = [piece for piece in found if piece.kind not in _INTERRUPTERS]
    return any(continues(text, a, b, openings, False) for a, b in itertools.pairwise(running))


def joined(text: str, found: Sequence[Piece]) -> list[Piece]:
    """Join neighbours that are one sentence cut in two."""
    openings = openings_of(text, found)
    broken = breaks_sentences(text, found, openings)
    out: list[Piece] = []
    for piece in found:
        if out and continues(text, out[-1], piece, openings, broken):
            out[-1] = replace(out[-1], end=piece.end, tight=piece.tight)
        else:
            out.append(piece)
    return out


def continues(
    text: str, before: Piece, after: Piece, openings: Mapping[int, bool], broken: bool
) -> bool:
    """Whether ``after`` goes on with the sentence that ``before`` breaks off.

    ``broken``: the text is known to cut sentences, so that a long line without an end is taken as
    cut even where a capital follows (a name may stand there). ``openings`` as in
    :func:`openings_of`.
    """
    if before.kind is not None or after.kind is not None or before.fixed or after.fixed:
        return False
    if before.quoted != after.quoted:
        return False
    head, tail = text[before.start : before.end], text[after.start : after.end]
    opening = openings.get(after.start)
    if say.is_finished(head) or opening or say.leads_in(head, tail):
        return False
    if head[-1] in "，、" or (opening is None and say.starts_lower(tail)):
        return True
    title = say.capital_share(head) >= 0.75 or (
        before.start in openings and not re.search(r"[.。]\s", head[8:])
    )
    if say.ends_joining(head) and not title:
        return True
    long = len(head) >= 70 or re.search(r"[.!?]\s+[A-Z]", head) is not None
    if opening is not None:
        figure = _FIGURE.match(tail)
        return figure is not None and figure.group()[-1].islower() and long and not title
    if say.has_han(head[-1:]) and say.has_han(tail[:1]):
        return len(head) >= 25 and ("，" in head or "," in head)
    if not broken or title or before.start == len(text) - len(text.lstrip()):
        return False
    return long and (say.is_finished(tail) or len(tail) > 100)
