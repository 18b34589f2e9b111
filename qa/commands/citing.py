"""``pullquote cite`` and ``pullquote source``: a reference to a document, and where it is from."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from index.errors import PullquoteError
from qa.commands.command import Command, json_option, one_document, open_library, print_json

if TYPE_CHECKING:
    from index.library import Library
    from index.records import Document
    from qa.cite import Citation


def _citing(command: argparse.ArgumentParser) -> None:
    one_document(command)
    command.add_argument(
        "span", metavar="START END", nargs="*", type=_position, help="positions of a quotation"
    )
    command.add_argument(
        "--style",
        choices=("apa", "mla", "chicago", "bibtex", "ris", "csl-json"),
        default="apa",
        help="how the reference is written",
    )


def _position(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text} is not a position, a whole number from 0")
    return int(text)


def _sourcing(command: argparse.ArgumentParser) -> None:
    one_document(command)
    json_option(command)


def _cite(args: argparse.Namespace) -> int:
    with open_library(args) as library:
        document = library.document(args.document)
        citation = _citation(library, document, args.span)
        if args.style in ("bibtex", "ris", "csl-json"):
            print(_exchanged(library, document, citation, args.style), end="")
        else:
            _print_styled(library, document, citation, args.style)
    return 0


def _citation(library: Library, document: Document, span: list[int]) -> Citation | None:
    from qa.cite import cite

    if not span:
        return None
    if len(span) != 2 or not span[0] < span[1] <= len(document.text):
        raise PullquoteError(
            f"Give no position or two, START before END, up to {len(document.text)}, the length of "
            f"the text. See the text with: pullquote text {document.id}"
        )
    return cite(library, 1, document, (span[0], span[1]), document.text[span[0] : span[1]])


def _exchanged(library: Library, document: Document, citation: Citation | None, style: str) -> str:
    from qa.export.entries import Source
    from qa.references import exchange
    from qa.references.record import reference

    notes = []
    if citation:
        notes = [Source(1, citation, citation.faithful and library.archived(document)).note]
    write = {"bibtex": exchange.bibtex, "ris": exchange.ris, "csl-json": exchange.csl_json}[style]
    return write([(reference(document), notes)])


def _print_styled(
    library: Library, document: Document, citation: Citation | None, style: str
) -> None:
    from index.text import display
    from qa.cite import pages
    from qa.export.entries import Source
    from qa.references.record import reference
    from qa.references.styled import styled

    page = (citation.printed or str(citation.page or "")) if citation else ""
    (found,) = styled([(reference(document), f"p. {page}" if page else "")], style)
    print(found.mark if style == "chicago" else found.entry)
    if citation:
        if style != "chicago":
            print(f"In the text: {found.mark}")
        print(f"“{display(citation.quote)}”")
        where = ", ".join(filter(None, (citation.locator, pages(citation.page, citation.printed))))
        for name, value in (
            ("Where", where),
            ("Link", citation.link),
            ("On the desk", citation.permalink),
        ):
            if value:
                print(f"{name}: {value}")
        print(f"{Source(1, citation, citation.faithful and library.archived(document)).status}.")
    if document.added:
        print(f"Accessed: {document.added[:10]}")
    print(f"Archived copy: SHA-256 {document.sha256}")
    _warn_if_replaced(library, document)


def _warn_if_replaced(library: Library, document: Document) -> None:
    newest = library.newest(document.id)
    if newest.id != document.id:
        print(f"The source has changed since: its newer version is document {newest.id}.")


def _source(args: argparse.Namespace) -> int:
    with open_library(args) as library:
        document = library.document(args.document)
        told = _told(library, document)
    if args.json:
        print_json(told)
    else:
        _print_source(told)
    return 0


def _told(library: Library, document: Document) -> dict[str, Any]:
    """What ``source --json`` prints."""
    newest = library.newest(document.id)
    versions = [*library.older(newest.id), newest]
    keys = ("id", "title", "author", "publisher", "date", "url", "file", "media_type", "sha256")
    return {
        **{key: getattr(document, key) for key in keys},
        "added": document.added,
        "archived_bytes_match": library.archived(document),
        "newest": newest.id,
        "receipts": [
            {"from": r.origin, "received": r.received, "headers": dict(r.headers)}
            for r in library.receipts(document.id)
        ],
        "versions": [
            {
                "id": v.id,
                "added": v.added,
                "sha256": v.sha256,
                "archived_bytes_match": library.archived(v),
                "newest": v.id == newest.id,
            }
            for v in versions
        ],
    }


def _print_source(told: dict[str, Any]) -> None:
    parts = (told["title"] or told["file"], told["author"], told["publisher"], told["date"])
    print(", ".join(filter(None, parts)))
    for name in ("id", "file", "media_type", "url", "added", "sha256"):
        if told[name]:
            print(f"{_LABELS[name]}: {told[name]}")
    match = told["archived_bytes_match"]
    print(f"Archived bytes match the hash: {'yes' if match else 'NO, run pullquote check'}")
    for receipt in told["receipts"]:
        print(f"From {receipt['from']}, received {receipt['received']}")
        for name, value in receipt["headers"].items():
            print(f"    {name}: {value}")
    if len(told["versions"]) > 1:
        print("Versions, the newest last:")
    for version in told["versions"] if len(told["versions"]) > 1 else []:
        here = " (this one)" if version["id"] == told["id"] else ""
        faulty = "" if version["archived_bytes_match"] else ", archived bytes do NOT match"
        print(f"    {version['id']}, added {version['added']}{here}{faulty}")
    if told["newest"] != told["id"]:
        print(f"The source has changed since: its newer version is document {told['newest']}.")


_LABELS = {
    "id": "Document",
    "file": "File",
    "media_type": "Type",
    "url": "Address",
    "added": "Added",
    "sha256": "SHA-256",
}

COMMANDS = (
    Command(
        "cite",
        "Write a reference to a document, or to a quotation in it.",
        "pullquote cite 4f2a 5120 5260 --style chicago",
        _citing,
        _cite,
    ),
    Command(
        "source",
        "Tell where a document came from, and whether its archived bytes still match.",
        "pullquote source 4f2a",
        _sourcing,
        _source,
    ),
)
