"""``pullquote add``, ``documents``, ``text``, ``remove`` and ``check``: what the library holds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import PullquoteError
from qa.commands.command import (
    Command,
    json_option,
    library_at,
    one_document,
    open_library,
    print_json,
)

if TYPE_CHECKING:
    from index.ingest import Report
    from index.library import Library


def _adding(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", nargs="+", metavar="PATH_OR_URL", help="files, folders or web addresses"
    )
    command.add_argument("--collection", metavar="NAME", default="default", help="a name for them")
    command.add_argument(
        "--allow-private",
        action="store_true",
        help="also fetch from this machine and its own network",
    )
    json_option(command)


def _checking(command: argparse.ArgumentParser) -> None:
    command.add_argument("--repair", action="store_true", help="make damaged indexes anew")


def _add(args: argparse.Namespace) -> int:
    from index.library import Library
    from index.web.fetch import is_address, tidy
    from qa import show

    paths = [_existing(p) for p in args.paths if not is_address(p)]
    addresses = [tidy(p) for p in args.paths if is_address(p)]
    with Library.open(library_at(args), create=True) as library, show.progress() as tell:
        reports = library.add(paths, collection=args.collection, tell=tell) if paths else []
        for address in addresses:
            reports += _fetched(library, address, args)
    if args.json:
        print_json(show.reports_json(reports))
    else:
        show.reports(reports)
    return 1 if any(r.status == "failed" for r in reports) else 0


def _existing(given: str) -> Path:
    from qa.place import typed

    path = typed(given)
    if not path.exists():
        raise PullquoteError(f"{given} does not exist. Check the path and try again.")
    return path


def _fetched(library: Library, address: str, args: argparse.Namespace) -> list[Report]:
    """Fetch one page and add it: what was fetched is kept even if the next address fails."""
    from index.ingest import Report, Source
    from index.web.connection import Limits
    from index.web.fetch import fetch

    try:
        page = fetch(address, Limits(allow_private=args.allow_private))
    except PullquoteError as error:
        return [Report(address, "failed", reason=str(error))]
    return library.add_sources(
        [Source(Path(), page.name, page)], collection=args.collection, wait=30
    )


def _documents(args: argparse.Namespace) -> int:
    from qa import show

    with open_library(args) as library:
        documents, counts = library.documents(), library.counts()
        if args.json:
            print_json(show.documents_json(documents, counts))
        else:
            show.documents(documents, counts, library.path)
    return 0


def _text(args: argparse.Namespace) -> int:
    with open_library(args) as library:
        sys.stdout.write(library.text(args.document))
    return 0


def _remove(args: argparse.Namespace) -> int:
    from index.library import Library

    with Library.open(library_at(args)) as library:
        removed = library.remove(args.document)
    print(f"Removed {removed.title or removed.file} ({removed.id}).")
    return 0


def _check(args: argparse.Namespace) -> int:
    from index.library import Library

    with Library.open(library_at(args)) as library:
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


COMMANDS = (
    Command(
        "add",
        "Put files, folders and web pages into the library.",
        "pullquote add reports/ minutes.pdf https://example.org/report",
        _adding,
        _add,
    ),
    Command(
        "documents",
        "List the documents of the library.",
        "pullquote documents --json",
        json_option,
        _documents,
    ),
    Command(
        "text",
        "Print a document's text, the one that offsets point into.",
        "pullquote text 4f2a | less",
        one_document,
        _text,
    ),
    Command(
        "remove",
        "Remove a document and its archived source.",
        "pullquote remove 4f2a9c",
        one_document,
        _remove,
    ),
    Command(
        "check",
        "Verify sources, offsets and indexes; mend what can be mended.",
        "pullquote check --repair",
        _checking,
        _check,
    ),
)
