"""Panels that other packages add to the desk, by entry points of the group ``pullquote.panels``.

An entry point loads a function without arguments that gives a ``Panel``.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

GROUP = "pullquote.panels"
Tell = Callable[[int, int], None]  # (done, in all)


class Panel(Protocol):
    """Runs of some kind in a folder, as HTML that needs no script and is escaped already.

    ``names`` are the runs, newest last; ``runs`` shows all of them, ``run`` one, ``compared`` two.
    They raise PullquoteError for a run that is not there. ``sets`` are what a run can be made of,
    by name, for the library in a folder; ``start(library, folder, set, tell)`` makes one, telling
    (done, in all), and gives its name. What ``tell`` raises stops it.
    """

    @property
    def title(self) -> str: ...
    def names(self, folder: Path, /) -> list[str]: ...
    def runs(self, folder: Path, /) -> str: ...
    def run(self, folder: Path, name: str, /) -> str: ...
    def compared(self, folder: Path, before: str, after: str, /) -> str: ...
    def sets(self, library: Path, /) -> list[str]: ...
    def start(self, library: Path, folder: Path, name: str, tell: Tell, /) -> str: ...


def panels() -> dict[str, Panel]:
    """The panels of the packages installed, by the names of their entry points."""
    found = sorted(entry_points(group=GROUP), key=lambda e: e.name)
    return {e.name: e.load()() for e in found}
