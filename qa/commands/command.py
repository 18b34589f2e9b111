"""What the commands share: their description, common options, opening the library, batches."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import PullquoteError


@dataclass(frozen=True, slots=True)
class Command:
    """One word after ``pullquote``: ``arguments`` declares its options, ``run`` returns the exit
    status. Imports that ``run`` alone needs stand inside it: every command pays for the others."""

    name: str
    about: str
    example: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def json_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON instead of text")


def one_document(command: argparse.ArgumentParser) -> None:
    command.add_argument("document", metavar="DOCUMENT_ID", help="as `pullquote documents` shows")


def positive(text: str) -> int:
    value = int(text) if text.isdigit() else 0
    if not 1 <= value <= 1000:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 to 1000")
    return value


def filled(text: str) -> str:
    """A filter's value: an empty one, such as an unset variable of a script, limits nothing."""
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty; give a value or leave the option out")
    return text


def share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 0.5:
        raise argparse.ArgumentTypeError(f"{text} is not a share from 0 to 0.5, such as 0.1")
    return value


def date(text: str) -> str:
    from datetime import date

    try:
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
            raise ValueError  # Python reads other forms of ISO 8601, too; the library does not
        whole = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
        date.fromisoformat(whole)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date such as 2025-06-05") from None
    return text


def library_at(args: argparse.Namespace) -> Path:
    from qa.place import library_path

    return library_path(args.library)


def open_library(args: argparse.Namespace) -> Any:
    """The library to ask; the default one starts with the shipped collection."""
    from qa.place import open_to_ask

    return open_to_ask(args.library)


def one_or_batch(args: argparse.Namespace, given: str | None, what: str) -> None:
    """Raises PullquoteError where something stands beside --batch, which would be passed over."""
    if args.batch and given is not None:
        raise PullquoteError(f"Give {what} or --batch, not both.")


def rows(path: Path, field: str) -> Iterator[dict[str, Any]]:
    """Every line {"id", field} of a JSON lines file; "-" is standard input."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
        text = text.removeprefix("\ufeff")  # editors on Windows begin a file with this mark
    except (OSError, UnicodeDecodeError) as error:
        raise PullquoteError(
            f"{path} cannot be read ({error}). Name a file of JSON lines."
        ) from error
    for number, line in enumerate(text.split("\n"), 1):  # U+2028 may stand inside a line
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield {**row, "id": row.get("id"), field: str(row[field])}
        except (ValueError, KeyError, AttributeError, TypeError):
            raise PullquoteError(
                f'{path}, line {number} is not a JSON object with "id" and "{field}". '
                "Mend that line and run it again."
            ) from None


def batch(path: Path, field: str = "question") -> Iterator[tuple[Any, str]]:
    """(id, text) of every line, see :func:`rows`."""
    for row in rows(path, field):
        yield row["id"], row[field]


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
