"""What a sentence leads to: the list it introduces, the table it heads, the note it points at."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.library import Library
from index.records import UNDER, Kind, Span
from index.scripts import LOWERED, RAISED
from index.text import display
from qa.candidates import Candidate
from qa.rows import Rows

AROUND = 4  # chunks on either side that a list is followed into


def listed(library: Library, best: Candidate) -> list[Candidate]:
    """The list that a candidate introduces or stands in, or the headings of the table whose
    caption or heading it is; empty when it is neither."""
    if best.sentence.kind in (Kind.CAPTION, Kind.TABLE_CELL):
        return _of_table(library, best)
    run = _run(library, best)
    at = next((i for i, c in enumerate(run) if c.sentence == best.sentence), len(run))
    item = [c.sentence.kind is Kind.LIST_ITEM for c in run] + [False, False]
    at += not item[at]  # an introduction stands before its first item
    if not item[at]:
        return []
    first = last = at
    while first > 0 and item[first - 1]:
        first -= 1
    while item[last + 1]:
        last += 1
    lead = [c for c in run[:first][-1:] if c.sentence.kind is not Kind.HEADING]
    return lead + run[first : last + 1] if last > first else []


def led_to(library: Library, best: Candidate) -> list[Candidate]:
    """What stands right below a candidate in its section: one sentence, item or row, with what
    heads it."""
    below: list[Candidate] = []
    for one in _run(library, best):
        if one.sentence.start < best.sentence.end or one.sentence.kind is Kind.FOOTNOTE:
            continue
        below.append(one)
        if one.sentence.kind not in (Kind.HEADING, Kind.CAPTION):
            return below
    return []


def _heads(library: Library, one: Candidate) -> frozenset[str]:
    """The headings that a candidate holds, where it is the row that heads others in a table."""
    own = one.sentence
    if own.kind not in (Kind.HEADING, Kind.TABLE_CELL) or "\t" not in one.text:
        return frozenset()
    spans = library.table_headings(one.chunk.document_id, own.start)
    heads = any(own.start <= start < own.end for start, _ in spans)
    return frozenset(map(display, one.text.split("\t"))) if heads else frozenset()


def headed_by(
    library: Library, best: Candidate, others: Iterable[Candidate], rows: Rows
) -> Candidate | None:
    """The first of the others that is a row under a candidate that heads rows, and has no other
    headings than this."""
    heads = _heads(library, best)
    for other in others if heads else ():
        known = rows.get(other.key)
        near = other.chunk.document_id == best.chunk.document_id
        if near and known and all(map(heads.intersection, _parts(known.headings))):
            return other
    return None


def _parts(headings: Iterable[str]) -> list[list[str]]:
    return [[h, *h.split(UNDER)] for h in headings if h]


def introduces(one: Candidate) -> bool:
    """Whether a sentence ends by announcing what follows it, as a caption does, or is a line above
    a list."""
    announced = one.text.rstrip("*_ ").endswith((":", "\uff1a"))
    return announced or one.sentence.kind is Kind.CAPTION or one.above_list


def leans_on_list(one: Candidate) -> bool:
    """Whether a sentence says little without the list that it introduces or stands in."""
    if one.sentence.kind is Kind.LIST_ITEM:
        return _scrap(one.text)
    return one.sentence.kind is not Kind.CAPTION and introduces(one)


def _scrap(item: str) -> bool:
    """Whether an item is less than a sentence: "- migrant workers;"."""
    first = re.search(r"[^\W\d_]", item)
    return (first is not None and first.group().islower()) or item.endswith((";", "\uff1b"))


def follows(text: str, one: Candidate, other: Candidate) -> bool:
    """Whether the second is an item, a cell or what the first introduces, with nothing but marks
    between them; ``text`` is the text of the first one's document."""
    announced = one.sentence.kind is not Kind.CAPTION and introduces(one)
    return (
        (
            other.sentence.kind in (Kind.LIST_ITEM, Kind.TABLE_CELL)
            or (announced and other.sentence.kind is not Kind.HEADING)
        )
        and other.chunk.document_id == one.chunk.document_id
        and one.sentence.end <= other.sentence.start
        and not _WORDS.search(text, one.sentence.end, other.sentence.start)
    )


_WORDS = re.compile(r"[^\W\d_]{2}|\d{4}")


def _run(library: Library, best: Candidate) -> list[Candidate]:
    """The candidate's section as far as it lies in the chunks around it."""
    section = library.section(best.chunk.document_id, best.sentence.start)
    return [
        c
        for c in _around(library, best)
        if library.section(c.chunk.document_id, c.sentence.start) == section
    ]


def _around(library: Library, best: Candidate, reach: int = AROUND) -> list[Candidate]:
    near = library.chunks(range(best.chunk.id - reach, best.chunk.id + reach + 1))
    return [
        Candidate(best.hit, chunk, i)
        for _, chunk in sorted(near.items())
        if chunk.document_id == best.chunk.document_id
        for i in range(len(chunk.chunk.sentences))
    ]


def _of_table(library: Library, best: Candidate) -> list[Candidate]:
    """The caption and the cells that head others, in the text's order."""
    spans = library.table_headings(best.chunk.document_id, best.sentence.start)
    own = best.sentence
    if own.kind is Kind.TABLE_CELL and not any(
        _inside(span, (own.start, own.end)) for span in spans
    ):
        return []
    cells = [
        c
        for c in _around(library, best, 8 * AROUND)
        if any(_inside(span, (c.sentence.start, c.sentence.end)) for span in spans)
    ]
    lead = [best] if own.kind is Kind.CAPTION else []
    return lead + cells if len(cells) > 1 else []


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] and span[1] <= outer[1]


_MARK = re.compile(rf"[{RAISED}]+|\[\^?\d{{1,3}}\]")


def noted(library: Library, best: Candidate) -> list[Candidate]:
    """The footnotes that a sentence points at with a raised or bracketed number."""
    numbers = {m.strip("[]^").translate(LOWERED) for m in _MARK.findall(best.text)}
    return [
        c
        for c in _around(library, best, 2 * AROUND)
        if numbers
        and c.sentence.kind is Kind.FOOTNOTE
        and (found := re.match(r"\W*(\d{1,3})\b", c.text))
        and found.group(1) in numbers
    ]
