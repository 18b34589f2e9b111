"""Ask every case of a file and print how right the answers are.

    python -m eval.run --library DIR --cases eval/cases/seeds.jsonl --split tune -v

``-v`` shows what failed, of the "tune" split only: cases held back are a figure, not a lesson.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import metrics
from eval.cases import SPLITS, Case, load, of_split
from eval.table import table
from index.errors import PullquoteError
from index.library import Library
from qa.answer import answer, as_json


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case with what was answered. ``recall``, ``first`` and ``within`` are shares of the
    case's facts in the answer, in its first sentence and in the passages found; ``milliseconds``
    is the answer's own total."""

    case: Case
    answered: bool
    text: str
    recall: float
    first: float
    within: float
    cited: bool
    citations: int
    valid: int
    confidence: float
    milliseconds: float

    @property
    def complete(self) -> bool:
        """Every fact stands in the answer."""
        return self.answered and self.recall == 1.0

    @property
    def prompt(self) -> bool:
        """The first sentence holds every fact, or one fact where the question asks for a list."""
        wanted = 1e-9 if "list" in self.case.tags else 1.0
        return self.answered and self.first >= wanted

    @property
    def right(self) -> bool:
        """Answered completely from a right document; or rightly left unanswered."""
        return self.complete and self.cited if self.case.answerable else not self.answered


def judge(case: Case, payload: Mapping[str, Any], text_of: Callable[[str], str]) -> Outcome:
    """What ``ask --json`` printed, against the case; ``text_of`` gives a document's text."""
    answered = payload["status"] == "answered"
    sentences = [one["text"] for one in payload["sentences"]] if answered else []
    citations = payload["citations"]
    files = [one["document"]["file"] for one in citations]
    return Outcome(
        case=case,
        answered=answered,
        text=" ".join(sentences),
        recall=metrics.fact_recall(" ".join(sentences), case.facts),
        first=metrics.fact_recall("".join(sentences[:1]), case.facts),
        within=metrics.fact_recall(
            "\n".join(one["text"] for one in payload["passages"]), case.facts
        ),
        cited=metrics.cites_document(files, case.documents),
        citations=len(citations),
        valid=sum(
            metrics.citation_holds(
                text_of(one["document"]["id"]), one["start"], one["end"], one["quote"]
            )
            for one in citations
        ),
        confidence=float(payload["confidence"]),
        milliseconds=float(payload["timings_ms"]["total"]),
    )


def figures(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """The figures of a group of outcomes; None where the group has nothing to measure it on."""
    can = [one for one in outcomes if one.case.answerable]
    cannot = [one for one in outcomes if not one.case.answerable]
    said = [one for one in outcomes if one.answered]
    citations = sum(one.citations for one in outcomes)
    return {
        "n": len(outcomes),
        "answerable": len(can),
        "fact in answer": _share([one.complete for one in can]),
        "fact recall": _share([one.recall if one.answered else 0.0 for one in can]),
        "fact in first": _share([one.prompt for one in can]),
        "fact in passages": _share([one.within == 1.0 for one in can]),
        "document cited": _share([one.cited for one in can]),
        "false silence": _share([not one.answered for one in can]),
        "silence right": _share([not one.answered for one in cannot]),
        "citations valid": sum(one.valid for one in outcomes) / citations if citations else None,
        "median words": metrics.median([metrics.word_count(one.text) for one in said]),
        "median ms": metrics.median([one.milliseconds for one in outcomes]),
    }


def _share(values: Sequence[float]) -> float | None:
    return statistics.fmean(values) if values else None


def groups(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """All outcomes, then those of each language, document and tag, by name."""
    named: dict[str, list[Outcome]] = {"all": list(outcomes)}
    for kind, keys_of in _GROUPINGS.items():
        keys = sorted({key for one in outcomes for key in keys_of(one.case)})
        for key in keys:
            named[f"{kind} {key}"] = [one for one in outcomes if key in keys_of(one.case)]
    return named


_GROUPINGS: dict[str, Callable[[Case], Sequence[str]]] = {
    "language": lambda case: (case.language,),
    "document": lambda case: case.documents,
    "tag": lambda case: case.tags,
}


def calibration(outcomes: Sequence[Outcome]) -> tuple[list[metrics.Bin], float, float]:
    """(reliability table, calibration error, AUC): the first two over what was answered, right
    or wrong; the AUC tells answerable from unanswerable by confidence, over all cases."""
    said = [one for one in outcomes if one.answered]
    bins = metrics.reliability([one.confidence for one in said], [one.right for one in said])
    area = metrics.auc(
        [one.confidence for one in outcomes], [one.case.answerable for one in outcomes]
    )
    return bins, metrics.calibration_error(bins), area


def ask_all(library: Library, cases: Sequence[Case]) -> list[Outcome]:
    """Every case asked once, in order; the first is asked twice, so that start-up is not timed."""
    texts: dict[str, str] = {}

    def text_of(document_id: str) -> str:
        if document_id not in texts:
            texts[document_id] = library.text(document_id)
        return texts[document_id]

    for case in cases[:1]:
        answer(library, case.question)
    return [
        judge(case, as_json(answer(library, case.question, id=case.id)), text_of) for case in cases
    ]


def report(outcomes: Sequence[Outcome]) -> str:
    """The tables for people."""
    rows = {name: figures(group) for name, group in groups(outcomes).items()}
    heads = ["", *rows["all"]]
    bins, error, area = calibration(outcomes)
    lines = table(heads, [[name, *row.values()] for name, row in rows.items()])
    lines += ["", f"calibration error {error:.3f}, AUC of confidence for answerable {area:.3f}"]
    lines += table(
        ["confidence", "n", "mean confidence", "right"],
        [[f"{b.low:.1f} to {b.high:.1f}", b.count, b.confidence, b.accuracy] for b in bins],
    )
    return "\n".join(lines)


def failures(outcomes: Sequence[Outcome]) -> str:
    """What went wrong in the tune split, for whoever mends it."""
    lines = []
    for one in outcomes:
        if one.case.split != "tune" or (one.right and (one.prompt or not one.case.answerable)):
            continue
        wanted = "; ".join("|".join(fact.any) for fact in one.case.facts) or "no answer"
        what = "not first" if one.right else "WRONG"
        lines += [
            f"\n{one.case.id} {what}  {one.case.question}  [{' '.join(one.case.tags)}]",
            f"  wanted: {wanted}  in {', '.join(one.case.documents) or '-'}",
            f"  got ({'answered' if one.answered else 'not found'}, {one.confidence:.2f},"
            f" cited {'right' if one.cited else 'other'}): {one.text}",
        ]
    return "\n".join(lines)


def as_data(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The same for machines: figures by group, calibration, and a row a case."""
    bins, error, area = calibration(outcomes)
    return {
        "figures": {name: figures(group) for name, group in groups(outcomes).items()},
        "calibration": {
            "error": error,
            "auc": area,
            "bins": [[b.low, b.high, b.count, b.confidence, b.accuracy] for b in bins],
        },
        "cases": [
            {
                "id": one.case.id,
                "answered": one.answered,
                "right": one.right,
                "recall": one.recall,
                "first": one.prompt,
                "cited": one.cited,
                "confidence": one.confidence,
            }
            for one in outcomes
        ],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.run", description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--split", choices=(*SPLITS, "all"), default="tune")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what failed (tune only)")
    given = parser.parse_args(arguments)
    try:
        cases = of_split(load(given.cases), given.split)
        outcomes = ask_all(Library.open(given.library), cases)
    except PullquoteError as error:
        print(error, file=sys.stderr)
        return 1
    if given.verbose:
        print(failures(outcomes), end="\n\n")
    print(report(outcomes))
    if given.json:
        text = json.dumps(as_data(outcomes), ensure_ascii=False, indent=1)
        given.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
