"""Document -> chunks. Pure: whole sentences of one section, never more than the embedder sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from index.labels import labels, parts
from index.records import Block, Chunk, Document, Kind, Sentence

_WHOLE = (Kind.HEADING, Kind.CAPTION, Kind.FOOTNOTE)  # cited as one, whatever their full stops
Count = Callable[[str], int]
ROW_WORDS = 40  # a table row up to this long is read, and cited, as one unit


@dataclass(frozen=True, slots=True)
class Sizes:
    """``target`` in tiktoken tokens of the text; ``limit`` in the embedder's tokens of context and
    text together, its special tokens included; ``context`` is the most that the context may take,
    ``lead`` what the opening words of a text may take that stand in for a title."""

    target: int = 160
    limit: int = 256
    context: int = 56
    lead: int = 16


@dataclass(frozen=True, slots=True)
class _Unit:
    sentence: Sentence
    size: int  # tiktoken tokens
    width: int  # the embedder's tokens


def chunks(document: Document, tokens: Count, embedder: Count, sizes: Sizes) -> list[Chunk]:
    """Chunks in the document's order. ``embedder`` counts special tokens too (2 for an empty text).

    Every character that is not white space lies in exactly one chunk, boilerplate excepted.
    """
    found: list[Chunk] = []
    captions = _captions(document)
    ends = labels(document.text, document.blocks)
    begun, lead = _lead(document, embedder, sizes.lead)
    for section in _sections(document.blocks):
        last = section[-1]
        named = captions.get(last.table or 0, "") if section[0].kind is not Kind.CAPTION else ""
        path = [document.title, *last.section, *filter(None, [named]), *_headings_of(section)]
        nameless = not any(name.strip() for name in path)
        if nameless:
            path = [lead]
        room = sizes.limit - embedder(_context(path, embedder, sizes.context)) - 2
        headed = any(b.headings for b in section)
        units = [
            _headed(u, row) if headed else u
            for row in _rows(section)
            for u in _units(document.text, row, ends, tokens, embedder)
        ]
        units = [piece for u in units for piece in _split(document.text, u, room, tokens, embedder)]
        for pack in _pack(units, sizes.target, room):
            parts = tuple(u.sentence for u in pack)
            opens = nameless and parts[0].start <= begun  # with these very words
            above = [] if opens else _unsaid(document.text, path, parts)
            context = _context(above, embedder, sizes.context)
            found.append(Chunk(parts[0].start, parts[-1].end, context, parts))
    return found


def _lead(document: Document, embedder: Count, most: int) -> tuple[int, str]:
    """Where a text begins, and its first words: its later parts seldom say what they are about."""
    first = next((b for b in document.blocks if b.kind is Kind.PARAGRAPH), None)
    if first is None:
        return 0, ""
    words = " ".join(document.text[first.start : first.end].split())
    return first.start, _fit(words[: 20 * most], most, embedder)


def _unsaid(text: str, path: Sequence[str], parts: Sequence[Sentence]) -> list[str]:
    """The path without the headings that open the chunk's own text; the title always stays."""
    said = [" ".join(text[s.start : s.end].split()) for s in parts if s.kind is Kind.HEADING]
    outer = (
        name for name in path[1:] if not any(h.startswith(" ".join(name.split())) for h in said)
    )
    return [path[0], *outer]


def embedded(document_text: str, chunk: Chunk) -> str:
    """What the embedder and the lexical index see of a chunk."""
    text = document_text[chunk.start : chunk.end]
    return f"{chunk.context}\n{text}" if chunk.context else text


def _sections(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Runs of blocks of one section. Headings and captions wait for what they stand above."""
    waiting: list[Block] = []
    short = _short_rows(blocks)
    for (*_, silent), run in groupby(blocks, key=lambda b: _home(b, short)):
        members = list(run)
        if silent:
            if waiting:
                yield waiting
            waiting = []
        elif all(b.kind in (Kind.HEADING, Kind.CAPTION) for b in members):
            waiting += members
        else:
            yield waiting + members
            waiting = []
    if waiting:
        yield waiting


def _short_rows(blocks: Sequence[Block]) -> set[tuple[int | None, int | None]]:
    """(table, row) of every row of several cells that is short enough to be read as one."""
    cells = [b for b in blocks if b.kind is Kind.TABLE_CELL]
    rows = groupby(cells, key=lambda b: (b.table, b.row))
    sizes = {key: [b.end - b.start for b in run] for key, run in rows}
    return {key for key, own in sizes.items() if len(own) > 1 and sum(own) / 6 <= ROW_WORDS}


def _home(block: Block, short: set[tuple[int | None, int | None]]) -> tuple[object, ...]:
    apart: str = block.kind if block.kind in (Kind.FOOTNOTE, Kind.HEADING, Kind.CAPTION) else ""
    if block.kind is Kind.TABLE_CELL:
        apart = f"table {block.table}"
    own = () if (block.table, block.row) in short else block.headings
    return block.section, own, apart, block.kind is Kind.BOILERPLATE


def _captions(document: Document) -> dict[int, str]:
    """The caption that stands right above each table, by the table's number."""
    pairs = zip(document.blocks, document.blocks[1:], strict=False)
    return {
        below.table: document.text[above.start : above.end]
        for above, below in pairs
        if above.kind is Kind.CAPTION and below.kind is Kind.TABLE_CELL and below.table
    }


def _headings_of(section: Sequence[Block]) -> list[str]:
    """The headings of a cell; of whole rows those of their columns in one."""
    first = [b for b in section if b.table and b.row == section[-1].row]
    if len(first) < 2:
        return list(section[-1].headings)
    columns = dict.fromkeys(b.headings[-1] for b in first if b.headings)
    return [" | ".join(columns)] if columns else []


def _rows(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Each block alone, but the cells of a short table row together."""
    for (_, row), run in groupby(blocks, key=lambda b: (b.table, b.row if b.table else b.start)):
        cells = list(run)
        words = sum(b.end - b.start for b in cells) / 6
        if row is not None and len(cells) > 1 and words <= ROW_WORDS:
            yield cells
        else:
            yield from ([b] for b in cells)


def _units(
    text: str, row: list[Block], ends: frozenset[int], tokens: Count, embedder: Count
) -> Iterator[_Unit]:
    first, last = row[0], row[-1]
    whole = first.kind in _WHOLE or len(row) > 1
    spans = [(first.start, last.end)] if whole else parts(text, first, ends)
    for start, end in spans:
        yield _unit(text, Sentence(start, end, first.kind), tokens, embedder)


def _headed(unit: _Unit, row: Sequence[Block]) -> _Unit:
    """The unit as a heading if it is the row that heads the others: the one without headings."""
    if len(row) < 2 or any(b.headings for b in row):
        return unit
    return replace(unit, sentence=replace(unit.sentence, kind=Kind.HEADING))


def _unit(text: str, sentence: Sentence, tokens: Count, embedder: Count) -> _Unit:
    words = text[sentence.start : sentence.end]
    return _Unit(sentence, tokens(words), embedder(words) - 2)


_CLAUSE = re.compile(r"(?<=[;；:：,，、])\s*|\s+")


def _split(text: str, unit: _Unit, room: int, tokens: Count, embedder: Count) -> Iterator[_Unit]:
    """The unit, or, where it is longer than the embedder sees, halves of it at a clause's end."""
    if unit.width <= room:
        yield unit
        return
    start, end = unit.sentence.start, unit.sentence.end
    middle = (start + end) // 2
    cuts = [m.end() for m in _CLAUSE.finditer(text, start + 1, end) if start < m.end() < end]
    strong = [
        c
        for c in cuts
        if text[:c].rstrip()[-1:] in ";；:：,，、" and 4 * abs(c - middle) < end - start
    ]
    cut = min(strong or cuts or [middle], key=lambda c: abs(c - middle))
    for left, right in ((start, cut), (cut, end)):
        left += len(text[left:right]) - len(text[left:right].lstrip())
        right = left + len(text[left:right].rstrip())
        if left < right:
            half = _unit(text, Sentence(left, right, unit.sentence.kind), tokens, embedder)
            yield from _split(text, half, room, tokens, embedder)


def _pack(units: Sequence[_Unit], target: int, room: int) -> Iterator[list[_Unit]]:
    """Runs of units of about equal size, so that no section ends in a scrap."""
    total = sum(u.size for u in units)
    share = total / max(1, -(-total // target))
    pack: list[_Unit] = []
    size = width = 0
    for unit in units:
        full = size > 0 and size + unit.size / 2 > share
        if (pack and (full or width + unit.width > room) and not _headings(pack)) or (
            pack and width + unit.width > room
        ):
            yield pack
            pack, size, width = [], 0, 0
        pack.append(unit)
        size, width = size + unit.size, width + unit.width
    if pack:
        yield pack


def _headings(pack: Sequence[_Unit]) -> bool:
    return all(u.sentence.kind in (Kind.HEADING, Kind.CAPTION) for u in pack)


def _context(path: Sequence[str], embedder: Count, most: int) -> str:
    """Title and section path; the innermost heading is kept longest when they are too long."""
    names = [" ".join(name.split()) for name in dict.fromkeys(path) if name.strip()]
    kept: list[str] = []
    for name in [*reversed(names[1:]), *names[:1]]:
        room = most - embedder(" > ".join([*kept, ""]))
        fitted = _fit(name, room, embedder)
        if not fitted:
            break
        kept.append(fitted)
    order = kept[-1:] + kept[:-1][::-1] if len(kept) == len(names) else kept[::-1]
    return " > ".join(order)


def _fit(name: str, room: int, embedder: Count) -> str:
    if room < 4:
        return ""
    if embedder(name) - 2 <= room:
        return name
    words = name.split(" ") if " " in name else list(name)
    glue = " " if " " in name else ""
    while words and embedder(glue.join(words)) - 2 > room:
        words = words[: max(len(words) * 3 // 4, len(words) - 12)] if len(words) > 1 else []
    return glue.join(words)
