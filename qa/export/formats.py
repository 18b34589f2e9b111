"""Which formats there are, and the one function that writes any of them."""

from __future__ import annotations

from collections.abc import Sequence

from index.library import Library
from qa.answer import Answer
from qa.export.entries import Entry, Refused, by_document, entries
from qa.references import exchange
from qa.references.record import reference

FORMATS = ("markdown", "html", "docx", "bibtex", "ris", "csl-json")
ENDINGS = {
    "markdown": ".md",
    "html": ".html",
    "docx": ".docx",
    "bibtex": ".bib",
    "ris": ".ris",
    "csl-json": ".json",
}


def exported(library: Library, answers: Sequence[Answer | Refused], format: str) -> bytes:
    """Answers in one of FORMATS, as the bytes of a file: text is UTF-8. Of the formats for
    references, each document is one entry, and each citation of it a note there."""
    found = entries(library, answers)
    if format == "docx":
        from qa.export.word import word

        return word(found)
    return _text(found, format).encode("utf-8")


def _text(found: Sequence[Entry], format: str) -> str:
    if format == "markdown":
        from qa.export.markdown import markdown

        return markdown(found)
    if format == "html":
        from qa.export.page import page

        return page(found)
    write = {"bibtex": exchange.bibtex, "ris": exchange.ris, "csl-json": exchange.csl_json}[format]
    return write(_noted(found))


def _noted(found: Sequence[Entry]) -> list[exchange.Noted]:
    return [
        (reference(document), [f"[{s.number}] {s.note}" for s in sources])
        for document, sources in by_document(found)
    ]
