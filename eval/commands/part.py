"""What the parts of ``pullquote eval`` share: options, files, the library, runs by name."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.commands.command import library_at

RUNS = Path("eval-runs")


@dataclass(frozen=True, slots=True)
class Part:
    """One word after ``pullquote eval``; ``run`` returns the exit status."""

    name: str
    about: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def case_files(part: argparse.ArgumentParser, name: str, **other: Any) -> None:
    part.add_argument(
        name, metavar="FILE", type=Path, default=[], help="JSON lines of cases", **other
    )


def files(given: Sequence[Path]) -> list[Path]:
    """The files named, else the cases that ship."""
    from eval.cases import FOLDER

    return list(given) or [FOLDER / "shipped.jsonl", FOLDER / "shipped-quotes.jsonl"]


def asked_library(args: argparse.Namespace) -> Path:
    """The library's folder; the default one starts with the shipped collection."""
    from qa.place import open_to_ask

    open_to_ask(args.library).close()
    return library_at(args)


def out(part: argparse.ArgumentParser) -> None:
    part.add_argument(
        "--out", metavar="DIR", type=Path, default=RUNS, help=f"where runs are kept ({RUNS})"
    )


def outputs(part: argparse.ArgumentParser) -> None:
    for name, what in (("markdown", "Markdown"), ("junit", "JUnit XML"), ("html", "one HTML page")):
        part.add_argument(f"--{name}", metavar="FILE", type=Path, help=f"write it as {what}, too")


def load(name: str, out: Path) -> Any:
    from eval.panel import load_named
    from eval.results import load_run

    return load_run(Path(name)) if Path(name).is_file() else load_named(out, name)
