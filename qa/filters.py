"""Which documents pass the filters of a question, and which filter no document passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from difflib import SequenceMatcher

from index.library import NO_FILTERS, Library
from index.records import Document
from index.rows import Filters, date_range

_SHOWN = 5  # values named in place of one that no document has
_NAMED = {
    "collection": "is in the collection",
    "publisher": "has the publisher",
    "language": "is in the language",
}


def passes(d: Document, f: Filters) -> bool:
    """Whether a document is among those searched; the range of dates is the catalog's."""
    first, last = date_range(d.date)
    return (
        (not f.collection or d.collection == f.collection)
        and (not f.publisher or d.publisher.casefold() == f.publisher.casefold())
        and (not f.language or d.language.casefold() == f.language.casefold())
        and (not f.document or d.id == f.document)
        and (not f.since or last >= f.since)
        and (not f.until or (bool(first) and first <= f.until))
    )


def unmet(library: Library, filters: Filters) -> str:
    """Which filter leaves nothing to search, with what there is in its place; "" where documents
    pass, and in an empty library."""
    documents = library.documents() if filters != NO_FILTERS else []
    if not documents or any(passes(d, filters) for d in documents):
        return ""
    for field in fields(Filters):
        value = getattr(filters, field.name)
        alone = replace(NO_FILTERS, **{field.name: value})
        if not any(passes(d, alone) for d in documents):
            said = _said(documents, field.name, value)
            return f"No document {said}. Change that filter or leave it out."
    return "No document passes all these filters together. Leave one of them out."


def _said(documents: Sequence[Document], name: str, value: str) -> str:
    if name in _NAMED:
        there = {getattr(d, name) for d in documents} - {""}
        return f"{_NAMED[name]} {value!r} ({_nearest(value, there)})"
    days = sorted(d.date for d in documents if d.date)
    ends = " to ".join(dict.fromkeys((days[0], days[-1]))) if days else ""
    known = f"there are: {ends}" if ends else "no document states one"
    return f"is dated {value} or {'later' if name == 'since' else 'earlier'} ({known})"


def _nearest(value: str, there: set[str]) -> str:
    """The values that there are, the likest first."""
    if not there:
        return "no document states one"

    def likeness(one: str) -> float:
        return SequenceMatcher(None, value.casefold(), one.casefold()).ratio()

    found = sorted(sorted(there), key=likeness, reverse=True)
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return f"there are: {', '.join(found[:_SHOWN])}{more}"
