"""What the elements of a page are: its content, its furniture, its notes, its data tables."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from index.records import Kind
from index.scripts import CJK, words

DROPPED = words(
    "script style noscript template svg head iframe object embed button select option optgroup"
    " datalist input textarea canvas audio video map dialog"
)
INLINE = words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark output q rp"
    " nobr rt ruby s samp small span strike strong sub sup time tt u var wbr img picture source"
)
_OF_LINES = frozenset(["p", *INLINE, "h1", "h2", "h3", "h4", "h5", "h6"])
_CONTROLS = words("button input select textarea")
_UNSAID = DROPPED | {"label"}
# Names of furniture, and of places and shapes that names of classes put beside them.
_FURNITURE = words(
    "ad ads advert adverts advertisement advertisements banner breadcrumb breadcrumbs comment"
    " comments consent cookie cookies footer menu modal nav navbar navigation newsletter pager"
    " pagination popup promo recommend recommendation recommendations recommended related respond"
    " share sharing sidebar skip social subscribe subscription tags toolbar"
)
_PLACES = words(
    "area article articles bar block bottom box button buttons card cards carousel container"
    " copyright count cta entry feed follow form global grid group header heading icon icons inner"
    " item items left link links list main media mobile module news notice outer overlay page"
    " panel post posts primary reply right row save secondary section signup site slider slot"
    " stories story sub thread title top trail unit widget widgets wrap wrapper"
)
# Of programs, "ftn1" and "edn1" being Word's.
_NOTE = re.compile(
    r"(?:^|[\s_-])(?:footnotes?|endnotes?|doc-endnote|cite_note|(?:f|ft|ed)n\d*)(?:$|[\s:_-])"
)
_NUMBER = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)\]]{1,2}|[–—•·-]")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def is_inline(element: HtmlElement) -> bool:
    """Whether an element stands in a line, as those of no vocabulary of pages do: Word's and
    XBRL's, and those that a site made itself where they stand in a paragraph."""
    if element.tag in INLINE or ":" in element.tag:
        return True
    return "-" in element.tag and any(a.tag in _OF_LINES for a in element.iterancestors())


def is_furniture(element: HtmlElement) -> bool:
    if element.tag in ("nav", "footer", "aside") or element.get("role") in (
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
    ):
        return True
    if element.tag == "form":
        return _asks(element)
    if element.tag == "header":
        return not _opens_text(element)
    return (
        any(_names_furniture(name) for name in _names(element))
        and element.tag not in ("body", "html", "main", "article")
        and next(element.iter("h1", "main"), None) is None
        and _sentence_length(element) < 600
    )


def _opens_text(header: HtmlElement) -> bool:
    """Whether a header holds the headline of the page, or the heading of a part of it."""
    if header.find(".//h1") is not None:
        return True
    inside = any(a.tag in ("article", "main", "section") for a in header.iterancestors())
    return inside and next(header.iter(*HEADINGS), None) is not None


def _names(element: HtmlElement) -> list[str]:
    """The classes of an element and its id, unless that only repeats its heading's words."""
    classes, name = element.get("class", "").split(), element.get("id", "").strip()
    heading = next(element.iter(*HEADINGS), None) if name else None
    if heading is None:
        return [*classes, name]
    own = heading is element or _letters(name) == _letters(heading.text_content())
    return classes if own else [*classes, name]


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _names_furniture(name: str) -> bool:
    """Whether every word of a class or id is of furniture or its place, one being of furniture.
    One or two letters in front name the program that made the page."""
    parts = [p for p in re.split(r"[-_]+", name.lower()) if p and not p.isdecimal()]
    known = parts[1:] if parts and len(parts[0]) <= 2 and parts[0] not in _FURNITURE else parts
    return not _FURNITURE.isdisjoint(known) and (_FURNITURE | _PLACES).issuperset(known)


def _asks(form: HtmlElement) -> bool:
    """Whether a form is there to be filled in: it has controls, and says little besides."""
    controls = (c for c in form.iter(*_CONTROLS) if c.get("type") != "hidden")
    return next(controls, None) is not None and said(form) < 200


def names_control(label: HtmlElement) -> bool:
    return "for" in label.attrib or next(label.iter(*_CONTROLS), None) is not None


def said(element: HtmlElement) -> int:
    """How much an element says besides controls and their labels."""
    total, waiting = 0, [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one.tag, str) and one.tag not in _UNSAID:
            total += _weight(one.text or "") + sum(_weight(c.tail or "") for c in one)
            waiting += one
    return total


def _weight(text: str) -> int:
    """The length of a text in letters, of which a Chinese character is worth three."""
    said = " ".join(text.split())
    return len(said) + 2 * len(CJK.findall(said))


def _sentence_length(element: HtmlElement) -> int:
    return sum(n for p in element.iter("p") if (n := _weight(p.text_content())) > 120)


def hidden(element: HtmlElement) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return (
        "hidden" in element.attrib
        or "display:none" in style
        or element.get("aria-hidden") == "true"
    )


def note_kind(element: HtmlElement) -> Kind | None:
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}".lower()
    return Kind.FOOTNOTE if _NOTE.search(names) else None


def is_data(table: HtmlElement) -> bool:
    """Tables that only lay out a page have one column, or no headings and other tables in them or
    nearly all of their words in one cell."""
    if table.get("role") == "presentation":
        return False
    rows = cells(table)
    if table.find(".//table") is not None:
        return bool(rows) and len(rows[0]) > 1 and all(c.tag == "th" for c in rows[0])
    return max(map(len, rows), default=0) > 1 and not _frames(rows)


def is_list(table: HtmlElement) -> bool:
    """Whether the rows of a table are items: a number with its mark, or a bullet, and a text."""
    rows = cells(table)
    pairs = all(len(row) == 2 and row[0].tag == "td" for row in rows)
    return (
        bool(rows) and pairs and all(_NUMBER.fullmatch(n.text_content().strip()) for n, _ in rows)
    )


def _frames(rows: list[list[HtmlElement]]) -> bool:
    """Whether the cells stand around one that holds a whole text."""
    cells = [c for row in rows for c in row]
    if any(c.tag == "th" for c in cells):
        return False
    lengths = [said(c) for c in cells]
    return max(lengths) >= max(500, 0.8 * sum(lengths))


def cells(table: HtmlElement) -> list[list[HtmlElement]]:
    """The cells of each row that has any, but not those of a table within the table."""
    own = (row for row in table.iter("tr") if next(row.iterancestors("table")) is table)
    rows = ([c for c in row if c.tag in ("td", "th")] for row in own)
    return [row for row in rows if row]
