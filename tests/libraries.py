"""A library made for a test."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from index.library import Library


def library_of(folder: Path, texts: Mapping[str, str]) -> Library:
    """A new library in ``folder`` of the texts, by their files' names; open."""
    (folder / "texts").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "texts" / name).write_text(text, "utf-8")
    made = Library.open(folder / "library", create=True)
    made.add([folder / "texts"])
    return made
