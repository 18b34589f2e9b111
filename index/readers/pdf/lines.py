"""The lines of a PDF page, from the characters and boxes that PDFium gives."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from index.readers.pdf import glyphs
from index.readers.pdf.bands import banded
from index.readers.pdf.gaps import Gap, Strip, cuts, ruled, tabular
from index.readers.pdf.margins import apart
from index.readers.pdf.order import ordered
from index.readers.pdf.rows import Line, with_initials
from index.readers.pdf.rules import Room, Rule, grids
from index.readers.pdf.tables import with_tables

if TYPE_CHECKING:
    import pypdfium2

_CONTROL = re.compile(r"[\x00\x01\x03-\x08\x0e-\x1f\ufffd\uffff]")


PDFIUM = threading.Lock()  # PDFium breaks when two threads call it, even for two documents
HYPHENS = frozenset({2, 0xFFFE})  # PDFium's signs for a hyphen at a line's end
_ENDS = HYPHENS | {10, 13}


def page_lines(document: pypdfium2.PdfDocument, index: int) -> list[Line]:
    """The lines of page ``index`` (from 0), columns one after the other; last what counts
    them in the margin."""
    page = document[index]
    textpage = page.get_textpage()
    height = page.get_height()
    try:
        lines = _lines(textpage, height, *grids(page))
    finally:
        textpage.close()
        page.close()
    lines, numbers = apart(with_initials(lines))
    return [*ordered(lines), *numbers]


def _lines(
    textpage: Any, height: float, tables: Sequence[Sequence[Room]], across: Sequence[Rule]
) -> list[Line]:
    """Lines as PDFium ends them, cut where a gap or a rule parts columns or cells; ruled tables
    as one."""
    import pypdfium2.raw as raw

    count = textpage.count_chars()
    codes = [raw.FPDFText_GetUnicode(textpage.raw, i) for i in range(count)]
    glyphs.join_raised(textpage, codes)
    strips = [strip for span in _spans(codes) if (strip := _strip(textpage, codes, span))]
    parted = cuts(strips)
    tables = [*tabular(strips, tables), *banded(strips, across, parted)]
    at = parted | ruled(strips, tables)
    lines = []
    for strip in strips:
        start = strip.span[0]
        for stop in (*(gap.at for gap in strip.gaps if gap.at in at), strip.span[1]):
            if line := _line(textpage, codes, (start, stop), height):
                lines.append(line)
            start = stop + 1
    return with_tables(lines, tables)


def _spans(codes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From where to where PDFium's lines go, hyphens at their ends included."""
    start = 0
    for i in range(len(codes) + 1):
        if i == len(codes) or codes[i] in _ENDS:
            yield start, i + 1 if i < len(codes) and codes[i] in HYPHENS else i
            start = i + 1


def _strip(textpage: Any, codes: Sequence[int], span: tuple[int, int]) -> Strip | None:
    """The line with its gaps; none where nothing is printed."""
    shown = [i for i in range(*span) if codes[i] > 32 and codes[i] not in HYPHENS]
    first, last = (glyphs.box(textpage, shown[k]) if shown else None for k in (0, -1))
    if first is None or last is None:
        return None
    size = glyphs.size(textpage, shown[0], first)
    bottom = glyphs.baseline(textpage, shown[0], first[2])
    gaps = (_gap(textpage, codes, i) for i in range(*span) if codes[i] == 32)
    fixed = glyphs.is_fixed_pitch(textpage, codes, span)
    return Strip(span, (first[0], last[1]), bottom, size, fixed, tuple(gap for gap in gaps if gap))


def _gap(textpage: Any, codes: Sequence[int], i: int) -> Gap | None:
    if not 0 < i < len(codes) - 1 or codes[i - 1] <= 32 or codes[i + 1] <= 32:
        return None
    before, after = glyphs.box(textpage, i - 1), glyphs.box(textpage, i + 1)
    if before is None or after is None:
        return None
    at_figure = chr(codes[i - 1]).isdigit() or chr(codes[i + 1]).isdigit()
    return Gap(i, before[1], after[0], at_figure)


def _line(textpage: Any, codes: Sequence[int], span: tuple[int, int], height: float) -> Line | None:
    shown = [i for i in range(*span) if codes[i] > 32 and codes[i] not in HYPHENS]
    probes = shown if len(shown) <= 6 else [shown[k * (len(shown) - 1) // 5] for k in range(6)]
    boxes = {i: box for i in probes if (box := glyphs.box(textpage, i))}
    if not _characters(codes[span[0] : span[1]]).strip() or not boxes:
        return None
    # The middle ones: a line may begin and end with raised figures.
    size = round(_middle(glyphs.size(textpage, i, box) for i, box in boxes.items()) * 2) / 2
    bottom = _middle(glyphs.baseline(textpage, i, box[2]) for i, box in boxes.items())
    return Line(
        _characters(glyphs.written(textpage, codes, span, bottom, size)),
        min(b[0] for b in boxes.values()),
        bottom,
        max(b[1] for b in boxes.values()),
        max(b[3] for b in boxes.values()),
        size,
        height,
        bold=all(glyphs.is_bold(textpage, i) for i in boxes),
    )


def _middle(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _characters(codes: Sequence[int]) -> str:
    """UTF-16 units to text: PDFium gives surrogates one by one."""
    data = b"".join(c.to_bytes(2, "little") for c in codes if c <= 0xFFFF)
    text = (
        data.decode("utf-16-le", errors="replace")
        if all(c <= 0xFFFF for c in codes)
        else "".join(map(chr, codes))
    )
    return _CONTROL.sub("", text.translate({2: "-", 0xFFFE: "-", 0xA0: " "}))
