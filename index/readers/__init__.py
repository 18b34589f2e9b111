"""Files to documents. One module per format; nothing else in Pullquote opens a source.

:func:`read` is the one door. What a format needs beyond the standard library is imported when a
document of that format comes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from index.records import Block, Document

if TYPE_CHECKING:
    from index.readers.pieces import Facts

# Endings that a walk through a folder considers.
SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".docm"}
)


def read(
    data: bytes, file: str, *, collection: str = "default", url: str = "", content_type: str = ""
) -> Document:
    """The document that ``data`` holds. ``file`` is kept as given and only tells ties of type.

    ``url`` is where it comes from; an address that the document itself states goes first.
    ``content_type`` is what a web server called it; it, too, only settles what the bytes leave
    open: the type of a text and its encoding.
    Raises UnreadableDocument with one line: the file, the reason and the remedy.
    """
    from index.readers.language import language_of
    from index.readers.sniff import sniff, unreadable

    if not data:
        raise unreadable(file, "it is empty", "add a file that holds text")
    media_type, text = sniff(data, file, content_type)
    if text is not None and not text.strip():
        raise unreadable(file, "it holds only white space", "add a file that holds text")
    try:
        canonical, found, facts, labels = _parsed(media_type, data, text or "", file)
    except RecursionError as error:
        deep = "its parts stand in one another too deeply"
        raise unreadable(file, deep, "save it anew, as another format or as text alone") from error
    if not canonical.strip():
        raise unreadable(file, "no text was found in it", "add a file that holds text")
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        digest[:16],
        facts.title,
        facts.publisher,
        facts.date,
        facts.url or url,
        facts.language or language_of(canonical),
        collection,
        file,
        media_type,
        digest,
        canonical,
        found,
        facts.author,
        page_labels=labels,
    )


def _parsed(
    media_type: str, data: bytes, text: str, file: str
) -> tuple[str, tuple[Block, ...], Facts, tuple[str, ...]]:
    """Canonical text, blocks, stated facts and printed page numbers, by the reader of the type."""
    if media_type == "application/pdf":
        from index.readers.pdf.parse import parse_pdf

        return parse_pdf(data, file)
    return *_unpaged(media_type, data, text, file), ()


def _unpaged(
    media_type: str, data: bytes, text: str, file: str
) -> tuple[str, tuple[Block, ...], Facts]:
    match media_type:
        case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
            from index.readers.docx.parse import parse_docx

            return parse_docx(data, file)
        case "text/html":
            from index.readers.html.parse import parse_html

            return parse_html(text)
        case "text/markdown":
            from index.readers.markdown import parse_markdown

            return parse_markdown(text)
        case _:
            from index.readers.plain import parse_plain

            return parse_plain(text)
