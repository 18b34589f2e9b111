"""The running heads and page numbers of a PDF: lines in the margins that go from page to page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.readers import furniture
from index.readers.folios import FEWEST, numbers
from index.readers.pdf.rows import Line

_DIGITS = re.compile(r"\d+")
_MARGIN = 0.12  # of the page's height, where running heads and page numbers stand
_SHARE = 0.3  # of the pages that have a running head: left and right ones may differ


def running(pages: Sequence[Sequence[Line]]) -> list[frozenset[Line]]:
    """Of each page its running heads: lines that stand at the same height on other pages, numbers
    apart, and those with a number that counts the pages there, whatever is beside it."""
    margins = [outermost(page) for page in pages]
    same = Counter(place for lines in margins for place in {_place(line) for line in lines})
    counted = Counter(
        count for i, lines in enumerate(margins) for count in {c for x in lines for c in _of(x, i)}
    )
    enough = _SHARE * len(pages)
    return [
        frozenset(
            line
            for line in lines
            if same[_place(line)] >= max(2, enough)
            or furniture.PAGE_NUMBER.fullmatch(line.text.strip())
            or any(counted[count] >= max(FEWEST, enough) for count in _of(line, i))
        )
        for i, lines in enumerate(margins)
    ]


def outermost(page: Sequence[Line]) -> list[Line]:
    """The three topmost and lowest lines as far as they stand in the margins."""
    by_height = sorted(page, key=lambda line: line.bottom)
    return [
        line
        for line in {*by_height[:3], *by_height[-3:]}
        if line.top > (1 - _MARGIN) * line.height or line.bottom < _MARGIN * line.height
    ]


def _place(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", " ".join(line.text.split())), _height(line)


def _height(line: Line) -> int:
    return round(line.bottom / 4)


def _of(line: Line, index: int) -> Iterator[tuple[int, int]]:
    """The height of a line with by how much a number at its ends is above the page's index."""
    for number in numbers(line.text):
        if number.isdigit():
            yield _height(line), int(number) - index
