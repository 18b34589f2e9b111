"""English questions over a pool of Wikipedia's paragraphs, half of them with no answer there.

    python -m eval.bench.wikipedia --data ../shared/data/train

The paragraphs of SQuADShifts (new Wikipedia) and of the head of SQuAD 1.1 that the reader was not
trained on, with their questions, among others of the same two sets. Each question that can be
changed so that its paragraph no longer answers it is asked changed, too. The changes are made as
in the reader's training, so they say less than questions that people wrote to tempt.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.ending import exit_status
from eval.public import lines, measure
from eval.sets import DATA, Passage, Query, QuestionSet, library_of
from index.errors import PullquoteError
from index.library import Library
from index.text import sentences
from qa.training import reader_rows
from qa.training.reader_questions import Donors, Setting, change, donors

FILE = "reader-open-00.jsonl.gz"
SOURCES = ("squadshifts_new_wiki", "squad1_train_head")
POOL = 1000  # paragraphs
MOST = 9  # questions a paragraph
TUNED = 500  # the first questions, which the confidence is calibrated on

Rows = Mapping[str, Sequence[Mapping[str, Any]]]  # paragraph -> its questions


def question_set(folder: Path, seed: int = 5) -> QuestionSet:
    """The pool and its questions; the same seed gives the same.

    Raises PullquoteError where ``folder`` lacks the rows."""
    if not (folder / FILE).exists():
        raise PullquoteError(f"{folder} holds no {FILE}: name its folder with --data")
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in reader_rows.lines(folder / FILE):
        if row["source"] in SOURCES:
            rows[row["passage"]].append(row)
    every = sorted(rows)
    random.Random(seed).shuffle(every)
    held = [text for text in every if reader_rows.held_out(text)]
    rest = [text for text in every if not reader_rows.held_out(text)]
    pool = [*held, *rest][: max(POOL, len(held))]
    passages = tuple(Passage(f"p{i:05}", text, ()) for i, text in enumerate(pool))
    asked = _questions(rows, passages[: len(held)], random.Random(seed + 1))
    return QuestionSet("wikipedia", passages, tuple(asked))


def _questions(rows: Rows, held: Sequence[Passage], draw: random.Random) -> Iterator[Query]:
    pool = donors(row["question"] for found in rows.values() for row in found)
    for passage in held:
        for number, row in enumerate(rows[passage.text][:MOST]):
            id = f"{passage.id}-{number}"
            answers = tuple(one["text"] for one in row["answers"])
            yield Query(id, row["question"], answers, (passage.id,), True, ())
            if made := _changed(row["question"], answers, passage.text, pool, draw):
                yield Query(f"{id}-changed", made, (), (), False, ())


def _changed(
    question: str, answers: Sequence[str], text: str, pool: Donors, draw: random.Random
) -> str:
    told = [text[start:end] for start, end in sentences(text, 0, len(text))]
    said = next((one for one in told if answers[0] in one), text)
    made = change(Setting(question, said, text), pool, draw)
    return made.question if made else ""


def measured(folder: Path, limit: int | None = None) -> list[str]:
    """The lines of its tables, over the questions that are held back."""
    whole = question_set(folder)
    set_ = replace(whole, queries=whole.queries[TUNED:][:limit])
    with Library.open(library_of(set_)) as library:
        return lines(set_.name, measure(library, set_, "pullquote"))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.wikipedia", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA.parent / "train")
    parser.add_argument("--limit", type=int, help="ask only this many questions")
    given = parser.parse_args(arguments)
    return exit_status(lambda: print("\n".join(measured(given.data, given.limit))))


if __name__ == "__main__":
    sys.exit(main())
