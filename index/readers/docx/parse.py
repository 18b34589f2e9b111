"""DOCX: paragraphs, tables, boxes and notes in their order; deleted text is not read."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from index.readers.building import BLOCK, LINE, Builder, open_piece
from index.readers.docx.changes import ends_joined
from index.readers.docx.kinds import like
from index.readers.docx.margins import is_undated, margins
from index.readers.docx.notes import Key, marks, notes, references
from index.readers.docx.numbers import numbers_of
from index.readers.docx.package import opened
from index.readers.docx.styles import Styles, W, styles_of
from index.readers.docx.tables import header_rows, in_columns, spread
from index.readers.docx.text import Words, is_read
from index.readers.items import LABELS
from index.readers.layout import classified
from index.readers.numbering import enumerator
from index.readers.packed import require_sane_zip
from index.readers.pieces import Facts
from index.readers.plain import finish
from index.readers.sections import blocks
from index.readers.sniff import unreadable
from index.records import Block, Kind

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_NO_TITLE = re.compile(
    r"(?:microsoft word|word document|untitled|document\d*|title|无标题|文档)\b"
    r"|.*\.(?:docx?|odt|rtf|pdf)$",
    re.IGNORECASE,
)

_OPENING = 6  # lines of a header; behind more of them facts in the text's head go unseen
# Numbers of these styles stand before headings as often as before items: the text decides.
_OF_HEADINGS = LABELS | {"cjk", "paren-cjk"}


def parse_docx(data: bytes, file: str) -> tuple[str, tuple[Block, ...], Facts]:
    """Canonical text, blocks and stated facts; raises UnreadableDocument."""
    from docx.opc.exceptions import PackageNotFoundError

    damage = (PackageNotFoundError, BadZipFile, zlib.error, SyntaxError, OSError, LookupError)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            require_sane_zip(archive, len(data), file)
        document = opened(data)
        out = _built(document)
    except (*damage, AttributeError, ValueError):
        raise unreadable(
            file, "its DOCX parts are damaged", "open it in a word processor and save it anew"
        ) from None
    text, items, facts, title = finish(out.text, classified(out.text, out.pieces))
    if not facts.title:
        facts = replace(facts, title=_property_title(document))
    if not facts.author:
        facts = replace(facts, author=_property_author(document, text))
    return text, blocks(text, items, title), facts


def _property_title(document: WordDocument) -> str:
    """The title property, unless it is a program's filling or the name of a file."""
    title = " ".join((document.core_properties.title or "").split())
    return "" if _NO_TITLE.match(title) or len(title) < 4 else title


def _property_author(document: WordDocument, text: str) -> str:
    """The author property if the head of the text names the same: it is often a user's name."""
    author = " ".join((document.core_properties.author or "").split())
    return author if len(author.split()) > 1 and author in text[:3000] else ""


def _built(document: WordDocument) -> Builder:
    out, styles = Builder(), styles_of(document)
    opening, others = _margins(document, styles)
    for line in opening:
        out.add(line, open_piece(Kind.BOILERPLATE))
    ends_joined(document.element.body)
    words = Words(styles, numbers_of(document, styles), marks(document))
    _add_content(out, words, document.element.body, dict(notes(document, words)))
    out.add("\n".join(others), open_piece(Kind.BOILERPLATE))
    return out


def _margins(document: WordDocument, styles: Styles) -> tuple[list[str], list[str]]:
    """The lines of the first page's header where they may state facts, and those of all other
    headers and footers, each once."""
    words = Words(styles, numbers_of(document, styles), {})
    first, others = margins(document)
    opening = _lines(words, first) if all(map(is_undated, first)) else {}
    if len(opening) > _OPENING:
        opening = {}
    return [*opening], [n for n in _lines(words, [*first, *others]) if n not in opening]


def _lines(words: Words, parts: list[Any]) -> dict[str, None]:
    said = (words.of(p) for part in parts for p in _paragraphs(part))
    return dict.fromkeys(
        s.strip() for text in said for s in re.split(r"[\t\n]+", text) if s.strip()
    )


def _add_content(out: Builder, words: Words, place: Any, told: dict[Key, str]) -> None:
    """What stands in the body or in a cell; a table of one column only lays out its text."""
    for item in _within(place, "p", "tbl"):
        if item.tag == f"{W}p":
            _add_paragraph(out, words, item)
        else:
            rows = list(_within(item, "tr"))
            cells = [list(_within(row, "tc")) for row in rows]
            if all(len(row) == 1 for row in cells):
                for (cell,) in cells:
                    _add_content(out, words, cell, told)
                continue
            _add_table(out, words, rows, cells)
        for key in references(item):
            out.add(told.pop(key, ""), open_piece(Kind.FOOTNOTE))


def _add_paragraph(out: Builder, words: Words, paragraph: Any) -> None:
    told = like(paragraph, words.styles)
    label, said = words.apart(paragraph)
    if label and said:
        said = f"{label} {said}"
        mark = enumerator(label, 0, len(label))
        if told.kind is Kind.LIST_ITEM and mark is not None and mark.style in _OF_HEADINGS:
            told = open_piece()
    out.add(said, told, LINE if told.kind is Kind.LIST_ITEM else BLOCK)
    for boxed in _paragraphs(paragraph):
        out.add(words.of(boxed), open_piece())


def _paragraphs(element: Any) -> Iterator[Any]:
    """The paragraphs in an element, those in boxes and inner tables included, each once."""
    for child in element:
        name = str(child.tag).removeprefix(W)
        if is_read(name):
            if name == "p":
                yield child
            yield from _paragraphs(child)


def _within(element: Any, *names: str) -> Iterator[Any]:
    """The elements of these names that stand in ``element`` or in what only wraps them there: a
    content control, custom XML, an insertion. None from within another."""
    for child in element:
        name = str(child.tag).removeprefix(W)
        if name in names:
            yield child
        elif is_read(name):
            yield from _within(child, *names)


def _add_table(out: Builder, words: Words, rows: list[Any], cells: list[list[Any]]) -> None:
    said = [[_texts(cell, words) for cell in row] for row in cells]
    grid = [in_columns(*row) for row in zip(rows, cells, said, strict=True)]
    heads = header_rows(rows, cells)
    named = [spread(cells[r], line) if r < (heads or 1) else line for r, line in enumerate(grid)]
    out.table(grid, heads, named=named)


def _texts(cell: Any, words: Words) -> list[str]:
    texts = (" ".join(words.of(p).split()) for p in _paragraphs(cell))
    return [t for t in texts if t]
