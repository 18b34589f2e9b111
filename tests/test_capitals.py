from __future__ import annotations

import pytest

from index.library import Library
from qa.answer import answer
from qa.capitals import governments
from tests.libraries import library_of

FERRIES = (
    "The ministry of transport told the congress in spring what is planned for the coast. It is to "
    "build {number} electric ferries by the end of 2027, and to close the old piers.\n"
)
TEXTS = {
    "coast.txt": f"Ferries for the coast of China\n\n{FERRIES.format(number=40)}",
    "fjords.txt": f"Ferries for the fjords of Norway\n\n{FERRIES.format(number=75)}",
    "lakes.txt": "Sturgeon of the lakes\n\nThe sturgeon of the lakes spawn in May, and no boat may "
    "land at their banks until June. Nobody knows how many there are.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("capitals"), TEXTS)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("How many electric ferries does Beijing want to build by 2027?", "40"),
        ("How many electric ferries is Beijing planning to build?", "40"),
        ("How many electric ferries does Oslo plan to build by 2027?", "75"),
        ("Oslo says it will build how many electric ferries?", "75"),
    ],
)
def test_a_capital_that_plans_is_the_government(
    library: Library, question: str, number: str
) -> None:
    assert f"build {number} electric ferries" in answer(library, question).text


@pytest.mark.parametrize(
    "question",
    [
        "How many electric ferries does London want to build by 2027?",  # of another country
        "How many electric ferries are to be built in Beijing by 2027?",  # the town itself
        "How many electric ferries cross the harbour of Oslo?",
    ],
)
def test_a_town_is_insisted_on(library: Library, question: str) -> None:
    assert not answer(library, question).sentences


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("What does Brussels propose?", "Brussels"),
        ("Has London promised to pay?", "London"),
        ("The reason why New Delhi has warned them", "New Delhi"),
        ("What did Jack London want?", ""),
        ("Who said that London plans were dropped?", ""),
        ("Which plans of London failed?", ""),
        ("Who did Rome defeat?", ""),
    ],
)
def test_only_who_wants_plans_or_says_is_a_government(text: str, capital: str) -> None:
    assert {own for own, _ in governments(text)} == ({capital} if capital else set())
