"""Claims to be found: which of thousands of sections does a sentence of somebody's bear on?

    python -m eval.bench.claims

As SciFact asks it of abstracts. The sections of the English documents of qa/training/documents are
the passages, without tables; searched for are claims that one of them supports or contradicts, of
documents that the reader was not trained with. They were written in other words than the section's.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.bench import retrieval
from eval.bench.written import drawn
from eval.ending import exit_status
from eval.sets import Passage, Query, QuestionSet, library_of
from index.errors import PullquoteError
from index.library import Library
from index.scripts import is_cjk
from qa.training.reader_rows import unread
from qa.training.written import CLAIMS, WRITTEN, Written, load, table

MOST = 400  # claims searched for
TOLD = (CLAIMS["="], CLAIMS["^"])


def question_set(folder: Path = WRITTEN) -> QuestionSet:
    """Raises PullquoteError where ``folder`` holds no documents, as in an installed package."""
    documents = [d for d in load(folder) if not is_cjk(d.title)]
    if not documents:
        raise PullquoteError(f"{folder} holds no documents: name their folder with --data")
    passages = tuple(p for d in documents for p, _ in _sections(d))
    return QuestionSet("claims", passages, tuple(q for d in unread(documents) for q in _claims(d)))


def _sections(document: Written) -> Iterator[tuple[Passage, tuple[str, ...]]]:
    """Each section with the claims that it decides."""
    for at, section in enumerate(document.sections):
        if not table(section.text):
            claims = tuple(text for text, verdict in section.claims if verdict in TOLD)
            text = f"{section.heading}\n\n{section.text}\n"
            yield Passage(f"{document.name}-{at}", text, ()), claims


def _claims(document: Written) -> Iterator[Query]:
    for passage, claims in _sections(document):
        for number, text in enumerate(claims):
            yield Query(f"{passage.id}-{number}", text, (), (passage.id,), True, ())


def measured(folder: Path = WRITTEN, limit: int | None = None) -> list[str]:
    """The lines of its table."""
    set_ = drawn(question_set(folder), limit or MOST)
    with Library.open(library_of(set_)) as library:
        return retrieval.compared(library, set_)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.claims", description=__doc__)
    parser.add_argument("--data", type=Path, default=WRITTEN)
    parser.add_argument("--limit", type=int, help="search for at most so many claims")
    given = parser.parse_args(arguments)
    return exit_status(lambda: print("\n".join(measured(given.data, given.limit))))


if __name__ == "__main__":
    sys.exit(main())
