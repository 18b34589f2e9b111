"""Numbers in the margin that count the lines of a PDF page, as laws and court papers have them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.readers import phrases as say
from index.readers.pdf.rows import Line

_NUMBER = re.compile(r"\d{1,3}")  # more figures are years
_FEWEST = 8  # lines that are counted one by one, or in steps
_FEWEST_STEPS = 3
_RUN_ON = 0.2  # of the lines go on with the sentence of the one above, where they are running text


def apart(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of a page, and the numbers in its margin that count them, as one line."""
    for numbers in _counts(lines):
        counting = {id(line) for line in numbers}
        rest = [line for line in lines if id(line) not in counting]
        if _count_lines(numbers, rest):
            text = "\n".join(line.text.strip() for line in numbers)
            return rest, [replace(numbers[0], text=text, aside=True)]
    return list(lines), []


def _counts(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Numbers below one another that go up evenly, from above."""
    bare = [line for line in lines if _NUMBER.fullmatch(line.text.strip())]
    while bare:
        widest = max(bare, key=lambda line: line.right - line.left)
        below = [line.left < widest.right and widest.left < line.right for line in bare]
        own = [line for line, one in zip(bare, below, strict=True) if one]
        bare = [line for line, one in zip(bare, below, strict=True) if not one]
        own.sort(key=lambda line: -line.bottom)
        steps = {int(b.text) - int(a.text) for a, b in itertools.pairwise(own)}
        if len(steps) == 1 and len(own) >= (_FEWEST if steps == {1} else _FEWEST_STEPS):
            yield own


def _count_lines(numbers: Sequence[Line], rest: Sequence[Line]) -> bool:
    """Whether the numbers stand beside running text, each by its line, and count nothing else."""
    span = int(numbers[-1].text) - int(numbers[0].text)
    step = span // (len(numbers) - 1)
    size = numbers[0].size
    beside = [
        line
        for line in rest
        if numbers[-1].bottom - 0.5 * size < line.bottom < numbers[0].bottom + 0.5 * size
    ]
    heights = _heights(beside)
    if step < 1 or span < _FEWEST - 1 or (step > 1 and int(numbers[0].text) % step):
        return False
    outside = all(line.left > max(n.right for n in numbers) for line in beside) or all(
        line.right < min(n.left for n in numbers) for line in beside
    )
    run_on = sum(
        not say.is_finished(a.text.strip()) and say.starts_lower(b.text.strip())
        for a, b in itertools.pairwise(heights)
    )
    return (
        outside
        and 0.5 * span < len(heights) <= 1.2 * span + 1
        and max(2, _RUN_ON * len(heights)) <= run_on < len(heights) - 1  # all: a list of words
    )


def _heights(lines: Sequence[Line]) -> list[Line]:
    """Of the lines at each height the leftmost, from above."""
    out: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if out and out[-1].bottom - line.bottom < 0.35 * line.size:
            out[-1] = min(out[-1], line, key=lambda one: one.left)
        else:
            out.append(line)
    return out
