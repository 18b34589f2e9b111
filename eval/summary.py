"""The figures of a run: measures with their intervals, by tag and language, calibration, time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from eval import metrics
from eval.chance import interval
from eval.measures import NAMES, mean, values
from eval.results import Result, Run
from eval.table import Cell, table
from qa.quotes.records import VERDICTS

SHORT = (
    "right",
    "fact in answer",
    "fact in first",
    "document cited",
    "recall@10",
    "nDCG@10",
    "citation validity",
    "answered",
    "no-answer accuracy",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's mean over the ``n`` cases that it applies to, with its 95 % interval."""

    name: str
    n: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """``error`` and ``bins`` are over what was answered, right or wrong; ``area`` is the AUC by
    which the confidence tells answerable from unanswerable, over all cases."""

    bins: tuple[metrics.Bin, ...]
    error: float
    area: float


def figures(results: Sequence[Result]) -> list[Figure]:
    """Every measure that applies to any of the results."""
    columns = values(results)
    found = []
    for name in NAMES:
        known = [value for value in columns[name] if value is not None]
        if known:
            found.append(Figure(name, len(known), sum(known) / len(known), *interval(known)))
    return found


def calibration(results: Sequence[Result]) -> Calibration:
    results = [one for one in results if not one.verdict]
    said = [one for one in results if one.answered]
    bins = metrics.reliability([one.confidence for one in said], [one.right for one in said])
    area = metrics.auc([one.confidence for one in results], [one.answerable for one in results])
    return Calibration(tuple(bins), metrics.calibration_error(bins), area)


def confusion(results: Sequence[Result]) -> list[list[Cell]]:
    """A row for each verdict wanted, a column for each given, counts of quotations; empty where
    there are none."""
    asked = [one for one in results if one.verdict]
    pairs = Counter((one.verdict, one.given) for one in asked)
    rows: list[list[Cell]] = [
        [wanted, *(pairs[wanted, given] for given in VERDICTS)] for wanted in VERDICTS
    ]
    return rows if asked else []


_KEYS: dict[str, Callable[[Result], Sequence[str]]] = {
    "language": lambda one: (one.language,),
    "document": lambda one: one.documents,
    "tag": lambda one: one.tags,
}


def groups(results: Sequence[Result]) -> dict[str, list[Result]]:
    """All results, then those of each language, document and tag, by name."""
    named = {"all": list(results)}
    for kind, keys_of in _KEYS.items():
        for key in sorted({key for one in results for key in keys_of(one)}):
            named[f"{kind} {key}"] = [one for one in results if key in keys_of(one)]
    return named


def group_rows(results: Sequence[Result], names: Sequence[str] = SHORT) -> list[list[Cell]]:
    """A row for each group: its name, its size, and the mean of each measure."""
    rows: list[list[Cell]] = []
    for name, own in groups(results).items():
        columns = values(own)
        rows.append([name, len(own), *(mean(columns[one]) for one in names)])
    return rows


def times(run: Run) -> dict[str, float]:
    """Milliseconds of an answer by its own ``timings_ms``: median and 95th percentile."""
    taken = sorted(one["total"] for one in run.timings.get("cases", {}).values())
    if not taken:
        return {}
    return {"median": metrics.median(taken), "95th percentile": taken[ceil(0.95 * len(taken)) - 1]}


def told(run: Run) -> list[str]:
    """The figures of a run as lines for people, which are Markdown, too."""
    measured = calibration(run.results)
    head = run.header
    about = f"{run.name}: {len(run.results)} cases, {len(head['library']['documents'])} documents"
    lines = [about, ""]
    lines += table(
        ["measure", "cases", "mean", "95 % from", "to"],
        [[one.name, one.n, one.mean, one.low, one.high] for one in figures(run.results)],
    )
    lines += ["", f"calibration error {measured.error:.3f}, AUC of confidence {measured.area:.3f}"]
    if taken := times(run):
        shown = ", ".join(f"{name} {value:.1f} ms" for name, value in taken.items())
        lines.append(f"an answer: {shown}; peak memory {run.timings['peak_mb']:.0f} MB")
    if matrix := confusion(run.results):
        lines += ["", *table(["quotations: wanted, then given", *VERDICTS], matrix)]
    lines += ["", *table(["", "n", *SHORT], group_rows(run.results))]
    return lines
