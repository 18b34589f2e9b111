"""Marks in the lines of a page: raised ones, quotation marks, links that only lead about on it."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from index.readers.formulas import SUPERSCRIPT

_RAISED = re.compile(r"[\d+−n,;\s-]*\d[\d+−n,;\s-]*|[+−n-]")
_NOTE = re.compile(r"\[[^\[\]]+\]")
_LEADS = re.compile(r"[\s¶#^↑↩⇑⤴←🔗\ufe0e\ufe0f]+")
_BACK = frozenset(["backlink", "backref", "editsection"])


def raised(sup: HtmlElement) -> str:
    """What a raised element says: figures as superscripts, the mark of a note that is no figure in
    brackets, anything else ("1st") as it is."""
    said = " ".join(sup.text_content().split())
    figure = said.strip("[]() ")
    if _RAISED.fullmatch(figure):
        return figure.translate(SUPERSCRIPT)
    if _NOTE.fullmatch(said):
        return said
    linked = next((a for a in sup.iter("a") if a.get("href", "").startswith("#")), None)
    return f"[{said}]" if linked is not None and said[:1].isalnum() else said


def quotation_marks(element: HtmlElement) -> tuple[str, str]:
    """The marks that a browser writes around a quotation, by how deep it stands in others."""
    if element.tag != "q":
        return "", ""
    inner = sum(a.tag == "q" for a in element.iterancestors()) % 2
    return ("‘", "’") if inner else ("“", "”")


def leads_about(element: HtmlElement) -> bool:
    """Whether an element in a line is there to be pressed only: it leads back from a note, to the
    address of a heading, or to where a section is edited."""
    names = set(re.split(r"[\s_-]+", element.get("class", "").lower()))
    if not _BACK.isdisjoint(names) and not any(c.isdigit() for c in element.text_content()):
        return True
    link = element.tag == "a" and element.get("href", "").startswith("#")
    return link and _LEADS.fullmatch(element.text_content()) is not None
