"""Question sets -> rows for the reader: a question, a passage, the sentences that answer."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.records import Span
from index.text import sentences
from qa.training.written import Section, Written

JAPANESE = "jaquad"
# rows for each source, rows for each passage
CAPS = {
    "squadshifts_new_wiki": (8000, 9),
    "squad1_train_head": (4300, 9),
    "qed_nq": (8000, 4),
    "nq_open_oracle": (2000, 3),
    "fairytaleqa": (2500, 2),
    "covid_qa": (900, 3),
    "conditionalqa": (1000, 1),
    "qamr": (1800, 2),
    "selqa": (1400, 1),
    JAPANESE: (35000, 9),
}
HELD_OUT = 20  # one passage in so many
HELD_OUT_WRITTEN = 6  # one document


@dataclass(frozen=True, slots=True)
class Row:
    """``spans`` are the sentences of ``passage``; ``right`` the indices of those that answer.
    ``document`` names what the passage is part of, ``headings`` stand above it, outermost first;
    ``unanswered`` are questions that it only seems to answer."""

    question: str
    passage: str
    answers: tuple[str, ...]
    source: str
    spans: tuple[Span, ...]
    right: tuple[int, ...]
    document: str = ""
    headings: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()


def load(folder: Path, seed: int) -> list[Row]:
    """A seeded sample of the rows, capped, shuffled."""
    draw = random.Random(seed)
    by_source: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines(folder / "reader-open-00.jsonl.gz"):
        if line["answers"] and line["source"] in CAPS:
            by_source[line["source"]].append(line)
    for line in lines(folder / "relevance-open-00.jsonl.gz"):
        if line["source"] == "selqa" and line["relevant"]:
            answer = {"text": line["passage"], "start": 0}
            by_source["selqa"].append({**line, "answers": [answer]})
    rows = [
        row
        for source, found in sorted(by_source.items())
        for row in _capped(found, *CAPS[source], draw)
    ]
    draw.shuffle(rows)
    return rows


def written_rows(documents: Iterable[Written]) -> Iterator[Row]:
    """A row for every question that has an answer."""
    for document in documents:
        for section in document.sections:
            spans = tuple(sentences(section.text, 0, len(section.text)))
            unanswered = tuple(a.question for a in section.asked if a.answer is None)
            headings = (document.title, section.heading)
            for question, (start, end) in _answered(section):
                right = tuple(i for i, (a, b) in enumerate(spans) if a <= start < b)
                if right:
                    answers = (section.text[start:end],)
                    yield Row(
                        question, section.text, answers, "written", spans, right,
                        document.name, headings, unanswered,
                    )  # fmt: skip


def _answered(section: Section) -> list[tuple[str, Span]]:
    return [(a.question, a.answer) for a in section.asked if a.answer]


def neighbours(documents: Iterable[Written]) -> dict[str, list[str]]:
    """Question -> the other sections of its document."""
    return {
        asked.question: [other.text for other in document.sections if other is not section]
        for document in documents
        for section in document.sections
        for asked in section.asked
    }


def negatives(folder: Path) -> dict[str, list[str]]:
    """Question -> passages near the right one that do not answer it."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines(folder / "reader-mined-negatives-open-00.jsonl.gz"):
        found[line["question"]].append(line["passage"])
    for line in lines(folder / "relevance-open-00.jsonl.gz"):
        if line["source"] == "selqa" and not line["relevant"]:
            found[line["question"]].append(line["passage"])
    return found


def unread(documents: Iterable[Written]) -> list[Written]:
    """The documents to ask a library about that the reader is not trained with: one in so many of
    those whose questions say of what they ask."""
    return [d for d in documents if held_out(d.name, HELD_OUT_WRITTEN) and not d.within]


def held_out(passage: str, one_in: int = HELD_OUT) -> bool:
    """Whether the rows on a passage are kept for measuring."""
    return int(hashlib.sha256(passage.encode()).hexdigest()[:8], 16) % one_in == 0


def kept_aside(row: Row) -> bool:
    """Whether a row is kept for measuring: with its whole document, where it is of one."""
    if row.document:
        return held_out(row.document, HELD_OUT_WRITTEN)
    return held_out(row.passage)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a gz-compressed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _capped(
    found: list[dict[str, Any]], most: int, per_passage: int, draw: random.Random
) -> Iterator[Row]:
    draw.shuffle(found)
    used: dict[str, int] = defaultdict(int)
    kept = 0
    for line in found:
        if kept < most and used[line["passage"]] < per_passage:
            row = _row(line)
            if row.right:
                used[line["passage"]] += 1
                kept += 1
                yield row


def _row(line: Mapping[str, Any]) -> Row:
    passage = line["passage"]
    spans = tuple(sentences(passage, 0, len(passage)))
    starts = [a["start"] for a in line["answers"]]
    right = tuple(
        i for i, (start, end) in enumerate(spans) if any(start <= s < end for s in starts)
    )
    answers = tuple(a["text"] for a in line["answers"])
    return Row(line["question"], passage, answers, line["source"], spans, right)
