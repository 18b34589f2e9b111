"""How an answer is set: sentences run on, rows of a table and items stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text import display

_CLOSED = re.compile(
    r"""[.!?…。！？｡](?:[)\]}”’»›」』】》〉）"'*\u00b9\u00b2\u00b3\u2070-\u2079]|\[\d{1,3}\])*\s*$"""
)
_ITEM = re.compile(r"\s*(?:[(（]?\w{1,3}[.)）]\s|[\u2460-\u24ff\u2776-\u2793]|[-–—*•▪●·]\s)")


_BULLET = re.compile(r"^[-\u2013*\u2022\u2023\u25aa\u25cf\u25e6\u2043\u00b7]\s*(?=[^\W\d_]{2}.*\s)")


def unbulleted(cell: str) -> str:
    """A cell of several words without the bullet that it opens with: "-Each ministry"."""
    return _BULLET.sub("", cell)


def row(text: str) -> str:
    """A row of a table on one line, tabs between its cells; none for those that are empty."""
    return "\t".join(filter(None, (unbulleted(display(cell)) for cell in text.split("\t"))))


def headed(text: str, headings: Sequence[str]) -> str:
    """A row with the headings of its columns before its cells; as it is, where they are not as
    many."""
    cells = text.split("\t")
    if len(headings) != len(cells):
        return text
    return "\t".join(f"{h}: {c}" if h else c for h, c in zip(headings, cells, strict=True))


def printed(text: str, headings: Sequence[str] = ()) -> str:
    """A sentence or row as it is shown to people: a bar stands between cells, the heading of its
    column before each."""
    return headed(text, headings).replace("\t", " | ")


def closed(text: str) -> bool:
    """Whether a stop ends it, as it does no row of a table, no heading and few items of a list."""
    return bool(_CLOSED.search(text))


def alone(text: str, item: bool = False) -> bool:
    """Whether it has a line of its own: what is or reads as an item, or what no stop closes."""
    return item or not closed(text) or bool(_ITEM.match(text))


def lines(apart: Sequence[bool]) -> list[list[int]]:
    """The indices of the sentences on each line: those that stand ``apart`` have their own."""
    found: list[list[int]] = []
    for at, own in enumerate(apart):
        if found and not own and not apart[at - 1]:
            found[-1].append(at)
        else:
            found.append([at])
    return found
