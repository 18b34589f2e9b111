"""The measures of a run, each defined once: a value for each case, then their means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval import metrics, strings
from eval.results import Result
from eval.wording import fold
from index.text import display

Values = Mapping[str, Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class Measure:
    """``of`` gives a case's value, None where the measure does not apply to it."""

    name: str
    about: str
    of: Callable[[Result], float | None]
    higher: bool = True


def _where(
    applies: Callable[[Result], bool], value: Callable[[Result], float]
) -> Callable[[Result], float | None]:
    return lambda one: float(value(one)) if applies(one) else None


def _can(one: Result) -> bool:
    return one.answerable


def _factual(one: Result) -> bool:
    return one.answerable and bool(one.facts)


def _said(one: Result) -> bool:
    return one.answered


def _short(one: Result) -> bool:
    """A question whose answer is one string: the only kind that EM and F1 are defined for."""
    return one.answerable and (len(one.wanted) == 1 or (one.need == "any" and bool(one.wanted)))


def _recall(one: Result) -> float:
    if not one.answered:
        return 0.0
    return float(any(one.facts)) if one.need == "any" else sum(one.facts) / len(one.facts)


def _gold(one: Result) -> list[str]:
    return [wording for fact in one.wanted for wording in fact]


def _first(one: Result) -> str:
    """The words that answer where they were told, else the first sentence."""
    return (one.sentences[0].words or one.sentences[0].text) if one.sentences else ""


def _exact(one: Result) -> float:
    score = strings.cmrc_exact if one.language == "zh" else strings.squad_exact
    return score(_first(one), _gold(one))


def _f1(one: Result) -> float:
    score = strings.cmrc_f1 if one.language == "zh" else strings.squad_f1
    return score(_first(one), _gold(one))


def _alce(one: Result) -> tuple[float, float]:
    quotes = {cited.n: cited.quote for cited in one.citations}
    said = [(s.text, [quotes[n] for n in s.citations if n in quotes]) for s in one.sentences]
    # As shown: a word that a page break parts at its own hyphen keeps the hyphen there.
    return metrics.alce(said, lambda premise, sentence: fold(sentence) in fold(display(premise)))


def _span_precision(one: Result) -> float:
    """Citations of a right document, of all: the wanted spans are not all that can be right."""
    right = [metrics.cites_document([cited.file], one.documents) for cited in one.citations]
    return sum(right) / len(right) if right else 0.0


MEASURES: tuple[Measure, ...] = (
    Measure(
        "right",
        "answerable: every fact said, a right document cited, every citation exact; "
        "unanswerable: silent",
        lambda one: float(one.right),
    ),
    Measure(
        "fact in answer",
        "the answer holds every fact (one, where any will do), of the answerable",
        _where(_factual, lambda one: one.complete),
    ),
    Measure(
        "fact recall",
        "share of the facts in the answer: TREC's nugget recall, judged by literal wordings "
        "(Voorhees 2003)",
        _where(_factual, _recall),
    ),
    Measure(
        "fact in first",
        "the first sentence holds every fact; of a list, at least one",
        _where(_factual, lambda one: one.prompt),
    ),
    Measure(
        "fact in passages",
        "the passages found hold every fact: what is missing here, choosing cannot mend",
        _where(_factual, lambda one: all(one.within)),
    ),
    Measure(
        "exact match",
        "the words that answer (else the first sentence) are an accepted wording: EM of SQuAD "
        "(Rajpurkar et al. 2016), of CMRC 2018 (Cui et al. 2019) for Chinese; one fact asked",
        _where(_short, _exact),
    ),
    Measure(
        "F1",
        "overlap of the words that answer (else the first sentence) with the best accepted "
        "wording: F1 of SQuAD, of CMRC 2018 "
        "for Chinese; for questions with one fact",
        _where(_short, _f1),
    ),
    Measure(
        "document cited",
        "a right document is among the citations, of the answerable",
        _where(_can, lambda one: one.cited),
    ),
    Measure(
        "span recall",
        "share of the wanted spans that are cited, of the answerable that name spans",
        _where(lambda one: bool(one.spans), lambda one: sum(one.spans) / len(one.spans)),
    ),
    Measure(
        "document precision",
        "share of the citations that are of a right document, of the answerable answered",
        _where(lambda one: one.answered and one.answerable, _span_precision),
    ),
    Measure(
        "citation validity",
        "share of an answer's citations for which text[start:end] == quote",
        _where(_said, lambda one: sum(c.valid for c in one.citations) / (len(one.citations) or 1)),
    ),
    Measure(
        "citation recall",
        "ALCE's: sentences that their quotes support together (Gao et al. 2023); support is judged "
        "literally, so quoting anything has 1 here: read it beside right",
        _where(_said, lambda one: _alce(one)[0]),
    ),
    Measure(
        "citation precision",
        "ALCE's: citations that are needed for their sentence (Gao et al. 2023)",
        _where(_said, lambda one: _alce(one)[1]),
    ),
    Measure(
        "answered",
        "share of the answerable that are answered, rightly or not",
        _where(_can, lambda one: one.answered),
    ),
    Measure(
        "no-answer accuracy",
        "share of the unanswerable left unanswered: NoAns of SQuAD 2.0 (Rajpurkar et al. 2018); "
        "read it beside answered",
        _where(lambda one: not one.answerable, lambda one: not one.answered),
    ),
    Measure(
        "verdict",
        "share of the quotations with the right verdict",
        _where(lambda one: bool(one.verdict), lambda one: one.given == one.verdict),
    ),
)

RANKING = {
    "recall@1": "R@1",
    "recall@3": "R@3",
    "recall@10": "R@10",
    "nDCG@10": "nDCG@10",
    "MRR": "RR",
}
ABOUT = {one.name: one.about for one in MEASURES} | {
    "recall@1": "share of the wanted held by the first passage (R@k of trec_eval)",
    "recall@3": "share of the wanted held by the first 3 passages",
    "recall@10": "share of the wanted held by the first 10 passages",
    "nDCG@10": "gain 1 for each wanted, discounted by log2(rank + 1) (Järvelin and Kekäläinen "
    "2002), as trec_eval has it",
    "MRR": "reciprocal rank of the first passage that holds any of the wanted (trec_eval's "
    "recip_rank)",
    "words": "words of the answer, of the answered; a Chinese character is one word",
}
LOWER = frozenset({"words"})
NAMES = tuple(ABOUT)


OF_QUOTATIONS = ("right", "citation validity", "verdict")


def values(results: Sequence[Result]) -> dict[str, list[float | None]]:
    """Each measure's value for each result, in their order; None where it does not apply."""
    found: dict[str, list[float | None]] = {
        one.name: [
            one.of(result) if not result.verdict or one.name in OF_QUOTATIONS else None
            for result in results
        ]
        for one in MEASURES
    }
    ranked = _ranked(results)
    for name, measure in RANKING.items():
        found[name] = [ranked.get(str(n), {}).get(measure) for n in range(len(results))]
    found["words"] = [
        float(metrics.word_count(one.text)) if one.answered and not one.verdict else None
        for one in results
    ]
    return found


def _ranked(results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """Trec_eval's figures by the number of the result. What is wanted is the relevant document;
    a passage that holds several stands in the ranking as each of them."""
    relevant, runs = {}, {}
    for number, one in enumerate(results):
        if one.answerable and one.ranks and not one.verdict:
            names = [f"wanted {n}" for n in range(len(one.ranks))]
            relevant[str(number)] = dict.fromkeys(names, 1)
            runs[str(number)] = _places(dict(zip(names, one.ranks, strict=True)))
    return metrics.ranking_by_query(relevant, runs, [*RANKING.values()])


def _places(ranks: Mapping[str, int | None]) -> dict[str, float]:
    """A ranking with scores 1 / place: at each rank what stands there, else another passage."""
    last = max((rank for rank in ranks.values() if rank), default=0)
    order = [
        name
        for rank in range(1, last + 1)
        for name in ([n for n, at in ranks.items() if at == rank] or [f"other {rank}"])
    ]
    return {name: 1 / place for place, name in enumerate(order, 1)}


def mean(column: Sequence[float | None]) -> float | None:
    """The mean of the values that there are; None where there is none."""
    known = [value for value in column if value is not None]
    return sum(known) / len(known) if known else None
