"""Notes of a page that only links tell: the mark in the text leads to the note, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from lxml.html import HtmlElement

from index.readers.html.parts import is_inline

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,6}|[*†‡§]{1,3})[\])]?")


@dataclass(frozen=True, slots=True)
class Notes:
    """The links that are marks, and the blocks that are notes."""

    marks: frozenset[HtmlElement] = frozenset()
    blocks: frozenset[HtmlElement] = frozenset()


def linked_notes(root: HtmlElement) -> Notes:
    """The notes whose mark opens their block and leads to the same mark within other text."""
    places = {n: e for e in root.iter("*") for n in (e.get("name"), e.get("id")) if n}
    marks: set[HtmlElement] = set()
    blocks: set[HtmlElement] = set()
    for link in root.iter("a"):
        back = _mark_at(places.get(_leads_to(link)))
        there = places.get(_leads_to(back)) if back is not None else None
        if back is None or there is None or not _together(link, there):
            continue
        if _said(link) == _said(back) and not _opens(link) and _opens(back):
            marks |= {link, back}
            blocks |= {b for b in [_block(back)] if all(map(is_inline, _inside(b)))}
    return Notes(frozenset(marks), frozenset(blocks))


def _leads_to(link: HtmlElement) -> str:
    """The place on the page that a mark leads to, "" for any other link."""
    address = link.get("href", "")
    return address[1:] if address.startswith("#") and _MARK.fullmatch(_said(link)) else ""


def _mark_at(place: HtmlElement | None) -> HtmlElement | None:
    """The first link in a place, or the one that it stands in."""
    if place is None:
        return None
    return next(
        (a for a in chain(place.iter("a"), place.iterancestors("a")) if a.get("href")), None
    )


def _together(link: HtmlElement, place: HtmlElement) -> bool:
    """Whether a link is a place, stands in it or around it."""
    return link is place or place in link.iterancestors() or link in place.iterancestors()


def _said(element: HtmlElement) -> str:
    return "".join(element.text_content().split())


def _block(element: HtmlElement) -> HtmlElement:
    return next(a for a in element.iterancestors() if not is_inline(a))


def _opens(link: HtmlElement) -> bool:
    return _said(_block(link)).startswith(_said(link))


def _inside(block: HtmlElement) -> Iterator[HtmlElement]:
    return (e for e in block.iterdescendants() if isinstance(e.tag, str) and e.tag != "br")
