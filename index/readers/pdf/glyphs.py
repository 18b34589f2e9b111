"""Characters of a PDF page: where they stand, and which are raised above their line or lowered."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Sequence
from typing import Any

from index.scripts import LOWERED

_RAISED = {figure: raised for raised, figure in LOWERED.items()}
_BOLD = re.compile(rb"bold|black|heavy", re.IGNORECASE)  # in the name of a font
_CJK = 0x2E80  # where characters of full width begin

Box = tuple[float, float, float, float]


def box(textpage: Any, i: int) -> Box | None:
    """Left, right, bottom, top of a character."""
    import pypdfium2.raw as raw

    edges = [ctypes.c_double() for _ in range(4)]
    if not raw.FPDFText_GetCharBox(textpage.raw, i, *map(ctypes.byref, edges)):
        return None
    return edges[0].value, edges[1].value, edges[2].value, edges[3].value


def baseline(textpage: Any, i: int, otherwise: float) -> float:
    """The height that a character stands on; the box of a "p" begins lower."""
    return _origin(textpage, i)[1] or otherwise


def _origin(textpage: Any, i: int) -> tuple[float, float]:
    """Where a character begins on its base line; 0, 0 where that is not known."""
    import pypdfium2.raw as raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage.raw, i, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value


def size(textpage: Any, i: int, edges: Box | None = None) -> float:
    """Of the type as the page shows it: a matrix may make the font's own size larger or smaller.
    Told by the box where that says nothing."""
    import pypdfium2.raw as raw

    matrix = raw.FS_MATRIX()
    known = raw.FPDFText_GetMatrix(textpage.raw, i, ctypes.byref(matrix))
    scale = math.hypot(matrix.c, matrix.d) if known else 1.0
    stated = scale * float(raw.FPDFText_GetFontSize(textpage.raw, i))
    edges = edges or box(textpage, i)
    return stated if stated > 1.5 or edges is None else 1.3 * (edges[3] - edges[2])


def is_bold(textpage: Any, i: int) -> bool:
    """Whether the name of a character's font says so; what weights PDFium gives are guesses."""
    import pypdfium2.raw as raw

    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(textpage.raw, i, name, len(name), None)
    return _BOLD.search(name.value) is not None


def is_fixed_pitch(textpage: Any, codes: Sequence[int], span: tuple[int, int]) -> bool:
    """Whether all letters of a line are as wide; figures and Chinese characters are in any type."""
    letters: set[int] = set()
    first: float | None = None
    for i in range(span[0], span[1] - 1):
        if codes[i] <= 32 or codes[i + 1] <= 32:
            continue
        step = _origin(textpage, i + 1)[0] - _origin(textpage, i)[0]
        first = step if first is None else first
        if abs(step - first) > 0.03 * first:
            return False
        if codes[i] < _CJK and codes[i] not in _RAISED:
            letters.add(codes[i])
    return len(letters) > 2


def join_raised(textpage: Any, codes: list[int]) -> None:
    """Takes out, in place, the line ends that PDFium puts beside raised and lowered figures."""
    for i in range(1, len(codes) - 2):
        if codes[i] == 13 and codes[i + 1] == 10:
            spaced = codes[i + 2] == 32
            gap = _shifted_gap(textpage, i - 1, i + 2 + spaced)
            if gap is not None:
                codes[i : i + 2] = [0, 32 if gap > 0.12 and not spaced else 0]


def _shifted_gap(textpage: Any, i: int, j: int) -> float | None:
    """How far ``j`` stands behind ``i``, in type sizes, if right behind but higher or lower."""
    before, after = box(textpage, i), box(textpage, j)
    if before is None or after is None:
        return None
    em = max(size(textpage, i, before), size(textpage, j, after))
    shift = abs(baseline(textpage, i, before[2]) - baseline(textpage, j, after[2])) / em
    gap = (_extent(textpage, j)[0] - _extent(textpage, i)[1]) / em
    return gap if -0.1 <= gap <= 0.6 and 0.1 < shift < 0.7 else None


def _extent(textpage: Any, i: int) -> tuple[float, float]:
    """Left and right of the room that a character takes; its box leaves out what is blank of it."""
    import pypdfium2.raw as raw

    room = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(textpage.raw, i, ctypes.byref(room))
    return room.left, room.right


def written(
    textpage: Any, codes: Sequence[int], span: tuple[int, int], base: float, em: float
) -> list[int]:
    """The codes of a line on the height ``base`` in type of size ``em``; raised figures as such: a
    note's mark or an exponent is not part of the word or number before it."""
    return [
        _RAISED[c] if c in _RAISED and _is_raised(textpage, i, base, em) else c
        for i, c in enumerate(codes[slice(*span)], span[0])
    ]


def _is_raised(textpage: Any, i: int, base: float, em: float) -> bool:
    """Whether a figure is of smaller type, or low as such figures are (one of full size is some
    0.7 high), and stands above its line."""
    edges = box(textpage, i)
    if edges is None or (edges[3] - edges[2] > 0.6 * em and size(textpage, i, edges) > 0.9 * em):
        return False
    # Figures that the font itself raises have the line's own height for theirs.
    return max(baseline(textpage, i, edges[2]), edges[2]) - base > 0.15 * em
