"""Candidates as the reader reads them: in their passages, or a sentence by itself."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.records import Span
from qa.candidates import Candidate, Described
from qa.reader import Passage, Reader, Reading
from qa.rows import Row, Rows
from qa.runs import asks

Array = NDArray[np.float64]
Known = MutableMapping[int, list[tuple[list[Candidate], Passage, Reading]]]  # by the chunk's id
WINDOW = 480  # characters of rows that are read at once: figures have two of them to a token


def readings(
    question: str, described: Described, order: Sequence[int], most: int, known: Known
) -> tuple[Array, dict[tuple[int, int], Span]]:
    """The reader's logits (n,) of the candidates in the first ``most`` passages of ``order``, NaN
    for the others; and the words that answer, as spans of the document, by the candidates' keys.
    Passages that are ``known`` are not read again; those that are read are added to them."""
    found = np.full(len(described.candidates), np.nan)
    answers: dict[tuple[int, int], Span] = {}
    if not most or not order:
        return found, answers
    members: dict[int, list[int]] = {}
    for k, candidate in enumerate(described.candidates):
        members.setdefault(candidate.hit.chunk_id, []).append(k)
    ids = dict.fromkeys(described.candidates[k].hit.chunk_id for k in order)
    first = list(ids)[:most]
    unread = [
        (id, own, one)
        for id in first
        if id not in known
        for own, one in windows([described.candidates[k] for k in members[id]], described.rows)
    ]
    read = reader().read(question, [one for _, _, one in unread]) if unread else []
    for (id, own, one), reading in zip(unread, read, strict=True):
        known.setdefault(id, []).append((own, one, reading))
    numbers = {candidate.key: k for k, candidate in enumerate(described.candidates)}
    for own, one, reading in chain.from_iterable(known[id] for id in first):
        found[[numbers[c.key] for c in own]] = reading.logits
        for c, place, span in zip(own, one.sentences, reading.answers, strict=True):
            if span and (told := _told(c, described.rows.get(c.key), place, one.text, span)):
                answers[c.key] = told
    return found, answers


def _told(candidate: Candidate, row: Row | None, place: Span, text: str, span: Span) -> Span | None:
    """In the document, the words of a sentence that answer; ``place`` and ``span`` are where it and
    they stand in ``text``, as it was read."""
    if row:
        return row.cell((span[0] - place[0], span[1] - place[0]))
    words = telling(text, span)
    begin = candidate.sentence.start - place[0]
    return (begin + words[0], begin + words[1]) if words else None


def telling(text: str, span: Span) -> Span | None:
    """The words of a span, of one cell only: the first that has any; None where there are none, or
    where figures stand side by side, since nothing tells which of them is meant."""
    cells = list(_CELL.finditer(text, *span))
    if not cells or (len(cells) > 1 and not re.search(r"[^\W\d_]", cells[0].group())):
        return None
    return cells[0].span()


_CELL = re.compile(r"(?=[^\t]*[^\W_])[^\s](?:[^\t]*[^\s])?")


def windows(own: Sequence[Candidate], rows: Rows) -> list[tuple[list[Candidate], Passage]]:
    """All candidates of a chunk in the passages in which they are read: in one, under the innermost
    heading; rows of a table as ``qa.rows`` writes them, no more in one than the reader sees."""
    if not any(c.key in rows for c in own):
        return [(list(own), passage(own))]
    runs: list[list[Candidate]] = []
    size = 0
    for candidate in own:
        more = len(_as_read(candidate, rows))
        if not runs or size + more > WINDOW:
            runs.append([])
            size = 0
        runs[-1].append(candidate)
        size += more
    return [(run, _joined(run, rows)) for run in runs]


def _joined(own: Sequence[Candidate], rows: Rows) -> Passage:
    text, spans = "", []
    for candidate in own:
        text += "\n" if text else ""
        said = _as_read(candidate, rows)
        spans.append((len(text), len(text) + len(said)))
        text += said
    return Passage(_heading(own[0], any(c.key in rows for c in own)), text, tuple(spans))


def _as_read(candidate: Candidate, rows: Rows) -> str:
    row = rows.get(candidate.key)
    return row.text if row else candidate.text


def passage(own: Sequence[Candidate]) -> Passage:
    """All candidates of a chunk as the passage they stand in, under the innermost heading."""
    chunk = own[0].chunk
    begin = chunk.chunk.start
    spans = tuple((c.sentence.start - begin, c.sentence.end - begin) for c in own)
    return Passage(_heading(own[0]), chunk.text, spans)


def by_itself(candidate: Candidate, row: Row | None = None, label: str = "") -> Passage:
    """A sentence under its innermost heading, without the rest of its passage; a reply with its
    question, one of a turn behind the label."""
    if row:
        return Passage(_heading(candidate, in_table=True), row.text, ((0, len(row.text)),))
    if label:
        said = f"{label}{candidate.text}"
        return Passage(_heading(candidate), said, ((len(label), len(said)),))
    begin = candidate.chunk.chunk.start
    start, end = candidate.sentence.start, candidate.sentence.end
    before = candidate.chunk.chunk.sentences[candidate.place - 1] if candidate.place else None
    asked = before and asks(candidate.chunk.text[before.start - begin : before.end - begin])
    first = before.start if before and asked else start
    text = candidate.chunk.text[first - begin : end - begin]
    return Passage(_heading(candidate), text, ((start - first, end - first),))


def _heading(candidate: Candidate, in_table: bool = False) -> str:
    """The innermost heading; of a table's rows, whose columns' headings are the innermost and are
    read with the cells, that above the table."""
    names = candidate.chunk.chunk.context.split(" > ")
    return "".join(names[-2:-1]) if in_table else names[-1]


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The reader that ships, loaded once."""
    return Reader.load()
