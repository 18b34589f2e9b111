from __future__ import annotations

from pathlib import Path

import pytest

from index.library import Library
from qa.candidates import FIGURES, Described, describe
from qa.question import parse
from qa.retrieve import embed, fused
from tests.libraries import library_of

TEXTS = {
    "minutes.txt": "The council of Tilby met.\n\n2. Harbour\n\nThe quay will be dredged.\n\n"
    "3. Swimming pool\n\nThe pool of Tilby lost 40 crowns.\n\n4. Trams\n\nTrams run later.",
    "press.txt": "The pool of Tilby leaks, papers say.\u00b3 The quay, too.\u2074\n\n"
    "3. References from the Tilby Courier.\n\n4. References from the Quay Gazette.",
    "club.md": "# Rowing club\n\n## Points for action\n\n- Mend the jetty.\n- Order oars.\n",
    "shed.txt": "The shed of the rowing club is open to all, but these stay in it.\n\n"
    "Oars that leak\n\n- the red pair\n- the blue pair\n\nNobody may swim;\n\n"
    "- children;\n- guests.\n",
    "debate.txt": "Ms Ada Merrin (Greens): The ferry is late. Noise will fall. It will cost "
    "less.\n\nMr Tom Quill: Noise will grow.",
    "pier.txt": "Mayor Jane Oddy promised a new pier for the boats.\n\n"
    '"We told the mayor about the pier years ago," said Greta Lund of the boat club.',
    "other.txt": "Trams of Sollen run on Sundays. They have item numbers on their doors.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("candidates"), TEXTS)


def described(library: Library, asked: str) -> Described:
    question = parse(asked)
    vector = embed(library, question)
    return describe(library, question, vector, fused(library, question, vector, 10))


def fit(library: Library, asked: str) -> list[str]:
    found = described(library, asked)
    pairs = zip(found.candidates, found.barred.tolist(), strict=True)
    return [candidate.text for candidate, barred in pairs if not barred]


def test_a_place_that_its_number_opens_is_there(library: Library) -> None:
    assert fit(library, "What does item 3 of the Tilby minutes say?") == [
        "3. Swimming pool",
        "The pool of Tilby lost 40 crowns.",
    ]


def test_a_place_that_no_document_has_bars_everything(library: Library) -> None:
    assert fit(library, "What does item 9 of the Tilby minutes say?") == []


def test_nor_does_a_place_that_holds_nothing_else_of_the_question(library: Library) -> None:
    assert fit(library, "Which cheese does item 3 recommend?") == []
    assert fit(library, "Which pool does item 3 mention?")


def test_of_many_places_of_one_number_that_of_the_document_named_is_meant(tmp_path: Path) -> None:
    rules = library_of(
        tmp_path,
        {
            "boats.md": "# Rules of the harbour boats\n\n(3) Keep right.\n\n(4) Show a lamp.\n",
            "trams.md": "# Rules of the town trams\n\n(3) Trams ring twice.\n\n(4) Stop here.\n",
        },
    )
    assert fit(rules, "What do the rules of the harbour boats ask in point 4?") == [
        "(4) Show a lamp."
    ]
    assert fit(rules, "What do the rules of the trams ask in point 4?") == ["(4) Stop here."]


def test_what_shares_no_word_may_answer_where_it_is_near_in_meaning(tmp_path: Path) -> None:
    clinic = library_of(
        tmp_path, {"clinic.txt": "Physicians may prescribe the vaccine to infants free of charge."}
    )
    assert fit(clinic, "Can doctors give babies a jab without payment?")
    assert fit(clinic, "How do I bake sourdough bread?") == []


def test_places_in_one_another_are_one_place(tmp_path: Path) -> None:
    sold, fine = "3. It may not be sold.", "2. Who breaches Article 2, paragraph 3, pays 90 crowns."
    act = (
        "Kiosk Act\n\nArticle 2 (Permits)\n1. A kiosk needs a permit.\n2. It is valid for a year.\n"
        f"{sold}\n\nArticle 3 (Fines)\n1. Who has no permit pays 40 crowns.\n{fine}\n"
    )
    library = library_of(tmp_path, {"act.txt": act})
    assert fit(library, "What does Article 2, paragraph 3 of the Kiosk Act say?") == [sold]
    assert fit(library, "What does Article 4, paragraph 3 of the Kiosk Act say?") == []
    assert fit(library, "What does Article 3, paragraph 3 of the Kiosk Act say?") == []
    assert set(fit(library, "What is the fine under Article 2, paragraph 3?")) == {sold, fine}


def test_a_footnote_is_asked_for_by_its_number(library: Library) -> None:
    (found,) = fit(library, "Which papers are cited in footnote 4?")
    assert "Quay Gazette" in found


def test_a_heading_above_a_list_may_lead_to_it(library: Library) -> None:
    assert "Points for action" in fit(library, "What are the points for action?")
    assert "Points for action" not in fit(library, "Why are there points for action?")


def test_a_line_without_a_stop_stands_above_a_list(library: Library) -> None:
    found = described(library, "Which oars of the rowing club leak?").candidates
    assert [c.text for c in found if c.above_list] == ["Oars that leak"]
    above = {c.text for c in found if c.above_item}
    assert above >= {"Points for action", "Nobody may swim;", "Oars that leak"}


def test_the_label_of_a_turn_counts_for_each_of_its_sentences(library: Library) -> None:
    found = described(library, "What did Ada Merrin say about noise?")
    missing = found.figures[:, FIGURES.index("names missing here")]
    by_text = {c.text: (found.labels[c.key], missing[k]) for k, c in enumerate(found.candidates)}
    assert by_text["Noise will fall."] == ("Ms Ada Merrin (Greens): ", 0)
    assert by_text["Ms Ada Merrin (Greens): The ferry is late."] == ("", 0)
    assert by_text["Mr Tom Quill: Noise will grow."] == ("", 1)


def test_who_is_called_by_a_title_speaks_for_herself(library: Library) -> None:
    found = fit(library, "What did the mayor say about the pier?")
    assert "Mayor Jane Oddy promised a new pier for the boats." in found
    assert not any("Greta Lund" in text for text in found)
