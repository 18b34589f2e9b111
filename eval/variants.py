"""Libraries for runs: of a folder of documents, or the same documents in other chunks."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import index
from eval.settings import Settings
from index.chunk import Sizes
from index.errors import PullquoteError
from index.library import Library


def build(place: Path, documents: Path, sizes: Sizes) -> Path:
    """A library of a folder's documents at ``place``, made once; it is there whole or not at all.

    Raises PullquoteError when a document cannot be added: a figure over a part misleads."""
    if not Library.exists(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as draft:
            made = Path(draft) / "library"
            with Library.open(made, create=True) as library:
                library.sizes = sizes
                failed = [one for one in library.add([documents]) if one.status == "failed"]
            if failed:
                raise PullquoteError(f"{failed[0].file} cannot be added: {failed[0].reason}")
            made.rename(place)
    return place


def of_documents(documents: Path, folder: Path, sizes: Sizes | None = None) -> Path:
    """The library of a folder of documents, kept under ``folder`` for as long as neither the
    documents nor the code that reads them change."""
    if not documents.is_dir():
        raise PullquoteError(f"{documents} is not a folder of documents. Name one that is.")
    paths = sorted(path for path in documents.rglob("*") if path.is_file())
    own = sizes or Sizes()
    key = _sum(paths, f"{own}")
    return build(folder / f"{documents.name or 'documents'}-{key}", documents, own)


def for_settings(library: Path, settings: Settings, folder: Path) -> Path:
    """``library`` itself, or, where the settings want other chunks, one made from its archived
    sources and kept under ``folder``."""
    if settings.sizes == Sizes():
        return library
    with Library.open(library) as held:
        documents, state = held.documents(), held.catalog.state
    place = folder / f"{state[:12]}-{'-'.join(map(str, _numbers(settings.sizes)))}"
    if Library.exists(place):
        return place
    with tempfile.TemporaryDirectory() as written:
        for one in documents:
            target = Path(written, *_safe(one.file))
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(library / "sources" / one.sha256, target)
        return build(place, Path(written), settings.sizes)


def _numbers(sizes: Sizes) -> tuple[int, int, int]:
    return sizes.target, sizes.limit, sizes.context


def _safe(file: str) -> list[str]:
    """A file name's parts without any that would lead out of a folder."""
    parts = PurePosixPath(file.replace("\\", "/")).parts
    return [part for part in parts if part not in ("/", "..", ".")] or ["document.txt"]


def _sum(paths: Iterable[Path], more: str) -> str:
    known = hashlib.sha256(more.encode())
    for path in [*paths, *sorted(Path(str(index.__file__)).parent.rglob("*.py"))]:
        known.update(path.name.encode() + path.read_bytes())
    return known.hexdigest()[:16]
