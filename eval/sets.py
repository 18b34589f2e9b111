"""Public question sets as libraries: one text file a passage, read and added like any source."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from platformdirs import user_cache_path

import index
from index.errors import PullquoteError
from index.library import Library

DATA = Path(__file__).parents[2] / "shared" / "data" / "dev"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the corpus. ``sentences`` are the set's own, where it has them."""

    id: str
    text: str
    sentences: tuple[str, ...]
    suffix: str = ".txt"


@dataclass(frozen=True, slots=True)
class Query:
    """A question; ``selected`` holds one set of gold sentences for each annotator."""

    id: str
    question: str
    answers: tuple[str, ...]
    relevant: tuple[str, ...]
    answerable: bool
    selected: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    name: str
    passages: tuple[Passage, ...]
    queries: tuple[Query, ...]


def read_set(folder: Path, limit: int | None = None) -> QuestionSet:
    """The set in ``folder``, whole or with its first ``limit`` queries; the corpus stays whole.

    A query without a word in its question, as cmrc2018 has one, is left out.
    """
    if not (folder / "corpus.jsonl.gz").exists():
        raise PullquoteError(f"{folder} holds no corpus.jsonl.gz: name a set's folder with --data")
    passages = tuple(passage(row) for row in rows(folder / "corpus.jsonl.gz"))
    queries = [query(row) for row in rows(folder / "queries.jsonl.gz")]
    asked = [one for one in queries if one.question.strip()]
    return QuestionSet(folder.name, passages, tuple(asked[:limit]))


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def passage(row: Mapping[str, Any]) -> Passage:
    """Title, an empty line, text; the title is not repeated where the text opens with it."""
    title, text = str(row.get("title") or ""), str(row["text"])
    whole = text if not title or text.startswith(title) else f"{title}\n\n{text}"
    meta = row.get("meta") or {}
    return Passage(str(row["id"]), whole, tuple(meta.get("sentences") or ()))


def query(row: Mapping[str, Any]) -> Query:
    return Query(
        id=str(row["id"]),
        question=str(row["question"]),
        answers=tuple(row.get("answers") or ()),
        relevant=tuple(row.get("relevant") or ()),
        answerable=bool(row["answerable"]),
        selected=tuple(tuple(one) for one in row.get("selected_sentences") or ()),
    )


def digest(text: str) -> str:
    """SHA-256 of the passage's file: what its document's ``sha256`` will be."""
    return hashlib.sha256(text.encode()).hexdigest()


def aliases(passages: Iterable[Passage]) -> dict[str, str]:
    """Passage id -> id of the first passage with the same text; a library holds it once."""
    first: dict[str, str] = {}
    return {one.id: first.setdefault(digest(one.text), one.id) for one in passages}


def library_of(set_: QuestionSet, *, fresh: bool = False) -> Path:
    """The folder of the set's library, built the first time and kept for the next.

    It is named after the corpus and the source of ``index/``: either changed, it is built anew.
    """
    key = fingerprint([one.text for one in set_.passages])
    place = user_cache_path("pullquote-eval") / f"{set_.name}-{key}"
    if fresh and place.exists():
        shutil.rmtree(place)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as draft:
            build(set_.passages, Path(draft))
            (Path(draft) / "library").rename(place)
    return place


def fingerprint(texts: Iterable[str]) -> str:
    known = hashlib.sha256()
    for text in texts:
        known.update(digest(text).encode())
    for source in sorted(Path(index.__file__).parent.rglob("*.py")):
        known.update(source.read_bytes())
    return known.hexdigest()[:16]


def build(passages: Sequence[Passage], folder: Path) -> None:
    """Write the passages under ``folder/texts`` and add them to ``folder/library``.

    Raises PullquoteError when a passage could not be added: a figure over a part misleads.
    """
    texts = folder / "texts"
    texts.mkdir()
    for one in passages:
        (texts / f"{quote(one.id, safe='')}{one.suffix}").write_bytes(one.text.encode())
    with Library.open(folder / "library", create=True) as library:
        failed = [one for one in library.add([texts]) if one.status == "failed"]
    if failed:
        raise PullquoteError(
            f"{len(failed)} passages could not be added, the first {failed[0].file}: "
            f"{failed[0].reason}"
        )


def passage_ids(library: Library, set_: QuestionSet) -> dict[str, str]:
    """Document id -> passage id."""
    by_digest = {digest(one.text): one.id for one in reversed(set_.passages)}
    return {one.id: by_digest[one.sha256] for one in library.documents()}
