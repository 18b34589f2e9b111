"""Which sentences stand in the numbered place that a question names: "point 12", "Table 3"."""

from __future__ import annotations

from collections.abc import Sequence, Set

from index.readers.numbering import Enumerator, enumerator
from index.terms import enumerators


def standing(wanted: Set[str], context: str, texts: Sequence[str]) -> list[bool]:
    """For the sentences of a passage, in order, whether each stands under one of the ``wanted``
    numbers ("#12", "#table3") or names it. ``context`` is the path of the passage's headings."""
    if not wanted:
        return [False] * len(texts)
    headings = [enumerator(h, 0, len(h)) for h in context.split(" > ")]
    above = any(h and _name(h) in wanted for h in headings)
    above = above or not wanted.isdisjoint(enumerators(context))
    found, style = [], ""
    for text in texts:
        opened = enumerator(text, 0, len(text))
        if opened and _name(opened) in wanted:
            style = opened.style
        elif opened and opened.style == style:  # another style is a list inside the place
            style = ""
        found.append(above or bool(style) or not wanted.isdisjoint(enumerators(text)))
    return found


def _name(found: Enumerator) -> str:
    return f"#{found.number}"
