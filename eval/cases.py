"""Questions with the facts a right answer must hold, kept as JSON lines in ``eval/cases/``.

``python -m eval.cases FILE --documents DIR`` checks a file of cases against the documents it
speaks of: every fact must stand literally in them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from index.errors import PullquoteError

SPLITS = ("tune", "held")
LONGEST_FACT = 9  # words: a fact is a figure or a name, never a sentence of a source

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something an answer must say: any one of these wordings proves it."""

    any: tuple[str, ...]

    def stands_in(self, text: str) -> bool:
        return any(contains(text, wording) for wording in self.any)


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what is right for it.

    ``documents`` are file names; citing any one of them is right, and each of them alone holds
    every fact. An unanswerable case has neither facts nor documents. ``split`` is "tune", to
    work with, or "held", to look at as a figure only.
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


def fold(text: str) -> str:
    """Letter case, white space, quotation marks and dashes made alike; nothing else."""
    return _SPACE.sub(" ", "".join(map(_plain, text))).casefold().strip()


@cache
def _plain(mark: str) -> str:
    """Quotation marks, dashes and hyphens as ASCII has them; soft hyphens and the like as nothing.

    Unicode's own classes tell: Pi and Pf are quotation marks, Pd dashes, Cf invisible.
    """
    kind, name = unicodedata.category(mark), unicodedata.name(mark, "")
    if kind in ("Pi", "Pf") or "QUOTATION MARK" in name or "CORNER BRACKET" in name:
        return "'" if "SINGLE" in name or mark == "'" else '"'
    if kind == "Pd" or name == "MINUS SIGN":
        return "-"
    if name in ("GRAVE ACCENT", "ACUTE ACCENT", "PRIME", "FULLWIDTH APOSTROPHE"):
        return "'"
    return "" if kind == "Cf" or mark == "\u00ad" else mark


def contains(text: str, wording: str) -> bool:
    """Whether ``wording`` stands in ``text`` after folding, and not as a part of a longer figure.

    "5 trillion" does not stand in "40.5 trillion", nor "art" in "start"; an ending may follow
    ("veteran" stands in "veterans"), a digit may not ("12" does not stand in "12.5").
    """
    folded = fold(wording)
    if not folded:
        return False
    before = r"(?<![a-z0-9\u00df-\u024f])(?<!\d[.,])" if _is_latin(folded[0]) else ""
    after = r"(?!\d|[.,]\d)" if folded[-1].isdigit() else ""
    return re.search(before + re.escape(folded) + after, fold(text)) is not None


def _is_latin(character: str) -> bool:
    return character.isalnum() and ord(character) < 0x250


def parse(line: str) -> Case:
    """One line of a case file; raises KeyError, TypeError or ValueError where it is not one."""
    row: dict[str, Any] = json.loads(line)
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
    )


def as_line(case: Case) -> str:
    """The JSON line of a case; ``parse(as_line(case)) == case``."""
    row = {
        "id": case.id,
        "question": case.question,
        "facts": [{"any": list(fact.any)} for fact in case.facts],
        "documents": list(case.documents),
        "answerable": case.answerable,
        "tags": list(case.tags),
        "language": case.language,
        "note": case.note,
        "split": case.split,
    }
    return json.dumps(row, ensure_ascii=False)


def load(path: Path) -> tuple[Case, ...]:
    """The cases of a file, in order; a PullquoteError names the line that is not a case."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise PullquoteError(f"{path} cannot be read ({why}): give a .jsonl file") from error
    cases = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            cases.append(parse(line))
        except (KeyError, TypeError, ValueError) as error:
            raise PullquoteError(
                f"{path}, line {number} is not a case ({error!r}): see eval/cases/README.md"
            ) from error
    return tuple(cases)


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


def lint(cases: Sequence[Case], texts: Mapping[str, str]) -> list[str]:
    """What is wrong with the cases, a line each; ``texts`` maps file names to their text."""
    folded = {name: fold(text) for name, text in texts.items()}
    wrong = [f"{key}: stands twice" for key in _twice(case.id for case in cases)]
    wrong += [f"{key!r}: asked twice" for key in _twice(fold(case.question) for case in cases)]
    for case in cases:
        wrong += [f"{case.id}: {complaint}" for complaint in _complaints(case, folded)]
    return wrong


def _twice(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def _complaints(case: Case, texts: Mapping[str, str]) -> list[str]:
    wrong = []
    if not case.question.strip():
        wrong.append("no question")
    if case.split not in SPLITS:
        wrong.append(f"split {case.split!r} is not one of {', '.join(SPLITS)}")
    if not case.answerable:
        return wrong + ["unanswerable, yet it has facts"] * bool(case.facts)
    if not case.facts or not case.documents:
        return [*wrong, "answerable, yet without facts or documents"]
    missing = [name for name in case.documents if name not in texts]
    if missing:
        return [*wrong, f"no document {', '.join(missing)}"]
    return wrong + _fact_complaints(case, [texts[name] for name in case.documents])


def _fact_complaints(case: Case, texts: Sequence[str]) -> list[str]:
    wrong = []
    for fact in case.facts:
        for wording in fact.any:
            if not any(contains(text, wording) for text in texts):
                wrong.append(f"{wording!r} stands in none of its documents")
            if len(wording.split()) > LONGEST_FACT:
                wrong.append(f"{wording!r} is longer than {LONGEST_FACT} words")
        for name, text in zip(case.documents, texts, strict=True):
            if not fact.stands_in(text):
                wrong.append(f"{name} holds none of {list(fact.any)}")
    return wrong


def read_texts(folder: Path) -> dict[str, str]:
    """Every text file under ``folder``, by its name alone."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md"))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.cases", description=__doc__)
    parser.add_argument("file", type=Path, help="a .jsonl file of cases")
    parser.add_argument("--documents", type=Path, required=True, help="the folder they speak of")
    given = parser.parse_args(arguments)
    try:
        cases = load(given.file)
    except PullquoteError as error:
        print(error, file=sys.stderr)
        return 1
    wrong = lint(cases, read_texts(given.documents))
    for complaint in wrong:
        print(complaint)
    held = sum(case.split == "held" for case in cases)
    answerable = sum(case.answerable for case in cases)
    print(f"{len(cases)} cases, {answerable} answerable, {held} held back, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
