"""Checks of quotations against what is right: verdicts as a confusion matrix, and the places named.

    python -m eval.quotations eval/cases/quotations/seeds.jsonl --documents ../shared/seeds

A case holds no sentence of a document. Its quotation is cut from the documents when it runs: spans
by the SHA-256 of the file and offsets into its text, with edits, joined. What nobody said is
written out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.cases import numbered
from eval.table import Cell, table
from index.errors import PullquoteError
from index.library import Library
from qa.quote import check
from qa.quotes.records import VERDICTS, Check

FAITHFUL = frozenset({"verbatim", "elided"})
_MARKS = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}


@dataclass(frozen=True, slots=True)
class Cut:
    """``text[start:end]`` of the document with this hash; ``sum`` begins the SHA-256 of the words,
    so that offsets which moved are noticed. An edit (at, length, words) counts from ``start``."""

    sha256: str
    start: int
    end: int
    sum: str
    edits: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A quotation and what its check must find. ``text`` stands where nothing is cut. ``fold`` is
    "upper", "spaces" or "marks": typed otherwise. ``misattributed`` None: not asked about."""

    id: str
    kind: str
    verdict: str
    cuts: tuple[Cut, ...] = ()
    join: str = " "
    text: str = ""
    fold: str = ""
    speaker: str = ""
    misattributed: bool | None = None
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the check of one case found; ``place`` and ``said`` are None where not asked about."""

    case: Case
    quotation: str
    verdict: str
    place: bool | None
    said: bool | None

    @property
    def right(self) -> bool:
        return self.verdict == self.case.verdict and self.said is not False

    @property
    def passed(self) -> bool:
        """The worst that can happen: words pass that do not stand so."""
        return self.verdict in FAITHFUL and self.case.verdict not in FAITHFUL


def load(path: Path) -> list[Case]:
    """The cases of a file; raises PullquoteError that names a line which is none."""
    found = []
    for number, line in numbered(path):
        try:
            found.append(_case(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise PullquoteError(
                f"{path}, line {number} is not a quotation to check ({error}): "
                "see eval/cases/README.md"
            ) from error
    return found


def _case(row: Mapping[str, Any]) -> Case:
    if row["verdict"] not in VERDICTS or bool(row.get("cuts")) == bool(row.get("text")):
        raise ValueError("it needs a verdict, and either cuts or a text")
    cuts = tuple(
        Cut(**{**cut, "edits": tuple((a, n, w) for a, n, w in cut.get("edits", ()))})
        for cut in row.get("cuts", ())
    )
    plain = {k: v for k, v in row.items() if k not in ("cuts", "language", "note")}
    return Case(**{**plain, "cuts": cuts})


def quotation(case: Case, texts: Mapping[str, str]) -> str:
    """The words to check, cut from ``texts`` (by SHA-256 of their files). Raises PullquoteError
    where a document is absent or its words have moved."""
    said = case.join.join(_words(case.id, cut, texts) for cut in case.cuts) or case.text
    if case.fold == "upper":
        return said.upper()
    if case.fold == "spaces":
        return "  " + said.replace(" ", "\n ").replace("，", "，\n")
    if case.fold == "marks":
        return "«" + "".join(_MARKS.get(c, c) for c in said) + "»"
    return said


def _words(name: str, cut: Cut, texts: Mapping[str, str]) -> str:
    text = texts.get(cut.sha256)
    if text is None:
        raise PullquoteError(
            f"{name} quotes a document that is not there ({cut.sha256[:16]}). Add it."
        )
    said = text[cut.start : cut.end]
    if hashlib.sha256(said.encode()).hexdigest()[: len(cut.sum)] != cut.sum:
        raise PullquoteError(
            f"The words of {name} stand elsewhere in {cut.sha256[:16]}. Count them again."
        )
    for at, length, words in sorted(cut.edits, reverse=True):
        said = said[:at] + words + said[at + length :]
    return said


def run(library: Library, cases: Sequence[Case]) -> list[Outcome]:
    """Check every case against the documents of the library."""
    documents = {d.sha256: d.id for d in library.documents()}
    texts = {sha256: library.text(i) for sha256, i in documents.items()}
    out = []
    for case in cases:
        said = quotation(case, texts)
        found = check(library, said, case.speaker or None)
        out.append(_outcome(case, said, found, documents))
    return out


def _outcome(case: Case, said: str, found: Check, documents: Mapping[str, str]) -> Outcome:
    place = (
        all(_named(found, documents[cut.sha256], cut) for cut in case.cuts) if case.cuts else None
    )
    told: bool | None = None
    if case.misattributed is not None:
        told = any(m.misattributed is case.misattributed for m in found.matches)
    if case.warns:
        told = any(m.warnings for m in found.matches)
    return Outcome(case, said, found.verdict, place, told)


def _named(found: Check, document_id: str, cut: Cut) -> bool:
    """Whether a match lies on the place that the words were cut from."""
    return any(
        m.document.id == document_id and m.start < cut.end and cut.start < m.end
        for m in found.matches
    )


def matrix(outcomes: Sequence[Outcome]) -> list[str]:
    """What is right by row, what was found by column, counts."""
    counted = Counter((o.case.verdict, o.verdict) for o in outcomes)
    rows: list[list[Cell]] = [[v, *(counted[v, found] for found in VERDICTS)] for v in VERDICTS]
    return table(["right \\ found", *VERDICTS], rows)


def kinds(outcomes: Sequence[Outcome]) -> list[str]:
    """Of each kind of quotation: cases, verdicts right, places named."""
    rows: list[list[Cell]] = []
    for kind in dict.fromkeys(o.case.kind for o in outcomes):
        some = [o for o in outcomes if o.case.kind == kind]
        rows.append([kind, len(some), sum(o.right for o in some), _share(some)])
    return table(["kind", "cases", "right", "place named"], rows)


def _share(outcomes: Sequence[Outcome]) -> str:
    placed = [o.place for o in outcomes if o.place is not None]
    return f"{sum(placed)}/{len(placed)}" if placed else "-"


def main(argv: Sequence[str] | None = None) -> int:
    """Status 1 where a changed, stitched or absent quotation passed, or a case cannot be cut."""
    parser = argparse.ArgumentParser(prog="python -m eval.quotations", description=__doc__)
    parser.add_argument("cases", type=Path, metavar="FILE")
    parser.add_argument("--documents", type=Path, required=True, metavar="DIR")
    args = parser.parse_args(argv)
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            Library.open(Path(folder) / "library", create=True) as library,
        ):
            library.add([args.documents])
            outcomes = run(library, load(args.cases))
    except PullquoteError as error:
        print(f"quotations: {error}", file=sys.stderr)
        return 1
    return _print(outcomes)


def _print(outcomes: Sequence[Outcome]) -> int:
    print("\n".join([*matrix(outcomes), "", *kinds(outcomes), ""]))
    for o in outcomes:
        if not o.right or o.place is False:
            print(f"{o.case.id}: {o.verdict} for {o.case.verdict}, place {o.place}, told {o.said}")
            print(f"    {' '.join(o.quotation.split())[:200]}")
    right, passed = sum(o.right for o in outcomes), sum(o.passed for o in outcomes)
    print(f"{right} of {len(outcomes)} right, {passed} passed wrongly")
    return int(passed > 0)


if __name__ == "__main__":
    sys.exit(main())
