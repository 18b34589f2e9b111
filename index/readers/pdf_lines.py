"""The lines of a PDF page in reading order, from the characters and boxes that PDFium gives."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from index.readers import pdf_glyphs as glyphs
from index.readers.pdf_rows import Line, aligned, rows

if TYPE_CHECKING:
    import pypdfium2

_CONTROL = re.compile(r"[\x00\x01\x03-\x08\x0e-\x1f\ufffd\uffff]")


PDFIUM = threading.Lock()  # PDFium breaks when two threads call it, even for two documents
HYPHENS = frozenset({2, 0xFFFE})  # PDFium's signs for a hyphen at a line's end
_ENDS = HYPHENS | {10, 13}
# Of the type size: wider than between words of justified text; cells of figures stand closer.
GAP, FIGURE_GAP = 1.8, 1.0


def page_lines(document: pypdfium2.PdfDocument, index: int) -> list[Line]:
    """The lines of page ``index`` (from 0), columns one after the other."""
    page = document[index]
    textpage = page.get_textpage()
    height = page.get_height()
    try:
        lines = list(_lines(textpage, height))
    finally:
        textpage.close()
        page.close()
    return ordered(lines, page_width(lines))


def page_width(lines: Sequence[Line]) -> tuple[float, float]:
    """Left and right edge of the printed area."""
    return (
        min((line.left for line in lines), default=0.0),
        max((line.right for line in lines), default=0.0),
    )


def _lines(textpage: Any, height: float) -> Iterator[Line]:
    """Lines as PDFium ends them, cut where a gap is as wide as between columns or cells."""
    import pypdfium2.raw as raw

    count = textpage.count_chars()
    codes = [raw.FPDFText_GetUnicode(textpage.raw, i) for i in range(count)]
    glyphs.join_raised(textpage, codes)
    start = 0
    for i in range(count + 1):
        at_end = i == count or codes[i] in _ENDS
        if at_end or (codes[i] == 32 and _is_gap(textpage, codes, i)):
            stop = i + 1 if i < count and codes[i] in HYPHENS else i
            if line := _line(textpage, codes, (start, stop), height):
                yield line
            start = i + 1


def _is_gap(textpage: Any, codes: Sequence[int], i: int) -> bool:
    if not 0 < i < len(codes) - 1 or codes[i - 1] <= 32 or codes[i + 1] <= 32:
        return False
    before, after = glyphs.box(textpage, i - 1), glyphs.box(textpage, i + 1)
    if before is None or after is None:
        return False
    size = glyphs.size(textpage, i - 1, before)
    figures = chr(codes[i - 1]).isdigit() or chr(codes[i + 1]).isdigit()
    return after[0] - before[1] > (FIGURE_GAP if figures else GAP) * size


def _line(textpage: Any, codes: Sequence[int], span: tuple[int, int], height: float) -> Line | None:
    import pypdfium2.raw as raw

    shown = [i for i in range(*span) if codes[i] > 32 and codes[i] not in HYPHENS]
    probes = shown if len(shown) <= 6 else [shown[k * (len(shown) - 1) // 5] for k in range(6)]
    boxes = {i: box for i in probes if (box := glyphs.box(textpage, i))}
    if not _characters(codes[span[0] : span[1]]).strip() or not boxes:
        return None
    # The middle ones: a line may begin and end with raised figures.
    size = round(_middle(raw.FPDFText_GetFontSize(textpage.raw, i) for i in probes) * 2) / 2
    if size <= 1.5:  # the size is in the text matrix, not in the font
        size = round(max(b[3] - b[2] for b in boxes.values()) * 2.6) / 2
    bottom = _middle(glyphs.baseline(textpage, i, box[2]) for i, box in boxes.items())
    return Line(
        _characters(glyphs.written(textpage, codes, span, bottom, size)),
        min(b[0] for b in boxes.values()),
        bottom,
        max(b[1] for b in boxes.values()),
        max(b[3] for b in boxes.values()),
        size,
        height,
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


def ordered(lines: Sequence[Line], edges: tuple[float, float]) -> list[Line]:
    """Lines in reading order.

    PDFium keeps the order of the file, mostly the author's. It is put right where a page of two
    columns is written across them, and where lines of one column stand in a jumbled order.
    """
    middle = _gutter(lines, edges)
    return aligned(rows(_top_down(lines) if middle is None else _by_columns(lines, middle)))


def _top_down(lines: Sequence[Line]) -> list[Line]:
    """Lines of one column; those of one height go side by side, as the cells of a row do."""
    jumps = sum(b.bottom > a.top for a, b in itertools.pairwise(lines))
    if jumps <= 0.2 * len(lines) and _torn_rows(lines) < 2:
        return list(lines)
    return sorted(lines, key=lambda line: (-round(line.bottom / 3), line.left))


def _torn_rows(lines: Sequence[Line]) -> int:
    """How many lines stand at the height of one that is not their neighbour in the file."""
    last: dict[int, int] = {}
    torn = 0
    for i, line in enumerate(lines):
        height = round(line.bottom / 3)
        torn += height in last and last[height] < i - 1
        last[height] = i
    return torn


def _gutter(lines: Sequence[Line], edges: tuple[float, float]) -> float | None:
    """Where two columns part, if the page has two: near the middle, crossed by few lines."""
    left, right = edges
    best: tuple[int, float] | None = None
    for k in range(40, 61, 2):
        x = left + (right - left) * k / 100
        first = [line for line in lines if line.right <= x]
        second = [line for line in lines if line.left >= x]
        crossing = len(lines) - len(first) - len(second)
        if (
            min(len(first), len(second)) >= 5
            and crossing <= 0.4 * len(lines)
            and _beside(first, second)
        ):
            best = min(filter(None, (best, (crossing, x))), default=(crossing, x))
    return best[1] if best else None


def _beside(first: Sequence[Line], second: Sequence[Line]) -> bool:
    """Whether the two sets share height, and both are running text rather than cells of a table."""
    overlap = min(max(a.top for a in first), max(b.top for b in second)) - max(
        min(a.bottom for a in first), min(b.bottom for b in second)
    )
    words = sorted(len(line.text) for line in (*first, *second))
    return overlap > 0 and words[len(words) // 2] >= 20


def _by_columns(lines: Sequence[Line], x: float) -> list[Line]:
    """Bands between lines that cross the gutter; in each the left column, then the right one."""
    out: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []

    def close() -> None:
        out.extend(sorted(left, key=lambda line: -line.bottom))
        out.extend(sorted(right, key=lambda line: -line.bottom))
        left.clear()
        right.clear()

    for line in sorted(lines, key=lambda line: -line.bottom):
        if line.right <= x:
            left.append(line)
        elif line.left >= x:
            right.append(line)
        else:
            close()
            out.append(line)
    close()
    return out
