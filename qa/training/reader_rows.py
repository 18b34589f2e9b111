"""Public question sets -> rows for the reader: a question, a passage, the sentences that answer."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.records import Span
from index.text import sentences

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
}
HELD_OUT = 20  # one passage in so many


@dataclass(frozen=True, slots=True)
class Row:
    """``spans`` are the sentences of ``passage``; ``right`` the indices of those that answer."""

    question: str
    passage: str
    answers: tuple[str, ...]
    source: str
    spans: tuple[Span, ...]
    right: tuple[int, ...]


def load(folder: Path, seed: int) -> list[Row]:
    """A seeded sample of the English rows, capped, shuffled."""
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


def negatives(folder: Path) -> dict[str, list[str]]:
    """Question -> passages near the right one that do not answer it."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines(folder / "reader-mined-negatives-open-00.jsonl.gz"):
        found[line["question"]].append(line["passage"])
    for line in lines(folder / "relevance-open-00.jsonl.gz"):
        if line["source"] == "selqa" and not line["relevant"]:
            found[line["question"]].append(line["passage"])
    return found


def held_out(passage: str) -> bool:
    """Whether the rows on a passage are kept for measuring."""
    return int(hashlib.sha256(passage.encode()).hexdigest()[:8], 16) % HELD_OUT == 0


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The English rows of a gz-compressed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row["lang"] == "en":
                yield row


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
