"""The command ``pullquote``; thin: arguments in, one call, output."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from index.errors import PullquoteError
from qa import __version__

Run = Callable[[argparse.Namespace], int]

_TEACH = """examples:
  pullquote add reports/ minutes.pdf        put documents into the library
  pullquote ask "How many jobs are planned for 2025?"
  pullquote ask --json "Who issued the notice?" | jq .citations
  pullquote search "skills subsidy" --top 5 the passages themselves, ranked
  pullquote documents                       what the library holds

Without documents of your own, Pullquote answers from the collection it ships with.
Every command takes --library DIR (default: $PULLQUOTE_LIBRARY, else your user data folder).
Nothing leaves this machine.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. User errors are one line on stderr and status 1."""
    args = _parser().parse_args(argv)
    try:
        return int(args.run(args))
    except PullquoteError as error:
        print(f"pullquote: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("pullquote: stopped; what was reported as added is kept.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pullquote",
        epilog=_TEACH,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Ask a folder of documents; every sentence of the answer is cited to the "
        "exact characters of a source.",
    )
    parser.add_argument("--version", action="version", version=f"pullquote {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, run, about, example in _COMMANDS:
        command = commands.add_parser(
            name,
            help=about,
            description=about,
            epilog=f"example:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument(
            "--library", metavar="DIR", type=Path, help="where the library is kept"
        )
        _ARGUMENTS[name](command)
        command.set_defaults(run=run)
    return parser


# -- arguments ---------------------------------------------------------------------------------


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON instead of text")


def _asking(command: argparse.ArgumentParser) -> None:
    command.add_argument("question", nargs="?", metavar="QUESTION", help="in your own words")
    command.add_argument(
        "--batch",
        metavar="FILE.jsonl",
        type=Path,
        help='answer every line {"id", "question"} of a file, one JSON line each, in order',
    )
    command.add_argument("--top", metavar="N", type=_positive, default=10, help="passages to list")
    command.add_argument("--collection", metavar="C", default="", help="only this collection")
    command.add_argument("--publisher", metavar="P", default="", help="only this publisher")
    command.add_argument("--since", metavar="D", type=_date, help="dated D or later")
    command.add_argument("--until", metavar="D", type=_date, help="dated D or earlier")
    command.add_argument("--language", metavar="L", default="", help="only this language: en, zh")
    command.add_argument("--document", metavar="ID", default="", help="only this document")
    _json(command)


def _reading(command: argparse.ArgumentParser) -> None:
    _asking(command)
    command.add_argument(
        "--reader",
        choices=("default", "none"),
        default="default",
        help="none: choose sentences without the neural reader, quicker and a little worse",
    )


def _adding(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", metavar="PATH", help="files or folders")
    command.add_argument("--collection", metavar="NAME", default="default", help="a name for them")
    _json(command)


def _one_document(command: argparse.ArgumentParser) -> None:
    command.add_argument("document", metavar="DOCUMENT_ID", help="as `pullquote documents` shows")


def _checking(command: argparse.ArgumentParser) -> None:
    command.add_argument("--repair", action="store_true", help="make damaged indexes anew")


def _serving(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to listen on")
    command.add_argument("--port", type=int, default=7860, help="port to listen on")
    command.add_argument("--open", action="store_true", help="open the page in the browser")


def _positive(text: str) -> int:
    value = int(text) if text.isdigit() else 0
    if not 1 <= value <= 1000:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 to 1000")
    return value


def _date(text: str) -> str:
    from datetime import date

    try:
        whole = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
        date.fromisoformat(whole)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date such as 2025-06-05") from None
    return text


# -- commands ----------------------------------------------------------------------------------


def _path(args: argparse.Namespace) -> Path:
    from qa.place import library_path

    return library_path(args.library)


def _open(args: argparse.Namespace) -> Any:
    """The library to ask; the default one starts with the shipped collection."""
    from qa.place import open_to_ask

    return open_to_ask(args.library)


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


def _add(args: argparse.Namespace) -> int:
    from index.library import Library
    from qa import show

    urls = [p for p in args.paths if "://" in p]
    if urls:
        raise PullquoteError(
            f"{urls[0]} is a web address; save the page or the PDF to a file and add the file."
        )
    paths = [Path(p).expanduser() for p in args.paths]
    missing = [p for p in paths if not p.exists()]
    if missing:
        raise PullquoteError(f"{missing[0]} does not exist. Check the path and try again.")
    with Library.open(_path(args), create=True) as library, show.progress() as tell:
        reports = library.add(paths, collection=args.collection, tell=tell)
    if args.json:
        _print_json(show.reports_json(reports))
    else:
        show.reports(reports)
    return 1 if any(r.status == "failed" for r in reports) else 0


def _ask(args: argparse.Namespace) -> int:
    from qa.answer import answer, as_json

    def one(library: Any, question: str, id: Any) -> dict[str, Any]:
        found = answer(library, question, id=id, **_options(args, library))
        return as_json(found)

    if args.batch or args.json:
        return _answers(args, one)
    from qa import show

    with _open(args) as library:
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

    with _open(args) as library:
        hits = search(library, _question(args), args.top, _filters(args, library))
        show.passages(passages(library, hits))
    return 0


def _question(args: argparse.Namespace) -> str:
    from qa.question import parse

    return parse(args.question or "").text and str(args.question)


def _answers(args: argparse.Namespace, one: Callable[[Any, str, Any], dict[str, Any]]) -> int:
    if not args.batch:
        question = _question(args)
        with _open(args) as library:
            _print_json(one(library, question, None))
        return 0
    lines = list(_batch(args.batch))
    status = 0
    with _open(args) as library:
        for id, question in lines:
            try:
                found = one(library, question, id)
            except PullquoteError as error:
                found, status = {"id": id, "question": question, "error": str(error)}, 1
            print(json.dumps(found, ensure_ascii=False), flush=True)
    return status


def _batch(path: Path) -> Iterator[tuple[Any, str]]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PullquoteError(
            f"{path} cannot be read ({error}). Name a file of JSON lines."
        ) from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield row.get("id"), str(row["question"])
        except (ValueError, KeyError, AttributeError, TypeError):
            raise PullquoteError(
                f'{path}, line {number} is not a JSON object with "id" and "question". '
                "Mend that line and run it again."
            ) from None


def _documents(args: argparse.Namespace) -> int:
    from qa import show

    with _open(args) as library:
        documents, counts = library.documents(), library.counts()
        if args.json:
            _print_json(show.documents_json(documents, counts))
        else:
            show.documents(documents, counts, library.path)
    return 0


def _text(args: argparse.Namespace) -> int:
    with _open(args) as library:
        sys.stdout.write(library.text(args.document))
    return 0


def _remove(args: argparse.Namespace) -> int:
    from index.library import Library

    with Library.open(_path(args)) as library:
        removed = library.remove(args.document)
    print(f"Removed {removed.title or removed.file} ({removed.id}).")
    return 0


def _check(args: argparse.Namespace) -> int:
    from index.library import Library

    with Library.open(_path(args)) as library:
        faults = library.check()
        if faults and args.repair:
            library.rebuild()
            for fault in faults:
                print(f"found: {fault}")
            faults = library.check()
        count = len(library.documents())
    for fault in faults:
        print(f"fault: {fault}", file=sys.stderr)
    if faults:
        raise PullquoteError(_remedy(args.repair))
    print(f"All is well: {count} documents, their sources, offsets and indexes agree.")
    return 0


def _remedy(repaired: bool) -> str:
    if repaired:
        return "what is left cannot be made anew from the catalog; add those documents again."
    return "mend the indexes with: pullquote check --repair"


def _serve(args: argparse.Namespace) -> int:
    from qa.web.serve import serve

    with _open(args) as library:
        serve(library, args.host, args.port, open_page=args.open)
    return 0


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


_COMMANDS: tuple[tuple[str, Run, str, str], ...] = (
    ("add", _add, "Put files and folders into the library.", "pullquote add reports/ minutes.pdf"),
    (
        "ask",
        _ask,
        "Answer a question with cited sentences.",
        'pullquote ask "What did the ministry announce in June 2025?" --since 2025-06',
    ),
    (
        "search",
        _search,
        "List the passages nearest to a question.",
        'pullquote search "skills subsidy" --top 5',
    ),
    ("documents", _documents, "List the documents of the library.", "pullquote documents --json"),
    (
        "text",
        _text,
        "Print a document's text, the one that offsets point into.",
        "pullquote text 4f2a | less",
    ),
    ("remove", _remove, "Remove a document and its archived source.", "pullquote remove 4f2a9c"),
    (
        "check",
        _check,
        "Verify sources, offsets and indexes; mend what can be mended.",
        "pullquote check --repair",
    ),
    ("serve", _serve, "Open the web desk.", "pullquote serve --port 7860"),
)
_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "add": _adding,
    "ask": _reading,
    "search": _asking,
    "documents": _json,
    "text": _one_document,
    "remove": _one_document,
    "check": _checking,
    "serve": _serving,
}

if __name__ == "__main__":
    sys.exit(main())
