from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import strings


def test_squad_normalisation() -> None:
    assert strings.squad_normalise("The  Cat, an  A-list (old) cat!") == "cat alist old cat"


def test_squad_exact_takes_any_gold_answer() -> None:
    assert strings.squad_exact("the Eiffel Tower.", ["tower", "Eiffel tower"]) == 1.0
    assert strings.squad_exact("Eiffel", ["Eiffel tower"]) == 0.0


def test_squad_f1_by_hand() -> None:
    # prediction 4 words, gold 2, shared 2: precision 1/2, recall 1
    assert strings.squad_f1("big iron Eiffel Tower", ["Eiffel Tower"]) == pytest.approx(2 / 3)
    # a word said twice is shared once: precision 1/2, recall 1
    assert strings.squad_f1("cat cat", ["cat"]) == pytest.approx(2 / 3)
    assert strings.squad_f1("cat", ["dog", "cat"]) == 1.0
    assert strings.squad_f1("the", ["a"]) == 1.0
    assert strings.squad_f1("cat", []) == 0.0


def test_cmrc_normalisation_keeps_what_the_script_keeps() -> None:
    assert strings.cmrc_normalise(" 《泡泡》\uff0c2-4 A。 ") == "泡泡24 a"
    assert strings.cmrc_normalise("3.5,4") == "3.5,4"


def test_cmrc_exact() -> None:
    assert strings.cmrc_exact("「踢爆」。", ["踢爆"]) == 1.0
    assert strings.cmrc_exact("一踢爆", ["踢爆"]) == 0.0


def test_cmrc_tokens_are_characters_and_words() -> None:
    assert strings.cmrc_tokens("在Oslo市\uff0c有12.5万人") == [
        "在",
        "oslo",
        "市",
        "有",
        "12.5",
        "万",
        "人",
    ]


def test_cmrc_f1_by_hand() -> None:
    # longest common run 2 of 4 found and 3 wanted: precision 1/2, recall 2/3
    assert strings.cmrc_f1("红大桥长", ["大桥短"]) == pytest.approx(4 / 7)
    assert strings.cmrc_f1("桥", ["路"]) == 0.0


def test_the_run_must_be_contiguous() -> None:
    assert strings.longest_common_run("abxcd", "abcd") == 2
    assert strings.longest_common_run("", "abcd") == 0


@given(st.text(max_size=20), st.text(max_size=20))
def test_f1_is_a_share_and_one_for_equal_texts(one: str, other: str) -> None:
    for f1 in (strings.squad_f1, strings.cmrc_f1):
        assert 0.0 <= f1(one, [other]) <= 1.0
    assert strings.squad_f1(one, [one]) == 1.0


@given(st.text("ab", max_size=12), st.text("ab", max_size=12))
def test_the_longest_run_is_what_trying_all_finds(one: str, other: str) -> None:
    runs = {one[i:j] for i in range(len(one)) for j in range(i + 1, len(one) + 1)}
    best = max((len(run) for run in runs if run in other), default=0)
    assert strings.longest_common_run(one, other) == best


def test_an_answer_stands_in_a_text_as_whole_words() -> None:
    assert strings.holds_words("It opened in Oslo, Norway.", ["oslo norway"])
    assert strings.holds_words("On Ada's boat; the ships—Ada and Bo—left.", ["Ada and Bo"])
    assert strings.holds_words("On Ada's boat.", ["ada"])
    assert strings.holds_words("It cost 1,000.", ["1000"])
    assert not strings.holds_words("It started.", ["art"])
    assert not strings.holds_words("Anything", ["the"])


def test_an_answer_without_word_gaps_stands_as_characters() -> None:
    assert strings.holds_characters("暂停 4 分钟。", ["4分钟"])
    assert not strings.holds_characters("暂停", ["。"])
