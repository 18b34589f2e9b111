"""What of a page is read: its body, its content, and what it shows when a button is pressed."""

from __future__ import annotations

from lxml.html import HtmlElement

from index.readers.html.parts import HEADINGS, hidden, is_furniture, said
from index.readers.phrases import is_finished

_LABELS = (*HEADINGS, "dt", "summary")
_OF_HEAD = frozenset(
    ["title", "base", "link", "meta", "style", "script", "noscript", "template", "object"]
)


def content(root: HtmlElement) -> HtmlElement:
    """The element whose words are read."""
    return _main(_opened(_unwrapped(begun(root))))


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


def _unwrapped(body: HtmlElement) -> HtmlElement:
    """The body, with a form that holds most of what it says made a plain division: some programs
    lay one form around the whole page."""
    whole = said(body)
    for form in list(body.iter("form")):
        if 2 * said(form) >= whole:
            form.tag = "div"
    return body


def _main(body: HtmlElement) -> HtmlElement:
    """The element that the page calls its content, where that holds most of its paragraphs."""
    total = _paragraph_length(body)
    for path in (".//main", ".//*[@role='main']", ".//article", ".//*[@itemprop='articleBody']"):
        found = max(body.iterfind(path), key=_paragraph_length, default=None)
        if found is not None and _paragraph_length(found) >= max(200, 0.6 * total):
            return _with_headline(_with_others(found), body)
    return body


def _with_others(article: HtmlElement) -> HtmlElement:
    """The article, or what holds it where it is one of several side by side, as the posts of a live
    page are."""
    around = article.getparent()
    several = article.tag == "article" and len(around.findall("article")) > 1
    return around if several else article


def _with_headline(content: HtmlElement, body: HtmlElement) -> HtmlElement:
    """The content behind the page's one h1 and what stands between the two, where that stands
    outside of it and is no link, as the name of a site is."""
    heads = list(body.iter("h1"))
    around = [*heads[0].iterancestors()] if len(heads) == 1 else []
    if not around or content in around or next(heads[0].iter("a", "img"), None) is not None:
        return content
    path = [content, *content.iterancestors()]
    shared = next(a for a in around if a in path)
    first = next(e for e in (heads[0], *around) if e.getparent() is shared)
    row = [first, *first.itersiblings()]
    at = next((i for i, e in enumerate(row) if e in path), 0)
    if not at or is_furniture(first) or 2 * sum(map(said, row[:at])) > said(content):
        return content
    whole = body.makeelement("div")
    whole.extend([*row[:at], content])
    return whole


def _paragraph_length(element: HtmlElement) -> int:
    return sum(len(p.text_content().strip()) for p in element.iter("p", "li", "td"))


def _opened(body: HtmlElement) -> HtmlElement:
    """The body with the text that its buttons open made visible, and with what stands on such
    buttons, and on those in headings, made text."""
    panels = {e.get("id"): e for e in body.iterfind(".//*[@id]")}
    for button in list(body.iter("button")):
        if any(a.tag in _LABELS for a in button.iterancestors()):
            button.tag = "span"
    for button in body.findall(".//*[@aria-controls]"):
        panel = panels.get(button.get("aria-controls"))
        if panel is not None and _tells(panel):
            _show(panel)
            button.tag = "div" if button.tag == "button" else button.tag
    return body


def _tells(panel: HtmlElement) -> bool:
    """Whether a panel holds running text and is no menu, no window and no other furniture."""
    lines = (" ".join(e.text_content().split()) for e in (panel, *panel.iter("p", "li", "dd")))
    return not is_furniture(panel) and any(len(s) > 40 and is_finished(s) for s in lines)


def _show(panel: HtmlElement) -> None:
    for name in ("hidden", "aria-hidden"):
        panel.attrib.pop(name, None)
    if hidden(panel):
        panel.attrib.pop("style")
