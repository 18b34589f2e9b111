from __future__ import annotations

import math
from pathlib import Path

import pytest

from index import lexical
from index.lexical import Lexical
from index.terms import terms

ROWS = [
    (1, "a", "Bridges of iron. Iron bridges!"),
    (2, "b", "A bridge of stone stands here."),
    (3, "b", "桥梁的研究"),
    (4, "c", "Nothing of the sort stands anywhere at all."),
]


@pytest.fixture
def opened(tmp_path: Path) -> Lexical:
    lexical.update(tmp_path, ROWS)
    return Lexical(tmp_path)


def test_the_chunk_with_more_of_the_terms_comes_first(opened: Lexical) -> None:
    assert [i for i, _ in opened.search(terms("iron bridge"), 10)] == [1, 2]


def test_scores_are_bm25(opened: Lexical) -> None:
    ((found, score),) = opened.search(["iron"], 10)
    lengths = [len(terms(text)) for _, _, text in ROWS]
    idf = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    norm = 1.2 * (1 - 0.75 + 0.75 * lengths[0] / (sum(lengths) / 4))
    assert (found, score) == (1, pytest.approx(idf * 2 * 2.2 / (2 + norm), rel=1e-3))


def test_chinese_is_found_by_its_bigrams(opened: Lexical) -> None:
    assert [i for i, _ in opened.search(terms("桥梁"), 10)] == [3]


def test_documents_limit_the_search_itself(opened: Lexical) -> None:
    assert [i for i, _ in opened.search(terms("bridge"), 1, ["b"])] == [2]
    assert opened.search(terms("bridge"), 10, []) == []


def test_terms_are_counted_and_joined(opened: Lexical) -> None:
    assert (opened.frequency("stand"), opened.frequency("unheard")) == (2, 0)
    assert opened.all_of(["bridg", "stone"]) == [2]


def test_removed_documents_are_gone(tmp_path: Path) -> None:
    lexical.update(tmp_path, ROWS)
    lexical.update(tmp_path, [(9, "d", "A bridge of rope.")], removed=["b"])
    assert [i for i, _ in Lexical(tmp_path).search(terms("bridge"), 10)] == [1, 9]
