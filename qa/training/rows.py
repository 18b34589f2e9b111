"""Question sets -> a library of their passages and labelled candidates."""

from __future__ import annotations

import gzip
import json
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.text import sentences
from qa.candidates import Described, describe
from qa.compose import READ
from qa.question import Question, parse
from qa.retrieve import embed, fused
from qa.training.reader_questions import Donors, Setting, change, donors
from qa.training.reader_rows import held_out
from qa.training.written import Written, markdown

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    question: str
    passage: str
    answers: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question: figures (n, f), and of each whether it holds the answer
    (1 yes, 0 no, -1 not to be told). ``possible`` is False where the library cannot answer."""

    question: str
    described: Described
    labels: NDArray[np.int8]
    possible: bool
    source: str

    @property
    def figures(self) -> Array:
        return self.described.figures


@dataclass(frozen=True, slots=True)
class Others:
    """What a question can be changed with."""

    parsed: Sequence[Question]
    donors: Donors


def load(path: Path, language: str, per_source: int, per_passage: int, seed: int) -> list[Row]:
    """A seeded sample of the rows with answers that the reader was not trained on, capped per
    source and per passage."""
    found: dict[str, list[Row]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["answers"] and row["lang"] == language and held_out(row["passage"]):
                texts = tuple(a["text"] for a in row["answers"])
                found[row["source"]].append(
                    Row(row["question"], row["passage"], texts, row["source"])
                )
    return [row for rows in found.values() for row in _capped(rows, per_source, per_passage, seed)]


def _capped(rows: list[Row], per_source: int, per_passage: int, seed: int) -> Iterator[Row]:
    random.Random(seed).shuffle(rows)
    used: dict[str, int] = defaultdict(int)
    kept = 0
    for row in rows:
        if kept < per_source and used[row.passage] < per_passage:
            used[row.passage] += 1
            kept += 1
            yield row


def asked_of(documents: Iterable[Written]) -> list[Row]:
    """The questions that the documents answer."""
    return [
        Row(asked.question, section.text, (section.text[slice(*asked.answer)],), "written")
        for document in documents
        for section in document.sections
        for asked in section.asked
        if asked.answer
    ]


def build(rows: Iterable[Row], documents: Iterable[Written], folder: Path) -> dict[str, str]:
    """Index every document, and every other passage as a file of its own; returns passage ->
    file name."""
    texts = folder / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    names: dict[str, str] = {}
    for document in documents:
        names |= {section.text: f"{document.name}.md" for section in document.sections}
        (texts / f"{document.name}.md").write_text(markdown(document), "utf-8")
    for row in rows:
        if row.passage not in names:
            names[row.passage] = f"{len(names):05}.txt"
            (texts / names[row.passage]).write_text(row.passage, "utf-8")
    if not Library.exists(folder / "library"):
        with Library.open(folder / "library", create=True) as library:
            library.add([texts])
    return names


def examples(
    library: Library, rows: list[Row], names: dict[str, str], seed: int, cjk: bool
) -> Iterator[Example]:
    """Three of each row: as asked; with its passage held back; asked of something else."""
    draw = random.Random(seed)
    files = {d.file: d.id for d in library.documents()}
    parsed = [parse(row.question) for row in rows]
    others = Others(parsed, donors(row.question for row in rows))
    for row, question in zip(rows, parsed, strict=True):
        if question.cjk is not cjk:
            continue
        home = files.get(names[row.passage], "")
        if not home:
            continue
        yield from _asked(library, row, question, home)
        other = _other(question, row, others, draw)
        if other and other != row.question:
            yield from _asked(library, replace(row, answers=()), parse(other), home)


def _asked(library: Library, row: Row, question: Question, home: str) -> Iterator[Example]:
    vector = embed(library, question)
    hits = fused(library, question, vector, READ + 5)
    for without in (False, True) if row.answers else (False,):
        kept = [h for h in hits if not (without and h.document_id == home)][:READ]
        described = describe(library, question, vector, kept)
        if not described.candidates:
            continue
        labels = [
            _label(c.text, c.chunk.document_id == home, row.answers) for c in described.candidates
        ]
        possible = bool(row.answers) and not without
        yield Example(
            question.text, described, np.array(labels, dtype=np.int8), possible, row.source
        )


def _label(text: str, at_home: bool, answers: tuple[str, ...]) -> int:
    holds = any(_folded(a) in _folded(text) for a in answers if _folded(a))
    if at_home:
        return int(holds)
    return -1 if holds else 0


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _other(question: Question, row: Row, others: Others, draw: random.Random) -> str:
    """The question with one thing exchanged, so that its passage answers it no longer."""
    if question.cjk:
        mine, theirs = draw.choice(question.terms), draw.choice(draw.choice(others.parsed).terms)
        return row.question.replace(mine, theirs) if theirs not in row.passage else ""
    sentence = next((s for s in _sentences(row.passage) if row.answers[0] in s), row.passage)
    found = change(Setting(row.question, sentence, row.passage), others.donors, draw)
    return found.question if found else ""


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]
