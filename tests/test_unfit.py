from __future__ import annotations

import pytest

from index.terms import terms
from qa.question import parse
from qa.unfit import Around, unfit

ASKED = "What did Ada Merrin say about harbour pilots?"
LONG = (
    "Every town on this coast pays them out of one purse, " * 2
    + "and the purse has been empty for years"
)
SAID = "Ada Merrin wants them to be paid by the day."


def barred(asked: str, text: str, passage: str, context: str = "", *above: bool) -> bool:
    around = Around(context, "", passage, passage.index(text), terms(text), *above)
    return unfit(parse(asked), text, 1.0, around)


@pytest.mark.parametrize(
    "passage",
    [
        f"The harbour has nine pilots. {LONG}. {SAID}",
        f"{LONG}. {SAID} The pilots of the harbour agree.",
        f"The harbour is small. {LONG}. {SAID} The pilots agree.",
    ],
)
def test_the_paragraph_and_the_next_sentence_say_what_words_are_about(passage: str) -> None:
    assert not barred(ASKED, SAID, passage)


def test_headings_say_what_words_are_about() -> None:
    assert not barred(ASKED, SAID, f"{LONG}. {SAID}", "Plan > Pilots of the harbour")


@pytest.mark.parametrize(
    "passage",
    [
        f"The harbour has nine ships. {LONG}. {SAID}",
        f"The harbour has nine pilots.\n\n{LONG}. {SAID}",
        f"{LONG}. {SAID}\n\nThe pilots of the harbour agree.",
        f"{LONG}. {SAID} Tom Quill said that harbour pilots strike.",
        f"Tom Quill said that harbour pilots strike. {LONG}. {SAID}",
    ],
)
def test_another_paragraph_and_another_person_do_not(passage: str) -> None:
    assert barred(ASKED, SAID, passage)


@pytest.mark.parametrize(
    ("passage", "beside"),
    [
        ("Ada Merrin: Good evening to all. Harbour pilots earn little.", True),
        ("Ada Merrin: Good evening to all. The trams are full.", True),
        ("Tom Quill: Harbour pilots.\n\nAda Merrin: Good evening to all.", True),
        ("Tom Quill: Harbour pilots?\n\nAda Merrin: Good evening to all.", False),
        ("Ada Merrin: Harbour pilots! Good evening to all.", False),
    ],
)
def test_a_turn_tells_what_its_words_are_about(passage: str, beside: bool) -> None:
    text = next(t for t in ("Ada Merrin: Good evening to all.", "Good evening") if t in passage)
    assert barred(ASKED, text, passage) is beside
    assert barred(ASKED, text, passage, "Debate on pilots of the harbour") is (
        beside and passage.endswith("little.")
    )


@pytest.mark.parametrize(
    ("asked", "above_item", "leads"),
    [
        ("What are the points for action?", True, True),
        ("What are the points for action?", False, False),
        ("Why are there points for action?", True, False),
    ],
)
def test_a_heading_leads_to_the_list_below_it(asked: str, above_item: bool, leads: bool) -> None:
    text = "Points for action"
    assert barred(asked, text, f"{text}\n\nMend the pier.", "", above_item) is not leads


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("Which birds breed in the reserve?", True),
        ("Which birds do not breed in the reserve?", False),
        ("In which reserve do birds breed?", False),
        ("When do birds breed in the reserve?", False),
        ("Why do birds breed in the reserve?", False),
        ("Who breeds birds in the reserve?", False),
        ("How do birds breed in the reserve?", False),
    ],
)
def test_a_line_leads_to_the_things_that_it_lists(asked: str, leads: bool) -> None:
    text = "Birds that breed in the reserve"
    passage = f"{text}\n\n- little tern"
    assert barred(asked, text, passage, "", True)
    assert barred(asked, text, passage, "", True, True) is not leads


@pytest.mark.parametrize(
    ("asked", "text", "leads"),
    [
        ("Whose decision is final?", "Its decision is final.", True),
        ("Whose decision is final?", "The decision is final.", False),
        ("When is the decision final?", "Its decision is final.", False),
    ],
)
def test_a_pronoun_leads_to_who_is_named_before(asked: str, text: str, leads: bool) -> None:
    assert barred(asked, text, f"The jury meets. {text}") is not leads
    assert barred(asked, text, text)
