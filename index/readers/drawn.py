"""Tables and frames drawn with bars: the lines go, cells become tabs apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.readers.fragments import Mark, Stripped

_BAR = re.compile(r"[|│┃║]")
_DRAWN = re.compile(r"(?=.*[-=_─━═])(?=.*[+|\u2502-\u254b\u2550-\u257f])[-+=|:_ \t\u2500-\u257f]+")
_DOUBLE = re.compile(r"[=═━]")
_FIGURE = re.compile(r"\W*\d[\d\W]*")
_MOST_LINES = 4  # of a cell whose words are broken over several
Row = list[str]


def undrawn(source: Stripped) -> Stripped:
    """The text with the cells of drawn tables in lines with tabs, those of the head marked as
    such, and with what stands in frames as lines; all else is as it was."""
    if not _BAR.search(source.text):
        return source
    out = Stripped()
    moved: list[tuple[int, int]] = []  # from where in the source on, by how much
    at = 0
    for start, end, lines in _runs(source.text):
        table = _table(lines)
        if table is None or any(start <= m.position < end for m in source.marks):
            continue
        out.add(source.text[at:start])
        _write(out, *table)
        moved.append((end, out.length - end))
        at = end
    out.add(source.text[at:])
    out.marks += [Mark(_moved(m.position, moved), m.name, m.closing) for m in source.marks]
    out.marks.sort(key=lambda m: m.position)
    return out


def _moved(position: int, moved: Sequence[tuple[int, int]]) -> int:
    return position + next((by for end, by in reversed(moved) if end <= position), 0)


def _runs(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Where lines with bars stand below one another, and these lines, trimmed."""
    start = at = 0
    lines: list[str] = []
    for line in [*text.splitlines(keepends=True), ""]:
        if _BAR.search(line) or _DRAWN.fullmatch(line.strip()):
            start = start if lines else at
            lines.append(line.strip())
        elif lines:
            yield start, len(text[start:at].rstrip()) + start, lines
            lines = []
        at += len(line)


def _table(lines: Sequence[str]) -> tuple[list[Row], int] | None:
    """The rows of a table and how many of them the drawing marks as its head; None for none."""
    rules = [_DRAWN.fullmatch(line) is not None for line in lines]
    rows = [line for line, rule in zip(lines, rules, strict=True) if not rule]
    framed = bool(rows) and all(_BAR.match(row) and _BAR.match(row[-1]) for row in rows)
    cells = [_BAR.split(row[1:-1] if framed else row) for row in rows]
    if len({len(row) for row in cells}) != 1 or not (framed or any(rules)):
        return None
    single = len(cells[0]) == 1
    if not (rules[0] and rules[-1] if single else len(rows) > 1):
        return None
    groups, marks = _grouped(lines, rules, cells)
    broken = len(groups) > 2 and not single and all(map(_is_one, groups))
    found = [row for group in groups for row in ([_whole(group)] if broken else group)]
    return [row for row in found if any(row)], _heads(groups, marks, broken)


def _grouped(
    lines: Sequence[str], rules: Sequence[bool], cells: Sequence[Sequence[str]]
) -> tuple[list[list[Row]], list[str]]:
    """The rows between lines drawn across, and the lines that part them."""
    groups: list[list[Row]] = []
    marks: list[str] = []
    left, mark = iter(cells), ""
    for line, rule in zip(lines, rules, strict=True):
        if rule:
            mark = line
            continue
        if mark or not groups:
            marks += [mark] if groups else []
            groups.append([])
        groups[-1].append([" ".join(cell.split()) for cell in next(left)])
        mark = ""
    return groups, marks


def _is_one(group: Sequence[Row]) -> bool:
    """Whether lines are one row whose cells go on: they leave a cell empty, or hold no figure."""
    return len(group) <= _MOST_LINES and all(
        not all(row) or not any(_FIGURE.fullmatch(cell) for cell in row) for row in group[1:]
    )


def _whole(group: Sequence[Row]) -> Row:
    return [" ".join(filter(None, column)) for column in zip(*group, strict=True)]


def _heads(groups: Sequence[Sequence[Row]], rules: Sequence[str], broken: bool) -> int:
    """1 where a line of its own parts the first row from the others."""
    if not rules or not (broken or len(groups[0]) == 1):
        return 0
    double = [_DOUBLE.search(rule) is not None for rule in rules]
    apart = len(rules) == 1 or not broken or (double[0] and not any(double[1:]))
    return int(apart)


def _write(out: Stripped, rows: Sequence[Row], heads: int) -> None:
    for r, row in enumerate(rows):
        out.add("\n" if r else "")
        for c, cell in enumerate(row):
            out.add("\t" if c else "")
            if r < heads and cell:
                out.marks.append(Mark(out.length, "th", False))
            out.add(cell)
        out.add("\t" if len(row) > 1 and not any(row[:-1]) else "")  # tells that it is a row
