"""``pullquote quote``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from index.errors import PullquoteError
from qa.commands.command import Command, json_option, one_or_batch, open_library, print_json, rows


def _quoting(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "text", nargs="?", metavar="TEXT", help="the words as quoted; - reads standard input"
    )
    command.add_argument(
        "--speaker", metavar="NAME", help="who is said to have said it: tells if somebody else did"
    )
    command.add_argument(
        "--batch",
        metavar="FILE.jsonl",
        type=Path,
        help='check every line {"id", "quote"} of a file, with "speaker" where it is known',
    )
    json_option(command)


def _quote(args: argparse.Namespace) -> int:
    one_or_batch(args, args.text, "a quotation")
    if args.batch:
        return _batch(args)
    from qa.quote import as_json, check

    text = sys.stdin.read() if args.text in (None, "-") else args.text
    with open_library(args) as library:
        found = check(library, text, args.speaker)
    if args.json:
        print_json(as_json(found))
    else:
        from qa.quotes import show

        show.check(found)
    return 0


def _batch(args: argparse.Namespace) -> int:
    from qa.quote import as_json, check

    lines, status = list(rows(args.batch, "quote")), 0
    with open_library(args) as library:
        for row in lines:
            found: dict[str, Any]
            try:
                speaker = str(row.get("speaker") or args.speaker or "")
                found = as_json(check(library, row["quote"], speaker or None), row["id"])
            except PullquoteError as error:
                found, status = {"id": row["id"], "quote": row["quote"], "error": str(error)}, 1
            print(json.dumps(found, ensure_ascii=False), flush=True)
    return status


COMMANDS = (
    Command(
        "quote",
        "Check a quotation: whether it stands, where, and who said it.",
        'pullquote quote "We will … build the bridge" --speaker "Anna Berg"',
        _quoting,
        _quote,
    ),
)
