from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.places import enumerators
from index.terms import content, is_cjk, stem, terms


def test_words_are_folded_and_stemmed() -> None:
    assert terms("Training the Workers") == ["train", "the", "worker"]
    assert terms("the workers' résumés") == terms("The WORKER's resumes")


def test_digit_groups_lose_their_separators_and_keep_the_point() -> None:
    assert terms("12,000,000 people, 5.62 trillion, 3,5") == [
        "12000000",
        "peopl",
        "5.62",
        "trillion",
        "3,5",
    ]


def test_chinese_is_characters_and_bigrams() -> None:
    assert terms("欧洲语 Europe") == ["欧", "洲", "语", "欧洲", "洲语", "europ"]


def test_kana_and_hangul_survive_normalisation() -> None:
    assert "ガラ" in terms("ガラス")
    assert "한국" in terms("한국어")


def test_full_width_forms_fold() -> None:
    assert terms("ＧＤＰ２０２４") == terms("gdp2024")


def test_content_drops_stop_words_and_single_characters_beside_bigrams() -> None:
    assert content(terms("What is the rate of the rate")) == ["rate"]
    assert content(terms("欧洲")) == ["欧洲"]
    assert content(terms("河")) == ["河"]


def test_a_text_is_cjk_by_its_letters() -> None:
    assert is_cjk("2024年GDP增长多少")
    assert not is_cjk("The Hongzhi Zhuhang 宏志 plan")
    assert not is_cjk("12 + 3")


@given(st.text())
def test_terms_are_lower_case_words_without_white_space(text: str) -> None:
    for term in terms(text):
        assert term and not any(c.isspace() for c in term)


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_stemming_does_not_depend_on_what_was_stemmed_before(word: str) -> None:
    assert stem(word) == stem(word)


def test_a_numbered_place_is_the_same_however_its_number_is_written() -> None:
    for text in (
        "(XII) Roofs",
        "(12) Roofs",
        "(Twelve) Roofs",
        "point twelve",
        "第十二条",
        "Section 12",
    ):
        assert "#12" in terms(text), text
    assert not any(t.startswith("#") for t in terms("twelve roofs (see below), 12 of them"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the ninth measure", ["#9"]),
        ("the 3rd step", ["#3"]),
        ("Table 5: Tolls", ["#table5"]),
        ("Fig. 2", ["#figure2"]),
        ("如图二", ["#figure2"]),
        ("§ 5 of the lease", ["#5"]),
        ("Art. 5 of the Act", ["#5"]),
        ("a table of 5 rows", []),
        ("the third winter", []),
    ],
)
def test_numbered_places_and_tables_are_terms(text: str, found: list[str]) -> None:
    assert enumerators(text) == found
    assert [t for t in terms(text) if t.startswith("#")] == found
