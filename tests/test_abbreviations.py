from __future__ import annotations

import pytest

from qa.abbreviations import rewritten, translated


def found(text: str) -> list[tuple[list[str], list[str]]]:
    return [(sorted(own.terms), sorted(other.terms)) for own, other in rewritten(text)]


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [
        ("What does AI do to jobs?", ["ai"], ["artifici", "intellig"]),
        ("what does ai do to jobs", ["ai"], ["artifici", "intellig"]),
        ("What does artificial intelligence do?", ["artifici", "intellig"], ["ai"]),
        ("Where does the U.K. buy fish?", ["uk"], ["kingdom", "unit"]),
        ("Which SMEs pay?", ["sme"], ["enterpris", "medium", "size", "small"]),
        ("Which non-governmental organizations help?", None, ["ngo"]),
        ("Who pays workers' comp?", ["comp"], ["compens"]),
        ("Which universities teach it?", ["universiti"], ["uni"]),
        ("Do hukou limits end?", ["hukou"], ["household", "registr"]),
        ("Who ends household registration limits?", None, ["hukou"]),
    ],
)
def test_each_form_leads_to_the_other(text: str, own: list[str] | None, other: list[str]) -> None:
    ((first, second),) = found(text)
    assert own is None or first == own
    assert second == other


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("What do companies get?", [["enterpris"], ["firm"]]),
        ("How are small and medium-sized enterprises taxed?", [["compani"], ["firm"], ["sme"]]),
    ],
)
def test_enterprises_go_by_several_words(text: str, others: list[list[str]]) -> None:
    assert [other for _, other in found(text)] == others


@pytest.mark.parametrize(
    "text",
    [
        "Is it said who tells us?",
        "Paint the hull.",
        "Artificial Intelligence (AI) is here.",
        "Did the Enterprise sail in company with the Alder?",
        "Which firm hand steers it?",
        "What did Gov. Merrin sign?",
    ],
)
def test_words_that_are_none_lead_nowhere(text: str) -> None:
    assert not found(text)


def test_a_capital_that_wants_something_leads_to_its_country() -> None:
    assert (["beij"], ["china"]) in found("How many boats does Beijing want to build?")
    assert not found("How many boats are built in Beijing?")


def test_a_word_of_another_language_is_asked_in_the_usual_ones() -> None:
    assert translated("Will Hukou limits end?") == "Will household registration limits end?"
    assert translated("Will the hull end?") == "Will the hull end?"
