"""Plots as inline SVG: no script, no font and no file from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from eval.metrics import Bin

WIDE, HIGH, EDGE = 500, 280, 44
LETTER, LINE = 6.2, 13  # what a label of 11 px takes up: across for each letter, down


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a plot; ``strong`` ones are joined by a line and drawn full."""

    x: float
    y: float
    label: str
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Range:
    """A mean with its interval, as a row of a plot."""

    label: str
    mean: float
    low: float
    high: float
    shown: str


def reliability(bins: Sequence[Bin]) -> str:
    """Share right over confidence; on the diagonal a confidence says what it means. The area of
    a dot grows with the number of answers."""
    most = max((one.count for one in bins), default=1)
    marks = [_line(_x(0), _y(0), _x(1), _y(1), "guide")]
    for one in bins:
        radius = 3 + 9 * (one.count / most) ** 0.5
        note = f"{one.count} answers, confidence {one.confidence:.2f}, right {one.accuracy:.2f}"
        marks.append(_dot(_x(one.confidence), _y(one.accuracy), radius, note))
    return _framed(marks, "confidence", "share right", ("0", "1"), ("0", "1"))


def scatter(dots: Sequence[Dot], across: str, up: str) -> str:
    """Dots over scales that hold them all; strong ones joined from left to right."""
    low_x, high_x = _span([one.x for one in dots])
    low_y, high_y = _span([one.y for one in dots])
    at = [
        (_x((one.x - low_x) / (high_x - low_x)), _y((one.y - low_y) / (high_y - low_y)), one)
        for one in dots
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, one in sorted(at, key=_left) if one.strong)
    marks = [f'<polyline class="line" points="{path}"/>']
    taken: list[tuple[float, float, float]] = []
    for x, y, one in sorted(at, key=_left):
        marks.append(_dot(x, y, 5, one.label, "dot" if one.strong else "dot faint"))
        width = LETTER * len(one.label)
        start = x + 8 if x + 8 + width <= WIDE else x - 8 - width
        line = _free(start, start + width, y - 6, taken)
        taken.append((start, start + width, line))
        marks.append(_text(start, line, one.label, "start"))
    ticks = ((f"{low_x:.3g}", f"{high_x:.3g}"), (f"{low_y:.3g}", f"{high_y:.3g}"))
    return _framed(marks, across, up, *ticks)


def _free(start: float, end: float, line: float, taken: list[tuple[float, float, float]]) -> float:
    """The baseline nearest to ``line`` on which a label covers none of those ``taken``; the labels
    are as wide as their letters are on average, so that a long one may still touch."""
    steps = (line + LINE * way * step for step in range(len(taken) + 1) for way in (1, -1))
    beside = [at for left, right, at in taken if left <= end and start <= right]
    for one in steps:
        if LINE <= one <= HIGH - EDGE and all(abs(one - at) >= LINE for at in beside):
            return one
    return line


def _left(found: tuple[float, float, Dot]) -> float:
    return found[0]


def ranges(rows: Sequence[Range], low: float = 0.0, high: float = 1.0) -> str:
    """A row each: the mean as a dot on its interval, between ``low`` and ``high``."""
    left, right, step = 150, 560, 24
    tall = step * len(rows) + 30

    def at(value: float) -> float:
        share = (min(max(value, low), high) - low) / ((high - low) or 1)
        return left + share * (right - left)

    marks = [_line(at(edge), 4, at(edge), tall - 24, "axis") for edge in (low, high)]
    if low < 0 < high:
        marks.append(_line(at(0), 4, at(0), tall - 24, "guide"))
    for number, one in enumerate(rows):
        y = 18 + step * number
        marks.append(_text(left - 8, y + 4, one.label, "end"))
        marks.append(_line(at(one.low), y, at(one.high), y, "bar"))
        marks.append(_dot(at(one.mean), y, 5, f"{one.label} {one.shown}"))
        marks.append(_text(right + 10, y + 4, one.shown, "start"))
    marks += [_text(at(edge), tall - 6, f"{edge:.3g}", "middle") for edge in (low, high)]
    return _svg(marks, right + 150, tall)


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    margin = (high - low) * 0.08 or abs(high) * 0.05 or 0.5
    return low - margin, high + margin


def _x(share: float) -> float:
    return EDGE + share * (WIDE - EDGE - 12)


def _y(share: float) -> float:
    return HIGH - EDGE - share * (HIGH - EDGE - 12)


def _framed(
    marks: Sequence[str], across: str, up: str, xs: tuple[str, str], ys: tuple[str, str]
) -> str:
    frame = [
        _line(_x(0), _y(0), _x(1), _y(0), "axis"),
        _line(_x(0), _y(0), _x(0), _y(1), "axis"),
        _text(_x(0), _y(0) + 16, xs[0], "middle"),
        _text(_x(1), _y(0) + 16, xs[1], "end"),
        _text(_x(0) - 6, _y(0) + 4, ys[0], "end"),
        _text(_x(0) - 6, _y(1) + 8, ys[1], "end"),
        _text(_x(0.5), HIGH - 8, across, "middle"),
        f'<text transform="translate(13 {_y(0.5):.1f}) rotate(-90)" text-anchor="middle">'
        f"{escape(up)}</text>",
    ]
    return _svg([*frame, *marks], WIDE, HIGH)


def _svg(marks: Sequence[str], wide: float, high: float) -> str:
    return (
        f'<svg class="plot" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" role="img">'
        f"{''.join(marks)}</svg>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _dot(x: float, y: float, radius: float, note: str, kind: str = "dot") -> str:
    return (
        f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
        f"<title>{escape(note)}</title></circle>"
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
