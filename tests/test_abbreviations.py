from __future__ import annotations

import pytest

from qa.abbreviations import rewritten


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
        ("How are small and medium-sized enterprises taxed?", None, ["sme"]),
        ("Which non-governmental organizations help?", None, ["ngo"]),
    ],
)
def test_each_form_leads_to_the_other(text: str, own: list[str] | None, other: list[str]) -> None:
    ((first, second),) = found(text)
    assert own is None or first == own
    assert second == other


@pytest.mark.parametrize(
    "text", ["Is it said who tells us?", "Paint the hull.", "Artificial Intelligence (AI) is here."]
)
def test_words_that_are_none_lead_nowhere(text: str) -> None:
    assert not found(text)
