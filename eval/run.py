"""Ask every case of a file and print how right the answers are.

    python -m eval.run --library DIR --cases eval/cases/seeds.jsonl --split tune -v

``-v`` shows what failed, of the "tune" split only: cases held back are a figure, not a lesson.
Nothing is kept; `pullquote eval run` writes a result file.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from eval import measures, metrics
from eval.cases import SPLITS
from eval.ending import exit_status
from eval.results import Result, Run
from eval.runner import plan, run_and_load
from eval.summary import calibration, groups
from eval.table import table


def figures(results: Sequence[Result], run: Run) -> dict[str, float | None]:
    """The figures of a group of results; None where the group has nothing to measure it on."""
    columns = measures.values(results)
    means = {name: measures.mean(column) for name, column in columns.items()}
    answered = means["answered"]
    return {
        "n": len(results),
        "answerable": sum(one.answerable for one in results),
        "fact in answer": means["fact in answer"],
        "fact recall": means["fact recall"],
        "fact in first": means["fact in first"],
        "fact in passages": means["fact in passages"],
        "document cited": means["document cited"],
        "false silence": None if answered is None else 1 - answered,
        "silence right": means["no-answer accuracy"],
        "citations valid": means["citation validity"],
        "median words": metrics.median([w for w in columns["words"] if w is not None]),
        "median ms": metrics.median([run.timings["cases"][one.id]["total"] for one in results]),
    }


def report(run: Run) -> str:
    """The tables for people."""
    rows = {name: figures(group, run) for name, group in groups(run.results).items()}
    measured = calibration(run.results)
    lines = table(["", *rows["all"]], [[name, *row.values()] for name, row in rows.items()])
    lines += [
        "",
        f"calibration error {measured.error:.3f}, "
        f"AUC of confidence for answerable {measured.area:.3f}",
    ]
    lines += table(
        ["confidence", "n", "mean confidence", "right"],
        [
            [f"{b.low:.1f} to {b.high:.1f}", b.count, b.confidence, b.accuracy]
            for b in measured.bins
        ],
    )
    return "\n".join(lines)


def failures(results: Sequence[Result]) -> str:
    """What went wrong in the tune split, for whoever mends it."""
    lines = []
    for one in results:
        if one.split != "tune" or (one.right and (one.prompt or not one.answerable)):
            continue
        wanted = "; ".join("|".join(fact) for fact in one.wanted) or "no answer"
        what = "not first" if one.right else "WRONG"
        lines += [
            f"\n{one.id} {what}  {one.question}  [{' '.join(one.tags)}]",
            f"  wanted: {wanted}  in {', '.join(one.documents) or '-'}",
            f"  got ({one.status.replace('_', ' ')}, {one.confidence:.2f},"
            f" cited {'right' if one.cited else 'other'}): {one.text}",
        ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.run", description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--split", choices=(*SPLITS, "all"), default="tune")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what failed (tune only)")
    given = parser.parse_args(arguments)
    return exit_status(lambda: _tell(given))


def _tell(given: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run = run_and_load(given.library, plan([given.cases], given.split), Path(folder))
    if given.verbose:
        print(failures(run.results), end="\n\n")
    print(report(run))
    if given.json:
        rows = {name: figures(group, run) for name, group in groups(run.results).items()}
        text = json.dumps({"figures": rows}, ensure_ascii=False, indent=1)
        given.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
