from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval import public, sets
from eval.bench.retrieval import best_per_passage
from index.errors import PullquoteError

SENTENCES = {"p1": ("Ness has a bridge .", "It is 412 metres long ."), "p2": ("Ore has none .",)}


def query(**other: Any) -> sets.Query:
    usual: dict[str, Any] = {
        "id": "q",
        "question": "How long is the bridge?",
        "answers": ("412 metres",),
        "relevant": ("p1",),
        "answerable": True,
        "selected": (("It is 412 metres long .",),),
    }
    return sets.Query(**(usual | other))


def result(*texts: str, passage: str = "p1", confidence: float = 0.5, **other: Any) -> Any:
    payload = {
        "status": "answered" if texts else "not_found",
        "sentences": [{"text": text, "citations": [1]} for text in texts],
        "citations": [{"n": 1, "document": {"id": f"doc-{passage}"}}],
        "passages": [{"text": "A bridge of 412 metres."}],
        "confidence": confidence,
        "timings_ms": {"search": 1.0, "total": 2.0},
    }
    return public.answered(query(**other), payload, {"doc-p1": "p1", "doc-p2": "p2"})


def test_the_title_comes_first_and_only_once() -> None:
    assert sets.passage({"id": 1, "title": "Ness", "text": "A town."}).text == "Ness\n\nA town."
    assert sets.passage({"id": 1, "title": "Ness", "text": "Ness is a town."}).text == (
        "Ness is a town."
    )
    assert sets.passage({"id": 1, "text": "A town."}).text == "A town."


def test_a_set_is_read_from_compressed_lines(tmp_path: Path) -> None:
    blank = {"id": "b", "question": " ", "answerable": True}
    asked = {"id": "q", "question": "What is it?", "answerable": False}
    files: dict[str, list[dict[str, object]]] = {
        "corpus": [{"id": "p1", "title": "", "text": "A town."}],
        "queries": [blank, asked],
    }
    for name, rows in files.items():
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write("".join(json.dumps(row) + "\n" for row in rows))
    found = sets.read_set(tmp_path)
    assert found.passages == (sets.Passage("p1", "A town.", ()),)
    assert found.queries == (sets.Query("q", "What is it?", (), (), False, ()),)
    with pytest.raises(PullquoteError, match="--data"):
        sets.read_set(tmp_path / "absent")


def test_passages_with_the_same_text_are_one() -> None:
    twins = [sets.Passage("a", "x", ()), sets.Passage("b", "y", ()), sets.Passage("c", "x", ())]
    assert sets.aliases(twins) == {"a": "a", "b": "b", "c": "a"}


def test_a_library_is_named_after_its_corpus() -> None:
    assert sets.fingerprint(["a", "b"]) == sets.fingerprint(["a", "b"])
    assert sets.fingerprint(["a", "b"]) != sets.fingerprint(["ab"])


def test_only_the_best_chunk_of_a_passage_counts() -> None:
    ranked = [("d1", 0.9), ("d2", 0.9), ("d1", 0.8), ("d3", 0.1)]
    ids = {"d1": "p1", "d2": "p2", "d3": "p3"}
    assert best_per_passage(ranked, ids, 2) == {"p1": 1.0, "p2": 0.5}


def test_where_the_answer_string_stands() -> None:
    results = [result("It is long.", "It is 412 metres long."), result()]
    assert public.answer_figures(results, public.BY_WORDS) == {
        "queries": 2,
        "in first sentence": 0.0,
        "exact match": 0.0,
        "F1": pytest.approx(0.0),
        "in answer": 0.5,
        "in top 10 passages": 1.0,
        "answered": 0.5,
    }


def test_an_answer_sentence_is_named_by_the_sentences_it_overlaps() -> None:
    assert public.names("It is 412 metres long.", ["p1"], SENTENCES) == ["itis412metreslong"]
    assert len(public.names("Ness has a bridge. It is 412 metres long.", ["p1"], SENTENCES)) == 2
    assert public.names("It is 412 metres long.", ["p2"], SENTENCES) == ["itis412metreslong?"]


def test_sentence_selection_by_hand() -> None:
    results = [result("Ness has a bridge.", "It is 412 metres long."), result()]
    found = public.selection_figures(results, SENTENCES)
    assert found["first sentence is gold"] == 0.0
    assert found["precision"] == pytest.approx(0.5 / 2)
    assert found["recall"] == pytest.approx(1.0 / 2)
    assert found["mean F1"] == pytest.approx(2 / 3 / 2)


def test_the_best_annotator_counts() -> None:
    both = (("Ness has a bridge .",), ("It is 412 metres long .",))
    found = public.selection_figures([result("It is 412 metres long.", selected=both)], SENTENCES)
    assert (found["precision"], found["recall"]) == (1.0, 1.0)


def test_silence_figures() -> None:
    results = [
        result("It is long.", confidence=0.9),
        result(confidence=0.4),
        result(confidence=0.4, answerable=False),
    ]
    found = public.silence_figures(results)
    assert found["answered of answerable"] == 0.5
    assert found["answered of unanswerable"] == 0.0
    assert found["told apart"] == pytest.approx(2 / 3)
    assert found["AUC of confidence"] == 0.75


def test_medians_of_time_and_words() -> None:
    found = public.time_figures([result("It is long."), result()])
    assert found == {"median ms, search": 1.0, "median ms, total": 2.0, "median words": 3.0}
