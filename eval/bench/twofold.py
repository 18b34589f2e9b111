"""Two questions asked as one: how often both are answered, and whether one that the documents leave
open is named.

    python -m eval.bench.twofold --library DIR --cases eval/cases/seeds.jsonl

Pairs are made of the English cases: two of one document that it answers, and one that is answered
with one that is not, or with one of ``LEANING``, which name nothing and of which hardly any has an
answer. ``--whole`` asks them without parting them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from unittest.mock import patch

from eval.cases import Case, load
from eval.metrics import fact_recall
from eval.table import Cell, table
from index.library import Library
from qa import composed
from qa.answer import Answer, answer
from qa.twofold import halves

LEANING = (
    "who chairs it?",
    "how much does it cost?",
    "when does it end?",
    "who wrote it?",
    "in which city is it?",
    "how many people did it reach?",
)
Pair = tuple[Case, Case]


def joined(pair: Pair) -> str:
    first, second = (case.question for case in pair)
    return _and(first, second)


def _and(first: str, second: str) -> str:
    return f"{first.rstrip('?')}, and {second[0].lower()}{second[1:]}"


def pairs(cases: Iterable[Case], seed: int = 5) -> tuple[list[Pair], list[Pair]]:
    """Two of one document, and one with another that has no answer; only those that are parted."""
    asked = [c for c in cases if c.language == "en" and c.question.endswith("?")]
    told = [c for c in asked if c.answerable and len(c.documents) == 1]
    untold = [c for c in asked if not c.answerable]
    Random(seed).shuffle(told)
    waiting: dict[str, Case] = {}
    same = []
    for case in told:
        other = waiting.pop(case.documents[0], None)
        if other is None:
            waiting[case.documents[0]] = case
        else:
            same.append((other, case))
    mixed = list(zip(told, untold, strict=False))
    same, mixed = ([p for p in found if halves(joined(p))] for found in (same, mixed))
    return same, mixed


def measured(library: Library, same: Sequence[Pair], mixed: Sequence[Pair]) -> list[list[Cell]]:
    """Rows of shares."""
    both = either = first = named = 0
    for pair in same:
        told = _told(library, pair)
        both, either = both + all(told), either + any(told)
    for pair in mixed:
        found = answer(library, joined(pair))
        first += _holds(" ".join(s.text for s in found.sentences), pair[0])
        named += _leaves_open(found)
    leaning = [_and(pair[0].question, LEANING[k % len(LEANING)]) for k, pair in enumerate(mixed)]
    open_ = [_leaves_open(answer(library, asked)) for asked in leaning]
    return [
        ["pairs that are answered", len(same)],
        ["both answered", both / len(same)],
        ["at least one", either / len(same)],
        ["pairs of which one is", len(mixed)],
        ["that one answered", first / len(mixed)],
        ["silent about the other", named / len(mixed)],
        ["... that leans on the one", sum(open_) / len(open_)],
    ]


def _leaves_open(found: Answer) -> bool:
    return found.status != "answered" or bool(found.unanswered)


def _told(library: Library, pair: Pair) -> list[bool]:
    text = " ".join(s.text for s in answer(library, joined(pair)).sentences)
    return [_holds(text, case) for case in pair]


def _holds(text: str, case: Case) -> bool:
    return fact_recall(text, case.facts) == 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--whole", action="store_true", help="ask without parting")
    given = parser.parse_args()
    same, mixed = pairs(load(given.cases))
    with Library.open(given.library) as library:
        if given.whole:
            with patch.object(composed, "questions", lambda text: (text,)):
                rows = measured(library, same, mixed)
        else:
            rows = measured(library, same, mixed)
    print("\n".join(table(["two questions as one", ""], rows)))


if __name__ == "__main__":
    main()
