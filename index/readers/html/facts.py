"""What a page's head states: title, publisher, date, address and author."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from index.readers.facts import iso_date, line_date
from index.readers.html.parts import INLINE
from index.readers.phrases import is_finished
from index.readers.pieces import Facts
from index.scripts import CJK, words

_DATES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
)
_PUBLISHERS = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "application-name",
)
_AUTHORS = (
    "citation_author",
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
)
_PART = re.compile(r"(?:Object|Comment|Review)$")
_FILE = re.compile(r"\S+\.(?:xml|x?html?|docx?|pdf|odt|rtf|txt)", re.IGNORECASE)
_BYLINE = words("byline dateline meta posted published pubdate timestamp")
_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")


def page_facts(root: HtmlElement) -> Facts:
    """The facts of the page; JSON-LD goes before meta elements, what neither states is empty."""
    meta = _meta(root)
    data = _article(root)
    title = _stated(data, "headline") or _first(meta, _TITLES) or _heading(root)
    day = iso_date(_stated(data, "datePublished")) or _date(meta, root)
    canonical = root.find(".//link[@rel='canonical']")
    address = (canonical.get("href", "") if canonical is not None else "") or meta.get("og:url", "")
    publisher = data.get("publisher")
    name = _stated(publisher, "name") if isinstance(publisher, dict) else ""
    return Facts(
        _line(title),
        _line(name or _first(meta, _PUBLISHERS)),
        day,
        address.strip() if address.strip().startswith(("http://", "https://")) else "",
        author="; ".join(dict.fromkeys(_authors(data.get("author")) or _meta_authors(root))),
    )


def _stated(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return unescape(value) if isinstance(value, str) else ""


def _authors(stated: Any) -> list[str]:
    """The names in JSON-LD: a name, an object with one, or a list of these."""
    return [n for one in (stated if isinstance(stated, list) else [stated]) for n in _author(one)]


def _author(stated: Any) -> list[str]:
    if isinstance(stated, dict):
        family, given = (stated.get(k) for k in ("familyName", "givenName"))
        if isinstance(family, str) and isinstance(given, str) and family and given:
            return [f"{_line(family)}, {_line(given)}"]
        stated = stated.get("name")
    name = _line(stated) if isinstance(stated, str) else ""
    return [name] if name and "://" not in name else []


def _meta_authors(root: HtmlElement) -> list[str]:
    """The names in meta elements: those of the first kind in the order of _AUTHORS."""
    for wanted in _AUTHORS:
        names = [
            _line(m.get("content", ""))
            for m in root.iter("meta")
            if wanted == (m.get("property") or m.get("name") or "").lower()
        ]
        if found := [n for n in names if n and "://" not in n]:
            return found
    return []


def _line(s: str) -> str:
    return " ".join(s.split())


def _meta(root: HtmlElement) -> dict[str, str]:
    """name, property or itemprop (in small letters) -> content; the first one counts."""
    found: dict[str, str] = {}
    for m in root.iter("meta"):
        name = m.get("property") or m.get("name") or m.get("itemprop") or ""
        if content := m.get("content", "").strip():
            found.setdefault(name.lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[n] for n in names if n in meta), "")


def _date(meta: dict[str, str], root: HtmlElement) -> str:
    for name in _DATES:
        if day := iso_date(meta.get(name, "")):
            return day
    for t in root.iter("time"):
        if (
            "pubdate" in t.attrib
            or "published" in (t.get("itemprop", "") + t.get("class", "")).lower()
        ):
            return iso_date(t.get("datetime", "") or t.text_content())
    times = list(root.iter("time"))
    if len(times) != 1 or "itemprop" in times[0].attrib or not _of_head(times[0], root):
        return ""
    return iso_date(times[0].get("datetime", "") or times[0].text_content())


def _of_head(time: HtmlElement, root: HtmlElement) -> bool:
    """Whether a time stands with the headline: in a header or byline, or on a line of its own
    with no running text between the two."""
    around = [time, *time.iterancestors()]
    if any(a.tag == "header" or _BYLINE & _names(a) for a in around):
        return True
    block = next(a for a in around if a.tag not in INLINE)
    near = own = not _runs(_line_of(block))
    for element in root.iter("h1", "p", "div", "time"):
        if element is time:
            break
        near = near and not _runs(_line_of(element)) if element.tag != "h1" else own
    return near


def _names(element: HtmlElement) -> set[str]:
    return set(re.split(r"[\s_-]+", element.get("class", "").lower()))


def _line_of(block: HtmlElement) -> str:
    """The words of a block that stand in no block within it."""
    inner = [(c.text_content() if c.tag in INLINE else "") + (c.tail or "") for c in block]
    return (block.text or "") + "".join(inner)


def _runs(text: str) -> bool:
    """Whether a text is a sentence or long, and not a line that says when something appeared."""
    line = _line(text)
    return (is_finished(line) or len(line) > 120) and not line_date(line)


def _heading(root: HtmlElement) -> str:
    """The one h1, else the title element without the site's name behind a bar, a dash or, in
    Chinese or Japanese, a low line; "" for the name of a file."""
    heads = [h.text_content() for h in root.iter("h1") if h.text_content().strip()]
    if len(heads) == 1:
        return str(heads[0])
    title = root.find(".//title")
    text = title.text_content().strip() if title is not None else ""
    if _FILE.fullmatch(text):
        return ""
    for mark in (" | ", " - ", " – ", " — ", "_"):
        if mark in text and (mark != "_" or CJK.search(text)):
            return str(text.rsplit(mark, 1)[0])
    return str(text)


def _article(root: HtmlElement) -> dict[str, Any]:
    """What the linked data says of the page: the first object with a headline, else with a date
    that is not that of a picture, a film or a comment on the page."""
    found = [o for data in _linked_data(root) for o in _objects(data)]
    dated = (o for o in found if "datePublished" in o and not _PART.search(_stated(o, "@type")))
    return next((o for o in found if "headline" in o), next(dated, {}))


def _linked_data(root: HtmlElement) -> Iterator[Any]:
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                yield json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list, a graph, or lists and graphs in these, in their order."""
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            one = one.get("@graph") or one.get("mainEntity")
        waiting += reversed(one) if isinstance(one, list) else [one] * isinstance(one, dict)
