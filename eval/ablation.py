"""What each part of the shipped method adds.

Each way is one run in a process of its own, over the cases of the split "tune".
"""

from __future__ import annotations

import sys
from pathlib import Path

from eval.sweep import lines, sweep

WAYS: tuple[tuple[str, ...], ...] = (
    (),
    ("reader=fast",),
    ("reader=none",),
    ("search=words",),
    ("search=meaning",),
    ("dense=0.5", "lexical=0.5"),
    ("caution=0",),
    ("target=80", "limit=128", "context=28"),
)


def measured(library: Path, cases: Path, out: Path) -> list[str]:
    """The lines of the table: the shipped way first, then each with one part taken or changed."""
    command = ["run", "--library", str(library), "--cases", str(cases)]
    command += ["--split", "tune", "--out", str(out)]
    points = sweep(WAYS, command, lambda label: print(f"asking with {label}", file=sys.stderr))
    number = len(points[0].run.results)
    return [*lines(points), "", f"{number} cases of {cases.name}, split tune."]
