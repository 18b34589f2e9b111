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


@pytest.mark.parametrize(
    ("asked", "text", "told"),
    [
        ("Which five offices issued the rules?", "Five offices issued rules for boats.", False),
        ("Which offices have issued rules?", "Several offices issued rules for boats.", False),
        (
            "Which offices issued rules?",
            "Five offices, the port and the mint among them, did.",
            True,
        ),
        ("Which offices issued rules?", "Five offices issued rules: the port, the mint.", True),
        ("Which two offices issued rules?", "Two offices, led by Tilby, issued rules.", True),
        ("Which crops failed?", "Two crops that need rain failed.", True),
        ("Which crops failed?", "Three crops failed in the north of Tilby.", True),
        ("How many offices issued rules?", "Five offices issued rules for boats.", True),
    ],
)
def test_who_asks_which_ones_is_not_told_how_many(asked: str, text: str, told: bool) -> None:
    assert barred(asked, text, text) is not told


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("How many quays may a city-level harbour have?", "A county-level harbour may have 9."),
        ("Who is the mayor of Tilby?", "Tom Quill is deputy mayor of Tilby."),
        ("What does the Coast Bank lend?", "The Tilby Savings Bank lends 9 crowns."),
    ],
)
def test_what_is_told_of_another_level_office_or_body_does_not_answer(
    asked: str, text: str
) -> None:
    assert barred(asked, text, f"Hear this. {text}")


def test_the_passage_and_its_headings_may_tell_of_a_deed() -> None:
    asked, text = "When did Ada Merrin resign?", "It was in May, says Ada Merrin."
    assert barred(asked, text, f"The pier was built. {text}")
    assert not barred(asked, text, f"She stepped down. {text}")
    assert not barred(asked, text, text, "Resignations")


@pytest.mark.parametrize(
    ("asked", "bars"),
    [
        ("How many boats were actually built?", True),
        ("How many boats are to be built?", False),
    ],
)
def test_a_goal_does_not_tell_what_came_of_it(asked: str, bars: bool) -> None:
    text = "The yard aims to build 90 boats."
    assert barred(asked, text, text) is bars


LINK = "7. Image source: https://www.example.org/2017/06/19/content_5203750.htm."


@pytest.mark.parametrize(
    ("asked", "out"),
    [
        ("harbour tolls 2017", True),
        ("What was the harbour's income in 2017?", True),
        ("What is the link of reference 7?", False),
        ("Where can the report on harbour tolls be found?", False),
        ("参考文献的网址是什么?", False),
    ],
)
def test_a_web_address_answers_only_who_asks_for_one(asked: str, out: bool) -> None:
    assert barred(asked, LINK, LINK) is out


def test_words_beside_an_address_may_answer() -> None:
    text = "Harbour tolls rose in 2017, see https://www.example.org/tolls."
    assert not barred("harbour tolls 2017", text, text)


@pytest.mark.parametrize(
    ("asked", "text", "out"),
    [
        ("Which three boats won?", "Three boats won.", True),
        ("Which three boats won the old cup?", "The cup was old when boats won it.", True),
        ("Which three boats won?", "Tern, Gull and Auk won.", False),
        ("What are the three rules called?", "The set of rules is new.", True),
        ("Which boat won?", "Tern won.", False),
        ("What were the fines in 2024?", "Nobody paid.", False),
        ("Which industries are the ten main ones?", "Ten main industries; more in May.", True),
        (
            "Which industries are the ten main ones?",
            "Ten main industries, from wool to salt.",
            False,
        ),
        ("哪三条船赢了？", "三条船赢了。", True),
        ("哪三条船赢了？", "燕、鸥和雀赢了。", False),
    ],
)
def test_which_three_is_not_answered_by_one_thing(asked: str, text: str, out: bool) -> None:
    assert barred(asked, text, text) is out


def test_an_item_of_the_list_leads_to_the_others() -> None:
    asked, text = "Which three boats won the cup?", "Tern won the cup."
    around = Around("", "", text, 0, terms(text), listed=True)
    assert not unfit(parse(asked), text, 1.0, around)
