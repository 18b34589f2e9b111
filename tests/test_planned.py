from __future__ import annotations

import pytest

from qa.planned import only_planned
from qa.question import parse

GOAL = "On 5 May 2025 the council set its goals for the year: to build 90 boats."


@pytest.mark.parametrize(
    "question",
    [
        "How many boats were actually built in 2025?",
        "How many boats were built in 2025?",
        "How many boats has the council built so far?",
        "Did the council reach its goal of 90 boats?",
        "What was the number of boats in 2025?",
        "Was the number of boats above 80 in 2025?",
        "What is the number of boats at present?",
    ],
)
def test_a_goal_is_not_what_came_of_it(question: str) -> None:
    assert only_planned(parse(question), GOAL)


@pytest.mark.parametrize(
    "question",
    [
        "How many boats did the council want to build?",
        "What was the goal for boats in 2025?",
        "How many boats were to be built in 2025?",
        "How many boats does the council build?",
        "Did the council set goals in 2025?",
        "Why were boats built?",
    ],
)
def test_a_goal_answers_what_was_meant(question: str) -> None:
    assert not only_planned(parse(question), GOAL)


@pytest.mark.parametrize(
    "text",
    [
        "The yard built 90 boats.",
        "The goal of 90 boats was met.",
        "Against a goal of 90 boats the yard built 40.",
        "Of the 40 boats of the yard, which aims at 90, ten leak.",
        "The yard exceeded its target of 90 boats.",
        "The target is 90 boats, of which 40 existed in May.",
        "The yard aims at 90 boats, against 40 at present.",
        "The goal of the yard is to build boats.",
    ],
)
def test_what_is_told_as_done_is_more_than_a_goal(text: str) -> None:
    assert not only_planned(parse("How many boats were built?"), text)


def test_a_permission_is_no_sum_paid_last_year() -> None:
    text = "Each yard may receive 9,000 crowns."
    assert only_planned(parse("How much did the council pay to yards last year?"), text)
    assert not only_planned(parse("How much did the council pay to yards?"), text)
    assert not only_planned(parse("How much may yards receive?"), text)
