"""Calibrate the confidence on development questions, and set the threshold of silence.

    python -m eval.calibrate --cases SEEDS.jsonl LIBRARY --cases SHIPPED.jsonl LIBRARY --public

On the "tune" part of the cases, on every other question of clapnq, on the first of
eval/bench/wikipedia.py and on a part of eval/bench/written.py, cmrc2018 and drcd, it weighs the
reader against the figures (``reading`` and ``spread`` in qa/data/composer.json) and fits the last
model (``answer``) anew, this five-fold, so that each question is judged by weights that have not
seen it. The threshold silences the share ``--caution`` of the right answers.
Writes composer.json and the reliability table in docs/manual/answers.md.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval import metrics
from eval.development import PUBLIC, Asked, from_cases, from_clapnq, from_pool, look_at, pools_of
from eval.sets import DATA, library_of, read_set
from eval.table import table
from index.library import Library
from qa.compose import choose
from qa.model import Model, together
from qa.model import load as load_models
from qa.rank import EASTERN, READERS, judge
from qa.training.composer import fit_answer, fit_spread, stored, thresholds

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "qa" / "data" / "composer.json"
MANUAL = ROOT / "docs" / "manual" / "answers.md"
FOLDS = 5
FEW, MANY = 50, 400
LENIENT = 0.0025  # the caution in Chinese and Japanese; policy texts lie below the sets fitted to


@dataclass(frozen=True, slots=True)
class Judged:
    """``right``: the answer, were it given, would be right; ``barred``: it is never given."""

    source: str
    evidence: NDArray[np.float64]
    right: bool
    barred: bool


def fit_weight(model: Model, rows: Sequence[Asked], chosen: Sequence[float] = ()) -> Model:
    """The weight of the reader's logit that puts a right sentence first most often, the mean over
    the sources so that none of them rules, one of fewer than ``FEW`` questions counting for less;
    or the one ``chosen``; and the temperature that goes with it."""
    if not model.read:
        return fit_spread(model, [(r.seen.logits, r.answering) for r in rows])
    found = []
    for weight in chosen or [tenth / 10 for tenth in range(0, 41, 2)]:
        tried = replace(model, reading=weight)
        firsts: dict[str, list[bool]] = defaultdict(list)
        for r in rows:
            if r.answering.any():
                best = int(np.argmax(together(tried, r.seen.logits, r.seen.scores, r.seen.alone)))
                firsts[r.source].append(bool(r.answering[best]))
        shares = {source: round(float(np.mean(flags)), 3) for source, flags in firsts.items()}
        print(f"reading {tried.reading}: {shares}")
        counts = [min(FEW, len(flags)) for flags in firsts.values()]
        found.append((float(np.average(list(shares.values()), weights=counts)), tried))
    # The mean with both neighbours: a question more or less makes a peak of its own.
    shares_of = np.pad([value for value, _ in found], 1, mode="edge")
    smooth = np.convolve(shares_of, np.full(3, 1 / 3), mode="valid")
    model = found[int(np.argmax(smooth))][1]
    seen = [
        (together(model, r.seen.logits, r.seen.scores, r.seen.alone), r.answering) for r in rows
    ]
    return fit_spread(model, seen)


def judged(model: Model, one: Asked) -> Judged:
    described = one.seen.described
    ranking = judge(model, one.seen)
    chosen = choose(one.library, one.question, described, ranking)
    return Judged(one.source, ranking.evidence, one.right(chosen), ranking.barred)


def balanced(rows: Sequence[Judged], seed: int = 7) -> list[Judged]:
    """As many of each public set as of all cases together, so that no kind of text rules, or
    ``MANY`` where there are few cases."""
    found = [r for r in rows if r.source not in PUBLIC]
    most = max(MANY, len(found))
    for source in PUBLIC:
        theirs = [r for r in rows if r.source == source]
        draw = np.random.default_rng(seed).permutation(len(theirs))[:most]
        found += [theirs[i] for i in sorted(draw)]
    return found


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


def fitted_models() -> Iterator[tuple[str, str]]:
    """Setting and name of each model that there are enough questions for."""
    yield from READERS.items()
    yield from ((reader, name) for reader, name in EASTERN.items() if reader != "none")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", nargs=2, action="append", required=True, type=Path)
    parser.add_argument("--public", action="store_true", help="on public sets, too")
    parser.add_argument("--caution", type=float, default=0.05)
    parser.add_argument(
        "--weigh", nargs=2, action="append", default=[], metavar=("MODEL", "WEIGHT"),
        help="the reader's weight in this model instead of the one that is found",
    )  # fmt: skip
    given = parser.parse_args()
    document = json.loads(WEIGHTS.read_text("utf-8"))
    with ExitStack() as open_:
        sets = [(path, open_.enter_context(Library.open(place))) for path, place in given.cases]
        public = read_set(DATA / "clapnq") if given.public else None
        archive = open_.enter_context(Library.open(library_of(public))) if public else None
        pools = list(pools_of()) if given.public else []
        texts = [open_.enter_context(Library.open(library_of(one))) for one in pools]
        for reader, name in fitted_models():
            model, seen = load_models()[name], partial(look_at, name, reader)
            rows = [one for path, library in sets for one in from_cases(path, library, seen)]
            if public and archive:
                rows += from_clapnq(archive, public, seen)
            for one, library in zip(pools, texts, strict=True):
                rows += from_pool(one.name, library, one, seen)
            chosen = [float(weight) for model_, weight in given.weigh if model_ == name]
            model = fit_weight(model, rows, chosen)
            caution = min(given.caution, LENIENT) if name in EASTERN.values() else given.caution
            model, shown = calibrated(model, [judged(model, one) for one in rows], caution)
            document["models"][name] = stored(model)
            print(f"{name}: reading {model.reading}, spread {model.spread}, ", end="")
            print(f"threshold {model.threshold():.3f}\n{shown}\n")
            if name == READERS["default"]:
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
