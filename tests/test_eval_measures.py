"""The measures of a run, by hand and against trec_eval's own."""

from __future__ import annotations

from dataclasses import replace
from math import log2
from typing import Any

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, R, nDCG

from eval import measures, metrics
from eval.cases import Fact
from eval.observe import observe_quotation
from eval.results import Cited, Result, Run, Said
from eval.summary import calibration, confusion, figures, groups, times
from tests.test_eval_observe import LONG, OPENED, TEXT, case, check, payload, seen


def value(name: str, *results: Result) -> list[float | None]:
    return measures.values(results)[name]


def test_the_95th_percentile_is_the_least_that_95_of_100_do_not_pass() -> None:
    def slow(number: int) -> dict[str, float]:
        cases = {str(n): {"total": float(n)} for n in range(1, number + 1)}
        return times(Run("x", {}, (), {"cases": cases}))

    assert slow(2) == {"median": 1.5, "95th percentile": 2.0}
    assert [slow(n)["95th percentile"] for n in (1, 10, 20, 100)] == [1.0, 10.0, 19.0, 95.0]


def test_measures_by_hand() -> None:
    results = [
        seen(case(), payload(LONG)),
        seen(case(facts=(Fact(("1931",)),)), payload()),
        seen(case(facts=(), documents=(), answerable=False), payload(LONG)),
    ]
    assert value("right", *results) == [1, 0, 0]
    assert value("fact recall", *results) == [1, 0, None]
    assert value("fact in passages", *results) == [1, 1, None]
    assert value("answered", *results) == [1, 0, None]
    assert value("no-answer accuracy", *results) == [None, None, 0]
    assert value("citation validity", *results) == [1, None, 1]
    assert value("words", *results) == [7, None, 7]
    assert measures.mean(value("answered", *results)) == 0.5
    assert measures.mean([None]) is None


def test_every_measure_is_described() -> None:
    assert set(measures.values([])) == set(measures.ABOUT) == set(measures.NAMES)


def test_exact_match_and_f1_follow_the_language() -> None:
    english = seen(
        case(facts=(Fact(("Ness bridge", "the ness bridge is 412 metres long")),)), payload(LONG)
    )
    assert value("exact match", english) == [1] and value("F1", english) == [1]
    chinese = replace(
        english, language="zh", sentences=(Said("大桥长412米。", (1,)),), wanted=(("412米",),)
    )
    # CMRC: runs of characters; "412 米" is 2 tokens of the prediction's 5, all of the gold's 2
    assert value("F1", chinese) == [pytest.approx(2 * (2 / 5) * 1 / (2 / 5 + 1))]
    two = seen(case(facts=(Fact(("412",)), Fact(("1931",)))), payload(LONG))
    assert value("F1", two) == [None]


def test_the_words_that_answer_are_what_is_matched() -> None:
    one = seen(case(), payload(LONG))
    told = replace(one, sentences=(replace(one.sentences[0], words="412 metres"),))
    assert value("exact match", told, one) == [1, 0]
    assert value("F1", told) == [1]


def test_quotations_are_measured_by_their_verdict_only() -> None:
    wanted = case(question=TEXT[:35], facts=(), verdict="altered")
    given = [check("verbatim", LONG), check("altered", LONG), check("not_found")]
    results = [observe_quotation(wanted, one, {"d": TEXT}.__getitem__) for one in given]
    assert value("verdict", *results) == value("right", *results) == [0, 1, 0]
    applies = {name for name, column in measures.values(results).items() if any(column)}
    assert applies == {"verdict", "right", "citation validity"}
    assert confusion(results)[2] == ["altered", 1, 0, 1, 0, 1]
    assert confusion([seen(case(), payload(LONG))]) == []
    assert calibration(results).bins == ()


def test_a_composer_that_repeats_any_passage_has_full_citation_marks_and_is_wrong() -> None:
    lazy = seen(case(), payload(OPENED))
    assert value("citation recall", lazy) == value("citation precision", lazy) == [1]
    assert value("right", lazy) == [0]


def test_a_hyphen_at_a_page_break_takes_no_support_away() -> None:
    one = seen(case(), payload(LONG))
    cited = replace(one.citations[0], quote="It is a long-\n\nterm loan.")
    told = replace(one, sentences=(Said("It is a long-term loan.", (1,)),), citations=(cited,))
    assert value("citation recall", told) == [1]


def test_alce_by_hand() -> None:
    def supports(premise: str, sentence: str) -> bool:
        return all(word in premise.split() for word in sentence.split())

    # both quotes are needed together; neither supports alone, so both are precise
    assert metrics.alce([("a b", ["a", "b"])], supports) == (1, 1)
    # the second is neither sufficient nor needed
    assert metrics.alce([("a b", ["a b", "c"])], supports) == (1, 0.5)
    # not supported at all: no citation of it is precise
    assert metrics.alce([("a z", ["a"]), ("b", ["b"])], supports) == (0.5, 0.5)
    # a sentence without a citation is not recalled
    assert metrics.alce([("a", [])], supports) == (0, 0)


def ranked(*ranks: int | None) -> Result:
    return replace(seen(case(), payload(LONG)), ranks=ranks)


def test_ranking_by_hand() -> None:
    found = measures.values([ranked(2, None)])
    ideal = 1 + 1 / log2(3)
    assert found["nDCG@10"] == [pytest.approx((1 / log2(3)) / ideal)]
    assert found["MRR"] == [0.5] and found["recall@3"] == [0.5] and found["recall@1"] == [0]
    assert measures.values([ranked(None)])["nDCG@10"] == [0]


@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), st.integers(1, 12)),
            min_size=1,
            max_size=4,
            unique_by=lambda rank: rank or object(),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_ranking_agrees_with_trec_eval(lists: list[list[int | None]]) -> None:
    """The same through ir_measures from qrels and a run written out passage by passage."""
    qrels = {str(q): {f"w{n}": 1 for n in range(len(one))} for q, one in enumerate(lists)}
    run: dict[str, dict[str, float]] = {}
    for q, one in enumerate(lists):
        places = {rank: f"w{n}" for n, rank in enumerate(one) if rank}
        run[str(q)] = {places.get(k, f"other{k}"): float(20 - k) for k in range(1, 13)}
    oracle = ir_measures.calc_aggregate([nDCG @ 10, R @ 10, R @ 3, RR], qrels, run)
    found = measures.values([ranked(*one) for one in lists])
    for name, measure in (("nDCG@10", nDCG @ 10), ("recall@10", R @ 10), ("MRR", RR)):
        assert measures.mean(found[name]) == pytest.approx(oracle[measure], abs=1e-6)


def test_a_passage_that_holds_two_of_the_wanted_counts_for_both() -> None:
    found = measures.values([ranked(1, 1)])
    assert found["recall@10"] == [1] and found["nDCG@10"] == [1]


def test_precision_is_of_right_documents() -> None:
    one = seen(case(), payload(LONG, OPENED))
    other = replace(one.citations[1], file="other.txt")
    mixed = replace(one, citations=(one.citations[0], other))
    assert value("document precision", mixed) == [0.5]


def test_figures_leave_out_what_does_not_apply() -> None:
    names = {one.name for one in figures([seen(case(), payload(LONG))])}
    assert "right" in names and not names & {"no-answer accuracy", "span recall"}


def test_groups_by_language_document_and_tag() -> None:
    results = [seen(case(), payload(LONG)), seen(case(language="zh", tags=()), payload())]
    sizes = {name: len(own) for name, own in groups(results).items()}
    assert sizes == {
        "all": 2,
        "language en": 1,
        "language zh": 1,
        "document ness.txt": 2,
        "tag figure": 1,
    }


def test_calibration_is_over_what_was_answered() -> None:
    right, wrong, silent = (
        seen(case(), payload(LONG)),
        seen(case(), payload(OPENED)),
        seen(case(), payload()),
    )
    found = calibration([right, wrong, silent])
    assert [(one.count, one.accuracy) for one in found.bins] == [(2, 0.5)]
    assert found.error == pytest.approx(0.3)


def cited(**other: Any) -> Cited:
    usual: dict[str, Any] = {"n": 1, "file": "f", "sha256": "s", "start": 0, "end": 1}
    usual |= {"quote": "q", "locator": "", "valid": True}
    return Cited(**(usual | other))


def test_validity_is_a_share_of_an_answers_citations() -> None:
    one = replace(seen(case(), payload(LONG)), citations=(cited(), cited(valid=False)))
    assert value("citation validity", one) == [0.5]
