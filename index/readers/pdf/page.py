"""A page of a PDF as a picture, and where on it words stand."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from index.readers.pdf.lines import PDFIUM
from index.scripts import LOWERED

_FINE = 100_000  # the raster, in each direction, that places on a page are given in
_SHORTEST = 4  # characters of a line that is told on its own; shorter ones stand anywhere
_SPACE = re.compile(r"[-‐\u00ad\s\x00-\x1f\ufffd\ufffe\uffff\U00010000-\U0010ffff]+")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page as shares of the page's width and height, from its upper left."""

    left: float
    top: float
    width: float
    height: float


def page_count(data: bytes) -> int:
    import pypdfium2 as pdfium

    with PDFIUM, pdfium.PdfDocument(data) as document:
        return len(document)


def page_png(data: bytes, number: int, width: int = 1200) -> bytes:
    """Page ``number`` (from 1) as a PNG picture, ``width`` pixels wide."""
    import pypdfium2 as pdfium

    out = io.BytesIO()
    with PDFIUM, pdfium.PdfDocument(data) as document:
        page = document[number - 1]
        try:
            picture = page.render(scale=width / page.get_width()).to_pil()
            picture.save(out, "PNG")
        finally:
            page.close()
    return out.getvalue()


def boxes(data: bytes, number: int, words: str, nth: int = 0) -> list[Box]:
    """Where ``words`` stand on page ``number`` (from 1), a box for each line of them.

    White space does not count. ``nth`` (from 0) chooses where they stand more than once. Words of
    which the page has only some lines get boxes for these; empty where the page has none.
    """
    import pypdfium2 as pdfium

    with PDFIUM, pdfium.PdfDocument(data) as document:
        page = document[number - 1]
        textpage = page.get_textpage()
        try:
            text, places = _characters(textpage)
            spans = _spans(text, words, nth)
            return [box for span in spans for box in _lines(page, textpage, places[slice(*span)])]
        finally:
            textpage.close()
            page.close()


def stripped(text: str) -> str:
    """``text`` without what a page may show otherwise: white space, controls and hyphens, as a
    line may end with one. Raised figures are figures, as the page's own characters are."""
    return _SPACE.sub("", text).translate(LOWERED)


def _characters(textpage: Any) -> tuple[str, list[int]]:
    """The page's characters without white space, and PDFium's index of each."""
    import pypdfium2.raw as raw

    text, places = [], []
    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage.raw, i)
        if not 0xD800 <= code <= 0xDFFF and stripped(chr(code)):
            text.append(chr(code))
            places.append(i)
    return "".join(text), places


def _spans(text: str, words: str, nth: int) -> list[tuple[int, int]]:
    wanted = stripped(words)
    if not wanted:
        return []
    found = [m.start() for m in re.finditer(f"(?={re.escape(wanted)})", text)]
    if found:
        start = found[min(nth, len(found) - 1)]
        return [(start, start + len(wanted))]
    spans, at = [], 0
    for line in map(stripped, re.split(r"[\n\t]+", words)):
        start = text.find(line, at)
        if start < 0:
            start = text.find(line)
        if len(line) >= _SHORTEST and start >= 0:
            spans.append((start, at := start + len(line)))
    return spans


def _lines(page: Any, textpage: Any, places: Sequence[int]) -> Iterator[Box]:
    """The boxes of these characters, joined where they stand beside each other on a line."""
    current: list[float] | None = None
    for one in filter(None, (_box(page, textpage, i) for i in places)):
        if current and _beside(current, one):
            current = [*map(min, current[:2], one[:2]), *map(max, current[2:], one[2:])]
            continue
        if current:
            yield _as_box(current)
        current = list(one)
    if current:
        yield _as_box(current)


def _beside(line: Sequence[float], one: Sequence[float]) -> bool:
    middle = (one[1] + one[3]) / 2
    return line[1] <= middle <= line[3] or one[1] <= (line[1] + line[3]) / 2 <= one[3]


def _box(page: Any, textpage: Any, i: int) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom of a character as shares of the page as it is shown."""
    import pypdfium2.raw as raw

    edges = [ctypes.c_double() for _ in range(4)]
    if not raw.FPDFText_GetCharBox(textpage.raw, i, *map(ctypes.byref, edges)):
        return None
    left, right, bottom, top = (edge.value for edge in edges)
    (x1, y1), (x2, y2) = (_shown(page, *corner) for corner in ((left, top), (right, bottom)))
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _shown(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point of the page as it is shown: turned and cropped."""
    import pypdfium2.raw as raw

    right, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(
        page.raw, 0, 0, _FINE, _FINE, 0, x, y, ctypes.byref(right), ctypes.byref(down)
    )
    return right.value / _FINE, down.value / _FINE


def _as_box(edges: Sequence[float]) -> Box:
    left, top, right, bottom = edges
    return Box(left, top, right - left, bottom - top)
