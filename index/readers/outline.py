"""Which pieces are headings: numbered ones, run-in ones, and lines that stand as headings do."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index.readers import furniture
from index.readers import phrases as say
from index.readers.items import LABELS, counts, ends_list, goes_on
from index.readers.numbering import STRONG, Enumerator, enumerator, ranks
from index.readers.pieces import Headed, Piece
from index.readers.standing import SKIPPED, unnumbered
from index.records import Kind
from index.text import sentences

_GLUED = re.compile(r"(?<=[^\W\d_][.!?;。！？；])[\"”’)]?(?=[(（]\w[\w-]{0,14}[)）]\s?[^\W\d_])")
_SPACED = re.compile(r"(?<=[.!?;。！？；])[\"”’)]?\s+(?=[(（]\w[\w-]{0,14}[)）]\s?[^\W\d_])")
_LONGEST_LINE = 400
_LONGEST_RUN_IN = 250
_CONTENTS_LINE = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}\s*$|…{2,}\s*\d{1,4}\s*$")


def split(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Cut open pieces where a numbered point or an editor's credit runs into the text before."""
    out: list[Piece] = []
    counted: int | None = None
    for piece in pieces:
        if piece.kind is not None:
            out.append(piece)
            continue
        cuts = [m.end() for m in _GLUED.finditer(text, piece.start, piece.end)]
        first = enumerator(text, piece.start, piece.end)
        counted = first.number if first else counted
        for m in _SPACED.finditer(text, piece.start, piece.end):
            e = enumerator(text, m.end(), piece.end)
            if (
                e
                and first
                and counted is not None
                and e.number == counted + 1
                and text[piece.start] in "(（"
            ):
                cuts.append(m.end())
                counted = e.number
        credit = furniture.CREDIT_END.search(text, max(piece.start, piece.end - 120), piece.end)
        parts = _cut(text, piece, sorted({*cuts, *([credit.end()] if credit else [])}))
        if credit:
            parts[-1] = replace(parts[-1], kind=Kind.BOILERPLATE)
        out += parts
    return out


def _cut(text: str, piece: Piece, cuts: Sequence[int]) -> list[Piece]:
    parts = []
    for a, b in zip([piece.start, *cuts], [*cuts, piece.end], strict=True):
        part = text[a:b]
        if part.strip():
            parts.append(
                replace(
                    piece,
                    start=a + len(part) - len(part.lstrip()),
                    end=a + len(part.rstrip()),
                    tight=b != piece.end or piece.tight,
                )
            )
    return parts


def headed(text: str, pieces: Sequence[Piece]) -> list[Headed]:
    """Tell headings and list items among the open pieces; cut run-in headings from their text."""
    marks = [_enumerator(text, p) for p in pieces]
    ends = {i: _heading_end(text, pieces, marks, i) for i, e in enumerate(marks) if e}
    accepted = _accepted(text, pieces, marks, ends)
    order = ranks([(e.style, e.number) for i, e in enumerate(marks) if e and i in accepted])
    out: list[Headed] = []
    for i, piece in enumerate(pieces):
        e = marks[i]
        if e and i in accepted:
            out += _with_heading(text, piece, ends[i], order[e.style], e.number)
        elif piece.kind is None and (
            counts(marks, i) or say.BULLET.match(text, piece.start, piece.end)
        ):
            out.append(Headed(replace(piece, kind=Kind.LIST_ITEM)))
        elif piece.kind is None and _CONTENTS_LINE.search(text, piece.start, piece.end):
            out.append(Headed(replace(piece, kind=Kind.BOILERPLATE)))
        else:
            out.append(Headed(piece))
    marked = any(item.piece.level is not None for item in out)
    return out if marked else unnumbered(text, out)


def _enumerator(text: str, piece: Piece) -> Enumerator | None:
    """Its enumerator, where it is not told yet what the piece is; lines of contents have none."""
    if piece.kind is not None or piece.end - piece.start < 2:
        return None
    if _CONTENTS_LINE.search(text, piece.start, piece.end):
        return None
    return enumerator(text, piece.start, piece.end)


def _with_heading(text: str, piece: Piece, end: int, rank: int, number: int) -> list[Headed]:
    rest = text[end : piece.end]
    out = [
        Headed(
            replace(piece, kind=Kind.HEADING, end=end, tight=bool(rest.strip()) or piece.tight),
            rank,
            number,
        )
    ]
    if rest.strip():
        start = end + len(rest) - len(rest.lstrip())
        out.append(Headed(replace(piece, start=start)))
    return out


def _heading_end(
    text: str, pieces: Sequence[Piece], marks: Sequence[Enumerator | None], i: int
) -> int:
    """Where piece ``i`` would end as a heading: the whole of it, its first sentence or only its
    label; 0 where its form speaks against a heading."""
    piece, mark = pieces[i], marks[i]
    assert mark is not None
    rest = text[mark.end : piece.end]
    if not rest:
        return piece.end if mark.style in LABELS else 0
    if rest[0].islower() and mark.style != "word":
        return 0
    found = sentences(text, mark.end, piece.end)
    whole = len(found) == 1
    if mark.style in LABELS and (not whole or say.is_finished(rest)):
        return mark.end - (len(text[: mark.end]) - len(text[: mark.end].rstrip()))
    if mark.style.startswith("decimal") and (not whole or say.is_finished(rest)):
        return 0
    if rest[-1] == "—" or goes_on(text, pieces, marks, i):
        return 0
    if whole and not say.is_finished(rest):
        return piece.end if len(rest) <= _LONGEST_LINE else 0
    if mark.style not in STRONG and mark.style != "paren-arabic":
        return 0
    if whole and (not _has_body(text, pieces, marks, i) or ends_list(text, pieces, marks, i)):
        return 0
    return found[0][1] if found[0][1] - piece.start <= _LONGEST_RUN_IN else 0


def _has_body(
    text: str, pieces: Sequence[Piece], marks: Sequence[Enumerator | None], i: int
) -> bool:
    """Whether something that is not the next point of the same count follows."""
    for j in range(i + 1, len(pieces)):
        if pieces[j].kind in SKIPPED:
            continue
        after, mark = marks[j], marks[i]
        same = after and mark and after.style == mark.style
        return not same and (pieces[j].kind is not Kind.HEADING)
    return False


def _accepted(
    text: str, pieces: Sequence[Piece], marks: Sequence[Enumerator | None], ends: dict[int, int]
) -> frozenset[int]:
    """The numbered pieces that are headings.

    Strong styles: where the form allows it and the number has a neighbour in the count, or the
    line stands alone without a full stop. Weak ones ("1.", "(1)", "a)"): where most of the style
    stand as lines above a text of their own, or where they continue the count of strong ones.
    A lone "Annex" is one only beside others.
    """
    strong = [
        (i, e)
        for i, e in enumerate(marks)
        if e and ends[i] and (e.style in STRONG or e.style == "paren-arabic")
    ]
    numbers = {e.number for _, e in strong if e.style != "paren-arabic"}
    chained = _chained(strong)
    lines = {i for i in ends if _is_line(text, pieces[i], ends[i])}
    heads = _line_styles(text, pieces, marks, lines)
    kept = set(chained)
    for i, e in enumerate(marks):
        if e and ends[i] and i not in kept:
            strong_line = i in lines or e.style in LABELS
            counted = bool({e.number - 1, e.number + 1} & numbers)
            if (e.style in STRONG and (strong_line or counted)) or (
                e.style in heads and i in lines
            ):
                kept.add(i)
    counted_ones = any(e and e.number for i, e in enumerate(marks) if i in kept)
    return frozenset(kept) if counted_ones else frozenset()


def _is_line(text: str, piece: Piece, end: int) -> bool:
    """Whether the heading would be the whole of its piece and has no full stop."""
    return end == piece.end and not say.is_finished(text[piece.start : piece.end])


def _line_styles(
    text: str, pieces: Sequence[Piece], marks: Sequence[Enumerator | None], lines: set[int]
) -> frozenset[str]:
    """Weak styles that mostly stand as lines above a text of their own. A number without any mark
    ("2 Results") is one only where parts of it are numbered too ("2.1 Walls", "(1) ...")."""
    able: dict[str, list[bool]] = defaultdict(list)
    for i, e in enumerate(marks):
        if e and e.style not in STRONG:
            able[e.style].append(i in lines and _has_body(text, pieces, marks, i))
    if not any(e and e.style.startswith("decimal") for e in marks) and not _subdivided(marks):
        able.pop("number", None)
    return frozenset(s for s, found in able.items() if sum(found) >= 0.6 * len(found))


def _subdivided(marks: Sequence[Enumerator | None]) -> bool:
    """Whether "(1)" stands right below one of several numbers without a mark."""
    return sum(e is not None and e.style == "number" for e in marks) > 1 and any(
        a and b and a.style == "number" and (b.style, b.number) == ("paren-arabic", 1)
        for a, b in itertools.pairwise(marks)
    )


def _chained(strong: Sequence[tuple[int, Enumerator]]) -> frozenset[int]:
    """Bracketed numbers that count on with bracketed numbers of another, strong style."""
    bracketed = [(i, e) for i, e in strong if e.style.startswith("paren")]
    if len({e.style for _, e in bracketed}) < 2:
        return frozenset()
    steps = [b[1].number - a[1].number for a, b in itertools.pairwise(bracketed)]
    if sum(s == 1 for s in steps) < 0.8 * len(steps):
        return frozenset()
    return frozenset(i for i, _ in bracketed)
