from __future__ import annotations

import pytest

from index.terms import terms
from qa.kinds import another_year, supplies, tells_nothing
from qa.question import parse

MANY = "How many boats were built?"


@pytest.mark.parametrize(
    "text",
    [
        "The yard built 14 boats.",
        "The yard built two boats on August 14.",
        "In 2019 the yard built a dozen.",
        "In the year 2019 boats, 2,019 of them, were built.",
        "It was the 15th year of boats.",
        "Between 2019 and 2024 it built 30 boats, in 2025 2000 boats.",
        "Between 1900 and 2000 people build boats.",
        "Boats cost from 1500 to 2000 crowns, or $1900-2000.",
        "Figure 1: Boats built, 14 in all.",
        "Tables 12, boats 3.",
    ],
)
def test_a_figure_supplies_how_many(text: str) -> None:
    assert supplies(parse(MANY), text)


@pytest.mark.parametrize(
    "text",
    [
        "Boats were built.",
        "On August 14, boats were built, and again on 2 September 2020.",
        "Boats were built in 2019 and since May 1998.",
        "Boats were built from 2017 to 2019, till end 2020 and in 2022–2024.",
        "The 20th congress praised the boats.",
        "(12) Boats are built.",
        "Boats are one of the trades.",
        "Figure 1: Boats built",
        "Boats built (see FIG. 3-2, Photo 4 and Tables 2 and 3)",
    ],
)
def test_days_years_and_ordinals_do_not(text: str) -> None:
    assert not supplies(parse(MANY), text)


def test_nor_does_the_number_of_a_chinese_caption() -> None:
    asked = parse("该厂有多少工人？")
    assert not supplies(asked, "图1：该厂的工人（见表 2-1）")
    assert supplies(asked, "代表12名工人。")
    assert supplies(asked, "图1：该厂的3000名工人")


def test_a_figure_of_the_question_is_not_its_answer() -> None:
    asked = parse("How many boats did the 14 yards build?")
    assert not supplies(asked, "The 14 yards build boats.")
    assert supplies(asked, "The 14 yards build 90 boats.")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much does it cost to enter the regatta?", "There is no entry fee for the regatta."),
        ("How much was entry to the regatta?", "Entry to the regatta was free of charge."),
        ("How much was entry to the regatta?", "Entry was free, food was not."),
        ("What fee does the harbour charge?", "Guests moor without any charge."),
        ("How much do guests pay?", "Nothing."),
        ("How many boats were built?", "No new boats were built."),
        ("How many boats were built?", "Of the boats, none was built in time."),
        ("报名费是多少？", "大赛不收取任何费用。"),
        ("门票多少钱？", "博物馆免费开放。"),
    ],
)
def test_none_and_free_supply_a_quantity(question: str, text: str) -> None:
    assert supplies(parse(question), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many boats were built?", "Boats were shown free of charge."),
        ("How many boats were built?", "No doubt boats were built; no one knew it."),
        ("How much did the pier cost?", "The pier is no longer open, and nothing is known of it."),
        ("How much did the pier cost?", "The pier was paid for by free trade, tax-free."),
        ("多少人参加了培训？", "培训免费提供。"),
        ("培训费是多少？", "避免费用增加，无缝消费。"),
    ],
)
def test_other_words_with_no_or_free_do_not(question: str, text: str) -> None:
    assert not supplies(parse(question), text)


def test_all_and_most_tell_how_many_of_them() -> None:
    assert supplies(parse("How many of the boats leak?"), "All of them leak.")
    assert supplies(parse("How much of the quay is dry?"), "Most of the quay is dry.")
    assert not supplies(parse("How many boats leak?"), "The boats leak, all day long.")


@pytest.mark.parametrize(
    "text",
    [
        "(Twenty-Two) Boats are built.",
        "7.Boats: https://boats.example/2017-06/19/52.htm.",
        "The yard of boats has several debts.",
    ],
)
def test_a_heading_and_an_address_do_not_supply_how_many(text: str) -> None:
    assert not supplies(parse(MANY), text)


def test_a_day_of_birth_tells_an_age() -> None:
    assert supplies(parse("How old is the master?"), "The master was born on 3 May 1950.")


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("调查由哪个部门负责？", "调查由港务局负责。", "建立调查体系。"),
        ("调查由哪个部门负责？", "调查由总工会负责。", "健全社会调查体系，全部公开。"),
        ("研究由哪所大学承担？", "研究由海城大学承担。", "加强课题研究。"),
        ("研究由哪所學校承擔？", "研究由海城學院承擔。", "加強課題研究。"),
    ],
)
def test_the_name_of_an_office_or_a_school_says_what_it_is(
    question: str, right: str, wrong: str
) -> None:
    assert supplies(parse(question), right)
    assert not supplies(parse(question), wrong)


def test_a_question_that_needs_nothing_is_supplied_by_anything() -> None:
    assert supplies(parse("Why were boats built?"), "Trade.")


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("What share of the boats was sold?", "Of the boats 40% were sold.", "90 boats were sold."),
        ("What proportion of boats leaks?", "A third of them leak.", "12 of them leak."),
        (
            "Which city was given the boats?",
            "Port Sollen got the boats.",
            "Three cities got the boats.",
        ),
        ("In which city does the Sollen Yard stand?", "It stands in Quill.", "Sollen Yard stands."),
        ("Which town will it serve?", "Build a pier; Serve Tilby.", "Build a pier; Serve boats."),
        ("What share of the boats leaks?", "One boat in seven leaks.", "One boat leaks."),
        ("What share of the boats leaks?", "Of every hundred, 14 leak.", "Boats leak in 2020."),
        ("What portion of boats leaks?", "An eighth of them leaks.", "The eighth boat leaks."),
        (
            "On what day are boats sold?",
            "Boats are sold on Fridays.",
            "Boats are sold at the pier.",
        ),
        ("By what day is rent due?", "It is due on the tenth working day.", "Rent is due soon."),
        ("In what year did the yard burn?", "The yard burnt in 213.", "It burnt for 213 days."),
        ("In which year was it built?", "It was built in 51 BC.", "It was built of 51 planks."),
        ("How old must a skipper be?", "He must be eighteen.", "He must be old."),
        ("By how much did the price rise?", "The price doubled.", "The price rose."),
        ("What wage did the yard pay?", "The yard paid 9 crowns.", "The yard paid a fair wage."),
    ],
)
def test_a_share_a_name_and_an_amount(question: str, right: str, wrong: str) -> None:
    assert supplies(parse(question), right)
    assert not supplies(parse(question), wrong)


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("Which universities teach boat building?", "More universities should teach it.", False),
        ("Which universities teach boat building?", "It is taught at Holt and Skye.", True),
        ("Which large state-owned banks lend to ports?", "Banks may lend to ports.", False),
        ("Which club won the cup?", "Tilby has won the cup twice.", True),
        ("Which club won the cup?", "Winning it is the aim of each club.", False),
        ("Which district has the most boats?", "Holt\t29,465\t691", True),
        ("Which district has the most boats?", "Holt.", True),
        ("Which firms lend to ports?", "Small building societies lend to ports.", True),
    ],
)
def test_what_has_a_name_of_its_own_is_told_by_it(question: str, text: str, told: bool) -> None:
    assert supplies(parse(question), text) is told


@pytest.mark.parametrize(
    "question",
    ["Which departments share data?", "Which age groups sail?", "Which city districts flood?"],
)
def test_a_noun_before_a_noun_needs_nothing(question: str) -> None:
    assert supplies(parse(question), "Those by the quay.")


def test_another_year_is_none_that_the_passage_knows() -> None:
    asked = "How many boats were built in 2024?"
    assert another_year(asked, "In 2023, 14 boats were built.", "In 2023, 14 boats were built.")
    assert not another_year(asked, "14 boats were built.", "14 boats were built.")
    assert not another_year(asked, "In 2023, 14 boats.", "Of 2024 it tells. In 2023, 14 boats.")
    assert not another_year("How many boats?", "In 2023, 14 boats.", "In 2023, 14 boats.")
    assert not another_year("Boats of the 1990s?", "In 2023, 14 boats.", "In 2023, 14 boats.")


@pytest.mark.parametrize(
    ("row", "heading", "other"),
    [
        ("Boats built\t14\t2023", "Item | Figure | Year", True),
        ("2023\t14", "Year | Boats", True),
        ("Boats built\t14\tend of 2023", "Item | Figure | Time", True),
        ("Boats built\t14 a year\t2023 to 2025", "Item | Figure | Time", False),
        ("Boats built\t14\tsince 2019", "Item | Figure | Time", False),
        ("Quill Yard\t1931\t14", "Yard | Founded | Boats in 2024", False),
        ("Boats after the fire of 2019 in the yard\t14", "Item | Figure", False),
        ("Boats built\t14", "Item | Figure", False),
    ],
)
def test_a_row_with_a_year_answers_for_it_alone(row: str, heading: str, other: bool) -> None:
    passage = f"Yards > {heading}\n{row}\nBoats planned\t16\t2024"
    assert another_year("How many boats were built in 2024?", row, passage) is other


@pytest.mark.parametrize(
    ("question", "text", "nothing"),
    [
        ("Where is the old yard of Quillon?", "The old yard of Quillon", True),
        ("Where is the old yard of Quillon?", "The old yard of Quillon is in Tilby.", False),
        ("Is there an old yard in Quillon?", "There is an old yard in Quillon.", False),
        ("What does the yard build?", "The yard builds:", False),
        ("How much is the fee of the yard?", "There is no fee of the yard.", False),
        ("Why is there no fee?", "There is no fee.", True),
        ("When does the yard open?", "The yard opens in May.", False),
        ("Where does the yard open?", "The yard opens in May.", True),
        ("When does the yard open in May?", "The yard opens in May.", True),
        ("When may the yard open?", "The yard may open.", True),
        ("港口办公室在哪里?", "港口办公室", True),
    ],
)
def test_a_sentence_that_only_repeats_the_question(question: str, text: str, nothing: bool) -> None:
    assert tells_nothing(question, text, terms(text)) is nothing


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The yard built 14 boats.", False),
        ("In May the Sollen Yard was told of it.", False),
        ("Ada Merrin, of the Sollen Yard, came.", True),
        ("The Sollen Yard has an old carpenter at its head.", True),
        ("She came from the Sollen Yard.", True),
        ("船厂的王海。", True),
    ],
)
def test_a_name_or_an_office_tells_who_leads(text: str, told: bool) -> None:
    assert supplies(parse("Who heads the Sollen Yard?"), text) is told
