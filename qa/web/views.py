"""What the pages show of a passage: its words in context, where it is from, what became of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from index.errors import PullquoteError
from index.library import Library
from index.readers.pdf.page import Box, boxes, stripped
from index.records import Block, Document, Span
from qa.cite import locate
from qa.links import PDF, permalink, source_link
from qa.web.context import NOTHING, Group, Marks, around, groups, parts

MOST_PAGES = 3  # pages shown of words that run over several


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a PDF and where on it the words stand."""

    number: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A passage to show. ``quote`` is ``document.text[start:end]``; ``notices`` say what became of
    the source since; ``newer`` is the version that took its place, if one did."""

    document: Document
    start: int
    end: int
    quote: str
    locator: str
    page: int | None
    groups: tuple[Group, ...]
    pages: tuple[Page, ...]
    notices: tuple[str, ...]
    newer: Document | None
    source: str

    @property
    def link(self) -> str:
        """The stable address of these words on this server."""
        return permalink(self.document, self.start, self.end)


def view(library: Library, document_id: str, span: Span, answering: Span = NOTHING) -> View:
    """The words of ``span`` in their context. Raises PullquoteError for words that the document
    does not have."""
    document = library.document(document_id)
    _require_words(document, span)
    blocks = library.blocks(document.id)
    stretch = around(blocks, span, len(document.text))
    shown = pages(library, document, blocks, span)
    return _view(library, document, Marks(span, answering), stretch, shown)


def whole(library: Library, document_id: str, span: Span = NOTHING) -> View:
    """The whole text of a document, with the words of ``span`` marked unless it is ``NOTHING``."""
    document = library.document(document_id)
    if span != NOTHING:
        _require_words(document, span)
    return _view(library, document, Marks(span), (0, len(document.text)))


def _require_words(document: Document, span: Span) -> None:
    if not 0 <= span[0] < span[1] <= len(document.text):
        raise PullquoteError(
            f"Document {document.id} has {len(document.text):,} characters; there are no words "
            f"from {span[0]} to {span[1]}. Open the whole document at /d/{document.id}"
        )


def _view(
    library: Library, document: Document, marks: Marks, stretch: Span, shown: tuple[Page, ...] = ()
) -> View:
    start, end = marks.cited
    locator, page = locate(library, document.id, start) if end else ("", None)
    newer = library.newest(document.id)
    blocks = library.blocks(document.id)
    return View(
        document,
        start,
        end,
        document.text[start:end],
        locator,
        page,
        tuple(groups(list(parts(document.text, blocks, stretch, marks)))),
        shown,
        tuple(notices(library, document)),
        newer if newer.id != document.id else None,
        source_link(document, start, end, page) if end else document.url,
    )


def pages(
    library: Library, document: Document, blocks: list[Block], span: Span
) -> tuple[Page, ...]:
    """The pages of a PDF that the words stand on; none for another kind of document, or where its
    archived bytes are not as they were received."""
    if document.media_type != PDF or not library.archived(document):
        return ()
    data = archived(library, document).read_bytes()
    numbers = {b.page for b in blocks if b.page and b.end > span[0] and b.start < span[1]}
    words = document.text[slice(*span)]
    found = []
    for number in sorted(numbers)[:MOST_PAGES]:
        first = min(b.start for b in blocks if b.page == number)
        ahead = stripped(document.text[first : span[0]]).count(stripped(words))
        found.append(Page(number, tuple(boxes(data, number, words, ahead))))
    return tuple(found)


def archived(library: Library, document: Document) -> Path:
    """Where the bytes of a document are kept as they were received."""
    return library.path / "sources" / document.sha256


def notices(library: Library, document: Document) -> list[str]:
    """What a reader should know of the source today, a sentence each."""
    found = []
    if not library.archived(document):
        found.append(
            "The archived source is missing or damaged. The words below are the text as it was "
            "read; restore the library's folder “sources” from a backup."
        )
    for receipt in library.receipts(document.id)[-1:]:
        path = Path(receipt.origin)
        if not path.is_absolute() or not path.parent.is_dir():
            continue  # an address of the web, or the folder of an upload, which does not stay
        if not path.is_file():
            found.append("The file is gone from where it was read. These words are its archive.")
        elif _hash(path) != document.sha256:
            found.append(
                "The file has changed since it was read. These words are from the version in the "
                "library; add the file again to read the new one."
            )
    return found


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
