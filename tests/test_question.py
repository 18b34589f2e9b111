from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import PullquoteError
from qa.question import LONGEST, parse
from qa.wants import Wants


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("How many jobs are planned?", Wants.NUMBER),
        ("What percentage of the fund goes to staff?", Wants.NUMBER),
        ("In which year was the plan issued?", Wants.DATE),
        ("Who proposed the plan?", Wants.PERSON),
        ("Where is the pilot run?", Wants.PLACE),
        ("Why was the office closed?", Wants.REASON),
        ("Which eight measures does it name?", Wants.LIST),
        ("Where does the photograph of the pier come from?", Wants.SOURCE),
        ("Where does the miller come from?", Wants.PLACE),
        ("Where on the mill's website is the price?", Wants.SOURCE),
        ("Where can I read the full text of the lease?", Wants.SOURCE),
        ("Where was the website made?", Wants.PLACE),
        ("Is rain expected?", Wants.OTHER),
        ("What counts when the wind is measured?", Wants.OTHER),
        ("Which majors whose graduates find no work are closed?", Wants.OTHER),
        ("What is the fair and when was it held?", Wants.DATE),
        ("What is the name of the man who swam the sound?", Wants.PERSON),
        ("When was the year in which it rained?", Wants.DATE),
        ("该计划有多少人参加？", Wants.NUMBER),
        ("灯塔有多高？", Wants.NUMBER),
        ("很多高校在做什么？", Wants.OTHER),
        ("谁提出了这个计划？", Wants.PERSON),
        ("有哪些措施？", Wants.LIST),
    ],
)
def test_what_a_question_wants(text: str, wants: Wants) -> None:
    assert parse(text).wants is wants


def test_terms_leave_out_the_words_that_only_ask() -> None:
    assert parse("How many bridges does the report mention?").terms == ("bridg", "report")


def test_names_years_and_quoted_words_are_anchors() -> None:
    asked = parse('What did Ada Lovelace write about "analytical engines" in 1843?')
    assert set(asked.anchors) == {("analyt", "engin"), ("1843",), ("ada",), ("lovelac",)}


def test_a_question_written_as_a_headline_has_no_names() -> None:
    assert parse("Number Of Bridges Built").anchors == ()


def test_the_first_word_is_a_name_only_beside_another() -> None:
    assert parse("Did the mayor resign?").anchors == ()
    assert parse("Ada Lovelace wrote what?").anchors == (("ada",), ("lovelac",))


@pytest.mark.parametrize("text", ["", "  \n", "?!", "x" * (LONGEST + 1)])
def test_what_cannot_be_asked_names_the_remedy(text: str) -> None:
    with pytest.raises(PullquoteError) as caught:
        parse(text)
    assert "\n" not in str(caught.value) and str(caught.value).endswith((".", '"'))


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("How many bridges stand?", "number"),
        ("How big is the bridge?", "number"),
        ("How big a part does the bridge play?", ""),
        ("In which year was it built?", "year"),
        ("On what date was it opened?", "date"),
        ("When was it opened?", ""),
        ("How old is the keeper?", "age"),
        ("How often must they say how many bridges stand?", ""),
        ("Who decides how much money the bridge costs?", ""),
        ("Was the toll of 80 per cent paid?", ""),
        ("Can you tell me how many bridges stand?", "number"),
        ("How far did the builders go?", ""),
        ("In what capacity did he sign?", ""),
        ("该桥建于哪一年？", "year"),
        ("有多少座桥？", "number"),
        ("桥有多长？", "number"),
        ("桥建了多长时间？", "number"),
        ("受多重因素影响的是什么？", ""),
    ],
)
def test_what_no_answer_can_lack(text: str, needs: str) -> None:
    assert parse(text).needs == needs


def test_a_question_insists_on_names_years_and_numbered_places() -> None:
    asked = parse("What does point (XII) say of Tilby in 1931 and of 8 roads?")
    assert set(asked.insisted) == {("#12",), ("tilbi",), ("1931",)}
    assert parse("What did Tilby build in the 1600s?").insisted == (("tilbi",),)


def test_a_character_is_nearest_beside_the_word_that_asks() -> None:
    near = dict(parse("塔桥的高度是多少米").characters)
    # 米 stands beside it, 度 one character away (是), 塔 five
    assert near["米"] == 1
    assert near["度"] == pytest.approx(math.exp(-1 / 3))
    assert near["塔"] == pytest.approx(math.exp(-5 / 3))


def test_where_no_word_asks_the_end_does() -> None:
    assert dict(parse("塔桥的高度").characters)["度"] == 1


@given(st.text("几桥高度什么a", max_size=40))
def test_nearness_falls_by_the_characters_between(text: str) -> None:
    asks = [
        at
        for at, c in enumerate(text)
        if c == "几" or "什么" in (text[at : at + 2], text[max(0, at - 1) : at + 1])
    ]
    for c, near in parse(f"桥{text}").characters if asks else ():
        places = [at for at, other in enumerate(f"桥{text}") if other == c]
        between = min(max(0, abs(at - ask - 1) - 1) for at in places for ask in asks)
        assert near == pytest.approx(math.exp(-between / 3))
