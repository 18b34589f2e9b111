from __future__ import annotations

from qa.numbered import standing


def test_sentences_under_the_number_stand_there_until_the_next_of_its_kind() -> None:
    texts = ["(11) Roads.", "(12) Rails.", "① Track.", "More rails.", "(13) Ships.", "More ships."]
    assert standing({"#12"}, "", texts) == [False, True, True, True, False, False]


def test_a_heading_above_counts_however_its_number_is_written() -> None:
    for context in ("Plan > (XII) Rails", "Plan > 12. Rails", "第十二条 铁路", "Twelve, Rails"):
        assert standing({"#12"}, context, ["Track is laid."]) == [True]
    assert standing({"#12"}, "Plan > (XI) Roads", ["Track is laid."]) == [False]


def test_a_table_is_named_by_its_label() -> None:
    texts = ["Table 3: Wages", "As Table 4 shows, rents rose."]
    assert standing({"#table4"}, "", texts) == [False, True]


def test_a_sentence_that_names_the_place_counts() -> None:
    assert standing({"#5"}, "", ["By Article 5 it ended.", "So did the rest."]) == [True, False]


def test_nothing_stands_anywhere_when_no_place_is_named() -> None:
    assert standing(set(), "(12) Rails", ["(12) Rails."]) == [False]
