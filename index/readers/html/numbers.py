"""The numbers that a browser writes before the items of an ordered list."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from index.readers.numbering import enumerator
from index.readers.numerals import roman

_UNNUMBERED = re.compile(
    r"list-style(?:-type)?\s*:[^;]*\bnone\b|(?:^|[\s_-])(?:un-?styled|list-none|breadcrumbs?"
    r"|no-?(?:bullets?|numbers?|markers?|style))(?:$|[\s_-])",
    re.IGNORECASE,
)


def item_numbers(ordered: HtmlElement) -> dict[HtmlElement, str]:
    """Item -> its number with a full stop and a space, unless the list shows none or the item
    writes its own."""
    items = [c for c in ordered if c.tag == "li"]
    if _UNNUMBERED.search(f"{ordered.get('style', '')} {ordered.get('class', '')}"):
        return {}
    step = -1 if "reversed" in ordered.attrib else 1
    number = _integer(ordered, "start", len(items) if step < 0 else 1)
    found = {}
    for item in items:
        number = _integer(item, "value", number)
        said = " ".join(item.text_content().split())
        if not enumerator(said, 0, len(said)):
            style = item.get("type") or ordered.get("type") or "1"
            found[item] = f"{_written(number, style)}. "
        number += step
    return found


def _integer(element: HtmlElement, name: str, otherwise: int) -> int:
    found = re.match(r"\s*([-+]?[0-9]{1,9})", element.get(name, ""))
    return int(found.group(1)) if found else otherwise


def _written(number: int, style: str) -> str:
    if style.lower() == "a" and number > 0:
        written = _letters(number)
    elif style.lower() == "i" and 0 < number < 4000:
        written = roman(number)
    else:
        return str(number)
    return written.upper() if style.isupper() else written


def _letters(number: int) -> str:
    written = ""
    while number:
        number, rest = divmod(number - 1, 26)
        written = chr(ord("a") + rest) + written
    return written
