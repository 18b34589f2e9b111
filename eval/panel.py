"""What the web desk shows of evaluation: HTML strings from a folder of result files.

The entry point group ``pullquote.panels`` names :func:`panel`; the desk calls it and knows
nothing else of this package.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from eval.compare import compare
from eval.measures import mean, values
from eval.pages import comparison_body, run_body
from eval.results import Run, load_run
from eval.sheet import fragment
from eval.summary import SHORT
from eval.svg import Dot, scatter
from eval.table import shown
from index.errors import PullquoteError


@dataclass(frozen=True, slots=True)
class Panel:
    """``names(folder)``: the runs of a folder, newest last. ``runs(folder)``: all of them as a
    table with a trend plot. ``run(folder, name)``: one run. ``compared(folder, before, after)``:
    two beside each other. The last three give HTML that needs no script and no other file, and
    raise PullquoteError for a run that is not there."""

    title: str
    names: Callable[[Path], list[str]]
    runs: Callable[[Path], str]
    run: Callable[[Path, str], str]
    compared: Callable[[Path, str, str], str]


def panel() -> Panel:
    return Panel("Evaluation", names, runs, run, compared)


def names(folder: Path) -> list[str]:
    paths = sorted(folder.glob("*.jsonl"), key=lambda path: (path.stat().st_mtime, path.name))
    return [path.name.removesuffix(".jsonl") for path in paths]


def load_named(folder: Path, name: str) -> Run:
    """A run by its name; only a name in the folder's own list is opened."""
    if name not in names(folder):
        raise PullquoteError(f"There is no run {name} in {folder}. Make one: pullquote eval run")
    return load_run(folder / f"{name}.jsonl")


def runs(folder: Path) -> str:
    found = [load_run(folder / f"{name}.jsonl") for name in names(folder)]
    if not found:
        note = "No runs yet. Make one with: pullquote eval run --out"
        return fragment(f"<p>{escape(note)} {escape(str(folder))}</p>")
    means = [{key: mean(column) for key, column in values(r.results).items()} for r in found]
    dots = [
        Dot(number, one["right"] or 0.0, run.name)
        for number, (run, one) in enumerate(zip(found, means, strict=True), 1)
    ]
    heads = "".join(f"<th>{escape(name)}</th>" for name in ("run", "cases", *SHORT))
    body = "".join(
        f"<tr><td>{escape(run.name)}</td><td>{len(run.results)}</td>"
        + "".join(f"<td>{shown(one[name])}</td>" for name in SHORT)
        + "</tr>"
        for run, one in zip(found, means, strict=True)
    )
    return fragment(
        f"{scatter(dots, 'run', 'share right')}"
        f'<div class="wide"><table><tr>{heads}</tr>{body}</table></div>'
    )


def run(folder: Path, name: str) -> str:
    return fragment(run_body(load_named(folder, name)))


def compared(folder: Path, before: str, after: str) -> str:
    found = compare(load_named(folder, before), load_named(folder, after))
    return fragment(comparison_body(found))
