"""Tracked changes of a Word file that reach over paragraphs."""

from __future__ import annotations

from typing import Any

from index.readers.docx.styles import W

_CONTENT = frozenset(
    f"{W}{name}" for name in ("p", "tbl", "sdt", "customXml", "ins", "del", "moveTo", "moveFrom")
)


def ends_joined(body: Any) -> None:
    """Put the words of each paragraph whose end is deleted before those of the next, which is what
    the two become."""
    for paragraph in list(body.iter(f"{W}p")):
        look = paragraph.find(f"{W}pPr")
        if not has_no_end(paragraph) or look.find(f"{W}sectPr") is not None:
            continue
        after = next((e for e in paragraph.itersiblings() if e.tag in _CONTENT), None)
        if after is not None and after.tag == f"{W}p":
            at = 0 if after.find(f"{W}pPr") is None else 1
            after[at:at] = [child for child in paragraph if child is not look]
            paragraph.getparent().remove(paragraph)


def has_no_end(paragraph: Any) -> bool:
    """Whether the mark that ends a paragraph is deleted or was moved away."""
    marks = (paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") for name in ("del", "moveFrom"))
    return any(m is not None for m in marks)
