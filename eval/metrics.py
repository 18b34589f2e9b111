"""Figures of merit: pure functions, each with its definition and where it comes from."""

from __future__ import annotations

import re
import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures

from eval.cases import Fact

_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3"
_WORD = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+(?:['\u2019.,-][^\W{_CJK}]+)*")
_MARKER = re.compile(r"\s*\[\d+\]")


# Facts and citations


def fact_recall(text: str, facts: Sequence[Fact]) -> float:
    """Share, 0..1, of the facts of which a wording stands in ``text``; 1 where there are none.

    The "nugget recall" of TREC question answering (Voorhees 2003), each nugget vital and judged
    by literal wordings instead of an assessor.
    """
    return sum(fact.stands_in(text) for fact in facts) / len(facts) if facts else 1.0


def cites_document(cited: Sequence[str], expected: Sequence[str]) -> bool:
    """Whether any expected file name is among the cited ones; of a path only the name counts."""
    return not {file_name(name) for name in cited}.isdisjoint(map(file_name, expected))


def file_name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def citation_holds(text: str, start: int, end: int, quote: str) -> bool:
    """The first promise: ``text[start:end] == quote``, character by character, and not empty."""
    return 0 <= start < end <= len(text) and text[start:end] == quote


def alce(
    said: Sequence[tuple[str, Sequence[str]]], supports: Callable[[str, str], bool]
) -> tuple[float, float]:
    """(citation recall, citation precision), 0..1, of an answer's (sentence, its quotes) pairs.

    As ALCE defines them (Gao et al. 2023, section 3): a sentence is recalled when all its quotes
    together support it; a citation is precise when its sentence is recalled and the quote either
    supports it alone or is needed, which is to say that the other quotes do not. ALCE asks a
    language inference model for ``supports(premise, sentence)``. Neither says that the answer is
    right: an answer that repeats any passage and cites it has 1 for both.
    """
    recalled, precise = [], []
    for sentence, quotes in said:
        whole = bool(quotes) and supports(" ".join(quotes), sentence)
        recalled.append(whole)
        for n, quote in enumerate(quotes):
            others = " ".join([*quotes[:n], *quotes[n + 1 :]])
            precise.append(whole and (supports(quote, sentence) or not supports(others, sentence)))
    return _ratio(sum(recalled), len(recalled)), _ratio(sum(precise), len(precise))


def silence(answerable: Sequence[bool], answered: Sequence[bool]) -> dict[str, float]:
    """How well saying nothing fits the questions; shares 0..1, in the order of the pairs.

    ``no_answer_accuracy``: unanswerable questions left unanswered, of all unanswerable.
    ``false_silence``: answerable questions left unanswered, of all answerable (lower is better).
    ``precision``, ``recall``, ``f1``: of "unanswered" as a finding of "unanswerable", as SQuAD 2.0
    (Rajpurkar et al. 2018) counts abstention. A share of nothing is 0.
    """
    pairs = list(zip(answerable, answered, strict=True))
    silent_right = sum(not can and not did for can, did in pairs)
    silent_wrong = sum(can and not did for can, did in pairs)
    unanswerable = sum(not can for can, _ in pairs)
    precision = _ratio(silent_right, silent_right + silent_wrong)
    recall = _ratio(silent_right, unanswerable)
    return {
        "no_answer_accuracy": recall,
        "false_silence": _ratio(silent_wrong, len(pairs) - unanswerable),
        "precision": precision,
        "recall": recall,
        "f1": f_measure(precision, recall),
    }


def f_measure(precision: float, recall: float) -> float:
    """F1, the harmonic mean of precision and recall (van Rijsbergen 1979); 0 when both are 0."""
    return _ratio(2 * precision * recall, precision + recall)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def set_overlap(found: Sequence[str], gold: Sequence[str]) -> tuple[float, float]:
    """(precision, recall) of one set of labels against another; 0 where a set is empty."""
    shared = len(set(found) & set(gold))
    return _ratio(shared, len(set(found))), _ratio(shared, len(set(gold)))


# Length and calibration


def word_count(text: str) -> int:
    """Words of an answer as a reader counts them: citation markers are none, a Chinese, Japanese
    or Korean character is one, and "40.5", "high-quality" and "China's" are one each."""
    return len(_WORD.findall(_MARKER.sub("", text)))


def median(values: Sequence[float]) -> float:
    """The median; 0 of nothing."""
    return float(statistics.median(values)) if values else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose confidence lies in (low, high], their mean confidence and share right."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def reliability(confidence: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[Bin]:
    """Equal-width bins over (0, 1] that hold any answer (Guo et al. 2017); 0 lies in the first."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for value, ok in zip(confidence, right, strict=True):
        if not 0.0 <= value <= 1.0:
            raise ValueError(f"a confidence lies in 0..1, got {value}")
        upper = next(n for n in range(1, bins + 1) if value <= n / bins)
        held.setdefault(upper - 1, []).append((value, ok))
    return [
        Bin(
            low=number / bins,
            high=(number + 1) / bins,
            count=len(pairs),
            confidence=statistics.fmean(value for value, _ in pairs),
            accuracy=statistics.fmean(ok for _, ok in pairs),
        )
        for number, pairs in sorted(held.items())
    ]


def calibration_error(table: Sequence[Bin]) -> float:
    """Expected calibration error: the mean over answers of their bin's |accuracy - confidence|
    (Naeini et al. 2015; Guo et al. 2017); 0..1, lower is better."""
    total = sum(one.count for one in table)
    return sum(one.count * abs(one.accuracy - one.confidence) for one in table) / (total or 1)


def auc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Area under the ROC curve: the chance that a positive scores above a negative, ties half
    (Mann-Whitney U / n1 n0; Hanley and McNeil 1982). 0.5 where one kind is missing."""
    ups = [score for score, up in zip(scores, positive, strict=True) if up]
    downs = sorted(score for score, up in zip(scores, positive, strict=True) if not up)
    if not ups or not downs:
        return 0.5
    twice = sum(bisect_left(downs, up) + bisect_right(downs, up) for up in ups)
    return twice / (2 * len(ups) * len(downs))


# Ranking

RANKING = ("nDCG@10", "R@10", "R@100", "RR")


def ranking(
    relevant: Mapping[str, Mapping[str, int]],
    runs: Mapping[str, Mapping[str, float]],
    measures: Sequence[str] = RANKING,
) -> dict[str, float]:
    """Mean over all judged queries, by ir_measures; a query without a run counts as 0.

    ``relevant`` is {query: {document: grade}}, ``runs`` {query: {document: score, higher better}}.
    nDCG@k (Järvelin and Kekäläinen 2002) as trec_eval has it: gain is the grade itself, discount
    log2(rank + 1). R@k is the share of relevant documents in the first k, RR the reciprocal of
    the first relevant rank. Ties are broken by trec_eval (larger document id first), so give
    scores that do not tie.
    """
    found = ranking_by_query(relevant, runs, measures)
    return {
        name: _ratio(sum(values.get(name, 0.0) for values in found.values()), len(relevant))
        for name in measures
    }


def ranking_by_query(
    relevant: Mapping[str, Mapping[str, int]],
    runs: Mapping[str, Mapping[str, float]],
    measures: Sequence[str] = RANKING,
) -> dict[str, dict[str, float]]:
    """The same for each judged query by itself: {query: {measure: value}}."""
    wanted = [ir_measures.parse_measure(name) for name in measures]
    ranked = {query: dict(runs.get(query, {})) for query in relevant}
    graded = {query: dict(grades) for query, grades in relevant.items()}
    values: dict[str, dict[str, float]] = {query: {} for query in relevant}
    for one in ir_measures.iter_calc(wanted, graded, ranked):
        values[one.query_id][str(one.measure)] = one.value
    return values
