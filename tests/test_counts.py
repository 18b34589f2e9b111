from __future__ import annotations

import pytest

from index.terms import terms
from qa.counts import COUNT, counting, unnumbered


def counts(text: str, question: str = "How many boats are built?") -> bool:
    return COUNT.search(counting(unnumbered(text), set(terms(question)))) is not None


@pytest.mark.parametrize(
    "text",
    [
        "(Twenty-Two) Build boats.",
        "(Six) Build boats.",
        "(30) Build boats.",
        "7.Reference: https://boats.example/2017-06/19/content_52.htm.",
        "Write to boats2@yard3.example, or see www.boats7.example/12.",
        "Under Article 12 and section 3.4 boats are built (see page 30, No. 7).",
        "Boats are built (Merrin, then Quill [2019]) since 2017-06-19.",
        "The 2024 Plan asks for boats.",
    ],
)
def test_numbers_of_places_addresses_and_years_count_nothing(text: str) -> None:
    assert not counts(text)


@pytest.mark.parametrize(
    "text",
    [
        "(Twenty-Two) Build thirty boats.",
        "(14 boats)",
        "Under Article 12 the yard builds 90 boats.",
        "The page counts 1,400 boats, Section 2,100.",
        "The 2000 boats are new.",
        "Seventeen boats, and hundreds more.",
        "A single boat.",
    ],
)
def test_other_figures_and_number_words_count(text: str) -> None:
    assert counts(text)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The yard built several boats.", True),
        ("The yard built several fine boats.", True),
        ("Several were built, several of them new.", True),
        ("The yard has several debts, and no boats.", False),
        ("It took several hundred hands.", True),
    ],
)
def test_several_counts_what_is_asked_about(text: str, counted: bool) -> None:
    assert counts(text) is counted
