from __future__ import annotations

import numpy as np

from index.records import Chunk, Hit, Kind, Sentence
from index.rows import StoredChunk
from qa.candidates import Candidate
from qa.disagree import disagreements


def candidate(document: str, text: str) -> Candidate:
    chunk = Chunk(0, len(text), "", (Sentence(0, len(text), Kind.PARAGRAPH),))
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
