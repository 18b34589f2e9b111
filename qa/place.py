"""Where the library is, and the shipped collection that a new default library starts with."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from index.library import Library
from index.shipped import collection
from qa import show

FILLING = "filling"  # set in a library while it is first filled, so that a stop is noticed


def library_path(named: Path | None) -> Path:
    """The named folder, else $PULLQUOTE_LIBRARY, else the user data folder."""
    if named is not None:
        return named.expanduser()
    from_environment = os.environ.get("PULLQUOTE_LIBRARY")
    if from_environment:
        return Path(from_environment).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("pullquote", appauthor=False)) / "library"


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
