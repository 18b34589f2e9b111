"""What a run saw: one record a case, and the file of JSON lines that keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import PullquoteError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an answer and the numbers of its citations. ``words`` are those of its first
    quote that answer, empty where they could not be told."""

    text: str
    citations: tuple[int, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation; ``valid`` tells whether the document has this quote at this place."""

    n: int
    file: str
    sha256: str
    start: int
    end: int
    quote: str
    locator: str
    valid: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One case, what was answered, and what of the wanted was found in it.

    ``facts``, ``first`` and ``within`` tell for each wanted fact whether it stands in the answer,
    in its first sentence and in the passages found; ``spans`` for each wanted span whether it is
    cited. ``ranks`` are the ranks, from 1, of the passages that hold the wanted, None where none
    does. ``status`` is "answered", "not_found" or "refused". ``asked`` is the question as it was
    understood, where it follows another. Of a quotation, ``verdict`` is the wanted one, ``given``
    that of the check, and the citations are its matches.
    """

    id: str
    question: str
    language: str
    tags: tuple[str, ...]
    split: str
    answerable: bool
    need: str
    wanted: tuple[tuple[str, ...], ...]
    documents: tuple[str, ...]
    status: str
    sentences: tuple[Said, ...]
    citations: tuple[Cited, ...]
    confidence: float
    facts: tuple[bool, ...]
    first: tuple[bool, ...]
    within: tuple[bool, ...]
    spans: tuple[bool, ...]
    ranks: tuple[int | None, ...]
    cited: bool
    asked: str = ""
    verdict: str = ""
    given: str = ""

    @property
    def answered(self) -> bool:
        return self.status == "answered"

    @property
    def text(self) -> str:
        return " ".join(one.text for one in self.sentences)

    @property
    def complete(self) -> bool:
        """The answer holds the facts: all, or one where any will do."""
        enough = any if self.need == "any" and self.facts else all
        return self.answered and enough(self.facts)

    @property
    def prompt(self) -> bool:
        """The first sentence holds them; of a list, at least one."""
        enough = any if (self.need == "any" or "list" in self.tags) and self.first else all
        return self.answered and enough(self.first)

    @property
    def right(self) -> bool:
        """Answered completely from a right document, every citation exact; or rightly silent. Of a
        quotation: the right verdict."""
        if self.verdict:
            found = self.cited or not self.documents
            return self.given == self.verdict and found and all(c.valid for c in self.citations)
        if not self.answerable:
            return not self.answered
        return self.complete and self.cited and all(one.valid for one in self.citations)


@dataclass(frozen=True, slots=True)
class Run:
    """A result file: ``header`` says what was run on what, ``results`` what came of it, in the
    order of the cases; ``timings`` is {} where the file with the times is not beside it."""

    name: str
    header: Mapping[str, Any]
    results: tuple[Result, ...]
    timings: Mapping[str, Any]


def as_line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n"


def result_line(result: Result) -> str:
    return as_line(asdict(result))


def result_of(row: Mapping[str, Any]) -> Result:
    """The record of one line; raises KeyError, TypeError or ValueError where it is none."""
    plain = {
        key: tuple(row[key])
        for key in ("tags", "documents", "facts", "first", "within", "spans", "ranks")
    }
    said = tuple(
        Said(one["text"], tuple(one["citations"]), one["words"]) for one in row["sentences"]
    )
    cited = tuple(Cited(**one) for one in row["citations"])
    wanted = tuple(tuple(one) for one in row["wanted"])
    return Result(**{**row, **plain, "sentences": said, "citations": cited, "wanted": wanted})


def timings_of(path: Path) -> Path:
    """The file of times beside a result file."""
    return path.with_name(path.name.removesuffix(".jsonl") + ".timings.json")


def load_run(path: Path) -> Run:
    """A finished run; a PullquoteError says what is wrong with the file."""
    try:
        rows = list(_rows(path.read_text("utf-8")))
        header, results = rows[0], tuple(map(result_of, rows[1:]))
        if header["format"] != FORMAT:
            raise ValueError(f"format {header['format']}, not {FORMAT}")
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise PullquoteError(
            f"{path} is not a result file ({error}). Make one with: pullquote eval run"
        ) from error
    try:
        timings = json.loads(timings_of(path).read_text("utf-8"))
    except (OSError, ValueError):
        timings = {}
    return Run(path.name.removesuffix(".jsonl"), header, results, timings)


def _rows(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        yield json.loads(line)


def whole_lines(text: str) -> Sequence[str]:
    """The lines that were written to their end; one cut by a crash is left out."""
    return text[: text.rfind("\n") + 1].splitlines(keepends=True)
