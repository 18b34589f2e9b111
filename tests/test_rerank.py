from __future__ import annotations

import math
from pathlib import Path

import pytest

from index.library import Library
from index.records import Hit
from qa import reading, rerank, retrieve
from qa.candidates import candidates_of
from qa.question import parse
from tests.libraries import library_of

TEXTS = {
    "opening.txt": "Ada Brunel opened the iron bridge of Northport in 1861.",
    "paint.txt": "The iron bridge of Northport is painted green. Who paints the bridge is paid.",
    "trams.txt": "The iron bridge of Northport carries two tram lines. It is open at night.",
    "wall.txt": "The harbour wall of Northport will be nine hundred metres long.",
    "桥.txt": "石桥建于清朝。桥长四十米。",
}
QUESTION = "Who opened the iron bridge of Northport?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("rerank"), TEXTS)


def logit(library: Library, hit: Hit) -> float:
    """What the reader says of a passage of the library, read by itself."""
    chunk = library.chunks([hit.chunk_id])[hit.chunk_id]
    (read,) = reading.reader().read(QUESTION, [reading.passage(candidates_of(hit, chunk))])
    return float(read.logits.max())


def test_the_score_is_a_weighted_mean_of_search_and_reader(library: Library) -> None:
    before = {h.chunk_id: h for h in retrieve.search(library, QUESTION, 10)}
    after = rerank.search(library, QUESTION, 10)
    assert {h.chunk_id for h in after} == set(before) and len(after) >= 4
    for hit in after:
        seen = 1 / (1 + math.exp(-logit(library, hit) / rerank.SCALE))
        expected = (1 - rerank.WEIGHT) * before[hit.chunk_id].score + rerank.WEIGHT * seen
        assert hit.score == pytest.approx(expected, abs=1e-6)
    scores = [h.score for h in after]
    assert scores == sorted(scores, reverse=True) and 0 <= min(scores) <= max(scores) <= 1


def test_what_was_not_read_passes_nothing_that_was(library: Library) -> None:
    parsed = parse(QUESTION)
    hits = retrieve.search(library, QUESTION, 10)
    after = rerank.reranked(library, parsed, hits, 2)
    unread = [h.chunk_id for h in hits[2:]]
    assert [h.chunk_id for h in after if h.chunk_id in unread] == unread
    assert after.index(next(h for h in after if h.chunk_id == unread[0])) == 2


@pytest.mark.parametrize(
    ("question", "reader"), [(QUESTION, "none"), ("돌다리는 얼마나 길어요?", "default")]
)
def test_unread_and_in_korean_the_order_is_that_of_search(
    library: Library, question: str, reader: str
) -> None:
    assert rerank.search(library, question, 3, reader=reader) == retrieve.search(
        library, question, 3
    )


def test_few_passages_are_the_first_of_many(library: Library, tmp_path: Path) -> None:
    """The reader reads as many, however few are wanted."""
    assert rerank.search(library, QUESTION, 1) == rerank.search(library, QUESTION, 10)[:1]
    with Library.open(tmp_path / "library", create=True) as empty:
        assert rerank.search(empty, QUESTION) == []
