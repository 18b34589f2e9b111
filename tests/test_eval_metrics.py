from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import metrics
from eval.cases import Fact


def test_fact_recall_is_the_share_of_facts_said() -> None:
    facts = (Fact(("Oslo",)), Fact(("1931", "thirty-one")))
    assert metrics.fact_recall("Opened in Oslo.", facts) == 0.5
    assert metrics.fact_recall("Opened in Oslo in 1931.", facts) == 1.0
    assert metrics.fact_recall("", ()) == 1.0


def test_a_document_is_cited_by_its_file_name() -> None:
    assert metrics.cites_document(["briefs/a.md"], ["a.md", "b.md"])
    assert metrics.cites_document(["sub\\a.md"], ["a.md"])
    assert not metrics.cites_document(["c.md"], ["a.md"])
    assert not metrics.cites_document([], ["a.md"])


@pytest.mark.parametrize(
    ("start", "end", "quote", "holds"),
    [(4, 7, "cat", True), (4, 7, "Cat", False), (4, 4, "", False), (-3, -1, "at", False)],
)
def test_a_citation_is_a_pointer(start: int, end: int, quote: str, holds: bool) -> None:
    assert metrics.citation_holds("the cat", start, end, quote) is holds


def test_silence_by_hand() -> None:
    # 3 answerable, one of them unanswered; 2 unanswerable, one of them answered
    told = metrics.silence([True, True, True, False, False], [True, True, False, False, True])
    assert told == {
        "no_answer_accuracy": 0.5,
        "false_silence": pytest.approx(1 / 3),
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
    }


def test_silence_without_any_unanswerable_is_no_error() -> None:
    assert metrics.silence([True], [True])["no_answer_accuracy"] == 0.0


def test_f_measure_is_the_harmonic_mean() -> None:
    assert metrics.f_measure(0.5, 1.0) == pytest.approx(2 / 3)
    assert metrics.f_measure(0, 0) == 0


def test_set_overlap_counts_each_label_once() -> None:
    assert metrics.set_overlap(["a", "a", "b"], ["a", "c"]) == (0.5, 0.5)
    assert metrics.set_overlap([], ["a"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It rose by 40.5 %. [1] China's high-quality jobs. [2][3]", 7),
        ("产业工人 2024", 5),
        ("", 0),
    ],
)
def test_words_as_a_reader_counts_them(text: str, count: int) -> None:
    assert metrics.word_count(text) == count


def test_calibration_by_hand() -> None:
    # bin (0, 0.5]: two at 0.4, one right -> gap 0.1; bin (0.5, 1]: two at 0.9, both right -> 0.1
    table = metrics.reliability([0.4, 0.4, 0.9, 0.9], [True, False, True, True], bins=2)
    assert [(one.count, one.accuracy) for one in table] == [(2, 0.5), (2, 1.0)]
    assert metrics.calibration_error(table) == pytest.approx(0.1)


def test_a_bin_has_its_upper_edge() -> None:
    table = metrics.reliability([0.0, 0.1, 0.3, 1.0], [True] * 4)
    assert [(one.low, one.count) for one in table] == [(0.0, 2), (0.2, 1), (0.9, 1)]


def test_a_confidence_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.\.1"):
        metrics.reliability([1.2], [True])


def test_nothing_has_no_calibration_error() -> None:
    assert metrics.calibration_error([]) == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_calibration_error_is_a_share(pairs: list[tuple[float, bool]]) -> None:
    table = metrics.reliability([value for value, _ in pairs], [ok for _, ok in pairs])
    assert sum(one.count for one in table) == len(pairs)
    assert 0.0 <= metrics.calibration_error(table) <= 1.0


def test_auc_counts_pairs_and_ties_half() -> None:
    # pairs (0.9, 0.5), (0.9, 0.1), (0.5, 0.5), (0.5, 0.1): 3.5 of 4
    assert metrics.auc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == 0.875
    assert metrics.auc([0.3, 0.3], [True, True]) == 0.5


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=20))
def test_turning_the_scores_round_turns_the_auc_round(pairs: list[tuple[int, bool]]) -> None:
    kinds = [up for _, up in pairs]
    there = metrics.auc([float(score) for score, _ in pairs], kinds)
    back = metrics.auc([-float(score) for score, _ in pairs], kinds)
    assert there + back == pytest.approx(1.0)


def test_ranking_against_a_hand_worked_example() -> None:
    relevant = {"q1": {"a": 1, "b": 1}, "q2": {"z": 1}}
    runs = {"q1": {"x": 3.0, "a": 2.0, "y": 1.0, "b": 0.5}}  # q2 was not answered: it counts as 0
    found = metrics.ranking(relevant, runs, ("nDCG@10", "R@2", "R@10", "RR"))
    ideal = 1 / log2(2) + 1 / log2(3)
    assert found["nDCG@10"] == pytest.approx((1 / log2(3) + 1 / log2(5)) / ideal / 2)
    assert found["R@2"] == pytest.approx(0.5 / 2)
    assert found["R@10"] == pytest.approx(1.0 / 2)
    assert found["RR"] == pytest.approx(0.5 / 2)


def test_graded_relevance_gains_the_grade_itself() -> None:
    found = metrics.ranking({"q": {"a": 2, "b": 1}}, {"q": {"b": 2.0, "a": 1.0}}, ("nDCG@10",))
    assert found["nDCG@10"] == pytest.approx((1 + 2 / log2(3)) / (2 + 1 / log2(3)))
