from __future__ import annotations

from pathlib import Path

import pytest

from index.library import Library
from qa.answer import answer
from qa.candidates import describe
from qa.question import parse
from qa.retrieve import embed, fused
from qa.said import said
from tests.libraries import library_of

TEXTS = {
    "kiosks.txt": "Kiosk Act\n\nArticle 1 (Purpose)\n1. This Act governs kiosks in squares.\n"
    "2. It does not apply to market stalls.\n\nArticle 2 (Definitions)\nIn this Act:\n"
    '(a) "kiosk" means a small stand;\n(b) "season" means the months from April to October.\n\n'
    "Article 3 (Permits)\n1. A kiosk needs a permit of the town.\n2. The permit is valid for a "
    "year. The fee is 40 crowns.\n3. It may not be sold to another person.\n\n"
    "Article 4 (Fines)\n1. Whoever runs a kiosk without a permit pays 400 crowns.\n"
    "2. Whoever breaches Article 3, paragraph 3, pays 900 crowns.\n",
    "lamps.txt": "Lamp Act\n\nArticle 3 (Shielding)\n1. Every lamp on the coast is shielded.\n"
    "2. Lamps are off at night.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("said"), TEXTS)


def told(library: Library, question: str) -> list[str]:
    return [s.text for s in answer(library, question).sentences]


def test_an_article_is_told_whole_without_its_heading(library: Library) -> None:
    assert told(library, "What does Article 1 of the Kiosk Act say?") == [
        "1. This Act governs kiosks in squares.",
        "2. It does not apply to market stalls.",
    ]
    (meant,) = told(library, "What does Article 2 say?")
    assert meant.startswith("In this Act: (a)") and meant.endswith("April to October.")


@pytest.mark.parametrize(
    "place", ["Article 3, paragraph 2", "paragraph 2 of Article 3", "Article 3(2)", "Art. 3(2)"]
)
def test_a_paragraph_of_an_article_is_told_alone(library: Library, place: str) -> None:
    assert told(library, f"What does {place} of the Kiosk Act say?") == [
        "2. The permit is valid for a year.",
        "The fee is 40 crowns.",
    ]


def test_nothing_is_told_whole_where_another_document_may_be_meant(library: Library) -> None:
    assert told(library, "What does Article 3, paragraph 2 say?") == []
    assert told(library, "What does Article 3, paragraph 2 of the Boat Act say?") == []


@pytest.mark.parametrize(
    "question",
    [
        "What is Article 1 of the Kiosk Act about?",
        "What does the first article of the Kiosk Act deal with?",
        "What does Article 1 of the square Kiosk Act cover?",
    ],
)
def test_what_it_is_about_is_what_it_says(library: Library, question: str) -> None:
    assert told(library, question)[0] == "1. This Act governs kiosks in squares."


def test_what_an_article_says_of_something_is_looked_for_in_it(library: Library) -> None:
    found = told(library, "What does Article 1 of the Kiosk Act say about market stalls?")
    assert "market stalls" in found[0]


def test_a_sentence_that_mentions_the_place_may_answer_other_questions(library: Library) -> None:
    (found,) = told(library, "How much does one pay who breaches Article 3, paragraph 3?")
    assert "900 crowns" in found


def test_a_place_of_which_a_part_was_not_found_is_not_told_whole(tmp_path: Path) -> None:
    long = " ".join(f"Lamp number {i} stands on the north quay of Tilby." for i in range(25))
    act = f"Lamp Act\n\nArticle 3 (Lamps)\n{long}\n\nArticle 4 (Fines)\nFines are low.\n"
    library = library_of(tmp_path, {"act.txt": act})
    question = parse("What does Article 3 of the Lamp Act say?")
    vector = embed(library, question)
    hits = fused(library, question, vector, 10)
    parts = [describe(library, question, vector, [hit]) for hit in hits]
    assert [said(library, question, part) for part in parts] == [[], [], [], []]
