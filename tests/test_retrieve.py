from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.library import Library
from index.rows import Filters
from qa.question import parse
from qa.retrieve import Fusion, embed, search, wanted
from tests.libraries import library_of

TEXTS = {
    "kiln.txt": "Potters fire the kiln with birch. The kiln stands behind the mill.",
    "loom.txt": "Weavers thread the loom with flax. The loom is older than the mill.",
    "mill.txt": "The mill grinds rye in autumn.",
    "窑.txt": "陶工用桦木烧窑。窑在磨坊后面。",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("retrieve"), TEXTS)


@pytest.fixture(scope="module")
def bulletins(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Many texts that are alike, and one of another kind."""
    texts = {
        f"{day}.txt": f"Bulletin {day}: showers, and the river rises by {day} centimetres."
        for day in range(1, 21)
    }
    glossary = {"glossary.txt": "Furze: a halt above Lowen."}
    return library_of(tmp_path_factory.mktemp("bulletins"), {**texts, **glossary})


def ranked(library: Library, question: str, **options: object) -> list[str]:
    hits = search(library, question, 10, **options)  # type: ignore[arg-type]
    return [library.headers([h.document_id])[h.document_id].file for h in hits]


def test_the_fused_score_is_the_weighted_sum_of_the_scaled_scores(library: Library) -> None:
    hits = search(library, "kiln fired with birch", 10, fusion=Fusion(dense=0.25, lexical=0.75))
    dense = np.array([h.dense for h in hits])
    lexical = np.array([h.lexical for h in hits])
    held = lexical > 0
    least = lexical[held].min() * (1 - 1 / held.sum())
    scaled = np.where(held, (lexical - least) / (lexical.max() - least), 0.0)
    expected = 0.25 * (dense - dense.min()) / (dense.max() - dense.min()) + 0.75 * scaled
    assert [h.score for h in hits] == pytest.approx(expected.tolist(), abs=1e-6)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_the_only_passage_that_holds_a_word_comes_first(bulletins: Library) -> None:
    assert ranked(bulletins, "Is there flooding at Furze?")[0] == "glossary.txt"


def test_the_words_are_searched_in_both_forms_of_an_abbreviation() -> None:
    assert wanted(parse("Does AI weave?")) == ["ai", "weav", "artifici", "intellig"]
    assert wanted(parse("Does artificial intelligence weave?"))[-1] == "ai"


def test_the_best_match_of_the_words_is_among_the_ten_that_are_read(bulletins: Library) -> None:
    found = ranked(bulletins, "How high is the water at Furze?")
    assert found[-1] == "glossary.txt"
    assert len(found) == 10


def test_a_numbered_place_asked_for_is_among_the_ten_that_are_read(tmp_path: Path) -> None:
    texts = {f"{n}.txt": f"Rules of the roads, part {n}: carts keep left." for n in range(20, 40)}
    rules = {
        "boats.txt": "Boats\n\n(Fourteen) Boats show a lamp.",
        "mill.txt": "(14) Rye is ground.",
    }
    library = library_of(tmp_path, {**texts, **rules})
    found = ranked(library, "What do the rules of the roads say in point 14 on carts and boats?")
    assert "boats.txt" in found
    assert "mill.txt" not in found


def test_either_index_alone_finds_its_own(library: Library) -> None:
    assert ranked(library, "kiln", fusion=Fusion(0.0, 1.0))[0] == "kiln.txt"
    assert ranked(library, "making cloth", fusion=Fusion(1.0, 0.0))[0] == "loom.txt"


def test_chinese_is_searched_by_its_words_alone(library: Library) -> None:
    question = parse("陶工用什么烧窑？")
    assert not embed(library, question).any()
    assert ranked(library, question.text) == ["窑.txt"]


def test_a_filter_leaves_the_others_out_of_the_scaling(library: Library) -> None:
    chosen = next(d.id for d in library.documents() if d.file == "mill.txt")
    (hit,) = search(library, "kiln behind the mill", 10, Filters(document=chosen))
    assert hit.document_id == chosen


def test_a_question_of_unknown_words_still_has_neighbours(library: Library) -> None:
    assert len(ranked(library, "zyzzyva")) >= 3
