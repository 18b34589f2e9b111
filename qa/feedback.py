"""What readers said of answers: kept beside the library, and turned into evaluation cases."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from index.errors import PullquoteError
from index.fold import fold
from index.library import Library
from index.terms import is_cjk

VERDICTS = ("right", "wrong answer", "wrong citation")
KEPT = "feedback.jsonl"
CASES = "feedback-cases.jsonl"
LONGEST_NOTE = 2000  # characters
LONGEST_ANSWER = 400_000  # characters of an answer's JSON
LONGEST_FACT = 9  # words of a fact, as in the evaluation's case files
_WRITING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Remark:
    """One verdict on one answer. ``time`` is ISO 8601 (UTC); ``answer`` is what
    ``pullquote ask --json`` prints."""

    time: str
    question: str
    verdict: str
    note: str
    answer: dict[str, Any]

    @property
    def id(self) -> str:
        known = f"{self.time}\n{self.question}\n{self.verdict}\n{self.note}"
        return hashlib.sha256(known.encode()).hexdigest()[:12]


def keep(library: Library, verdict: str, note: str, answer: Mapping[str, Any]) -> Remark:
    """Write a remark down, on the disk before this returns. Raises PullquoteError for a verdict or
    an answer that is none."""
    question = answer.get("question")
    if verdict not in VERDICTS or not isinstance(question, str) or not question.strip():
        raise PullquoteError(
            f"A remark needs a verdict ({', '.join(VERDICTS)}) and the answer that it is about. "
            "Ask again and say it there."
        )
    if len(note) > LONGEST_NOTE or len(json.dumps(answer)) > LONGEST_ANSWER:
        raise PullquoteError(
            f"The remark is too long; a note may have {LONGEST_NOTE:,} characters. Shorten it."
        )
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    remark = Remark(now, question, verdict, note.strip(), dict(answer))
    _append(library.path / KEPT, asdict(remark))
    return remark


def remarks(library: Library) -> list[Remark]:
    """Every remark, the newest first."""
    return [
        Remark(*(row[key] for key in ("time", "question", "verdict", "note", "answer")))
        for row in _rows(library.path / KEPT)
    ][::-1]


def cases(library: Library) -> list[dict[str, Any]]:
    """The evaluation cases made so far, in the form of the case files."""
    return list(_rows(library.path / CASES))


def suggested(remark: Remark) -> str:
    """The words that a right answer must hold, as far as the remark tells: the words that were
    told to answer, or the reader's note."""
    if remark.verdict == "wrong answer" or (remark.verdict == "right" and remark.note):
        return remark.note if _is_fact(remark.note) else ""
    cited = {c["n"]: c for c in remark.answer.get("citations", ())}
    for sentence in remark.answer.get("sentences", ()):
        span, source = sentence.get("span"), cited.get((sentence["citations"] or [0])[0])
        if span and source and source["start"] <= span["start"] < span["end"] <= source["end"]:
            start = source["start"]
            words = source["quote"][span["start"] - start : span["end"] - start]
            return words if _is_fact(words) else ""
        if _is_fact(sentence["text"]):
            return str(sentence["text"])
    return ""


def make_case(library: Library, remark_id: str, fact: str, *, answerable: bool) -> dict[str, Any]:
    """Turn a remark into a case and keep it. ``fact`` are the words that a right answer holds; they
    must stand in a document of the library. Raises PullquoteError, and nothing is written."""
    remark = next((r for r in remarks(library) if r.id == remark_id), None)
    if remark is None:
        raise PullquoteError("That remark is not kept here any more. Load the page again.")
    id = f"feedback-{remark.id}"
    if any(case["id"] == id for case in cases(library)):
        raise PullquoteError(f"That remark is the case {id} already. Change it in {CASES}.")
    fact = " ".join(fact.split())
    files = _holding(library, remark, fact) if answerable else []
    cjk = is_cjk(remark.question)
    case = {
        "id": id,
        "question": remark.question,
        "facts": [{"any": [fact]}] if answerable else [],
        "documents": files,
        "answerable": answerable,
        "tags": ["feedback"],
        "language": "zh" if cjk else "en",
        "note": remark.note or f"said by a reader: {remark.verdict}",
        "split": "tune",
    }
    _append(library.path / CASES, case)
    return case


def _is_fact(words: str) -> bool:
    """Whether words are short enough to prove a fact rather than to repeat a source."""
    return bool(words.strip()) and len(words.split()) <= LONGEST_FACT and len(words) <= 80


def _holding(library: Library, remark: Remark, fact: str) -> list[str]:
    """File names of the documents with these words: of those cited, else of those found near."""
    if not _is_fact(fact):
        raise PullquoteError(
            f"A case needs the words that a right answer holds, {LONGEST_FACT} at most. Write them "
            "as they stand in the document, or say that the documents do not answer."
        )
    cited = [c["document"]["id"] for c in remark.answer.get("citations", ())]
    near = [p["document_id"] for p in remark.answer.get("passages", ())]
    wanted = fold(fact).text
    for ids in (cited, near, [d.id for d in library.documents()]):
        known = library.headers(ids)
        held = [d.file for d in known.values() if wanted in fold(library.text(d.id)).text]
        files = list(dict.fromkeys(PurePosixPath(file).name for file in held))
        if files:
            return files
    raise PullquoteError(
        f"No document of the library holds “{fact}”. Write the words as they stand in a document."
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def _append(path: Path, row: Mapping[str, Any]) -> None:
    with _WRITING, path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
