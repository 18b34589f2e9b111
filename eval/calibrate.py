"""Calibrate the confidence on development questions, and set the threshold of silence.

    python -m eval.calibrate --cases SEEDS.jsonl LIBRARY --cases SHIPPED.jsonl LIBRARY --clapnq

Fits the last model (``answer`` in qa/data/composer.json) anew on the "tune" part of the cases and
on every other question of clapnq, five-fold, so that each question is judged by weights that have
not seen it. The threshold silences the share ``--caution`` of the right answers.
Writes composer.json and the reliability table in docs/manual/answers.md.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval import metrics
from eval.cases import load, of_split
from eval.public import names
from eval.sets import DATA, library_of, passage_ids, read_set
from eval.strings import letters
from eval.table import table
from index.library import Library
from qa.candidates import describe
from qa.compose import READ, choose
from qa.model import Model
from qa.model import load as load_models
from qa.question import parse
from qa.rank import READERS, Effort, Ranking, rank
from qa.retrieve import embed, fused
from qa.training.composer import fit_answer, stored, thresholds

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "qa" / "data" / "composer.json"
MANUAL = ROOT / "docs" / "manual" / "answers.md"
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """``right``: the answer, were it given, would be right; ``barred``: it is never given."""

    source: str
    evidence: NDArray[np.float64]
    right: bool
    barred: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """What would be answered: the sentences, their documents' files, and the ranking behind."""

    sentences: list[str]
    files: list[str]
    ranking: Ranking
    barred: bool


def reply(library: Library, text: str, reader: str) -> Reply | None:
    question = parse(text)
    if question.cjk:
        return None
    vector = embed(library, question)
    described = describe(library, question, vector, fused(library, question, vector, READ))
    ranking = rank(question, described, Effort(reader))
    chosen = choose(library, question, described, ranking)
    headers = library.headers(c.chunk.document_id for c in chosen)
    files = [headers[c.chunk.document_id].file for c in chosen]
    barred = bool(described.barred[ranking.order[0]])
    return Reply([c.text for c in chosen], files, ranking, barred)


def from_cases(path: Path, library: Library, reader: str) -> Iterator[Judged]:
    for case in of_split(load(path), "tune"):
        found = reply(library, case.question, reader)
        if found:
            whole = metrics.fact_recall(" ".join(found.sentences), case.facts) == 1
            cited = metrics.cites_document(found.files, case.documents)
            right = case.answerable and whole and cited
            yield Judged(path.stem, found.ranking.evidence, right, found.barred)


def from_clapnq(reader: str) -> Iterator[Judged]:
    questions = read_set(DATA / "clapnq")
    own = {p.id: p.sentences for p in questions.passages}
    with Library.open(library_of(questions)) as library:
        ids = passage_ids(library, questions)
        by_file = {d.file: ids[d.id] for d in library.documents()}
        for query in questions.queries[::2]:
            found = reply(library, query.question, reader)
            if found:
                first = names(found.sentences[0], [by_file[found.files[0]]], own)
                gold = [{letters(s) for s in one} for one in query.selected]
                right = query.answerable and any(not g.isdisjoint(first) for g in gold)
                yield Judged("clapnq", found.ranking.evidence, right, found.barred)


def balanced(rows: Sequence[Judged], seed: int = 7) -> list[Judged]:
    """As many of clapnq as of all cases together, so that neither kind of text rules."""
    mine = [r for r in rows if r.source != "clapnq"]
    theirs = [r for r in rows if r.source == "clapnq"]
    draw = np.random.default_rng(seed).permutation(len(theirs))[: len(mine)]
    return mine + [theirs[i] for i in sorted(draw)]


def crossed(rows: Sequence[Judged]) -> NDArray[np.float64]:
    """Each row's confidence from weights fitted on the other folds."""
    matrix = np.stack([r.evidence for r in rows])
    right = np.array([r.right for r in rows])
    fold = np.random.default_rng(7).permutation(len(rows)) % FOLDS
    found = np.zeros(len(rows))
    for k in range(FOLDS):
        fitted = fit_answer(matrix[fold != k], right[fold != k], decay=DECAY)
        found[fold == k] = fitted.probability(matrix[fold == k])
    return found


DECAY = 3.0  # L2 on scaled evidence: some hundred questions for 17 weights


def calibrated(model: Model, rows: Sequence[Judged], caution: float) -> tuple[Model, str]:
    """The model with new ``answer`` weights and threshold, and its reliability as a table."""
    used = [r for r in balanced(rows) if not r.barred]
    right = np.array([r.right for r in used])
    confidence = crossed(used)
    matrix = np.stack([r.evidence for r in used])
    answer = fit_answer(matrix, right, decay=DECAY)
    bins = metrics.reliability(confidence.tolist(), right.tolist())
    rows_ = [
        [f"{b.low:.0%} to {b.high:.0%}", str(b.count), f"{b.confidence:.0%}", f"{b.accuracy:.0%}"]
        for b in bins
    ]
    error = metrics.calibration_error(bins)
    shown = "\n".join(table(["Confidence", "Questions", "Mean confidence", "Right"], rows_))
    note = f"{len(used)} development questions, expected calibration error {error:.3f}."
    return replace(
        model, answer=answer, thresholds=thresholds(confidence[right]), caution=caution
    ), f"{shown}\n\n{note}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", nargs=2, action="append", required=True, type=Path)
    parser.add_argument("--clapnq", action="store_true")
    parser.add_argument("--caution", type=float, default=0.03)
    given = parser.parse_args()
    document = json.loads(WEIGHTS.read_text("utf-8"))
    for reader, name in READERS.items():
        rows: list[Judged] = list(from_clapnq(reader)) if given.clapnq else []
        for path, place in given.cases:
            with Library.open(place) as library:
                rows += from_cases(path, library, reader)
        model, shown = calibrated(load_models()[name], rows, given.caution)
        document["models"][name] = stored(model)
        print(f"{name}: threshold {model.threshold():.3f}\n{shown}\n")
        if name == "en":
            fill(MANUAL, shown)
    WEIGHTS.write_text(json.dumps(document, indent=1) + "\n")


def fill(page: Path, shown: str) -> None:
    """Put the table between the page's markers."""
    begin, end = "<!-- reliability:begin -->", "<!-- reliability:end -->"
    text = page.read_text("utf-8")
    filled = re.sub(
        f"{begin}.*?{end}", lambda _: f"{begin}\n\n{shown}\n\n{end}", text, flags=re.DOTALL
    )
    page.write_text(filled, "utf-8")


if __name__ == "__main__":
    main()
