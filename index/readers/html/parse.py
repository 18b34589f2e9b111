"""HTML: the words of the page in document order, and the facts that its head states."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import html as lxml_html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from index.readers.building import BLOCK, LINE, Builder, open_piece
from index.readers.facts import merged
from index.readers.formulas import formula
from index.readers.html import parts
from index.readers.html.facts import page_facts
from index.readers.html.marks import leads_about, quotation_marks, raised
from index.readers.html.notes import Notes, linked_notes
from index.readers.html.numbers import item_numbers
from index.readers.html.page import begun, content
from index.readers.layout import classified
from index.readers.pieces import Facts, Piece
from index.readers.plain import finish
from index.readers.sections import blocks
from index.records import Block, Kind

_SPACE = re.compile(r"[ \t\n\r\f]+")
_EMPTY_LINES = re.compile(r"\n{2,}")
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


@dataclass(slots=True)
class _Walk:
    """The text being built; ``line`` is the run of words that no block has claimed yet,
    ``labels`` how many of its characters name the controls of a form, ``number`` what the list
    writes before it, ``notes`` those of the page."""

    out: Builder = field(default_factory=Builder)
    line: list[str] = field(default_factory=list)
    labels: int = 0
    number: str = ""
    notes: Notes = field(default_factory=Notes)

    def flush(self, like: Piece, after: str = BLOCK) -> None:
        """End the block that the words since the last flush make up; where empty lines part them,
        they are several, but a heading is one."""
        text = _tidy("".join(self.line))
        only_labels = self.labels >= 0.9 * len(text)
        if text:
            text, self.number = self.number + text, ""
        whole = like.kind is Kind.HEADING
        for part in [text] if whole else _EMPTY_LINES.split(text):
            self.out.add(part, open_piece(Kind.BOILERPLATE) if only_labels else like, after)
        self.line.clear()
        self.labels = 0


def _tidy(text: str) -> str:
    """White space as a browser shows it: runs are one space, ``\\n`` only where a break was."""
    return re.sub(r" ?\n ?", "\n", re.sub(r" {2,}", " ", text)).strip()


def parse_html(raw: str) -> tuple[str, tuple[Block, ...], Facts]:
    """Canonical text, blocks and stated facts of a page; raises RecursionError where elements stand
    in one another too deeply."""
    root = _root(raw)
    if root is None:
        return "", (), Facts()
    told = page_facts(root)
    walk = _Walk(notes=linked_notes(root))
    _walk(walk, content(root), open_piece())
    walk.flush(open_piece())
    text = walk.out.text
    text, items, read, title = finish(text, classified(text, walk.out.pieces))
    return text, blocks(text, items, title), merged(told, read)


def add_html(out: Builder, raw: str) -> None:
    """Add the words of HTML that stands inside another format."""
    root = _root(raw)
    if root is not None:
        walk = _Walk(out)
        _walk(walk, begun(root), open_piece())
        walk.flush(open_piece())


def _root(raw: str) -> HtmlElement | None:
    # Without huge_tree libxml2 leaves out, and does not say so, what stands in 256 elements, as
    # after as many tags that were never closed.
    parser = lxml_html.HTMLParser(huge_tree=True)
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", raw)
    try:
        root = lxml_html.document_fromstring(page, parser=parser)
    except (ParserError, ValueError):  # nothing but comments, or characters that no page may hold
        return None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise RecursionError(parser.error_log[-1].message)
    return root


def _walk(walk: _Walk, element: HtmlElement, like: Piece) -> None:
    """Add the words of ``element`` and of what is in it; ``like`` is what a block here becomes."""
    numbers = item_numbers(element) if element.tag == "ol" else {}
    for text, child in _content(element):
        if child is None:
            _add_words(walk, text, element)
        elif child.tag in parts.DROPPED or parts.hidden(child) or leads_about(child):
            continue
        elif child.tag == "math":
            walk.line.append(formula(child))
        elif child.tag == "br":
            walk.line.append("\n")
        elif child.tag == "table" and parts.is_list(child) and like.kind is not Kind.BOILERPLATE:
            walk.flush(like)
            own = Kind.FOOTNOTE if like.kind is Kind.FOOTNOTE else Kind.LIST_ITEM
            _add_list(walk, child, open_piece(own))
        elif child.tag == "table" and parts.is_data(child):
            walk.flush(like)
            _add_table(walk, child, like)
        elif child.tag == "sup" or child in walk.notes.marks:
            walk.line.append(raised(child))
        elif parts.is_inline(child):
            before, after = quotation_marks(child)
            walk.line.append(before)
            _walk(walk, child, like)
            walk.line.append(after)
        else:
            walk.flush(like)
            inner = _like(child, like)
            if child in walk.notes.blocks and inner.kind in (None, Kind.LIST_ITEM):
                inner = open_piece(Kind.FOOTNOTE)
            outer = walk.number
            walk.number += numbers.get(child, "") if inner.kind is not Kind.BOILERPLATE else ""
            _walk(walk, child, inner)
            walk.flush(inner, LINE if inner.kind is Kind.LIST_ITEM else BLOCK)
            if child.tag == "li":
                walk.number = outer if walk.number else ""


def _content(element: HtmlElement) -> list[tuple[str, HtmlElement | None]]:
    found: list[tuple[str, HtmlElement | None]] = [(element.text or "", None)]
    for child in element:
        if isinstance(child.tag, str):
            found.append(("", child))
        found.append((child.tail or "", None))
    return found


def _add_words(walk: _Walk, text: str, element: HtmlElement) -> None:
    if not text:
        return
    if element.tag == "pre" or (
        element.getparent() is not None and element.getparent().tag == "pre"
    ):
        walk.line.append(text)
        return
    words = _SPACE.sub(" ", text)
    if any(
        a.tag == "label" and parts.names_control(a) for a in (element, *element.iterancestors())
    ):
        walk.labels += len(words.strip())
    walk.line.append(words)


def _like(element: HtmlElement, outer: Piece) -> Piece:
    if outer.kind is Kind.BOILERPLATE or parts.is_furniture(element):
        return open_piece(Kind.BOILERPLATE)
    if element.tag in _HEADINGS:
        return open_piece(Kind.HEADING, _HEADINGS[element.tag])
    if outer.kind is Kind.FOOTNOTE or (outer.kind is Kind.HEADING and _is_line(element)):
        return outer
    if element.tag in ("li", "dd", "dt"):
        return open_piece(parts.note_kind(element) or Kind.LIST_ITEM)
    if element.tag in ("figcaption", "caption"):
        return open_piece(Kind.CAPTION)
    return (
        open_piece(parts.note_kind(element))
        if parts.note_kind(element)
        else open_piece(outer.kind if outer.kind in (Kind.LIST_ITEM, Kind.CAPTION) else None)
    )


def _is_line(element: HtmlElement) -> bool:
    return len(element.text_content()) < 250


# --- tables --------------------------------------------------------------------------------------


def _add_list(walk: _Walk, table: HtmlElement, like: Piece) -> None:
    for number, text in parts.cells(table):
        walk.number = f"{_tidy(number.text_content())} "
        _walk(walk, text, like)
        walk.flush(like, LINE)
        walk.out.add(walk.number, like, LINE)
        walk.number = ""


def _add_table(walk: _Walk, table: HtmlElement, like: Piece) -> None:
    caption = table.find("caption")
    if caption is not None:
        walk.out.add(_tidy(_SPACE.sub(" ", caption.text_content())), open_piece(Kind.CAPTION))
    rows = parts.cells(table)
    heads = [
        all(c.tag == "th" for c in row) or row[0].getparent().getparent().tag == "thead"
        for row in rows
    ]
    header_rows = next((i for i, h in enumerate(heads) if not h), 0)
    if like.kind is Kind.BOILERPLATE:
        for row in rows:
            walk.out.add(
                "\t".join(_tidy(_SPACE.sub(" ", c.text_content())) for c in row), like, LINE
            )
        return
    grid = _spread(rows)
    above = header_rows or 1
    named = [*_spread(rows[:above], again=True), *grid[above:]]
    walk.out.table(grid, header_rows or None, named=named)


def _spread(rows: list[list[HtmlElement]], again: bool = False) -> list[list[list[str]]]:
    """Cells at their column numbers: those that span rows or columns leave empty ones behind, or
    stand ``again`` in each column, unless one is alone in its row."""
    taken: dict[tuple[int, int], None] = {}
    grid: list[list[list[str]]] = []
    for r, row in enumerate(rows):
        line: list[list[str]] = []
        for cell in row:
            while (r, len(line)) in taken:
                line.append([])
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            taken.update(
                dict.fromkeys((r + i, len(line) + j) for i in range(1, down) for j in range(across))
            )
            said = _paragraphs(cell)
            line += [said, *(said if again and len(row) > 1 else [] for _ in range(across - 1))]
        grid.append(line)
    return grid


def _span(cell: HtmlElement, name: str) -> int:
    found = re.match(r"\s*0*([0-9]{1,3})", cell.get(name, ""))
    return min(int(found.group(1)), 100) or 1 if found else 1


def _paragraphs(cell: HtmlElement) -> list[str]:
    walk = _Walk()
    _walk(walk, cell, open_piece())
    walk.flush(open_piece())
    text = walk.out.text
    return [" ".join(text[p.start : p.end].split()) for p in walk.out.pieces]
