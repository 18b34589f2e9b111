"""``pullquote eval run``, ``report`` and ``sweep``: cases asked, and their figures."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from eval.commands.part import Part, asked_library, case_files, files, load, out
from index.errors import PullquoteError


def _run_arguments(part: argparse.ArgumentParser) -> None:
    case_files(part, "--cases", action="append")
    part.add_argument(
        "--split", choices=("tune", "held", "all"), default="all", help="only these of the cases"
    )
    part.add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help="answer another way: reader=none, search=words, top=5, target=80 ...",
    )
    out(part)


def _ask_all(args: argparse.Namespace) -> int:
    from eval.results import load_run
    from eval.runner import plan
    from eval.settings import Settings, with_changes
    from eval.summary import told

    settings = with_changes(Settings(), args.set)
    path = kept(asked_library(args), plan(files(args.cases), args.split, settings), args.out)
    print("\n".join(told(load_run(path))), end="\n\n")
    print(path)
    return 0


def kept(library: Path, wanted: Any, out: Path) -> Path:
    from eval.bar import bar
    from eval.runner import run
    from eval.variants import for_settings

    if not wanted.cases:
        raise PullquoteError(
            f"There is no case in {' and '.join(wanted.sets)}. Name other cases or another split."
        )
    place = for_settings(library, wanted.settings, out / "libraries")
    with bar() as tell:
        return run(place, wanted, out, tell)


def _report_arguments(part: argparse.ArgumentParser) -> None:
    part.add_argument("name", metavar="RUN", help="a result file, or the name of a run")
    part.add_argument("--html", metavar="FILE", type=Path, help="write one HTML page with plots")
    out(part)


def _report(args: argparse.Namespace) -> int:
    from eval.pages import run_body
    from eval.sheet import page
    from eval.summary import told

    found = load(args.name, args.out)
    if args.html:
        args.html.write_text(page(found.name, run_body(found)), "utf-8")
    print("\n".join(told(found)))
    return 0


def _sweep_arguments(part: argparse.ArgumentParser) -> None:
    case_files(part, "--cases", action="append")
    part.add_argument("--split", choices=("tune", "held", "all"), default="tune")
    part.add_argument(
        "--vary",
        metavar="KEY=A,B",
        action="append",
        default=[],
        help="values of a setting to try; several make a grid",
    )
    part.add_argument("--html", metavar="FILE", type=Path, help="write table and Pareto plot, too")
    out(part)


def _sweep(args: argparse.Namespace) -> int:
    from eval.sweep import grid, html, lines, sweep

    command = ["run", "--library", str(asked_library(args)), "--split", args.split]
    command += ["--out", str(args.out)]
    for path in files(args.cases):
        command += ["--cases", str(path)]

    def tell(label: str) -> None:
        print(f"asking with {label}", file=sys.stderr)

    points = sweep(grid(args.vary), command, tell)
    print("\n".join(lines(points)))
    if args.html:
        args.html.write_text(html(points), "utf-8")
    return 0


PARTS = (
    Part("run", "Ask every case and keep the answers.", _run_arguments, _ask_all),
    Part("report", "Show the figures of one run.", _report_arguments, _report),
    Part("sweep", "Try settings side by side.", _sweep_arguments, _sweep),
)
