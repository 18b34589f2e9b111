"""``pullquote ask`` and ``pullquote search``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.errors import PullquoteError
from qa.commands.command import (
    Command,
    batch,
    date,
    json_option,
    open_library,
    positive,
    print_json,
)


def _asking(command: argparse.ArgumentParser) -> None:
    command.add_argument("question", nargs="?", metavar="QUESTION", help="in your own words")
    command.add_argument(
        "--batch",
        metavar="FILE.jsonl",
        type=Path,
        help='answer every line {"id", "question"} of a file, one JSON line each, in order',
    )
    command.add_argument("--top", metavar="N", type=positive, default=10, help="passages to list")
    command.add_argument("--collection", metavar="C", default="", help="only this collection")
    command.add_argument("--publisher", metavar="P", default="", help="only this publisher")
    command.add_argument("--since", metavar="D", type=date, help="dated D or later")
    command.add_argument("--until", metavar="D", type=date, help="dated D or earlier")
    command.add_argument("--language", metavar="L", default="", help="only this language: en, zh")
    command.add_argument("--document", metavar="ID", default="", help="only this document")
    json_option(command)


def _reading(command: argparse.ArgumentParser) -> None:
    _asking(command)
    command.add_argument(
        "--reader",
        choices=("default", "none"),
        default="default",
        help="none: choose sentences without the neural reader, quicker and a little worse",
    )


def _filters(args: argparse.Namespace, library: Any) -> Any:
    from index.rows import Filters, date_range

    return Filters(
        collection=args.collection,
        publisher=args.publisher,
        language=args.language,
        since=date_range(args.since)[0] if args.since else "",
        until=date_range(args.until)[1] if args.until else "",
        document=library.document(args.document).id if args.document else "",
    )


def _options(args: argparse.Namespace, library: Any) -> dict[str, Any]:
    return {
        "top": args.top,
        "filters": _filters(args, library),
        "read": args.reader != "none",
    }


def _ask(args: argparse.Namespace) -> int:
    from qa.answer import answer, as_json

    def one(library: Any, question: str, id: Any) -> dict[str, Any]:
        found = answer(library, question, id=id, **_options(args, library))
        return as_json(found)

    if args.batch or args.json:
        return _answers(args, one)
    from qa import show

    with open_library(args) as library:
        question = _question(args)
        found = answer(library, question, **_options(args, library))
        show.answer(found)
    return 0


def _search(args: argparse.Namespace) -> int:
    from qa.answer import passages, search_json
    from qa.retrieve import search

    def one(library: Any, question: str, id: Any) -> dict[str, Any]:
        return search_json(library, question, id, args.top, _filters(args, library))

    if args.batch or args.json:
        return _answers(args, one)
    from qa import show

    with open_library(args) as library:
        hits = search(library, _question(args), args.top, _filters(args, library))
        show.passages(passages(library, hits))
    return 0


def _question(args: argparse.Namespace) -> str:
    from qa.question import parse

    return parse(args.question or "").text and str(args.question)


def _answers(args: argparse.Namespace, one: Callable[[Any, str, Any], dict[str, Any]]) -> int:
    if not args.batch:
        question = _question(args)
        with open_library(args) as library:
            print_json(one(library, question, None))
        return 0
    lines = list(batch(args.batch))
    status = 0
    with open_library(args) as library:
        for id, question in lines:
            try:
                found = one(library, question, id)
            except PullquoteError as error:
                found, status = {"id": id, "question": question, "error": str(error)}, 1
            print(json.dumps(found, ensure_ascii=False), flush=True)
    return status


COMMANDS = (
    Command(
        "ask",
        "Answer a question with cited sentences.",
        'pullquote ask "What did the ministry announce in June 2025?" --since 2025-06',
        _reading,
        _ask,
    ),
    Command(
        "search",
        "List the passages nearest to a question.",
        'pullquote search "skills subsidy" --top 5',
        _asking,
        _search,
    ),
)
