"""``pullquote ask`` and ``pullquote search``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import shorten
from typing import Any

from index.errors import PullquoteError
from qa.commands.command import (
    Command,
    batch,
    date,
    filled,
    json_option,
    one_or_batch,
    open_library,
    positive,
    print_json,
    share,
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
    command.add_argument("--collection", metavar="C", type=filled, help="only this collection")
    command.add_argument("--publisher", metavar="P", type=filled, help="only this publisher")
    command.add_argument("--since", metavar="D", type=date, help="dated D or later")
    command.add_argument("--until", metavar="D", type=date, help="dated D or earlier")
    command.add_argument("--language", metavar="L", type=filled, help="only this language: en, zh")
    command.add_argument("--document", metavar="ID", type=filled, help="only this document")
    command.add_argument(
        "--reader",
        choices=("default", "fast", "none"),
        default="default",
        help="fast: let the neural reader read less; none: not at all, quicker and worse",
    )
    json_option(command)


def _answering(command: argparse.ArgumentParser) -> None:
    _asking(command)
    command.add_argument(
        "--caution",
        metavar="SHARE",
        type=share,
        help="the share of answerable questions that may meet silence, so that fewer answers are "
        "wrong: 0 to 0.5",
    )
    command.add_argument(
        "--format",
        choices=("text", "markdown", "html", "docx", "bibtex", "ris", "csl-json"),
        default="text",
        help="a document or references instead of text for the terminal",
    )
    command.add_argument(
        "--output", metavar="FILE", type=Path, help="write what --format makes to a file"
    )


def _filters(args: argparse.Namespace, library: Any) -> Any:
    """The filters. Where no document passes them, JSON tells of nothing found as ever, beside a
    line on stderr; anything else is refused, since it would say that the documents are silent."""
    from index.rows import Filters, date_range
    from qa.filters import unmet

    filters = Filters(
        collection=args.collection or "",
        publisher=args.publisher or "",
        language=args.language or "",
        since=date_range(args.since)[0] if args.since else "",
        until=date_range(args.until)[1] if args.until else "",
        document=_searched(library, args.document) if args.document else "",
    )
    fault = unmet(library, filters)
    if fault and not _prints_json(args):
        raise PullquoteError(fault)
    if fault:
        print(f"pullquote: {fault}", file=sys.stderr)
    return filters


def _prints_json(args: argparse.Namespace) -> bool:
    exports = getattr(args, "format", "text") != "text"  # search has no formats
    return bool(args.json or args.batch) and not exports


def _searched(library: Any, given: str) -> str:
    """The id of a document to search; raises PullquoteError for a version that was replaced."""
    id, newest = library.document(given).id, library.newest(given).id
    if id != newest:
        raise PullquoteError(
            f"Document {id} is an older version, which is not searched. Ask --document {newest}, "
            f"or read the older one with: pullquote text {id}"
        )
    return str(id)


def _options(args: argparse.Namespace, filters: Any) -> dict[str, Any]:
    from qa.rank import Effort

    return {
        "top": args.top,
        "filters": filters,
        "effort": Effort(args.reader, args.caution),
    }


def _ask(args: argparse.Namespace) -> int:
    from qa.answer import answer, as_json

    def one(library: Any, question: str, id: Any, filters: Any) -> dict[str, Any]:
        return as_json(answer(library, question, id=id, **_options(args, filters)))

    one_or_batch(args, args.question, "a question")
    if args.format != "text" or args.output:
        return _export(args)
    if args.batch or args.json:
        return _answers(args, one)
    from qa import show

    with open_library(args) as library:
        question = _question(args)
        found = answer(library, question, **_options(args, _filters(args, library)))
        show.answer(found, library.documents())
    return 0


def _export(args: argparse.Namespace) -> int:
    """Answer one question or a batch and write them as one document."""
    from qa.export.entries import Refused
    from qa.export.formats import ENDINGS, exported

    if args.json:
        raise PullquoteError("Choose one of --json and --format.")
    if args.format == "text":
        raise PullquoteError("Text is for the terminal; name another --format for --output.")
    if args.format == "docx" and not args.output and sys.stdout.isatty():
        raise PullquoteError(
            f"A DOCX is not for the terminal. Add --output answer{ENDINGS[args.format]}."
        )
    asked = list(batch(args.batch)) if args.batch else [(None, _question(args))]
    with open_library(args) as library:
        options = _options(args, _filters(args, library))
        found = [_answered(library, id, question, options) for id, question in asked]
        data = exported(library, found, args.format)
    _write(args, data)
    return int(any(isinstance(one, Refused) for one in found))


def _answered(library: Any, id: Any, question: str, options: dict[str, Any]) -> Any:
    """The answer, or what stands in its place where the question cannot be asked."""
    from qa.answer import answer
    from qa.export.entries import Refused
    from qa.question import parse

    try:
        parse(question)
    except PullquoteError as error:
        name = (
            shorten(question, 100, placeholder=" …")
            or f"Question {'' if id is None else id}".strip()
        )
        print(f"pullquote: {name}: {error}", file=sys.stderr)
        return Refused(name, str(error))
    return answer(library, question, **options)


def _write(args: argparse.Namespace, data: bytes) -> None:
    from qa.place import typed

    if not args.output:
        sys.stdout.buffer.write(data)
        return
    try:
        typed(str(args.output)).write_bytes(data)
    except OSError as error:
        raise PullquoteError(
            f"{args.output} cannot be written ({error.strerror}). Name another file."
        ) from error
    print(f"Wrote {args.output}.", file=sys.stderr)


def _search(args: argparse.Namespace) -> int:
    from qa.answer import passages, search_json
    from qa.rerank import search

    def one(library: Any, question: str, id: Any, filters: Any) -> dict[str, Any]:
        return search_json(library, question, id, args.top, filters, args.reader)

    one_or_batch(args, args.question, "a question")
    if args.batch or args.json:
        return _answers(args, one)
    from qa import show

    with open_library(args) as library:
        filters = _filters(args, library)
        hits = search(library, _question(args), args.top, filters, args.reader)
        show.passages(passages(library, hits))
    return 0


def _question(args: argparse.Namespace) -> str:
    from qa.question import parse

    return parse(args.question or "").text and str(args.question)


def _answers(args: argparse.Namespace, one: Callable[[Any, str, Any, Any], dict[str, Any]]) -> int:
    if not args.batch:
        question = _question(args)
        with open_library(args) as library:
            print_json(one(library, question, None, _filters(args, library)))
        return 0
    lines = list(batch(args.batch))
    status = 0
    with open_library(args) as library:
        filters = _filters(args, library)
        for id, question in lines:
            try:
                found = one(library, question, id, filters)
            except PullquoteError as error:
                found, status = {"id": id, "question": question, "error": str(error)}, 1
            print(json.dumps(found, ensure_ascii=False), flush=True)
    return status


COMMANDS = (
    Command(
        "ask",
        "Answer a question with cited sentences.",
        'pullquote ask "What did the ministry announce in June 2025?" --since 2025-06',
        _answering,
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
