"""PDF: characters with their boxes to lines, lines to paragraphs, page furniture told apart.

Line ends stay line ends; a word that a hyphen cuts at one goes whole on the line it begins on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.readers import joining, layout
from index.readers import phrases as say
from index.readers.building import BLOCK, LINE, Builder
from index.readers.folios import page_labels
from index.readers.fragments import Mark
from index.readers.numbering import enumerator
from index.readers.packed import require_sane_pdf
from index.readers.pdf.hyphens import whole
from index.readers.pdf.lines import PDFIUM, page_lines
from index.readers.pdf.rows import Line
from index.readers.pdf.running import outermost, running
from index.readers.pdf.tables import continued
from index.readers.pieces import Facts, Piece
from index.readers.plain import finish, notes_joined
from index.readers.sections import blocks
from index.readers.sniff import unreadable
from index.readers.text_tables import tables
from index.records import Block, Kind
from index.text import fold

_NO_TITLE = re.compile(
    r"(?:microsoft|untitled|document\d*\b|slide\b|无标题)|.*\.(?:docx?|pptx?|xlsx?|indd|qxd|pdf|tex|dvi|rtf|odt)$",
    re.IGNORECASE,
)
_CELL = re.compile(r"[^\t\s][^\t]*")
_SHORTEST_WRAPPED = 40  # characters; a shorter line may be a heading


@dataclass(frozen=True, slots=True)
class _Opened:
    """What PDFium gives: of each page its lines and its label, and the document's properties."""

    pages: list[list[Line]]
    labels: list[str]
    title: str
    author: str


def parse_pdf(data: bytes, file: str) -> tuple[str, tuple[Block, ...], Facts, tuple[str, ...]]:
    """Canonical text, blocks with pages, stated facts and the numbers printed on the pages;
    raises UnreadableDocument."""
    require_sane_pdf(data, file)
    with PDFIUM:
        opened = _opened(data, file)
    pages = whole(opened.pages)
    if sum(len(line.text.strip()) for page in pages for line in page) < 2 * len(pages):
        raise unreadable(
            file,
            "it has no text layer, its pages are pictures (scanned)",
            "run OCR on it first, for example with ocrmypdf, and add the result",
        )
    out = Builder()
    body = _body_size(pages)
    levels = _levels(pages, body)
    margins = running(pages)
    pages = continued(pages, margins)
    headings: list[Mark] = []
    for number, (page, heads) in enumerate(zip(pages, margins, strict=True), 1):
        for paragraph, like, table in _paragraphs(page, heads, levels):
            if table and table.grid:
                out.table(table.grid, table.heads or None, page=number, above=table.above)
                continue
            out.raw(paragraph[: len(paragraph) - len(paragraph.lstrip("\t"))])
            out.add(paragraph, replace(like, page=number), LINE if like.tight else BLOCK)
            if table:
                at = out.pieces[-1].start
                headings += (
                    Mark(at + m.start(), "th", False) for m in _CELL.finditer(paragraph.strip())
                )
    text = out.text
    found = layout.classified(text, tables(text, out.pieces, headings))
    text, found = joining.rearranged(text, found)
    found = notes_joined(text, joining.joined(text, found))
    text, items, facts, title = finish(text, found)
    if _sensible(opened.title, text):
        facts = replace(facts, title=opened.title)
    if not facts.author and _sensible(opened.author, text):
        facts = replace(facts, author=opened.author)
    outer = [[line.text for line in outermost(page)] for page in pages]
    return text, blocks(text, items, title), facts, page_labels(opened.labels, outer)


def _opened(data: bytes, file: str) -> _Opened:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise unreadable(
                file, "it is encrypted", "remove the password and add it again"
            ) from None
        raise unreadable(file, "it is a truncated or damaged PDF", "get the file again") from None
    with document:
        if b"%%EOF" not in data[-4096:] or len(document) == 0:
            raise unreadable(file, "it is a truncated or damaged PDF", "get the file again")
        stated = document.get_metadata_dict()
        title, author = (" ".join(str(stated.get(k, "")).split()) for k in ("Title", "Author"))
        labels = [document.get_page_label(i) or "" for i in range(len(document))]
        try:
            pages = [page_lines(document, i) for i in range(len(document))]
            return _Opened(pages, labels, title, author)
        except pdfium.PdfiumError:
            raise unreadable(
                file, "it is a truncated or damaged PDF", "get the file again"
            ) from None


def _sensible(title: str, text: str) -> bool:
    """Whether a property is stated by the document too: its first page says the same."""
    return (
        len(title.split()) > 1
        and not _NO_TITLE.match(title)
        and fold(title).text in fold(text[:3000]).text
    )


# --- sizes ---------------------------------------------------------------------------------------


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _levels(pages: Sequence[Sequence[Line]], body: float) -> dict[float, int]:
    """Sizes of headings -> level, largest first; a size that carries much text is no heading."""
    length: Counter[float] = Counter()
    for page in pages:
        for line in page:
            length[line.size] += len(line.text)
    total = sum(length.values())
    sizes = sorted(
        (s for s, n in length.items() if s >= 1.12 * body and n <= 0.2 * total), reverse=True
    )
    return {size: min(level, 6) for level, size in enumerate(sizes, 1)}


# --- paragraphs ----------------------------------------------------------------------------------


def _paragraphs(
    page: Sequence[Line], heads: frozenset[Line], levels: dict[float, int]
) -> list[tuple[str, Piece, Line | None]]:
    """The page's paragraphs and tables in reading order, furniture and headings told."""
    out: list[tuple[str, Piece, Line | None]] = []
    before: Line | None = None
    edges, marks = _right_edges(page), _marks(page)
    for line in page:
        text = line.text.strip()
        if line in heads:
            out.append((text, Piece(0, 1, Kind.BOILERPLATE), None))
            continue
        level = levels.get(line.size) if len(text) < 250 and "\t" not in text else None
        like = Piece(0, 1, Kind.HEADING, level=level) if level else Piece(0, 1, tight="\t" in text)
        if (
            before
            and out
            and _same_paragraph(before, line, edges, marks)
            and out[-1][1].level == level
            and out[-1][1].kind is not Kind.BOILERPLATE
        ):
            out[-1] = (f"{out[-1][0]}\n{text}", like, None)
        else:
            table = line if line.grid or line.heads else None
            if line.heads and before and not before.heads and out and out[-1][1].tight:
                out[-1] = (out[-1][0], replace(out[-1][1], tight=False), out[-1][2])
            out.append((line.text.rstrip() if "\t" in text else text, like, table))
        before = line
    return out


def _right_edges(page: Sequence[Line]) -> dict[int, float]:
    """Right edge of the text by column, told by where lines begin (in strips of 60 points)."""
    edges: dict[int, float] = {}
    for line in page:
        key = int(line.left // 60)
        edges[key] = max(edges.get(key, 0.0), line.right)
    return edges


def _marks(page: Sequence[Line]) -> frozenset[tuple[str, int]]:
    """The styles and numbers of the enumerators with which lines of the page begin."""
    found = (enumerator(line.text.strip(), 0, len(line.text.strip())) for line in page)
    return frozenset((mark.style, mark.number) for mark in found if mark)


def _opens_item(before: Line, line: Line, room: float, marks: frozenset[tuple[str, int]]) -> bool:
    """Whether the line begins with an enumerator, and not with a figure or a reference in a
    sentence that the line before, with so much room behind it, had to break off."""
    text, last = line.text.strip(), before.text.strip()
    mark = enumerator(text, 0, len(text))
    if mark is None or say.is_finished(last):
        return mark is not None
    if line.left > before.left + 1:
        return False
    word = (line.right - line.left) * len(text.split()[0]) / len(text)
    return (
        len(last) < _SHORTEST_WRAPPED
        or room > word + 0.3 * line.size
        or before.bottom - line.bottom > 1.5 * line.size
        or abs(before.size - line.size) > 0.5
        or say.capital_share(last) >= 0.75
        or not marks.isdisjoint({(mark.style, mark.number - 1), (mark.style, mark.number + 1)})
    )


def _same_paragraph(
    before: Line, line: Line, edges: dict[int, float], marks: frozenset[tuple[str, int]]
) -> bool:
    """Whether ``line`` goes on with the paragraph of the line before it on the page."""
    pitch = before.bottom - line.bottom
    if (
        not 0 < pitch <= 1.75 * max(before.size, line.size, 1.0)
        or abs(before.size - line.size) > 0.15 * before.size
    ):
        return False
    text, last = line.text.strip(), before.text.strip()
    edge = max(edges.get(int(before.left // 60), before.right), before.right)
    if "\t" in text or "\t" in last:
        return False
    if (
        say.BULLET.match(text)
        or layout.is_note(text, "")
        or _opens_item(before, line, edge - before.right, marks)
    ):
        return False
    ended = say.is_finished(last) and before.right < edge - 4 * before.size
    indented = line.left > before.left + 0.8 * line.size and say.is_finished(last)
    return not ended and not indented
