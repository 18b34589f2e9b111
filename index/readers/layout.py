"""Plain text to pieces: lines, hard wraps, notes, and sentences that a page break cut."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from index.readers import furniture
from index.readers import phrases as say
from index.readers.fragments import Mark
from index.readers.pieces import Piece
from index.records import Kind
from index.scripts import LOWERED

_LINE = re.compile(r"[^\n\x0b\x0c\x85\u2028\u2029]+")
_INTERRUPTERS = frozenset({Kind.FOOTNOTE, Kind.BOILERPLATE, Kind.CAPTION})
_LONGEST_INTERRUPTION = 14


def lines(text: str, marks: Sequence[Mark] = ()) -> list[Piece]:
    """The lines of ``text`` that hold anything, trimmed; those that dropped tags name are told."""
    told = {m.position: m.name for m in marks if not m.closing}
    found: list[Piece] = []
    for m in _LINE.finditer(text):
        line = m.group()
        start, end = m.start() + len(line) - len(line.lstrip()), m.start() + len(line.rstrip())
        if start < end:
            if found and text.count("\n", found[-1].end, start) == 1:
                found[-1] = replace(found[-1], tight=True)
            found.append(_told(Piece(start, end), told.get(start, "")))
    return found


def _told(piece: Piece, name: str) -> Piece:
    match name:
        case "li" | "dd":
            return replace(piece, kind=Kind.LIST_ITEM, fixed=True)
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            return replace(piece, kind=Kind.HEADING, level=int(name[1]), fixed=True)
        case "caption" | "figcaption":
            return replace(piece, kind=Kind.CAPTION, fixed=True)
        case _:
            return piece


# --- what single lines are -----------------------------------------------------------------------


def classified(text: str, found: Sequence[Piece]) -> list[Piece]:
    """Tell notes, captions, page numbers and furniture; the rest stays open."""
    referred = _note_references(text)
    out: list[Piece] = []
    for i, piece in enumerate(found):
        if piece.kind is not None:
            out.append(piece)
            continue
        following = text[found[i + 1].start : found[i + 1].end] if i + 1 < len(found) else ""
        if signed := say.HEADING_SIGN.match(text, piece.start, piece.end):
            level = len(signed.group(1))
            out.append(replace(piece, kind=Kind.HEADING, level=level, fixed=True))
            continue
        kind = _kind_of(text[piece.start : piece.end], following, referred)
        if (
            kind is None
            and out
            and out[-1].kind is Kind.FOOTNOTE
            and say.URL_ONLY.fullmatch(text[piece.start : piece.end])
        ):
            kind = Kind.FOOTNOTE
        out.append(replace(piece, kind=kind))
    return _page_numbers(text, out)


def _note_references(text: str) -> frozenset[int]:
    return frozenset(int(m.group().translate(LOWERED)) for m in say.NOTE_REFERENCE.finditer(text))


def _kind_of(line: str, following: str, referred: frozenset[int]) -> Kind | None:
    if furniture.is_furniture(line) or furniture.is_release(line):
        return Kind.BOILERPLATE
    if (say.CAPTION.match(line) and len(line) < 400) or (
        len(line) < 400 and say.PHOTO_CREDIT.search(line)
    ):
        return Kind.CAPTION
    return Kind.FOOTNOTE if is_note(line, following, referred) else None


def is_note(line: str, following: str, referred: frozenset[int] = frozenset()) -> bool:
    """Whether a line is a note of the page's foot: marked so, or a numbered source."""
    if (say.NOTE_MARKED.match(line) and not say.BULLET.match(line)) or say.URL_ONLY.fullmatch(line):
        return True
    address = say.URL.search(line) is not None or (
        len(line) < 120 and say.URL_ONLY.fullmatch(following) is not None
    )
    if say.NOTE_WORDED.match(line):
        return len(line) < 400
    if m := say.NOTE_NUMBERED.match(line):
        return address or int(m.group(1)) in referred
    numbered = say.NUMBERED.match(line)
    return (
        numbered is not None and address and len(line) < 400 and int(numbered.group(1)) in referred
    )


def _page_numbers(text: str, found: list[Piece]) -> list[Piece]:
    """Lines that hold only a number: "Page 3", "- 3 -", or bare ones that count up."""
    bare = [
        (i, int(re.sub(r"\D", "", text[p.start : p.end]) or 0))
        for i, p in enumerate(found)
        if p.kind is None and text[p.start : p.end].strip().isdecimal() and p.end - p.start <= 4
    ]
    counting = {i for (i, n), (j, m) in itertools.pairwise(bare) if m == n + 1} | {
        j for (i, n), (j, m) in itertools.pairwise(bare) if m == n + 1
    }
    return [
        replace(p, kind=Kind.BOILERPLATE)
        if p.kind is None
        and (
            i in counting
            or (
                furniture.PAGE_NUMBER.fullmatch(text[p.start : p.end])
                and furniture.PAGE_WORD.search(text[p.start : p.end])
            )
        )
        else p
        for i, p in enumerate(found)
    ]
