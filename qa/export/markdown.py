"""Answers as Markdown with footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.export.entries import MADE_BY, Entry, Source

# What Markdown, or HTML in it, would take for its own.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&!^])")
_LINE = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))", re.MULTILINE)


def markdown(found: Sequence[Entry]) -> str:
    parts = [_answer(entry) for entry in found]
    notes = [_note(source) for entry in found for source in entry.sources]
    return "\n\n".join([*parts, *notes, f"*{MADE_BY}*"]) + "\n"


def _answer(entry: Entry) -> str:
    lines = [f"## {escaped(entry.answer.question)}"]
    if not entry.answer.sentences:
        return "\n\n".join([*lines, escaped(entry.silence)])
    lines += [
        " ".join(f"{escaped(s)}{_marks(marks)}" for s, marks in told) for told in entry.lines()
    ]
    for about, sides in entry.differences():
        values = "; ".join(f"{escaped(value)}{_marks(marks)}" for value, marks in sides)
        lines.append(f"The sources differ on “{escaped(about)}”: {values}")
    lines += [escaped(line) for line in entry.left_open]
    return "\n\n".join(lines)


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f"[^{n}]" for n in numbers)


def _note(source: Source) -> str:
    c = source.citation
    lines = [
        ". ".join(filter(None, (escaped(source.title), escaped(source.place)))) + ":",
        f"“{escaped(source.quote)}”",
        f"<{c.link}>" if c.link else "",
        f"{source.status}." if source.matches else f"**{source.status}.**",
        f"Accessed {source.accessed}; {source.archived}." if source.accessed else source.archived,
    ]
    return f"[^{source.number}]: " + "\n    ".join(filter(None, lines))


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _LINE.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))
