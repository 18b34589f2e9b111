from __future__ import annotations

import numpy as np
import pytest

from index.records import Chunk, Hit, Kind, Sentence
from index.rows import StoredChunk
from qa.alike import same
from qa.candidates import Candidate
from qa.disagree import disagreements


def candidate(document: str, text: str, above: str = "") -> Candidate:
    chunk = Chunk(0, len(text), above, (Sentence(0, len(text), Kind.PARAGRAPH),))
    hit = Hit(1, document, 0, len(text), 1.0, 0.5, 1.0)
    return Candidate(hit, StoredChunk(1, document, text, chunk, np.zeros((1, 4), np.float32)), 0)


ONE = candidate("a", "The dam at Orrin holds 40 million litres of water.")


def test_another_figure_in_another_document_is_a_disagreement() -> None:
    (found,) = disagreements(
        [ONE], [candidate("b", "The dam at Orrin holds 55 million litres of water.")]
    )
    assert [(s.value, s.document_id) for s in found.sides] == [
        ("40 million", "a"),
        ("55 million", "b"),
    ]
    assert "litres" in found.about


def test_no_disagreement_within_a_document_on_another_subject_or_with_the_same_figure() -> None:
    others = [
        candidate("a", "The dam at Orrin holds 55 million litres of water."),
        candidate("b", "The bakery in Tilby sells 55 loaves each Sunday morning."),
        candidate("c", "The dam at Orrin holds 40 million litres of water."),
        candidate("d", "The dam at Orrin holds water."),
    ]
    assert disagreements([ONE], others) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The yard at Orrin built 44 boats in 2024.", "The yard at Orrin built 41 boats in 2023."),
        ("On 3 May the yard counted 44 boats.", "On 5 May the yard counted 41 boats."),
        ("截至2024年底，港口有船44艘。", "截至2023年底，港口有船41艘。"),
        (
            "The branch in Park Road received 15,800 visitors.",
            "The branch in Mill Lane received 12,400 visitors.",
        ),
        (
            "The yard of Tilby in the old port built 44 boats.",
            "The yard in the port built 41 boats.",
        ),
        ("The play “Sea Wind” was seen by 900.", "The play “Sand Wind” was seen by 800."),
    ],
)
def test_of_another_year_day_or_name_another_figure_may_be_true(one: str, other: str) -> None:
    assert disagreements([candidate("a", one)], [candidate("b", other)]) == ()


def test_a_title_gives_the_year_of_a_sentence_that_has_none() -> None:
    last = candidate("a", "The room was open on 248 days.", "Annual report 2023 > Rooms")
    this = candidate("b", "The room was open on 251 days.", "Annual report 2024 > Rooms")
    undated = candidate("c", "The room was open on 250 days.", "Opening hours")
    dated = candidate("d", "In 2023 the room was open on 240 days.", "Annual report 2024")
    assert disagreements([last], [this]) == ()
    assert disagreements([this], [dated]) == ()
    assert len(disagreements([last], [undated, dated])) == 2


def test_a_name_that_a_title_gives_is_the_same() -> None:
    one = candidate("a", "The harbour of Tilby counted 41 boats.", "Tilby")
    other = candidate("b", "The harbour counted 44 boats.", "The town of Tilby")
    assert len(disagreements([one], [other])) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("6310", "6,310"), ("12 million", "12,000,000"), ("4 %", "4 per cent")]
)
def test_figures_of_one_value_agree(one: str, other: str) -> None:
    told = "The port has {} registered readers and visitors."
    assert (
        disagreements([candidate("a", told.format(one))], [candidate("b", told.format(other))])
        == ()
    )
    assert same(told.format(one), told.format(other))


def test_figures_of_other_values_do_not() -> None:
    one, other = "The target for new jobs is 12 million.", "The target for new jobs is 15 million."
    (found,) = disagreements([candidate("a", one)], [candidate("b", other)])
    assert [s.value for s in found.sides] == ["12 million", "15 million"]
    assert not same(one, other)
    assert not same(
        "The target for new jobs is 12 million.", "The target for new jobs is 12 billion."
    )


def test_two_sentences_disagree_once() -> None:
    other = candidate("b", "The dam at Orrin holds 55 million litres of water.")
    assert len(disagreements([ONE, other], [ONE, other])) == 1
