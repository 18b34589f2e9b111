"""HTML fragments inside plain text: tags go, what they meant stays known.

Only the elements of :data:`_KNOWN` count, and only where they are meant as markup (see
:func:`_droppable`): a text *about* HTML, ``<https://...>`` and ``a < b > c`` stay as they are.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_BLOCK = frozenset(
    [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "figure",
        "figcaption",
        "pre",
        "center",
    ]
)
_INLINE = frozenset(
    [
        "b",
        "i",
        "u",
        "s",
        "em",
        "strong",
        "span",
        "a",
        "sup",
        "sub",
        "font",
        "small",
        "mark",
        "code",
        "cite",
        "q",
        "abbr",
        "del",
        "ins",
    ]
)
_VOID = frozenset(["br", "hr", "wbr", "img"])
_KNOWN = _BLOCK | _INLINE | _VOID
_TAG = re.compile(
    rf"<(/?)({'|'.join(sorted(_KNOWN, key=len, reverse=True))})"
    r"((?:\s+[A-Za-z_:-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+))?)*)\s*/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")


@dataclass(frozen=True, slots=True)
class Mark:
    """An element began (or ended) at ``position`` of the text without tags."""

    position: int
    name: str
    closing: bool


@dataclass(slots=True)
class Stripped:
    """The text without tags, being built; ``marks`` are in order of position."""

    parts: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0
    last: str = "\n"
    cell: int = 0

    def add(self, s: str) -> None:
        """Append ``s``."""
        if s:
            self.parts.append(s)
            self.length += len(s)
            self.last = s[-1]

    def trim(self) -> None:
        """Take back blanks and tabs at the end."""
        while self.parts and self.last in " ":
            tail = self.parts.pop()
            kept = tail.rstrip(" ")
            self.length -= len(tail) - len(kept)
            if kept:
                self.parts.append(kept)
                self.last = kept[-1]
            else:
                self.last = self.parts[-1][-1] if self.parts else "\n"

    @property
    def text(self) -> str:
        """What was built so far."""
        return "".join(self.parts)


def strip_tags(raw: str) -> Stripped:
    """``raw`` without the tags of HTML fragments and with their entities resolved.

    A row of table cells becomes one line with tabs. Where tags alone kept two words apart, white
    space takes their place; no other character is added or lost.
    """
    out = Stripped()
    if "<" not in raw or not (tags := _droppable(raw)):
        out.add(raw)
        return out
    at = 0
    for m in tags:
        _add_text(out, raw[at : m.start()], raw, at)
        _drop(out, m, _in_tabbed_line(raw, m))
        at = m.end()
    _add_text(out, raw[at:], raw, at)
    return out


def _droppable(raw: str) -> list[re.Match[str]]:
    """Tags that are opened and closed, void ones beside them, and an unclosed block element with
    an attribute or on the line of others."""
    tags = list(_TAG.finditer(raw))
    paired = _paired(tags)
    if not paired:
        return []
    begins = [raw.rfind("\n", 0, m.start()) for m in tags]
    lines = {begins[i] for i in paired}
    return [
        m
        for i, m in enumerate(tags)
        if i in paired
        or (name := m.group(2).lower()) in _VOID
        or (name in _BLOCK and ("=" in m.group(3) or begins[i] in lines))
    ]


def _paired(tags: list[re.Match[str]]) -> set[int]:
    """Indices of the tags that match one another by name, the innermost first."""
    waiting: dict[str, list[int]] = {}
    found: set[int] = set()
    for i, m in enumerate(tags):
        name = m.group(2).lower()
        if not m.group(1):
            waiting.setdefault(name, []).append(i)
        elif waiting.get(name):
            found |= {waiting[name].pop(), i}
    return found


def _in_tabbed_line(raw: str, m: re.Match[str]) -> bool:
    begin = raw.rfind("\n", 0, m.start()) + 1
    end = raw.find("\n", m.end())
    return "\t" in raw[begin : len(raw) if end < 0 else end].lstrip()


def _add_text(out: Stripped, s: str, raw: str, at: int) -> None:
    if "&" in s:
        s = _ENTITY.sub(
            lambda m: html.unescape(m.group()) if _beside_tag(raw, at + m.start()) else m.group(), s
        )
    if out.cell == 2:
        s = s.replace("\n", " ")
        s = s.lstrip() if out.last in "\t\n" else s
    elif out.cell == 1 and not s.strip():
        return
    elif out.last == "\n" and out.marks and out.marks[-1].position == out.length:
        s = s.lstrip(" ")
    out.add(s)


def _beside_tag(raw: str, at: int) -> bool:
    begin = raw.rfind("\n", 0, at) + 1
    end = raw.find("\n", at)
    return _TAG.search(raw, begin, len(raw) if end < 0 else end) is not None


def _drop(out: Stripped, m: re.Match[str], tabbed: bool) -> None:
    """``out.cell``: 0 outside a table element, 1 between its cells, 2 inside a cell."""
    name, closing = m.group(2).lower(), bool(m.group(1))
    if name in _INLINE or name in {"wbr", "img"}:
        return
    if name in {"table", "tr", "thead", "tbody", "tfoot"}:
        out.trim()
        if out.last != "\n":
            out.add("\n")
        out.cell = 0 if name == "table" and closing else 1
    elif name in {"td", "th"}:
        out.trim()
        if not closing and out.last != "\n":
            out.add("\t")
        out.cell = 1 if closing else 2
    elif tabbed or out.cell == 2:
        if not out.last.isspace() and not closing:
            out.add(" ")
    elif out.last != "\n":
        out.trim()
        out.add("\n" if name in {"br", "li"} or (closing and name in {"ul", "ol"}) else "\n\n")
    out.marks.append(Mark(out.length, name, closing))
