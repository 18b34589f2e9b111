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
_MOMENT = re.compile(
    r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4},?\s+(?:上午|下午|[AaPp]\.?[Mm]\.?)?\s?"
    r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s[AaPp]\.?[Mm]\.?)?"
)
_ADDRESS = re.compile(r"(?:https?|file)://\S+")
_COUNT = re.compile(r"(?:(?:[Pp]age|Seite|[Pp]ágina) )?\d{1,4}\s?(?:/|of|von|de|sur|di)\s?\d{1,4}")
_SHARE = 0.3  # of the pages that have a running head: left and right ones may differ


def running(pages: Sequence[Sequence[Line]]) -> list[frozenset[Line]]:
    """Of each page its running heads: lines that stand at the same height on other pages, numbers
    apart, those with a number that counts the pages there, whatever is beside it, and what a
    browser prints around a page; and what counts its lines."""
    margins = [outermost(page) for page in pages]
    same = Counter(place for lines in margins for place in {_place(line) for line in lines})
    counted = Counter(
        count for i, lines in enumerate(margins) for count in {c for x in lines for c in _of(x, i)}
    )
    enough = _SHARE * len(pages)
    return [
        _printed_around(lines)
        | frozenset(line for line in pages[i] if line.aside)
        | frozenset(
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
    by_height = sorted((line for line in page if not line.aside), key=lambda line: line.bottom)
    return [
        line
        for line in {*by_height[:3], *by_height[-3:]}
        if line.top > (1 - _MARGIN) * line.height or line.bottom < _MARGIN * line.height
    ]


def _printed_around(lines: Sequence[Line]) -> frozenset[Line]:
    """The topmost and the lowest line where they hold, each in a cell, when a browser printed the
    page, from which address and the page's number of how many; the fourth is the title."""
    ends = sorted(lines, key=lambda line: line.bottom)
    ends = [*ends[:1], *ends[1:][-1:]]
    cells = [cell for line in ends for cell in re.split(r"\s*\t\s*", line.text.strip())]
    told = all(any(map(form.fullmatch, cells)) for form in (_MOMENT, _ADDRESS, _COUNT))
    return frozenset(ends) if told and len(cells) <= 4 else frozenset()


def _place(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", " ".join(line.text.split())), _height(line)


def _height(line: Line) -> int:
    return round(line.bottom / 4)


def _of(line: Line, index: int) -> Iterator[tuple[int, int]]:
    """The height of a line with by how much a number at its ends is above the page's index."""
    for number in numbers(line.text):
        if number.isdigit():
            yield _height(line), int(number) - index
