from __future__ import annotations

import pytest

from index.records import Kind
from qa import numbered


def standing(
    number: str, context: str, texts: list[str], kind: Kind = Kind.PARAGRAPH
) -> list[bool]:
    return numbered.standing(number, context, texts, [kind] * len(texts))


def test_sentences_under_the_number_stand_there_until_the_next_of_its_kind() -> None:
    texts = ["(11) Roads.", "(12) Rails.", "① Track.", "More rails.", "(13) Ships.", "More ships."]
    assert standing("#12", "", texts) == [False, True, True, True, False, False]


def test_a_heading_above_counts_however_its_number_is_written() -> None:
    for context in ("Plan > (XII) Rails", "Plan > 12. Rails", "第十二条 铁路", "Twelve, Rails"):
        assert standing("#12", context, ["Track is laid."]) == [True]
    assert standing("#12", "Plan > (XI) Roads", ["Track is laid."]) == [False]


def test_a_table_is_named_by_its_label() -> None:
    texts = ["Table 3: Wages", "As Table 4 shows, rents rose."]
    assert standing("#table4", "", texts) == [False, True]


def test_a_sentence_that_names_the_place_counts() -> None:
    assert standing("#5", "", ["By Article 5 it ended.", "So did the rest."]) == [True, False]


def test_a_footnote_is_known_by_the_number_it_begins_with() -> None:
    notes = ["3. The Gazette.", "4. The Courier.", "⁵ The Times.", "[6] The Post."]
    for number, note in zip("3456", notes, strict=True):
        found = standing(f"#footnote{number}", "", notes, Kind.FOOTNOTE)
        assert found == [n == note for n in notes]
    assert not any(standing("#4", "", notes, Kind.FOOTNOTE))
    assert not any(standing("#footnote4", "", notes, Kind.LIST_ITEM))


@pytest.mark.parametrize("text", ["3 May was wet.", "(c) Rails.", "C) Rails.", "2.3 Rails"])
def test_other_beginnings_are_no_such_number(text: str) -> None:
    assert standing("#3", "", [text]) == [False]


def test_a_number_without_a_mark_opens_a_heading_only() -> None:
    assert standing("#3", "", ["3 Rails"], Kind.HEADING) == [True]
    assert standing("#3", "Plan > 3 Rails", ["Track is laid."]) == [True]
