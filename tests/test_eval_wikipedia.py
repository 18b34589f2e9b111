from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from eval.bench import wikipedia
from index.errors import PullquoteError
from qa.training.reader_rows import held_out

SENTENCES = "The bridge of Ness {n} was opened in 1931. It is painted green. Ada Lund built it."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two hundred paragraphs, each with a question; one of a source that does not belong here."""
    with gzip.open(tmp_path / wikipedia.FILE, "wt", encoding="utf-8") as file:
        for n in range(200):
            text = SENTENCES.format(n=n)
            row = {
                "question": f"When was the bridge of Ness {n} opened?",
                "passage": text,
                "answers": [{"text": "1931", "start": text.index("1931")}],
                "source": wikipedia.SOURCES[n % 2] if n else "covid_qa",
                "lang": "en",
            }
            file.write(json.dumps(row) + "\n")
    return tmp_path


def test_the_questions_are_of_held_out_paragraphs_in_a_larger_pool(folder: Path) -> None:
    found = wikipedia.question_set(folder)
    assert len(found.passages) == 199
    texts = {p.id: p.text for p in found.passages}
    asked = [q for q in found.queries if q.answerable]
    assert asked and {texts[q.relevant[0]] for q in asked} == set(filter(held_out, texts.values()))
    assert all(q.answers[0] in texts[q.relevant[0]] for q in asked)
    assert found == wikipedia.question_set(folder)


def test_a_changed_question_is_of_the_same_paragraph_and_has_no_answer(folder: Path) -> None:
    found = wikipedia.question_set(folder)
    told = {q.id: q for q in found.queries}
    changed = [q for q in found.queries if not q.answerable]
    assert changed
    for query in changed:
        assert not query.answers and not query.relevant
        assert query.question != told[query.id.removesuffix("-changed")].question


def test_a_folder_without_the_rows_is_told(tmp_path: Path) -> None:
    with pytest.raises(PullquoteError, match="--data"):
        wikipedia.question_set(tmp_path)
