from __future__ import annotations

import pytest

from qa.another import another_body, another_level, another_office

QUAY = "Each provincial-level quay gets 9 crowns."


@pytest.mark.parametrize(
    ("question", "text", "context", "other"),
    [
        ("What does a city-level quay get?", QUAY, "", True),
        ("What does a county-level or city-level quay get?", QUAY, "", True),
        ("What does a provincial-level quay get?", QUAY, "", False),
        ("What does a city-level quay get?", QUAY, "Quays of the cities", False),
        ("What does a city-level quay get?", "Municipal quays, and county-level ones.", "", False),
        ("What does a city-level quay get?", "The quay gets 9 crowns.", "", False),
        ("What does a quay get?", QUAY, "", False),
        ("What does an entry-level sailor get?", QUAY, "", False),
    ],
)
def test_a_level_of_government_is_no_other(
    question: str, text: str, context: str, other: bool
) -> None:
    assert another_level(question, text, context) is other


MAYOR = "Who is the mayor of Tilby?"


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        (MAYOR, "The deputy mayor, Tom Quill, came.", True),
        (MAYOR, "Vice-Mayor Tom Quill came.", True),
        ("Who is the secretary-general?", "Tom Quill is a deputy secretary-general.", True),
        (MAYOR, "The deputy mayor met Mayor Ada Merrin.", False),
        (MAYOR, "Acting and deputy mayor is Tom Quill.", False),
        (MAYOR, "Ada Merrin is the mayor.", False),
        ("Who is the deputy mayor?", "The deputy mayor, Tom Quill, came.", False),
        ("Who is the mayor's assistant?", "The deputy mayor, Tom Quill, came.", False),
        ("What did the mayor open?", "The deputy mayor opened a pier.", False),
    ],
)
def test_a_deputy_does_not_hold_the_office(question: str, text: str, other: bool) -> None:
    assert another_office(question, text) is other


LENDS = "What does the Coast Bank lend?"
SAVINGS = "The Tilby Savings Bank lends 9 crowns."


@pytest.mark.parametrize(
    ("question", "text", "above", "other"),
    [
        (LENDS, SAVINGS, "", True),
        (LENDS, SAVINGS, "Banks of the coast", False),
        (LENDS, "The Bank lends 9 crowns.", "", False),
        (LENDS, "The KCB Bank lends 9 crowns.", "", False),
        (LENDS, "The Coasst Bank lends 9 crowns.", "", False),
        (LENDS, "The Tilby Museum lends boats.", "", False),
        ("What does the Bank lend?", SAVINGS, "", False),
        ("What do banks lend?", SAVINGS, "", False),
    ],
)
def test_a_body_of_the_same_kind_is_not_the_one_named(
    question: str, text: str, above: str, other: bool
) -> None:
    assert another_body(question, text, f"{above}\n{text}") is other
