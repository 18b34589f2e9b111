"""Common formats of question sets as documents and cases: SQuAD, CMRC 2018, BEIR, CLAPnq."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.cases import Case, Fact, Place, Wanted, as_line
from index.errors import PullquoteError
from index.readers import read

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """``documents`` maps file names to texts."""

    documents: Mapping[str, str]
    cases: tuple[Case, ...]


def write(found: Imported, folder: Path) -> Path:
    """``folder/documents`` and ``folder/cases.jsonl``; returns the latter."""
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    for name, text in found.documents.items():
        (documents / name).write_bytes(text.encode())
    cases = folder / "cases.jsonl"
    cases.write_text("".join(as_line(one) + "\n" for one in found.cases), "utf-8")
    return cases


def case(id: str, question: str, **other: Any) -> Case:
    usual: dict[str, Any] = {
        "facts": (),
        "documents": (),
        "answerable": True,
        "tags": ("imported",),
        "language": "en",
        "note": "",
        "split": "tune",
    }
    return Case(id=id, question=question, **(usual | other))


def squad(paths: Sequence[Path], language: str = "en") -> Imported:
    """SQuAD 1.1 and 2.0 (Rajpurkar et al. 2016, 2018): a document for each paragraph; the gold
    answers are the wordings of one fact, each where it stands a place to cite."""
    documents: dict[str, str] = {}
    cases = []
    for article in (one for path in paths for one in _json(path)["data"]):
        for paragraph in article["paragraphs"]:
            name = _file(paragraph["context"], str(article.get("title", "")))
            documents[name] = paragraph["context"]
            places = _Places(name, paragraph["context"])
            cases += [_squad_case(row, places, language) for row in paragraph["qas"]]
    return Imported(documents, tuple(cases))


class _Places:
    """Where answers stand in one document, by offsets into its text as Pullquote reads it."""

    def __init__(self, name: str, text: str) -> None:
        document = read(text.encode(), name)
        self.name, self._text, self._sha256 = name, document.text, document.sha256

    def wanted(self, answers: Iterable[tuple[int, str]]) -> tuple[Wanted, ...]:
        found = [
            Place(self.name, "", start, start + len(text), self._sha256)
            for start, text in dict.fromkeys(answers)
            if text and self._text[start : start + len(text)] == text
        ]
        return (Wanted(tuple(found)),) if found else ()


def _squad_case(row: Row, places: _Places, language: str) -> Case:
    texts = tuple(dict.fromkeys(str(one["text"]) for one in row["answers"] if one["text"].strip()))
    id, question = str(row["id"]), str(row["question"])
    if row.get("is_impossible") or not texts:
        return case(id, question, answerable=False, language=language)
    starts = [(int(one.get("answer_start", -1)), str(one["text"])) for one in row["answers"]]
    return case(
        id,
        question,
        facts=(Fact(texts),),
        documents=(places.name,),
        language=language,
        spans=places.wanted((start, text) for start, text in starts if start >= 0),
    )


def cmrc(paths: Sequence[Path]) -> Imported:
    """CMRC 2018 (Cui et al. 2019), in its own form (``context_text``, ``query_text``) or in
    SQuAD's, in which DRCD comes, too."""
    squads = [path for path in paths if isinstance(_json(path), dict)]
    found = squad(squads, "zh")
    documents, cases = dict(found.documents), list(found.cases)
    for row in (one for path in paths if path not in squads for one in _json(path)):
        name = _file(row["context_text"], str(row.get("title", "")))
        documents[name] = row["context_text"]
        for query in row["qas"]:
            answers = tuple(dict.fromkeys(str(one) for one in query["answers"] if one.strip()))
            cases.append(
                case(
                    str(query["query_id"]),
                    str(query["query_text"]),
                    facts=(Fact(answers),),
                    documents=(name,),
                    language="zh",
                )
            )
    return Imported(documents, tuple(cases))


def beir(paths: Sequence[Path]) -> Imported:
    """BEIR (Thakur et al. 2021): corpus.jsonl, queries.jsonl and a qrels file (.tsv), told apart
    by name. The cases want documents only; queries without a judgement are left out."""
    tables = [path for path in paths if ".tsv" in path.name]
    lines = {kind: _named(paths, kind) for kind in ("corpus", "queries")}
    if not tables:
        raise PullquoteError("BEIR needs a qrels file that ends in .tsv. Name it, too.")
    documents, names = {}, {}
    for row in _lines(lines["corpus"]):
        text = "\n\n".join(filter(None, [str(row.get("title") or ""), str(row["text"])]))
        if text.strip():
            names[str(row["_id"])] = name = _file(text, str(row["_id"]))
            documents[name] = text
    relevant = _judged(tables)
    cases = [
        case(
            str(row["_id"]),
            str(row["text"]),
            documents=tuple(names[one] for one in found if one in names),
            tags=("imported", "retrieval"),
        )
        for row in _lines(lines["queries"])
        if (found := relevant.get(str(row["_id"]))) and any(one in names for one in found)
    ]
    return Imported(documents, tuple(cases))


def _named(paths: Sequence[Path], kind: str) -> Path:
    found = next((path for path in paths if path.name.startswith(kind)), None)
    if found is None:
        raise PullquoteError(f"BEIR needs a file whose name begins with {kind}. Name it, too.")
    return found


def _judged(tables: Sequence[Path]) -> dict[str, list[str]]:
    """Query -> documents judged relevant; BEIR's files have a heading line and three columns."""
    relevant: dict[str, list[str]] = {}
    for path in tables:
        for row in csv.reader(_text(path).splitlines(), delimiter="\t"):
            if len(row) == 3 and row[2].lstrip("-").isdigit() and int(row[2]) > 0:
                relevant.setdefault(row[0], []).append(row[1])
    return relevant


def clapnq(paths: Sequence[Path]) -> Imported:
    """CLAPnq (Rosenthal et al. 2024), annotated files: a question with its passage and the
    sentences selected for a long answer; those of the first annotator who answered must be
    cited. Without any, the passage does not answer."""
    documents: dict[str, str] = {}
    cases = []
    for row in (one for path in paths for one in _lines(path)):
        names = []
        for passage in row["passages"]:
            text = "\n\n".join(filter(None, [str(passage.get("title") or ""), passage["text"]]))
            names.append(_file(text, str(passage.get("title") or "")))
            documents[names[-1]] = text
        chosen: list[str] = next(
            (one["selected_sentences"] for one in row["output"] if _chosen(one)), []
        )
        spans = [Wanted((Place(names[0], str(one)),)) for one in chosen if str(one).strip()]
        some = {"documents": tuple(names), "spans": tuple(spans)} if spans else {}
        cases.append(case(str(row["id"]), str(row["input"]), answerable=bool(spans), **some))
    return Imported(documents, tuple(cases))


def _chosen(output: Row) -> bool:
    return bool(output.get("answer") and output.get("selected_sentences"))


FORMATS: dict[str, Callable[[Sequence[Path]], Imported]] = {
    "squad": squad,
    "beir": beir,
    "clapnq": clapnq,
    "cmrc": cmrc,
}


def imported(format: str, paths: Sequence[Path]) -> Imported:
    """The question set in these files; a PullquoteError says what is not in the format."""
    try:
        found = FORMATS[format](paths)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        names = ", ".join(path.name for path in paths)
        raise PullquoteError(
            f"{names} is not in the format {format} ({error!r}). Name another format or file."
        ) from error
    if not found.cases:
        raise PullquoteError(f"No questions were found as {format}. Name another format or file.")
    return found


def _file(text: str, title: str) -> str:
    """A name that tells the title and is the document's own."""
    slug = re.sub(r"\W+", "-", title).strip("-")[:40] or "passage"
    return f"{slug}-{hashlib.sha256(text.encode()).hexdigest()[:10]}.txt"


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise PullquoteError(f"{path} cannot be read ({error}). Name another file.") from error


def _json(path: Path) -> Any:
    return json.loads(_text(path))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in _text(path).splitlines():
        if line.strip():
            yield json.loads(line)
