"""``pullquote eval compare`` and ``gate``: what changed, and whether it may."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from eval.commands.part import Part, asked_library, files, load, out, outputs
from eval.commands.running import kept
from index.errors import PullquoteError


def _compare_arguments(part: argparse.ArgumentParser) -> None:
    part.add_argument("before", metavar="A", help="a result file, or the name of a run")
    part.add_argument("after", metavar="B", help="the later one")
    part.add_argument("--gate", metavar="FILE", type=Path, help="exit 1 when this gate is broken")
    outputs(part)
    out(part)


def _compare(args: argparse.Namespace) -> int:
    from eval.compare import compare
    from eval.gate import broken, load_gate

    before, after = (load(name, args.out) for name in (args.before, args.after))
    texts = _texts(args.library) if args.library else None
    found = compare(before, after, texts)
    return _told(found, broken(load_gate(args.gate), found) if args.gate else None, args)


def _texts(library: Path) -> dict[str, str]:
    """The texts of a library's documents by file name, as results name them."""
    from index.library import Library

    with Library.open(library) as held:
        return {one.file: held.text(one.id) for one in held.documents()}


def _told(found: Any, faults: Any, args: argparse.Namespace) -> int:
    """Print and write a comparison; the exit status is that of its gate."""
    from eval import output
    from eval.pages import comparison_body
    from eval.sheet import page

    print(output.text(found, faults))
    if args.markdown:
        args.markdown.write_text(output.markdown(found, faults), "utf-8")
    if args.junit:
        args.junit.write_text(output.junit(found, faults or ()), "utf-8")
    if args.html:
        args.html.write_text(page(found.after.name, comparison_body(found, faults)), "utf-8")
    return 1 if faults else 0


def _gate_arguments(part: argparse.ArgumentParser) -> None:
    part.add_argument(
        "gate", metavar="FILE", type=Path, nargs="?", default=Path("eval/gate.toml"), help="TOML"
    )
    part.add_argument(
        "--accept",
        action="store_true",
        help="make today's answers the baseline, once they are read",
    )
    outputs(part)
    out(part)


def _gate(args: argparse.Namespace) -> int:
    from eval.compare import compare
    from eval.gate import broken, load_gate
    from eval.results import load_run

    gate = load_gate(args.gate)
    near = args.gate.parent
    library = _gated_library(gate.run, near, args)
    after = kept(library, _gated_plan(gate.run, near), args.out)
    baseline = near / gate.run.get("baseline", "baseline.jsonl")
    if args.accept:
        baseline.parent.mkdir(parents=True, exist_ok=True)
        baseline.write_bytes(after.read_bytes())
        print(f"{baseline} now holds the answers of {after.stem}.")
        return 0
    if not baseline.is_file():
        raise PullquoteError(f"There is no baseline at {baseline}. Make it with --accept.")
    found = compare(load_run(baseline), load_run(after), _texts(library))
    return _told(found, broken(gate, found), args)


def _gated_plan(run: Any, near: Path) -> Any:
    from eval.runner import plan
    from eval.settings import Settings, with_changes

    named = [near / name for name in run.get("cases", [])]
    settings = with_changes(Settings(), run.get("set", []))
    return plan(files(named), run.get("split", "all"), settings)


def _gated_library(run: Any, near: Path, args: argparse.Namespace) -> Path:
    """The library named on the command line, else what the gate says, else the default one."""
    from eval.variants import of_documents

    if args.library is None and "documents" in run:
        return of_documents((near / run["documents"]).resolve(), args.out / "libraries")
    if args.library is None and "library" in run:
        return near / str(run["library"])
    return asked_library(args)


PARTS = (
    Part("compare", "Show what changed between two runs.", _compare_arguments, _compare),
    Part("gate", "Run, compare with the baseline, exit 1 when worse.", _gate_arguments, _gate),
)
