"""Where the library is, and the shipped collection that a new default library starts with."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from index.errors import PullquoteError
from index.library import Library
from index.shipped import collection
from qa import show

FILLING = "filling"  # set in a library while it is first filled, so that a stop is noticed
LONG = 200  # characters of a path that a message shows


def library_path(named: Path | None) -> Path:
    """The named folder, else $PULLQUOTE_LIBRARY, else the user data folder; raises PullquoteError
    for a name that no folder can have."""
    chosen = str(named) if named is not None else os.environ.get("PULLQUOTE_LIBRARY")
    if chosen:
        return typed(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("pullquote", appauthor=False)) / "library"


def typed(given: str) -> Path:
    """The path that was typed, whether or not anything is there; raises PullquoteError where the
    system cannot tell: a name too long, a home that nobody has."""
    try:
        path = Path(given).expanduser()
        path.exists()
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        shown = given if len(given) <= LONG else given[:LONG] + "..."
        raise PullquoteError(
            f"{shown} cannot be looked up ({why}). Check the path and try again."
        ) from error
    return path


def open_to_ask(named: Path | None) -> Library:
    """Open the library. One that was not named and does not exist yet is made from the shipped
    collection; a named one that does not exist raises LibraryMissing, as it is likelier a typo."""
    path = library_path(named)
    if named is not None or Library.exists(path):
        library = Library.open(path)
        if not library.catalog.meta(FILLING):
            return library
    else:
        library = Library.open(path, create=True)
        library.catalog.record(FILLING, "shipped")
    print("Indexing the collection that ships with Pullquote, this once.", file=sys.stderr)
    with show.progress() as tell:
        library.add([collection()], collection="shipped", tell=tell)
    library.catalog.record(FILLING, "")
    return library
