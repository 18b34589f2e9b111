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
    " rt ruby s samp small span strike strong sub sup time tt u var wbr img picture source"
)
_CONTROLS = words("button input select textarea")
_UNSAID = DROPPED | {"label"}
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|footer|sidebar|share|sharing|social|"
    r"comments?|respond|related|recommend(?:ed|ations)?|cookies?|consent|banner|advert(?:isement)?s?|"
    r"ads?|promo|newsletter|subscribe|subscription|pagination|pager|toolbar|skip|popup|modal|tags?)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)


_OF_HEAD = frozenset(
    ["title", "base", "link", "meta", "style", "script", "noscript", "template", "object"]
)


def begun(root: HtmlElement) -> HtmlElement:
    """The body. Where a page leaves the tags of head and body out, as it may, libxml2 keeps
    elements that are younger than itself (``article``, ``main``) in the head."""
    body, head = root.find("body"), root.find("head")
    lost = [
        e for e in (head if head is not None else ())
        if isinstance(e.tag, str) and e.tag not in _OF_HEAD
    ]  # fmt: skip
    if not lost:
        return body if body is not None else root
    if body is None:
        body = root.makeelement("body")
        root.append(body)
    for at, element in enumerate(lost):
        body.insert(at, element)
    return body


def unwrapped(body: HtmlElement) -> HtmlElement:
    """The body, with a form that holds most of what it says made a plain division: some programs
    lay one form around the whole page."""
    said = _said(body)
    for form in list(body.iter("form")):
        if 2 * _said(form) >= said:
            form.tag = "div"
    return body


def main(body: HtmlElement) -> HtmlElement:
    """The element that the page calls its content, where that holds most of its paragraphs."""
    total = _paragraph_length(body)
    for path in (".//main", ".//*[@role='main']", ".//article", ".//*[@itemprop='articleBody']"):
        found = max(body.iterfind(path), key=_paragraph_length, default=None)
        if found is not None and _paragraph_length(found) >= max(200, 0.6 * total):
            return found
    return body


def _paragraph_length(element: HtmlElement) -> int:
    return sum(len(p.text_content().strip()) for p in element.iter("p", "li", "td"))


def is_furniture(element: HtmlElement) -> bool:
    if element.tag in ("nav", "footer", "aside") or element.get("role") in (
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
    ):
        return True
    if element.tag == "form":
        return _asks(element)
    if element.tag == "header":
        return element.find(".//h1") is None
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return (
        bool(_FURNITURE.search(names))
        and element.tag not in ("body", "html", "main", "article")
        and _sentence_length(element) < 600
    )


def _asks(form: HtmlElement) -> bool:
    """Whether a form is there to be filled in: it has controls, and says little besides."""
    controls = (c for c in form.iter(*_CONTROLS) if c.get("type") != "hidden")
    return next(controls, None) is not None and _said(form) < 200


def names_control(label: HtmlElement) -> bool:
    return "for" in label.attrib or next(label.iter(*_CONTROLS), None) is not None


def _said(element: HtmlElement) -> int:
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
    return sum(n for p in element.iter("p") if (n := len(p.text_content().strip())) > 120)


def hidden(element: HtmlElement) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return (
        "hidden" in element.attrib
        or "display:none" in style
        or element.get("aria-hidden") == "true"
    )


def note_kind(element: HtmlElement) -> Kind | None:
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}".lower()
    return (
        Kind.FOOTNOTE
        if re.search(
            r"(?:^|[\s_-])(?:footnotes?|endnotes?|doc-endnote|cite_note|fn\d*)(?:$|[\s:_-])", names
        )
        else None
    )


def is_data(table: HtmlElement) -> bool:
    """Tables that only lay out a page hold other tables, or one column."""
    if table.find(".//table") is not None or table.get("role") == "presentation":
        return False
    return (
        max((sum(1 for c in row if c.tag in ("td", "th")) for row in table.iter("tr")), default=0)
        > 1
    )
