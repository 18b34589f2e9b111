from __future__ import annotations

import pytest

from index.places import nested
from index.records import Kind
from qa import numbered
from qa.question import parse


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


ARTICLE = ["Article 3 (Permits)", "1. A kiosk needs one.", "2. It is short.", "3. It is dear."]


def depths(asked: str, context: str, texts: list[str] = ARTICLE) -> list[int]:
    (chain,) = nested(asked)
    kinds = [Kind.HEADING if t in ARTICLE[:1] else Kind.LIST_ITEM for t in texts]
    return numbered.depths(chain, context, texts, kinds)


def test_of_places_that_nest_a_sentence_stands_in_all() -> None:
    assert depths("Article 3, paragraph 2", "Kiosk Act") == [0, 0, 4, 0]
    assert depths("Article 3, paragraph 2", "Kiosk Act > Article 3", ARTICLE[1:]) == [0, 4, 0]
    assert depths("Article 2, paragraph 3", "Kiosk Act") == [0, 0, 0, 0]
    assert depths("Article 2, paragraph 3", "Kiosk Act > Chapter 2") == [0, 0, 0, 0]
    assert depths("Article 3, paragraph 3", "Kiosk Act") == [0, 0, 0, 4]
    assert depths("Article 3, paragraph 3", "Kiosk Act > Annex", ["3. North quay"]) == [0]


def test_what_a_sentence_does_not_stand_in_it_may_name() -> None:
    below = ["1. Paragraph 2 of Article 3 binds all.", "2. Nobody is exempt.", "3. Nor is he."]
    assert depths("Article 3, paragraph 2", "Kiosk Act > Article 4", below) == [2, 0, 0]
    below = ["4. Article 3, paragraph 2 binds all."]
    assert depths("Article 5, paragraph 2", "Kiosk Act > Article 5", below) == [0]
    below = ["3. Paragraph 2 does not bind hospitals."]
    assert depths("Article 3, paragraph 2", "Kiosk Act > Article 3", below) == [2]


@pytest.mark.parametrize(
    ("asked", "near", "stand"),
    [
        ("What does Article 5 say?", [3, 2, 1, 0], [True, False, False, False]),
        ("When does Article 5 enter into force?", [3, 2, 1, 0], [True, True, False, False]),
        ("What does Article 5 say?", [0, 2, 1, 0], [False, True, False, False]),
        ("What does the mayor say of Article 5?", [3, 2, 1, 0], [True, True, False, False]),
        ("What does Article 5 say?", [0, 0, 1, 0], [False, False, True, False]),
        ("What does Article 5 say?", [0, 0, 0, 0], [False] * 4),
    ],
)
def test_the_surest_place_counts(asked: str, near: list[int], stand: list[bool]) -> None:
    assert numbered.there(parse(asked), near) == stand


@pytest.mark.parametrize(
    ("text", "kind", "itself"),
    [
        ("6. Small firms get cheaper tools.", Kind.LIST_ITEM, True),
        ("(VI) Small firms get cheaper tools.", Kind.PARAGRAPH, True),
        ("5. Small firms get cheaper tools.", Kind.LIST_ITEM, False),
        ("Measure six is for small firms.", Kind.PARAGRAPH, False),
    ],
)
def test_the_place_itself_is_known_by_the_number_that_opens_it(
    text: str, kind: Kind, itself: bool
) -> None:
    assert numbered.is_place(parse("What do small firms get by measure six?"), text, kind) is itself
