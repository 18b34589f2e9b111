"""Follow-up questions, as a reader asks them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.chat import Turn, standalone

COST = Turn(
    "How much did the repair of the iron bridge in Northport cost in 2019?",
    "The repair cost 340 crowns, Ada Brunel said.",
    "d1",
)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (
            "and in Southport?",
            "How much did the repair of the iron bridge in Southport cost in 2019?",
        ),
        ("and in 2020?", "How much did the repair of the iron bridge in Northport cost in 2020?"),
        (
            "what about the wooden bridge?",
            "How much did the repair of the wooden bridge in Northport cost in 2019?",
        ),
        ("What about the ferry?", "How much did the ferry in Northport cost in 2019?"),
        ("how many people work there?", "How many people work in Northport?"),
        ("What did she say about the ferry?", "What did Ada Brunel say about the ferry?"),
        ("Is it allowed?", "Is the repair allowed?"),
        ("And when?", "When did the repair of the iron bridge in Northport cost in 2019?"),
        ("who said that?", "Who said: “The repair cost 340 crowns, Ada Brunel said”?"),
    ],
)
def test_what_leans_on_the_question_before_is_made_whole(asked: str, meant: str) -> None:
    found = standalone(asked, COST)
    assert found.question == meant
    assert found.changed


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        ("When was the mill founded?", "and the school?", "When was the school founded?"),
        (
            "What is the height of the tower?",
            "and the width?",
            "What is the width of the tower?",
        ),
        ("Who opened the iron bridge?", "When?", "When was the iron bridge opened?"),
        ("Who opened the iron bridge?", "and why?", "Why was the iron bridge opened?"),
        ("2024年河北新增就业多少人？", "2025年呢？", "2025年河北新增就业多少人？"),
    ],
)
def test_each_question_before(before: str, asked: str, meant: str) -> None:
    assert standalone(asked, Turn(before)).question == meant


TRAM = "How many people did the tram carry"


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        ("in February 2023", "And in March?", "in March 2023"),
        ("in February 2023", "And in May?", "in May 2023"),
        ("in February 2023", "And March?", "in March 2023"),
        ("in February 2023", "And in 2022?", "in February 2022"),
        ("in February 2023", "And in March 2022?", "in March 2022"),
        ("on 3 February 2023", "And on March 5?", "on March 5 2023"),
        ("in 2023", "And in the first quarter?", "in the first quarter of 2023"),
        ("in 2019", "And from 2020 to 2022?", "from 2020 to 2022"),
        ("in 2019", "And 2020 to 2022?", "from 2020 to 2022"),
        ("from 2020 to 2022", "And 2023?", "in 2023"),
        ("in 2023", "And since 2020?", "since 2020"),
        ("in 2023", "And in Oslo in 2020?", "in 2020 in Oslo"),
    ],
)
def test_a_time_takes_the_place_of_what_it_names_itself(
    before: str, asked: str, meant: str
) -> None:
    assert standalone(asked, Turn(f"{TRAM} {before}?")).question == f"{TRAM} {meant}?"


def test_a_time_that_may_stand_in_two_places_is_left_as_it_was_asked() -> None:
    before = Turn("How many drivers born before 1990 were hired in 2020?")
    assert not standalone("And since 2021?", before).changed
    assert standalone("And in 2021?", before).question.endswith("hired in 2021?")
    assert not standalone("And in March?", Turn(f"{TRAM} from 2020 to 2022?")).changed


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        ("in 2023", "And the year before?", "in 2022"),
        ("in 2023", "And in the following year?", "in 2024"),
        ("in 2023", "And two years later?", "in 2025"),
        ("in February 2023", "The year before that?", "in February 2022"),
        ("in January 2023", "And the month before?", "in December 2022"),
    ],
)
def test_a_relative_time_counts_from_the_one_asked_about(
    before: str, asked: str, meant: str
) -> None:
    assert standalone(asked, Turn(f"{TRAM} {before}?")).question == f"{TRAM} {meant}?"


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ("in 2023", "And last year?"),
        ("in 2023", "And this year?"),
        ("in 2023", "And today?"),
        ("in 2023", "And in Oslo ten years ago?"),
        ("in 2023", "And the month before?"),
        ("since 2020", "And the year before?"),
        ("on Sundays", "And the year before?"),
    ],
)
def test_a_relative_time_that_counts_from_elsewhere_is_left(before: str, asked: str) -> None:
    assert not standalone(asked, Turn(f"{TRAM} {before}?")).changed


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        ("What is the pension for men?", "What about women?", "What is the pension for women?"),
        ("What share of young women vote?", "And men?", "What share of men vote?"),
        ("What is the price of bread in Rye?", "and milk?", "What is the price of milk in Rye?"),
        ("How many workers did it help?", "And employers?", "How many employers did it help?"),
        ("How much is the fare?", "And children?", "How much is the fare for children?"),
    ],
)
def test_a_bare_noun_takes_the_place_of_another(before: str, asked: str, meant: str) -> None:
    assert standalone(asked, Turn(before)).question == meant


@pytest.mark.parametrize(
    "before",
    [
        "What is the height of the tower?",
        "How many of the men voted?",
        "How many members of staff left?",
        "What share of older workers retire?",
    ],
)
def test_a_bare_noun_without_its_like_leaves_the_question(before: str) -> None:
    assert not standalone("And farmers?", Turn(before)).changed


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        (f"{TRAM} in 2023?", "No, I meant 2022.", f"{TRAM} in 2022?"),
        (f"{TRAM} in 2023?", "Not in 2023 but since 2020.", f"{TRAM} since 2020?"),
        (f"{TRAM} in 2023?", "I meant 2022, not 2023", f"{TRAM} in 2022?"),
        (f"{TRAM} in 2023?", "I meant in Rye", f"{TRAM} in 2023 in Rye?"),
        (f"{TRAM} in May 2023?", "No, in June", f"{TRAM} in June 2023?"),
        ("When did the tram stop?", "No, the ferry.", "When did the ferry stop?"),
        ("Who is the mayor of Rye?", "No, in Deal", "Who is the mayor of Deal?"),
        ("Who is the mayor of Rye?", "Sorry, Deal please", "Who is the mayor of Deal?"),
        ("Who is the mayor of Rye?", "No, I meant who was it?", "Who was the mayor?"),
        ("What is the pension for men?", "Not men, women", "What is the pension for women?"),
    ],
)
def test_a_correction_replaces_what_it_corrects(before: str, asked: str, meant: str) -> None:
    assert standalone(asked, Turn(before)).question == meant


@pytest.mark.parametrize(
    "asked",
    [
        "No.",
        "No, thanks",
        "No, wrong.",
        "No, that is wrong.",
        "No, Deal",
        "No, in 2020",
        "No, the other one",
        "Not bad, really",
        "Not Deal, Dover",
        "Nobody lives in Rye?",
    ],
)
def test_what_may_correct_several_things_or_none_is_left(asked: str) -> None:
    before = Turn("What did Anna Bergen say about Rye, and what is the pension for men?")
    assert not standalone(asked, before).changed


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        ("2023年2月", "3月呢？", "2023年3月"),
        ("2023年2月", "2022年呢？", "2022年2月"),
        ("2023年2月", "那2022年3月呢？", "2022年3月"),
        ("2023年", "第一季度呢？", "2023年第一季度"),
        ("2023年", "2020年到2022年呢？", "2020年到2022年"),
        ("2020年到2022年", "2023年呢？", "2023年"),
        ("2023年", "2020年以来呢？", "2020年以来"),
        ("2023年", "前一年呢？", "2022年"),
        ("2023年2月", "第二年呢？", "2024年2月"),
    ],
)
def test_times_in_chinese(before: str, asked: str, meant: str) -> None:
    assert (
        standalone(asked, Turn(f"{before}电车运送了多少人？")).question
        == f"{meant}电车运送了多少人？"
    )


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ("2023年电车运送了多少人？", "去年呢？"),
        ("2023年电车运送了多少人？", "现在呢？"),
        ("2020年以来电车运送了多少人？", "前一年呢？"),
        ("电车运送了多少人？", "前一年呢？"),
        ("2020年比2019年多多少人？", "2022年呢？"),
    ],
)
def test_times_in_chinese_that_are_not_plain_are_left(before: str, asked: str) -> None:
    assert not standalone(asked, Turn(before)).changed


@pytest.mark.parametrize(
    "asked",
    [
        "When was the mill built?",
        "Who is the mayor of Northport?",
        "Is it likely that the council says why it rains?",
        "Is it raining in Southport?",
        "And is it very cold?",
        "How warm is it in Southport?",
        "Did it snow in 2020?",
        "Is it also true that trams stop?",
        "Is it allowed to smoke on trams?",
        "上海的水车是谁建的？",
        "If the bridge is closed, when does it open?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(asked: str) -> None:
    assert standalone(asked, COST).question == asked
    assert not standalone(asked, COST).changed


def test_only_the_cited_document_can_say_who_said_it() -> None:
    assert standalone("who said that?", COST).document == "d1"
    assert standalone("出处？", Turn("多少？", "水车由林德重建。", "d2")).document == "d2"
    assert standalone("and in Southport?", COST).document == ""


def test_without_a_question_before_nothing_is_read_into_it() -> None:
    assert standalone("  and in   Spain? ", None).question == "and in Spain?"


@given(asked=st.text(max_size=80), before=st.text(max_size=80), said=st.text(max_size=80))
def test_any_text_is_survived_and_told_of(asked: str, before: str, said: str) -> None:
    found = standalone(asked, Turn(before, said, "d"))
    assert found.changed == (found.question != " ".join(asked.split()))
