"""Addresses that lead to the words of a citation: at their source and on the desk. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from index.records import Document
from qa.fragments import directive, with_directive

_PERMALINK = re.compile(r"/d/([0-9a-f]{16})/(\d{1,12})-(\d{1,12})/?")
_FILES = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rtf|odt)$", re.IGNORECASE)
PDF = "application/pdf"


class Permalink(NamedTuple):
    document: str
    start: int
    end: int


def source_link(document: Document, start: int, end: int, page: int | None) -> str:
    """Where the words stand at their source: of a web page the very words, of a PDF the page;
    "" for a document without a web address. ``document`` must have its text."""
    url = document.url
    if not re.match(r"https?://", url, re.IGNORECASE):
        return ""
    if document.media_type == PDF:
        return f"{url.split('#')[0]}#page={page}" if page else url
    if _FILES.search(urlsplit(url).path) or not document.media_type.startswith("text/"):
        return url
    return with_directive(url, directive(document.text, start, end))


def permalink(document: Document, start: int, end: int) -> str:
    """The path of a citation on the desk: the beginning of the content's SHA-256, and the span. It
    means the same words for ever, since a document's text is never rewritten."""
    return f"/d/{document.id}/{start}-{end}"


def parsed(path: str) -> Permalink | None:
    """What a path made by :func:`permalink` points at; None for any other path."""
    m = _PERMALINK.fullmatch(path)
    return Permalink(m[1], int(m[2]), int(m[3])) if m and int(m[2]) < int(m[3]) else None
