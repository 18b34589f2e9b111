"""What the web desk shows of evaluation: HTML strings from a folder of result files.

The entry point group ``pullquote.panels`` names :func:`panel`; the desk calls it and knows
nothing else of this package.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath

from eval.cases import FOLDER, load
from eval.compare import compare
from eval.measures import mean, values
from eval.pages import comparison_body, run_body
from eval.results import Run, load_run
from eval.runner import Tell, plan
from eval.runner import run as ask_all
from eval.sheet import fragment
from eval.summary import SHORT
from eval.svg import Dot, scatter
from eval.table import shown
from index.errors import PullquoteError
from index.library import Library
from qa.feedback import CASES


@dataclass(frozen=True, slots=True)
class Panel:
    """``names(folder)``: the runs of a folder, newest last. ``runs(folder)``: all of them as a
    table with a trend plot. ``run(folder, name)``: one run. ``compared(folder, before, after)``:
    two beside each other. These three give HTML that needs no script and no other file, and raise
    PullquoteError for a run that is not there. ``sets(library)``: the case files about documents
    of a library, by name. ``start(library, folder, name, tell)`` asks the cases of one, telling
    (done, in all) after each, and gives the name of the run; what ``tell`` raises stops it, and the
    next start goes on from there."""

    title: str
    names: Callable[[Path], list[str]]
    runs: Callable[[Path], str]
    run: Callable[[Path, str], str]
    compared: Callable[[Path, str, str], str]
    sets: Callable[[Path], list[str]]
    start: Callable[[Path, Path, str, Tell], str]


def panel() -> Panel:
    return Panel("Evaluation", names, runs, run, compared, sets, start)


def sets(library: Path) -> list[str]:
    with Library.open(library) as opened:
        held = {PurePosixPath(d.file).name for d in opened.documents()}
    return [name for name, path in _case_files(library).items() if _about(path) & held]


def start(library: Path, folder: Path, name: str, tell: Tell) -> str:
    path = _case_files(library).get(name)
    if path is None:
        raise PullquoteError(f"There are no cases {name}. Load the page again.")
    made = ask_all(library, plan([path]), folder, tell)
    return made.name.removesuffix(".jsonl")


def _case_files(library: Path) -> dict[str, Path]:
    """The case files that ship, and the one that readers' remarks made, by name."""
    found = [*sorted(FOLDER.glob("*.jsonl")), library / CASES]
    return {path.stem: path for path in found if path.exists()}


def _about(path: Path) -> set[str]:
    """The file names of the documents that the cases are about."""
    return {name for case in load(path) for name in case.documents}


def names(folder: Path) -> list[str]:
    paths = sorted(folder.glob("*.jsonl"), key=lambda path: (path.stat().st_mtime, path.name))
    return [path.name.removesuffix(".jsonl") for path in paths]


def load_named(folder: Path, name: str) -> Run:
    """A run by its name; only a name in the folder's own list is opened."""
    if name not in names(folder):
        raise PullquoteError(f"There is no run {name} in {folder}. Make one: pullquote eval run")
    return load_run(folder / f"{name}.jsonl")


def runs(folder: Path) -> str:
    found, odd = _loaded(folder)
    if not found and not odd:
        note = "No runs yet. Make one with: pullquote eval run --out"
        return fragment(f"<p>{escape(note)} {escape(str(folder))}</p>")
    means = [{key: mean(column) for key, column in values(r.results).items()} for r in found]
    heads = "".join(f"<th>{escape(name)}</th>" for name in ("run", "cases", *SHORT))
    body = "".join(
        f'<tr><td><a href="#{escape(run.name)}" data-run="{escape(run.name)}">{escape(run.name)}'
        f"</a></td><td>{len(run.results)}</td>"
        + "".join(f"<td>{shown(one[name])}</td>" for name in SHORT)
        + "</tr>"
        for run, one in zip(found, means, strict=True)
    )
    return fragment(
        f'{_trends(found, means)}<div class="wide"><table><tr>{heads}</tr>{body}</table></div>'
        + "".join(f'<p class="soft">{escape(line)}</p>' for line in odd)
    )


def _loaded(folder: Path) -> tuple[list[Run], list[str]]:
    """The runs of a folder, newest last, and what is wrong with the files that hold none."""
    found, odd = [], []
    for name in names(folder):
        try:
            found.append(load_run(folder / f"{name}.jsonl"))
        except PullquoteError as error:
            odd.append(str(error))
    return found, odd


def _trends(found: list[Run], means: list[dict[str, float | None]]) -> str:
    """The share right from run to run, a plot for each set of cases: others cannot be compared."""
    plots: dict[str, list[Dot]] = {}
    for one, mean_of in zip(found, means, strict=True):
        dots = plots.setdefault(", ".join(one.header["cases"]["files"]), [])
        dots.append(Dot(len(dots) + 1, mean_of["right"] or 0.0, one.name))
    return "".join(
        f"<h2>{escape(cases)}</h2>{scatter(dots, 'run', 'share right')}"
        for cases, dots in plots.items()
    )


def run(folder: Path, name: str) -> str:
    return fragment(run_body(load_named(folder, name)))


def compared(folder: Path, before: str, after: str) -> str:
    found = compare(load_named(folder, before), load_named(folder, after))
    return fragment(comparison_body(found))
