"""Turns of a transcript: who is named before a colon speaks to the end of the paragraph."""

from __future__ import annotations

import re

from index.records import Span
from index.terms import terms

PERSON = r"[A-Z][a-z'\u2019-]+(?:\s+(?:[A-Z]\.\s*)?[A-Z][a-z'\u2019-]+)+"
_LABEL = re.compile(rf"\s*(?P<who>{PERSON})(?:\s\([^()\n]{{1,80}}\))?\s?[:\uff1a]\s")
_SHORT = re.compile(r"\s*(?P<who>[A-Z][\w'\u2019-]+)\s?[:\uff1a]\s")
_STOPS = '.!?:;\u2026"\u201d)\n'
_OWN = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b(?!\.)")


def full(text: str, at: int) -> re.Match[str] | None:
    """The name in full or with a title and a colon ("Ms Ada Merrin (Greens): ") that open the
    paragraph of a place in a text; a line that ends in no stop goes on in the next."""
    return _opening(_LABEL, text, at)


def label(text: str, at: int) -> Span | None:
    """The label of a place's paragraph: ``full``, or one word that opens another one so, too."""
    found = full(text, at)
    if not found and (found := _opening(_SHORT, text, at)):
        alike = rf"^\s*{re.escape(found['who'])}\s?[:\uff1a]\s"
        found = found if len(re.findall(alike, text, re.MULTILINE)) > 1 else None
    return (found.start("who"), found.end()) if found else None


def _opening(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    opens = text.rfind("\n", 0, at) + 1
    while not (found := pattern.match(text, opens)):
        if opens < 2 or text[opens - 2] in _STOPS:
            return None
        opens = text.rfind("\n", 0, opens - 1) + 1
    return found


def carried(text: str, at: int, names: frozenset[str]) -> str:
    """The label before a sentence that does not itself open with it, if one of the names' terms is
    in it; else ""."""
    found = label(text, at) if names else None
    if found is None or found[1] > at:
        return ""
    who = text[slice(*found)]
    return "" if names.isdisjoint(terms(who)) else who


def speaks_of_self(text: str) -> bool:
    """Whether a sentence speaks in the first person: "I ...", "our ..."."""
    return _OWN.search(text) is not None
