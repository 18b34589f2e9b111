from __future__ import annotations

import pytest

from qa.kinds import supplies
from qa.question import parse

COST = "How much did the pier cost?"


@pytest.mark.parametrize(
    ("question", "needs"),
    [
        (COST, "money"),
        ("How much will have to be paid for the pier?", "money"),
        ("How much do pilots earn?", "money"),
        ("How much is the pier worth?", "money"),
        ("How much money was raised?", "money"),
        ("What did the pier cost?", "money"),
        ("What will it cost to build the pier?", "money"),
        ("And what does a pilot earn?", "money"),
        ("What budget has the town set aside for the pier?", "money"),
        ("Which yearly fee is charged?", "money"),
        ("How big is the budget of the harbour office?", "money"),
        ("how high will the yearly toll for pilots and the fare be", "number"),
        ("How high is the fare", "money"),
        ("How large was the pension fund's staff?", "number"),
        ("What did Ada Merrin say about the cost?", ""),
        ("What is the highest award that a pilot can earn?", ""),
        ("What fine sand is moved?", ""),
        ("What kind of fee is charged?", "number"),
        ("What pension age is planned?", "number"),
        ("How much time did the pier cost?", "number"),
        ("How much land did the town pay for?", "number"),
        ("How much did the cost of the pier rise?", "number"),
        ("How much more does the pier cost?", "number"),
        ("How much sand was moved?", "number"),
    ],
)
def test_what_is_asked_in_money(question: str, needs: str) -> None:
    assert parse(question).needs == needs


@pytest.mark.parametrize(
    "text",
    [
        "The pier cost 12 million euros.",
        "The pier cost £12m, 900 ducats or 14 quills a day.",
        "It cost 12 million.",
        "The pier was free of charge.",
        "The pier, 300 metres long, cost nine thousand.",
        "For 90 cents children may enter it.",
        "Half of what the 9 towns have was spent.",
        "It cost £34 within ten days.",
        "It cost sixpence.",
    ],
)
def test_a_sum_in_any_currency_tells_what_it_cost(text: str) -> None:
    assert supplies(parse(COST), text)


@pytest.mark.parametrize(
    "text",
    [
        "The pier is 300 metres long.",
        "It cost 12 lives.",
        "It serves over 10 million paying visitors in 14 towns.",
        "It was paid for by 2019, after three long years.",
    ],
)
def test_a_number_of_people_days_or_places_does_not(text: str) -> None:
    assert not supplies(parse(COST), text)


def test_nothing_tells_what_is_earned() -> None:
    assert supplies(parse("What does a pilot earn?"), "Pilots are paid nothing.")
    assert not supplies(parse("What does a pilot earn?"), "Pilots work in 14 towns.")
