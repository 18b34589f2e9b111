"""Section paths: headings to blocks that know what they stand under."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.readers.phrases import SUPERSCRIPTS
from index.readers.pieces import Headed, Piece
from index.records import Block, Kind
from index.text import display

_NOTE_MARK = re.compile(rf"(?:[{SUPERSCRIPTS}]+|\[\^?\d{{1,3}}\])\s*$")
_NUMBERED, _UNNUMBERED = 100, 1000


def heading_name(text: str) -> str:
    """A heading as a path shows it: on one line, without note mark and full stop."""
    name = _NOTE_MARK.sub("", display(text).lstrip("#")).strip()
    return name[:-1] if name[-1:] in ".。" and not name.endswith("..") else name


def blocks(text: str, items: Sequence[Headed], title: int | None = None) -> tuple[Block, ...]:
    """Blocks with section paths. The title (``items[title]``) and a label above it
    ("Chapter 2") are no sections of their own document.

    Marked levels nest by level, numbered headings by rank and below the marked ones. A heading
    without either stands below the last numbered one, one step deeper right under another such.
    """
    stack: list[tuple[int, str]] = []
    out: list[Block] = []
    deepest, above, first = _UNNUMBERED, False, -1 if title is None else title
    for i, item in enumerate(items):
        p = item.piece
        heading = p.kind is Kind.HEADING
        section = tuple(name for _, name in stack)
        if heading and i <= first:
            section = (heading_name(text[p.start : p.end]),)
        elif heading:
            weight = _weight(item, deepest, above)
            deepest = max(weight, _UNNUMBERED)
            entry = (weight, heading_name(text[p.start : p.end]))
            stack = [*(e for e in stack if e[0] < weight), entry]
            section = tuple(name for _, name in stack)
        above = heading and item.rank is None and p.level is None and i > first
        out.append(_block(p, section))
    return tuple(out)


def _block(p: Piece, section: tuple[str, ...]) -> Block:
    kind = p.kind or Kind.PARAGRAPH
    return Block(kind, p.start, p.end, p.page, section, p.table, p.row, p.column, p.headings)


def _weight(item: Headed, deepest: int, above: bool) -> int:
    if item.piece.level is not None:
        return item.piece.level
    if item.rank is not None:
        return _NUMBERED + item.rank
    return min(deepest + 1, _UNNUMBERED + 1) if above else deepest
