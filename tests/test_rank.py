from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.library import Library
from qa import rank, reading
from qa.candidates import describe
from qa.model import Model, load, together
from qa.question import parse
from qa.reader import Passage
from qa.retrieve import embed, fused
from tests.libraries import library_of

TEXTS = {
    "pier.txt": "# Piers\n\nThe pier of Selwick is 412 metres long. It was built in 1871. A tram"
    " runs along it. The toll is 4 pence.",
    "wall.txt": "The sea wall of Selwick is nine hundred metres long.",
    "tolls.md": "# Tolls of Dorva\n\n| Year | Ships | Cargo | Toll |\n|---|---|---|---|\n"
    "| 1986 | 1,204 | 540,000 | 31 pence |\n| 1987 | 1,292 | 554,000 | 34 pence |\n"
    "| 1988 | 1,310 | 561,000 | 38 pence |\n",
}
QUESTION = "How long is the pier of Selwick?"
NAN = float("nan")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("rank"), TEXTS)


@pytest.fixture
def model() -> Model:
    return replace(load()["en"], reading=2.0)


def look(library: Library, model: Model) -> rank.Seen:
    question = parse(QUESTION)
    vector = embed(library, question)
    hits = fused(library, question, vector, 10)
    return rank.look(model, question, describe(library, question, vector, hits))


def test_logits_add_the_mean_of_both_readings(model: Model) -> None:
    found = together(model, np.array([1.0, 0.0]), np.array([3.0, 2.0]), np.array([1.0, 4.0]))
    assert found.tolist() == [1 + 2 * 2, 0 + 2 * 3]


def test_what_was_not_read_passes_nothing_that_was(model: Model) -> None:
    read = np.array([3.0, 2.0, NAN])
    assert together(model, np.zeros(3), read, np.full(3, NAN)).tolist() == [6, 4, 4]
    # The first falls by 2 when read alone (mean 2, not 3); what was not, falls with it.
    assert together(model, np.zeros(3), read, np.array([1.0, NAN, NAN])).tolist() == [4, 2, 2]


def test_without_a_reader_only_the_figures_count(model: Model) -> None:
    unread = np.full(2, NAN)
    assert together(model, np.array([1.0, 0.5]), unread, unread).tolist() == [1.0, 0.5]


def test_the_first_sentences_are_read_again_by_themselves(library: Library, model: Model) -> None:
    seen = look(library, replace(model, again=2))
    again = np.flatnonzero(~np.isnan(seen.alone))
    before = together(model, seen.logits, seen.scores, np.full(len(seen.alone), np.nan))
    assert set(again) == set(np.argsort(-before)[:2])
    for k in again:
        one = seen.described.candidates[k]
        text = Passage(one.chunk.chunk.context, one.text, ((0, len(one.text)),))
        (read,) = reading.reader().read(QUESTION, [text])
        assert seen.alone[k] == pytest.approx(read.logits[0])


def test_no_sentence_is_read_again_where_none_is_to_be(library: Library, model: Model) -> None:
    assert np.isnan(look(library, replace(model, again=0)).alone).all()
    assert np.isnan(look(library, replace(model, read=0)).alone).all()


@pytest.mark.parametrize(
    ("asked", "reader", "name"),
    [
        (QUESTION, "default", "en"),
        (QUESTION, "fast", "fast"),
        (QUESTION, "none", "unread"),
        ("石桥有多长？", "default", "zh"),
        ("橋はどこにありますか？", "fast", "zh fast"),
        ("石桥有多长？", "none", "lexical"),
        ("돌다리는 얼마나 길어요?", "default", "lexical"),
    ],
)
def test_a_language_has_its_own_weights(asked: str, reader: str, name: str) -> None:
    assert rank.model_for(parse(asked), reader) == name
    assert (load()[name].read > 0) is (name not in ("unread", "lexical"))


def test_an_answer_is_found_and_nothing_is_read_but_by_the_reader(library: Library) -> None:
    question = parse(QUESTION)
    vector = embed(library, question)
    described = describe(library, question, vector, fused(library, question, vector, 10))
    for reader in rank.READERS:
        ranking = rank.rank(question, described, rank.Effort(reader))
        assert "412 metres" in described.candidates[ranking.order[0]].text
        assert bool(ranking.answers) is (reader != "none")


@pytest.mark.parametrize(
    ("asked", "model"),
    [
        (QUESTION, "fast"),
        ("How long is the pier of Brixham?", "fast"),
        ("Is the pier old?", "en"),
    ],
)
def test_no_more_is_read_than_settles_it(library: Library, asked: str, model: str) -> None:
    question = parse(asked)
    vector = embed(library, question)
    described = describe(library, question, vector, fused(library, question, vector, 10))
    quick, by_it = (
        rank.judge(load()[m], rank.look(load()[m], question, described)) for m in ("fast", model)
    )
    assert rank.settled(quick) is (model == "fast")
    assert rank.rank(question, described).confidence == by_it.confidence


def test_the_cell_of_a_row_is_marked_as_the_row_by_itself_tells(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rank, "SURE", 0.0)  # two passages settle it
    question = parse("What was the toll at Dorva in 1988?")
    vector = embed(library, question)
    described = describe(library, question, vector, fused(library, question, vector, 10))
    quick = rank.judge(load()["fast"], rank.look(load()["fast"], question, described))
    assert rank.settled(quick) and not quick.silent
    first = described.candidates[quick.order[0]]
    row = described.rows[first.key]
    [read] = reading.reader().read(question.text, [reading.by_itself(first, row)])
    assert read.answers[0] is not None
    start, end = rank.rank(question, described).answers[first.key]
    assert (start, end) == row.cell(read.answers[0])
    assert library.text(first.chunk.document_id)[start:end] == "38 pence"


def test_a_passage_that_was_read_is_not_read_again(
    library: Library, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: reading.Known = {}
    question = parse(QUESTION)
    vector = embed(library, question)
    described = describe(library, question, vector, fused(library, question, vector, 10))
    once = replace(model, read=1, again=0)
    before = rank.look(once, question, described, known)
    assert len(known) == 1
    monkeypatch.setattr(reading, "reader", lambda: pytest.fail("read again"))
    assert np.array_equal(
        rank.look(once, question, described, known).scores, before.scores, equal_nan=True
    )
