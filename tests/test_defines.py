from __future__ import annotations

from pathlib import Path

import pytest

from qa.answer import answer
from qa.defines import opens_with, term_of
from tests.libraries import library_of


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("什么是潮汐钟？", "潮汐钟"),
        ("“潮汐钟”指的是什么?", "潮汐钟"),
        ("潮汐鐘是什麼意思？", "潮汐鐘"),
        ("潮汐钟的定义是什么？", "潮汐钟"),
        ("ZX3系统是什么？", "zx3系统"),
        ("李望是谁？", "李望"),
        ("李望的职业是什么？", "李望"),
        ("谁是现任港长？", "现任港长"),
        ("潮汐钟的作用是什么？", ""),
        ("潮汐钟是什么时候装上的？", ""),
        ("哪里给出了潮汐钟的定义？", ""),
        ("为什么是李望？", ""),
        ("What is a tide clock?", ""),
    ],
)
def test_what_a_question_asks_to_be_defined(question: str, term: str) -> None:
    assert term_of(question) == term


@pytest.mark.parametrize(
    ("sentence", "opens"),
    [
        ("潮汐钟是一种钟。", True),
        ("“潮汐钟”（又名月钟），一种钟。", True),
        ("潮汐钟，又称月钟，是一种钟。", True),
        ("潮汐钟又称月钟。", True),
        ("潮汐钟的指针很长。", False),
        ("潮汐钟在港口。", False),
        ("潮汐钟，但不是每个。", False),
        ("港口有潮汐钟，是一种钟。", False),
    ],
)
def test_the_sentence_that_says_what_it_is_opens_with_its_name(sentence: str, opens: bool) -> None:
    assert opens_with("潮汐钟", sentence) is opens


def test_nothing_opens_with_no_name() -> None:
    assert not opens_with("", "是一种钟。")


def test_what_a_thing_is_comes_first(tmp_path: Path) -> None:
    text = (
        "港口的钟\n\n如果潮汐钟坏了，港长会修。潮汐钟越准越好，什么人都看潮汐钟。\n\n"
        "潮汐钟，又称月钟，一般装在码头上，告诉人们何时涨潮。潮汐钟的指针每十二小时转一圈。"
    )
    library = library_of(tmp_path, {"钟.txt": text})
    assert answer(library, "什么是潮汐钟？").sentences[0].text.startswith("潮汐钟，又称月钟")
