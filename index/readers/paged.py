"""Plain text that was set in pages: running heads and feet, and the notes at the foot of a page.

Pages end at form feeds or, where there are none, at lines that hold only a page number.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from index.readers import furniture
from index.readers import phrases as say
from index.readers.pieces import Piece
from index.records import Kind

_FEWEST_PAGES = 3
_SHORTEST_PAGE = 250  # characters between two lines that are to count as page numbers
_EDGE = 3  # lines at either end of a page that may be its head or foot
_NEAR = 4  # pages to either side on which a running head comes again
_FOLIO = re.compile(
    r"^\d{1,4}(?:\s{2,}|\s*[|·]\s*)|(?:\s{2,}|\s*[|·]\s*)(?:page\s+)?\d{1,4}$", re.I
)
_CELLS = re.compile(r"\S[ \t]{2,}(?=\S)|\t")
_NOTE = re.compile(r"[\[(]?(\d{1,3})[.)\]]?[ \t]+(?=\S)")
_MARK = re.compile(r"(?<=[a-zà-ÿ]{3})[.,;:!?]?[\"”’')\]]{0,2}(\d{1,3})(?=[\s.,;:)]|$)")


def paged(text: str, found: Sequence[Piece]) -> list[Piece]:
    """The pieces, with running heads and feet told as furniture, and each note at the foot of a
    page as one piece; as they are where the text has no pages."""
    pages = _pages(text, found)
    if len(pages) < _FEWEST_PAGES:
        return list(found)
    running = _running(text, found, pages)
    out = [replace(p, kind=Kind.BOILERPLATE) if i in running else p for i, p in enumerate(found)]
    return [piece for page in pages for piece in _noted(text, [out[i] for i in page])]


def _pages(text: str, found: Sequence[Piece]) -> list[range]:
    """The pages as runs of pieces; page numbers stand at the end of theirs."""
    fed = [i for i in range(1, len(found)) if "\f" in text[found[i - 1].end : found[i].start]]
    if fed:
        return _runs(fed, len(found))
    numbers = [i + 1 for i, piece in enumerate(found) if _is_folio(text, piece)]
    runs = _runs(numbers, len(found))
    long = [run for run in runs if _length(found, run) >= _SHORTEST_PAGE]
    return runs if len(long) + 1 >= len(runs) else []


def _runs(begins: Sequence[int], end: int) -> list[range]:
    return [range(a, b) for a, b in zip([0, *begins], [*begins, end], strict=True) if a < b]


def _length(found: Sequence[Piece], run: range) -> int:
    return found[run[-1]].end - found[run[0]].start


def _is_folio(text: str, piece: Piece) -> bool:
    return piece.kind is Kind.BOILERPLATE and bool(
        furniture.PAGE_NUMBER.fullmatch(text, piece.start, piece.end)
    )


def _running(text: str, found: Sequence[Piece], pages: Sequence[range]) -> frozenset[int]:
    """The lines at the edges of pages that come again at the edges of pages nearby; what the text
    begins with stays, since it may be the title."""
    edges = [_edges(text, found, page) for page in pages]
    needed = 3 if len(pages) > _FEWEST_PAGES else 2
    out = set()
    for number, own in enumerate(edges):
        near = edges[max(0, number - _NEAR) : number + _NEAR + 1]
        for i, form in own.items():
            out |= {i} if sum(form in page.values() for page in near) >= needed else set()
    first = next((i for i in range(len(found)) if i not in out), len(found))
    return frozenset(i for i in out if i > first)


def _edges(text: str, found: Sequence[Piece], page: range) -> dict[int, str]:
    """The lines at the ends of a page by what they say beside the page's number."""
    told = [i for i in page if not _is_folio(text, found[i])]
    lines = {i: text[found[i].start : found[i].end] for i in {*told[:_EDGE], *told[-_EDGE:]}}
    return {
        i: form
        for i, line in lines.items()
        if found[i].kind is None and (form := _form(line)) and len(_CELLS.findall(line)) < _EDGE
    }


def _form(line: str) -> str:
    """What a line says beside the number of the page, empty where it ends as a sentence does."""
    form = " ".join(_FOLIO.sub("", line).split())
    return form if any(c.isalpha() for c in form) and not say.is_finished(form) else ""


def _noted(text: str, page: Sequence[Piece]) -> list[Piece]:
    """The pieces of a page with the notes at its foot told, each in one piece. They follow a blank
    line, and their numbers stand as marks in the text above."""
    stop = len(page)
    while stop and page[stop - 1].kind is Kind.BOILERPLATE:
        stop -= 1
    for start in range(1, stop):
        if page[start - 1].tight or not (m := _opening(text, page[start])):
            continue
        marks = _MARK.findall(text, page[0].start, page[start - 1].end)
        if m[1] in marks and _are_notes(text, page[start - 1 : stop], marks):
            return [*page[:start], *_notes(text, page[start:stop], marks), *page[stop:]]
    return list(page)


def _are_notes(text: str, lines: Sequence[Piece], marks: Sequence[str]) -> bool:
    """Whether all lines but the first, which stands above them, are notes or go on with one."""
    return all(
        piece.kind in (None, Kind.FOOTNOTE)
        and (above.tight or ((m := _opening(text, piece)) is not None and m[1] in marks))
        for above, piece in itertools.pairwise(lines)
    )


def _opening(text: str, piece: Piece) -> re.Match[str] | None:
    return None if piece.kind is Kind.BOILERPLATE else _NOTE.match(text, piece.start, piece.end)


def _notes(text: str, lines: Sequence[Piece], marks: Sequence[str]) -> list[Piece]:
    out: list[Piece] = []
    for line in lines:
        m = _opening(text, line)
        if out and not (m and m[1] in marks):
            out[-1] = replace(out[-1], end=line.end, tight=line.tight)
        else:
            out.append(replace(line, kind=Kind.FOOTNOTE, fixed=True))
    return out
