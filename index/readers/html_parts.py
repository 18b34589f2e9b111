"""What the elements of a page are: its content, its furniture, its notes, its data tables."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from index.records import Kind

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
    if element.tag == "header":
        return element.find(".//h1") is None
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return (
        bool(_FURNITURE.search(names))
        and element.tag not in ("body", "html", "main", "article")
        and _sentence_length(element) < 600
    )


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
