"""Questions over documents written for training, half of them without an answer.

    python -m eval.bench.written            English
    python -m eval.bench.written chinese
    python -m eval.bench.written tables     those over tables alone, English
    python -m eval.bench.written foreign    360 of the English ones, asked in Chinese

Every document of qa/training/documents in one language is in the pool; asked are the questions of
those that the reader was not trained with, where they say of what they ask. Both kinds of question
were written by hand, those without an answer to tempt.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from eval.ending import exit_status
from eval.public import lines, measure
from eval.sets import Passage, Query, QuestionSet, library_of
from index.errors import PullquoteError
from index.library import Library
from index.scripts import is_cjk
from qa.training.reader_rows import unread
from qa.training.written import WRITTEN, Written, fitted, load, markdown, table

IN_CHINESE = Path(__file__).parent / "in_chinese.tsv"


def over_tables(folder: Path = WRITTEN) -> QuestionSet:
    """The English documents, and the questions of those that hold tables and were held out. They
    are few, so those that weights were fitted on are among them."""
    whole, fitted_on = question_set(folder), question_set(folder, spared=False)
    tables = {d.name for d in load(folder) if any(table(s.text) for s in d.sections)}
    asked = (*whole.queries, *fitted_on.queries)
    kept = tuple(q for q in asked if q.id.rsplit("-", 2)[0] in tables)
    return replace(whole, name="tables", queries=kept)


def question_set(folder: Path = WRITTEN, chinese: bool = False, spared: bool = True) -> QuestionSet:
    """The documents in one language, and the questions of those held out: of the half that the
    weights were fitted on, or of the other, ``spared``.

    Raises PullquoteError where ``folder`` holds none, as in an installed package."""
    documents = [one for one in load(folder) if is_cjk(one.title) is chinese]
    if not documents:
        raise PullquoteError(f"{folder} holds no documents: name their folder with --data")
    held = unread(documents)
    used = {d.name for d in fitted(held)}
    return QuestionSet(
        "written-zh" if chinese else "written",
        tuple(Passage(d.name, markdown(d), (), ".md") for d in documents),
        tuple(query for d in held if (d.name in used) is not spared for query in _queries(d)),
    )


def in_chinese(folder: Path = WRITTEN, spared: bool = True) -> QuestionSet:
    """The English documents, and those of their questions that were put into Chinese by hand, half
    of them without an answer."""
    whole = question_set(folder, spared=spared)
    rows = (line.partition("\t") for line in IN_CHINESE.read_text("utf-8").splitlines())
    chinese = {id: question for id, _, question in rows}
    asked = tuple(replace(q, question=chinese[q.id]) for q in whole.queries if q.id in chinese)
    return replace(whole, queries=asked)


def _queries(document: Written) -> Iterator[Query]:
    for at, section in enumerate(document.sections):
        for number, asked in enumerate(section.asked):
            id = f"{document.name}-{at}-{number}"
            if asked.answer:
                answers = (section.text[slice(*asked.answer)],)
                yield Query(id, asked.question, answers, (document.name,), True, ())
            else:
                yield Query(id, asked.question, (), (), False, ())


def drawn(whole: QuestionSet, most: int | None) -> QuestionSet:
    """The set with at most so many of its questions, from all of its documents alike."""
    number = len(whole.queries)
    kept = range(number) if most is None or most >= number else range(0, number, -(-number // most))
    return replace(whole, queries=tuple(whole.queries[i] for i in kept))


def measured(folder: Path = WRITTEN, kind: str = "english", limit: int | None = None) -> list[str]:
    """The lines of its tables, over the half that is held back, or over all tables."""
    chinese = kind == "chinese"
    made = {"tables": over_tables, "foreign": in_chinese}.get(kind)
    whole = made(folder) if made else question_set(folder, chinese)
    set_ = drawn(whole, limit)
    with Library.open(library_of(set_)) as library:
        name = "written, asked in Chinese" if kind == "foreign" else set_.name
        return lines(name, measure(library, set_, "pullquote"))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.written", description=__doc__)
    parser.add_argument(
        "kind", nargs="?", choices=["english", "chinese", "tables", "foreign"], default="english"
    )
    parser.add_argument("--data", type=Path, default=WRITTEN)
    parser.add_argument("--limit", type=int, help="ask at most so many questions")
    given = parser.parse_args(arguments)
    return exit_status(lambda: print("\n".join(measured(given.data, given.kind, given.limit))))


if __name__ == "__main__":
    sys.exit(main())
