"""Files and web pages into the library. Their names are for showing and never become paths."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from index.addition import Tell
from index.errors import PullquoteError
from index.ingest import Report, Source
from index.library import Library
from qa.web.problems import parted

LONGEST_NAME = 200
WRITE_WAIT = 120  # seconds to wait for another process that is adding documents


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as it was sent: the name that the sender gave it, and its bytes to be read."""

    name: str
    data: BinaryIO


def add(
    library: Library, files: Sequence[Uploaded], collection: str = "", tell: Tell | None = None
) -> list[Report]:
    """Add uploaded files, one report each, in order; raises LibraryBusy and PullquoteError.

    The same name sent twice with other content makes two documents: nothing says that the second
    is a new version of the first.
    """
    with tempfile.TemporaryDirectory(prefix="pullquote-") as folder:
        sources = [_kept(Path(folder) / str(n), file) for n, file in enumerate(files)]
        return library.add_sources(
            sources, collection=shown(collection) or "default", tell=tell, wait=WRITE_WAIT
        )


def fetched(url: str) -> Source | Report:
    """A page of the web as a source, fetched by this machine; a report where that fails. What
    stands on this machine or in its own network is never fetched."""
    from index.web.addresses import ForbiddenAddress
    from index.web.fetch import fetch

    try:
        page = fetch(url)
    except ForbiddenAddress as error:  # its remedy is for the command line
        reason = f"{parted(str(error))[0]} Save the page to a file and add the file."
        return Report(shown(url), "failed", reason=reason)
    except PullquoteError as error:
        return Report(shown(url), "failed", reason=str(error))
    return Source(Path(), page.name, page)


def add_fetched(
    library: Library, found: Sequence[Source | Report], collection: str = ""
) -> list[Report]:
    """Add what ``fetched`` gave, one report each, in order; raises as ``add`` does."""
    sources = [f for f in found if isinstance(f, Source)]
    named = shown(collection) or "default"
    added = library.add_sources(sources, collection=named, wait=WRITE_WAIT) if sources else []
    reports = iter(added)
    return [next(reports) if isinstance(f, Source) else f for f in found]


def _kept(path: Path, file: Uploaded) -> Source:
    with path.open("wb") as target:
        shutil.copyfileobj(file.data, target)
    name = shown(re.split(r"[/\\]", file.name)[-1])
    return Source(path, name or "untitled")


def shown(name: str) -> str:
    """A name fit to be shown: one line, nothing invisible or reversing, not too long."""
    kept = (c for c in name if unicodedata.category(c)[0] != "C" or c == "\u200d")
    return " ".join("".join(kept).split())[:LONGEST_NAME]
