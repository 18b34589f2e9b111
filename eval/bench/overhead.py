"""What a run costs beside its answers: its whole time over the sum of the cases' own.

    python -m eval.bench.overhead --library DIR --cases 1000

The cases are the shipped ones, asked again under other ids until there are enough. The whole time
is that of the command, its start included; the sum is that of ``timings_ms`` in the result file.
"""

from __future__ import annotations

import argparse
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval.cases import FOLDER, Case, as_line, load
from eval.results import load_run
from eval.table import Cell, table

READERS = ("default", "none")


def repeated(cases: Sequence[Case], number: int) -> list[Case]:
    """``number`` cases: these, and again with other ids. A follow-up follows its own round's."""
    found = []
    for turn in itertools.count():
        for case in cases:
            follows = f"{case.follows}/{turn}" if case.follows else ""
            found.append(replace(case, id=f"{case.id}/{turn}", follows=follows))
            if len(found) == number:
                return found
    raise AssertionError("without cases there is no end")


def spent(library: Path, cases: Path, reader: str, out: Path) -> tuple[float, float]:
    """(seconds of the whole run, seconds of the answers by their own timings)."""
    words = ["run", "--library", str(library), "--cases", str(cases), "--out", str(out)]
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "eval.commands", *words, "--set", f"reader={reader}"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    whole = time.perf_counter() - began
    timings = load_run(Path(done.stdout.splitlines()[-1])).timings["cases"]
    return whole, sum(one["total"] for one in timings.values()) / 1000


def measured(library: Path, number: int, readers: Sequence[str] = READERS) -> list[str]:
    """The lines of a table: a row for each reader."""
    rows: list[list[Cell]] = []
    with tempfile.TemporaryDirectory() as folder:
        cases = Path(folder, "many.jsonl")
        many = repeated(load(FOLDER / "shipped.jsonl"), number)
        cases.write_text("".join(as_line(one) + "\n" for one in many), "utf-8")
        for reader in readers:
            whole, own = spent(library, cases, reader, Path(folder))
            rows.append([reader, number, whole, own, whole / own])
    return table(["reader", "cases", "whole run, s", "answers' own, s", "ratio"], rows)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.overhead", description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=1000, help="how many")
    given = parser.parse_args(arguments)
    print("\n".join(measured(given.library, given.cases)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
