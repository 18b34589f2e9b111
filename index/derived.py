"""The indexes made from the catalog, a folder for each generation, verified when opened."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index import dense, lexical, phrases
from index.catalog import Catalog
from index.dense import Dense
from index.lexical import Lexical
from index.phrases import Phrases

MANIFEST = "manifest.json"
FORMAT = 2  # of what is derived, not of the catalog: another one is made anew
_TANTIVY = ("lexical", "phrases")


@dataclass(frozen=True, slots=True)
class Derived:
    generation: int
    state: str
    lexical: Lexical
    dense: Dense
    phrases: Phrases


@dataclass(frozen=True, slots=True)
class Change:
    """What a new generation adds to and takes from the one before."""

    rows: Sequence[lexical.Row]
    vectors: tuple[dense.Ids, dense.Vectors]
    removed_documents: Sequence[str] = ()
    removed_chunks: Sequence[int] = ()
    sources: Iterable[phrases.Source] = ()


def folder(library: Path, generation: int) -> Path:
    return library / "derived" / str(generation)


def open_checked(library: Path, generation: int, state: str) -> Derived | None:
    """The indexes of this generation, or None when they are missing, stale or damaged."""
    place = folder(library, generation)
    if faults(place, state):
        return None
    try:
        return Derived(
            generation,
            state,
            Lexical(place / "lexical"),
            dense.load(place / "dense.faiss"),
            Phrases(place / "phrases"),
        )
    except (RuntimeError, ValueError, OSError):
        # Removed by a writer between the check and the opening.
        return None


def faults(place: Path, state: str) -> list[str]:
    """What is wrong with a folder, empty when nothing is: each file against its SHA-256."""
    try:
        manifest = json.loads((place / MANIFEST).read_text())
        if manifest["state"] != state:
            return [f"{place.name}: made from another state of the catalog"]
        if manifest.get("format") != FORMAT:
            return [f"{place.name}: made by another version of Pullquote"]
        expected: dict[str, str] = manifest["files"]
        present = {name: _sha256(place / name) for name in expected}
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [f"{place.name}: {error}"]
    return [f"{name}: changed on the disk" for name in expected if present[name] != expected[name]]


def write_next(library: Path, current: Derived, change: Change, state: str) -> None:
    """Write generation + 1: the present files, linked, with the change on top. The caller holds
    the write lock and commits the catalog afterwards; until then nobody opens the new folder."""
    place = _fresh(library, current.generation + 1)
    for part in _TANTIVY:
        for source in (folder(library, current.generation) / part).iterdir():
            _link(source, place / part / source.name)
    vectors = dense.load(folder(library, current.generation) / "dense.faiss")
    vectors.remove(change.removed_chunks)
    vectors.add(*change.vectors)
    _finish(place, library, vectors, change, (current.generation + 1, state))


def write_all(library: Path, catalog: Catalog, dimensions: int) -> None:
    """Make the indexes of the catalog's own generation anew."""
    place = _fresh(library, catalog.generation)
    ids, rows = catalog.passages.all_vectors()
    vectors = dense.build(ids, rows, dimensions)
    texts = list(catalog.passages.all_texts())
    change = Change(texts, (ids[:0], rows[:0]), sources=catalog.sources())
    _finish(place, library, vectors, change, (catalog.generation, catalog.state))


def forget_others(library: Path, generation: int) -> None:
    """Drop the folders of other generations. A reader that has one open keeps its files."""
    for place in (library / "derived").iterdir():
        if place.name != str(generation):
            shutil.rmtree(place, ignore_errors=True)


def _finish(
    place: Path, library: Path, vectors: Dense, change: Change, mark: tuple[int, str]
) -> None:
    lexical.update(place / "lexical", change.rows, change.removed_documents)
    phrases.update(place / "phrases", change.sources, change.removed_documents)
    vectors.save(place / "dense.faiss")
    files = {str(p.relative_to(place)): _sha256(p) for p in _lasting(place)}
    manifest = {"format": FORMAT, "generation": mark[0], "state": mark[1], "files": files}
    (place / MANIFEST).write_text(json.dumps(manifest, indent=1))
    for path in [*place.rglob("*"), place]:
        _sync(path)
    target = folder(library, mark[0])
    shutil.rmtree(target, ignore_errors=True)
    os.rename(place, target)
    _sync(target.parent)


def _fresh(library: Path, generation: int) -> Path:
    place = library / "derived" / f"{generation}.new"
    shutil.rmtree(place, ignore_errors=True)
    for part in _TANTIVY:
        (place / part).mkdir(parents=True)
    return place


def _lasting(place: Path) -> Iterator[Path]:
    """Every file but tantivy's lock files, whose content says nothing."""
    for path in sorted(place.rglob("*")):
        if path.is_file() and not path.name.endswith(".lock"):
            yield path


def _link(source: Path, target: Path) -> None:
    # tantivy replaces these by renaming and never writes into a segment once it is made; a link to
    # a file that is written in place would change the older generation too.
    if source.name.endswith(".lock"):
        return
    if source.suffix == ".json":
        shutil.copyfile(source, target)
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
