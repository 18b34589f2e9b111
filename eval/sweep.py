"""The same cases under several settings: quality, latency and memory side by side."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from eval.chance import randomisation
from eval.measures import mean, values
from eval.results import Run, load_run
from eval.settings import Settings, with_changes
from eval.sheet import page
from eval.summary import times
from eval.svg import Dot, scatter
from eval.table import Cell, probability, shown, table
from index.errors import PullquoteError

SHOWN = ("right", "fact in answer", "fact in first", "recall@10", "nDCG@10", "no-answer accuracy")


@dataclass(frozen=True, slots=True)
class Point:
    """One way that was tried: ``quality`` is the share right, ``milliseconds`` the median of an
    answer, ``megabytes`` the peak of a process that did nothing else."""

    label: str
    run: Run
    quality: float
    milliseconds: float
    megabytes: float


def grid(varied: Sequence[str]) -> list[list[str]]:
    """Changes of every combination of "key=one,other" lists; the shipped settings come first."""
    axes = []
    for one in varied:
        name, _, options = one.partition("=")
        axes.append([f"{name}={option}" for option in options.split(",")])
    combinations = [list(one) for one in itertools.product(*axes)]
    labels = dict.fromkeys(with_changes(Settings(), one).label for one in combinations)
    own = {with_changes(Settings(), one).label: one for one in combinations}
    return [[], *(own[label] for label in labels if label != "default")]


def sweep(
    points: Sequence[Sequence[str]], command: Sequence[str], tell: Callable[[str], None]
) -> list[Point]:
    """Run ``command`` (an ``eval run`` without settings) once for each point, each in a process
    of its own so that its memory is its own."""
    found = []
    for changes in points:
        label = with_changes(Settings(), changes).label
        tell(label)
        words = [word for change in changes for word in ("--set", change)]
        done = subprocess.run(
            [sys.executable, "-m", "eval.commands", *command, *words],
            stdout=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise PullquoteError(f"The run with {label} did not end well. See what it said above.")
        found.append(point(label, load_run(Path(done.stdout.splitlines()[-1]))))
    return found


def point(label: str, run: Run) -> Point:
    quality = mean(values(run.results)["right"]) or 0.0
    return Point(label, run, quality, times(run).get("median", 0.0), run.timings["peak_mb"])


def best(points: Sequence[Point]) -> list[Point]:
    """The Pareto front: points that no other beats in both quality and time."""
    return [
        one
        for one in points
        if not any(
            other.quality >= one.quality
            and other.milliseconds <= one.milliseconds
            and (other.quality, other.milliseconds) != (one.quality, one.milliseconds)
            for other in points
        )
    ]


def rows(points: Sequence[Point]) -> tuple[list[str], list[list[Cell]]]:
    """(heads, rows): each point's measures; ``p`` is that of its share right against the first's,
    ``time`` its median latency as a ratio to the first's."""
    first = values(points[0].run.results)["right"]
    front = {one.label for one in best(points)}
    found: list[list[Cell]] = []
    for one in points:
        columns = values(one.run.results)
        p = randomisation([v or 0.0 for v in first], [v or 0.0 for v in columns["right"]])
        found.append(
            [
                one.label,
                *(mean(columns[name]) for name in SHOWN),
                probability(p),
                one.milliseconds,
                one.milliseconds / (points[0].milliseconds or 1),
                one.megabytes,
                "yes" if one.label in front else "",
            ]
        )
    return ["settings", *SHOWN, "p", "median ms", "time", "peak MB", "Pareto"], found


def lines(points: Sequence[Point]) -> list[str]:
    return table(*rows(points))


def html(points: Sequence[Point]) -> str:
    """The table and the Pareto plot as one file."""
    front = {one.label for one in best(points)}
    dots = [Dot(one.milliseconds, one.quality, one.label, one.label in front) for one in points]
    body = (
        "<h1>Ways tried</h1><p>Share right over the median time of an answer; the line joins the "
        "ways that no other beats in both.</p>"
        f'{scatter(dots, "median milliseconds", "share right")}<div class="wide"><table>'
    )
    heads, cells = rows(points)
    body += "<tr>" + "".join(f"<th>{escape(head)}</th>" for head in heads) + "</tr>"
    for row in cells:
        body += "<tr>" + "".join(f"<td>{escape(shown(cell))}</td>" for cell in row) + "</tr>"
    return page("Ways tried", body + "</table></div>")
