"""Figures on public question sets: retrieval, answers, sentence selection, silence, time.

    python -m eval.public clapnq --data ../shared/data/dev

The library of a set is built once and kept in the user's cache folder; ``--fresh`` builds it anew.
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
from eval.bench.retrieval import METHODS, retrieval
from eval.ending import exit_status
from eval.observe import answering
from eval.sets import DATA, Query, QuestionSet, library_of, passage_ids, read_set
from eval.strings import (
    cmrc_exact,
    cmrc_f1,
    holds_characters,
    holds_words,
    letters,
    squad_exact,
    squad_f1,
)
from eval.table import table
from index.library import Library
from index.scripts import is_cjk
from qa.answer import answer, as_json

Holds = Callable[[str, Sequence[str]], bool]
Sentences = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A query with what ``ask --json`` gave for it; ``sources`` are the passage ids cited by each
    sentence of the answer."""

    query: Query
    payload: Mapping[str, Any]
    sources: tuple[tuple[str, ...], ...]

    @property
    def found(self) -> bool:
        return bool(self.payload["status"] == "answered")

    @property
    def sentences(self) -> list[str]:
        return [str(one["text"]) for one in self.payload["sentences"]] if self.found else []

    @property
    def words(self) -> str:
        """The words that answer, else the first sentence."""
        cited = {one["n"]: one for one in self.payload["citations"]}
        first = self.payload["sentences"][:1] if self.found else []
        return "".join(answering(one, cited) or one["text"] for one in first)


def ask_all(library: Library, set_: QuestionSet) -> list[Answered]:
    """Every query answered once; the first is asked twice, so that start-up is not timed."""
    ids = passage_ids(library, set_)
    for one in set_.queries[:1]:
        answer(library, one.question)
    return [
        answered(one, as_json(answer(library, one.question, id=one.id)), ids)
        for one in set_.queries
    ]


def answered(query: Query, payload: Mapping[str, Any], ids: Mapping[str, str]) -> Answered:
    cited = {one["n"]: ids[one["document"]["id"]] for one in payload["citations"]}
    sources = tuple(tuple(cited[n] for n in one["citations"]) for one in payload["sentences"])
    return Answered(query, payload, sources)


@dataclass(frozen=True, slots=True)
class Matching:
    """How a language's answers are held against gold strings."""

    holds: Holds
    exact: Callable[[str, Sequence[str]], float]
    f1: Callable[[str, Sequence[str]], float]


BY_WORDS = Matching(holds_words, squad_exact, squad_f1)
BY_CHARACTERS = Matching(holds_characters, cmrc_exact, cmrc_f1)


def answer_figures(results: Sequence[Answered], how: Matching) -> dict[str, float]:
    """Where the gold answer string stands, and how it agrees with the words that answer (else the
    first sentence); means over the queries that have a short answer."""
    asked = [one for one in results if one.query.answerable and one.query.answers]
    return {
        "queries": len(asked),
        "in first sentence": _share(
            how.holds("".join(one.sentences[:1]), one.query.answers) for one in asked
        ),
        "exact match": _share(how.exact(one.words, one.query.answers) for one in asked),
        "F1": _share(how.f1(one.words, one.query.answers) for one in asked),
        "in answer": _share(how.holds(" ".join(one.sentences), one.query.answers) for one in asked),
        "in top 10 passages": _share(
            any(how.holds(p["text"], one.query.answers) for p in one.payload["passages"][:10])
            for one in asked
        ),
        "answered": _share(one.found for one in asked),
    }


def selection_figures(results: Sequence[Answered], sentences: Sentences) -> dict[str, float]:
    """How the answer's sentences agree with the gold ones, over the answerable queries.

    A sentence of an answer is named by the sentences of the set that it overlaps in the passage it
    cites. Precision and recall are those of the annotator with the best F1 (a query without an
    answer has 0 for both), averaged over queries.
    """
    asked = [one for one in results if one.query.answerable and one.query.selected]
    scored = [_selection(one, sentences) for one in asked]
    firsts = [_first_is_gold(one, sentences) for one in asked]
    return {
        "queries": len(asked),
        "first sentence is gold": _share(firsts),
        "first is gold, of answered": _share(
            ok for ok, one in zip(firsts, asked, strict=True) if one.found
        ),
        "precision": _share(precision for precision, _ in scored),
        "recall": _share(recall for _, recall in scored),
        "mean F1": _share(metrics.f_measure(*pair) for pair in scored),
    }


def _gold(query: Query) -> list[list[str]]:
    return [[letters(sentence) for sentence in one] for one in query.selected]


def names(text: str, sources: Sequence[str], sentences: Sentences) -> list[str]:
    """The set's sentences that hold ``text`` or lie in it, as bare letters; else "passage?"."""
    bare = letters(text)
    known = [letters(one) for source in sources for one in sentences.get(source, ())]
    return [one for one in known if one and (one in bare or bare in one)] or [f"{bare}?"]


def _selection(result: Answered, sentences: Sentences) -> tuple[float, float]:
    found = [
        name
        for text, sources in zip(result.sentences, result.sources, strict=False)
        for name in names(text, sources, sentences)
    ]
    pairs = [metrics.set_overlap(found, gold) for gold in _gold(result.query)]
    return max(pairs, key=lambda pair: metrics.f_measure(*pair))


def _first_is_gold(result: Answered, sentences: Sentences) -> bool:
    if not result.sentences:
        return False
    first = names(result.sentences[0], result.sources[0], sentences)
    return any(not set(first).isdisjoint(gold) for gold in _gold(result.query))


def silence_figures(results: Sequence[Answered]) -> dict[str, float]:
    """Answered or not, against answerable or not; AUC of the confidence between the two."""
    can = [one.query.answerable for one in results]
    did = [one.found for one in results]
    told = metrics.silence(can, did)
    return {
        "answered of answerable": 1 - told["false_silence"],
        "answered of unanswerable": 1 - told["no_answer_accuracy"],
        "told apart": _share(a == b for a, b in zip(can, did, strict=True)),
        "F1 of silence": told["f1"],
        "AUC of confidence": metrics.auc([float(r.payload["confidence"]) for r in results], can),
    }


def time_figures(results: Sequence[Answered]) -> dict[str, float]:
    """Medians of what ``timings_ms`` says, and of the words of the answers given."""
    parts = list(results[0].payload["timings_ms"]) if results else []
    medians = {
        f"median ms, {part}": metrics.median([one.payload["timings_ms"][part] for one in results])
        for part in parts
    }
    words = [metrics.word_count(" ".join(one.sentences)) for one in results if one.found]
    return {**medians, "median words": metrics.median(words)}


def _share(values: Any) -> float:
    found = list(values)
    return statistics.fmean(found) if found else 0.0


def measure(library: Library, set_: QuestionSet, method: str) -> dict[str, dict[str, float]]:
    """All figures of a set that it can give, by what they are about."""
    found = {"retrieval": retrieval(library, set_, METHODS[method])}
    if method != "pullquote" or not any(one.answers for one in set_.queries):
        return found
    results = ask_all(library, set_)
    how = BY_CHARACTERS if is_cjk(" ".join(one.question for one in set_.queries)) else BY_WORDS
    if any(one.selected for one in set_.queries):
        sentences = {one.id: one.sentences for one in set_.passages}
        found["sentence selection"] = selection_figures(results, sentences)
    else:
        found["answers"] = answer_figures(results, how)
    if not all(one.answerable for one in set_.queries):
        found["silence"] = silence_figures(results)
    return {**found, "cost": time_figures(results)}


def lines(name: str, found: Mapping[str, Mapping[str, float]]) -> list[str]:
    """A table for each of the figures' kinds, an empty line after each."""
    tables = [table([f"{name}: {about}", ""], list(one.items())) for about, one in found.items()]
    return [line for one in tables for line in (*one, "")]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.public", description=__doc__)
    parser.add_argument("set", help="the name of a set: clapnq, cacm, drcd, cmrc2018")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder that holds the sets")
    parser.add_argument("--limit", type=int, help="ask only this many queries")
    parser.add_argument("--fresh", action="store_true", help="build the library anew")
    parser.add_argument("--baseline", choices=[*METHODS], default="pullquote")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    given = parser.parse_args(arguments)
    return exit_status(lambda: _tell(given))


def _tell(given: argparse.Namespace) -> None:
    set_ = read_set(given.data / given.set, given.limit)
    with Library.open(library_of(set_, fresh=given.fresh)) as library:
        found = measure(library, set_, given.baseline)
    print("\n".join(lines(set_.name, found)))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
