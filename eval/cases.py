"""Questions with what is right for them, kept as JSON lines; ``eval/cases/schema.json`` is their
published form."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.wording import contains
from index.errors import PullquoteError

SPLITS = ("tune", "held")
FOLDER = Path(__file__).parent / "cases"
SCHEMA = FOLDER / "schema.json"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something an answer must say: any one of these wordings proves it."""

    any: tuple[str, ...]

    def stands_in(self, text: str) -> bool:
        return any(contains(text, wording) for wording in self.any)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands: words of a document, or characters of it.

    Either ``quote`` is given, or ``start`` and ``end`` (code points into the document's text as
    Pullquote reads it) with the ``sha256`` of the file that they were counted in.
    """

    document: str
    quote: str = ""
    start: int = -1
    end: int = -1
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A span that must be cited: citing any one of these places will do."""

    any: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what is right for it.

    ``facts`` must all be said, or any one of them where ``need`` is "any". ``documents`` are file
    names; citing any one of them is right, and each of them alone holds the facts. ``spans`` must
    each be cited. An unanswerable case has none of the three. ``follows`` is the id of the case
    that was asked just before, in the same conversation. A quotation to be checked stands in
    ``question``, with the ``verdict`` wanted and the ``speaker`` it is given to. ``split`` is
    "tune", to work with, or "held", to look at as a figure only.
    """

    id: str
    question: str
    facts: tuple[Fact, ...]
    documents: tuple[str, ...]
    answerable: bool
    tags: tuple[str, ...]
    language: str
    note: str
    split: str
    need: str = "all"
    spans: tuple[Wanted, ...] = ()
    follows: str = ""
    verdict: str = ""
    speaker: str = ""


def parse(line: str) -> Case:
    """One line of a case file; raises AttributeError, KeyError, TypeError or ValueError where it is
    not one."""
    row: dict[str, Any] = json.loads(line)
    if "quotation" in row:
        row = {"question": row["quotation"], "facts": (), **row}
        row.setdefault("answerable", row["verdict"] != "not_found")
    need = str(row.get("need", "all"))
    if need not in ("all", "any"):
        raise ValueError(f"need is {need!r}, not all or any")
    return Case(
        id=str(row["id"]),
        question=str(row["question"]),
        facts=tuple(Fact(tuple(str(one) for one in fact["any"])) for fact in row["facts"]),
        documents=tuple(str(name) for name in row["documents"]),
        answerable=bool(row["answerable"]),
        tags=tuple(str(tag) for tag in row["tags"]),
        language=str(row["language"]),
        note=str(row.get("note", "")),
        split=str(row.get("split", "tune")),
        need=need,
        spans=tuple(Wanted(tuple(map(_place, one["any"]))) for one in row.get("spans", ())),
        follows=str(row.get("follows", "")),
        verdict=str(row.get("verdict", "")),
        speaker=str(row.get("speaker", "")),
    )


def _place(row: Mapping[str, Any]) -> Place:
    if "quote" in row:
        return Place(str(row["document"]), quote=str(row["quote"]))
    start, end = int(row["start"]), int(row["end"])
    return Place(str(row["document"]), "", start, end, str(row["sha256"]))


def as_row(case: Case) -> dict[str, Any]:
    """The JSON object of a case; what it does not have is left out at the end."""
    row = {
        "id": case.id,
        **_asked(case),
        "documents": list(case.documents),
        "answerable": case.answerable,
        "tags": list(case.tags),
        "language": case.language,
        "note": case.note,
        "split": case.split,
    }
    if case.need != "all":
        row["need"] = case.need
    if case.spans:
        row["spans"] = [{"any": [_place_row(one) for one in span.any]} for span in case.spans]
    return row | {"follows": case.follows} if case.follows else row


def _asked(case: Case) -> dict[str, Any]:
    if not case.verdict:
        facts = [{"any": list(fact.any)} for fact in case.facts]
        return {"question": case.question, "facts": facts}
    speaker = {"speaker": case.speaker} if case.speaker else {}
    return {"quotation": case.question, "verdict": case.verdict, **speaker}


def _place_row(place: Place) -> dict[str, Any]:
    if place.quote:
        return {"document": place.document, "quote": place.quote}
    return {
        "document": place.document,
        "start": place.start,
        "end": place.end,
        "sha256": place.sha256,
    }


def as_line(case: Case) -> str:
    """The JSON line of a case; ``parse(as_line(case)) == case``."""
    return json.dumps(as_row(case), ensure_ascii=False)


def load(path: Path) -> tuple[Case, ...]:
    """The cases of a file, in order; a PullquoteError names the line that is not a case."""
    cases = []
    for number, line in numbered(path):
        try:
            cases.append(parse(line))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise PullquoteError(
                f"{path}, line {number} is not a case: {_fault(line, error)}. "
                "The manual's page on evaluation tells the fields of a case."
            ) from error
    return tuple(cases)


def _fault(line: str, error: Exception) -> str:
    """Why a line is no case."""
    try:
        row = json.loads(line)
    except ValueError:
        return "it is no JSON"
    if not isinstance(row, dict):
        return "it is no JSON object"
    asked = ("quotation", "verdict") if "quotation" in row else ("question", "facts", "answerable")
    if lacking := [
        name for name in ("id", *asked, "documents", "tags", "language") if name not in row
    ]:
        return f"it lacks {', '.join(lacking)}"
    if isinstance(error, KeyError):
        return f"a part of it lacks {error.args[0]}"
    return str(error) if isinstance(error, ValueError) else "a field is of another kind"


def numbered(path: Path) -> list[tuple[int, str]]:
    """(number, line) of every line of a JSON lines file that is not empty."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise PullquoteError(f"{path} cannot be read ({why}): give a .jsonl file") from error
    return [(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def of_split(cases: Iterable[Case], split: str) -> tuple[Case, ...]:
    """The cases of one split, or all of them for "all"."""
    return tuple(case for case in cases if split in ("all", case.split))


def assign_splits(cases: Sequence[Case], seed: int, share: float = 1 / 3) -> tuple[Case, ...]:
    """The same cases with ``share`` of each kind held back, the same for the same seed.

    A kind is (first document, answerable, language). What rounding leaves over in one kind is
    carried into the next, so that small kinds are held back too.
    """
    kinds: dict[tuple[str, bool, str], list[str]] = defaultdict(list)
    for case in cases:
        kinds[(*case.documents[:1], "")[0], case.answerable, case.language].append(case.id)
    chance, held, owed = random.Random(seed), set[str](), 0.0
    for kind in sorted(kinds):
        ids = kinds[kind]
        owed += len(ids) * share
        taken = min(round(owed), len(ids))
        held.update(chance.sample(ids, taken))
        owed -= taken
    return tuple(replace(case, split="held" if case.id in held else "tune") for case in cases)
