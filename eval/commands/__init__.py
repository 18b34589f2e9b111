"""``pullquote eval``: cases, runs, comparison, gate."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.commands import casing, comparing, running
from index.errors import PullquoteError
from qa.commands.command import Command

PARTS = (
    *casing.PARTS[:2],
    *running.PARTS[:1],
    *comparing.PARTS,
    *running.PARTS[1:],
    *casing.PARTS[2:],
)


def _arguments(command: argparse.ArgumentParser) -> None:
    parts = command.add_subparsers(title="parts", metavar="PART", required=True)
    for one in PARTS:
        part = parts.add_parser(one.name, help=one.about, description=one.about)
        part.add_argument(
            "--library",
            metavar="DIR",
            type=Path,
            default=argparse.SUPPRESS,
            help="where the library is kept",
        )
        one.arguments(part)
        part.set_defaults(part=one.run)


def _run(args: argparse.Namespace) -> int:
    return int(args.part(args))


COMMANDS = (
    Command(
        "eval",
        "Know when an answer changed: cases, runs, comparison, gate.",
        "pullquote eval run --cases cases.jsonl",
        _arguments,
        _run,
    ),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """``python -m eval.commands``: the same where the command ``pullquote`` is not installed."""
    parser = argparse.ArgumentParser(prog="python -m eval.commands")
    parser.set_defaults(library=None)
    _arguments(parser)
    try:
        return _run(parser.parse_args(arguments))
    except PullquoteError as error:
        print(f"pullquote: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
