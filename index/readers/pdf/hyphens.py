"""Words of a PDF that a hyphen at a line's end cuts in two are made whole.

Print has one sign for a hyphen that is part of a word ("long-/term") and one that is not
("extraordinar-/ily"). What the document writes elsewhere decides; where it writes neither, the
joined word is taken if it has fewer tokens than its two halves.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.readers.pdf.rows import Line
from index.readers.phrases import has_han
from index.tokens import count

_CUT = re.compile(r"(?P<head>[^\W\d_]{2,})[-‐\u00ad]\s*$")
_REST = re.compile(r"\s*(?P<tail>[^\W\d_]+)\S*")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*(?![-‐]?\s*$)")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the pages a cut word is: its line, the next one, and what of that belongs to it."""

    page: int
    line: int
    head: str
    rest: re.Match[str]


def whole(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages, each cut word on the line that it begins on."""
    words = frozenset(
        m.group().lower() for page in pages for line in page for m in _WORD.finditer(line.text)
    )
    out = [list(page) for page in pages]
    for page in out:
        page[:] = [_whole_cells(line, words) if line.grid else line for line in page]
    for place in _cuts(pages):
        if _is_one(place.head, place.rest["tail"], words):
            first, second = out[place.page][place.line : place.line + 2]
            joined = first.text.rstrip()[:-1] + place.rest.group().strip()
            left = second.text[place.rest.end() :].lstrip()
            out[place.page][place.line : place.line + 2] = [
                replace(first, text=joined),
                replace(second, text=left),
            ]
    return [[line for line in page if line.text] for page in out]


def _whole_cells(table: Line, words: frozenset[str]) -> Line:
    """The table, the lines of its cells one."""
    grid = tuple(
        tuple(tuple(_one_line(part, words) for part in cell) for cell in row) for row in table.grid
    )
    return replace(table, grid=grid)


def _one_line(paragraph: str, words: frozenset[str]) -> str:
    out = ""
    for line in paragraph.split("\n"):
        cut, rest = _CUT.search(out), _REST.match(line)
        if cut and rest and _is_one(cut["head"], rest["tail"], words):
            out = out.rstrip()[:-1] + line
        else:
            apart = out and not (cut or (has_han(out[-1]) and has_han(line[:1])))
            out += f" {line}" if apart else line
    return out


def _cuts(pages: Sequence[Sequence[Line]]) -> Iterator[_Place]:
    for number, page in enumerate(pages):
        for i, (line, following) in enumerate(itertools.pairwise(page)):
            cut, rest = _CUT.search(line.text), _REST.match(following.text)
            alike = abs(line.size - following.size) <= 0.15 * line.size
            if cut and rest and alike and "\t" not in line.text + following.text:
                yield _Place(number, i, cut["head"], rest)


def _is_one(head: str, tail: str, words: frozenset[str]) -> bool:
    """Whether both are one word without a hyphen; ``words`` are those of the document."""
    if not tail[0].islower() or f"{head}-{tail}".lower() in words:
        return False
    joined = head + tail
    return joined.lower() in words or _tokens(joined) < _tokens(head) + _tokens(tail)


def _tokens(word: str) -> int:
    return count(f" {word.lower()}")
