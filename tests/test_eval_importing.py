"""Public formats as documents and cases."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.cases import load
from eval.commands import main
from eval.importing import imported, write
from eval.lint import lint, read_sources
from eval.results import load_run
from eval.runner import plan, run
from eval.settings import Settings, with_changes
from eval.variants import of_documents
from index.errors import PullquoteError

NESS = "The Ness bridge is 412 metres long. It was opened in 1931."


def squad(*qas: dict[str, Any], context: str = NESS) -> Any:
    return {"data": [{"title": "Ness", "paragraphs": [{"context": context, "qas": list(qas)}]}]}


def query(id: str, question: str, *answers: str) -> dict[str, Any]:
    found = [{"text": one, "answer_start": NESS.find(one)} for one in answers]
    return {"id": id, "question": question, "answers": found}


def put(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path


def lines(path: Path, *rows: Any) -> Path:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def test_squad_answers_are_wordings_and_places(tmp_path: Path) -> None:
    none = {"id": "b", "question": "Who built it?", "answers": [], "is_impossible": True}
    asked = query("a", "How long is it?", "412 metres", "412", "412 metres")
    found = imported("squad", [put(tmp_path / "x.json", squad(asked, none))])
    (name,) = found.documents
    assert name.startswith("Ness-") and found.documents[name] == NESS
    first, second = found.cases
    assert first.facts[0].any == ("412 metres", "412") and first.documents == (name,)
    assert [(p.start, p.end) for p in first.spans[0].any] == [(19, 29), (19, 22)]
    assert not second.answerable
    write(found, tmp_path / "out")
    cases = load(tmp_path / "out" / "cases.jsonl")
    assert cases == found.cases
    assert lint(cases, read_sources(tmp_path / "out" / "documents")) == []


def test_cmrc_in_both_forms(tmp_path: Path) -> None:
    text = "大桥长412米，1931年通车。"
    own = {
        "context_text": text,
        "title": "大桥",
        "qas": [{"query_id": "q1", "query_text": "大桥多长？", "answers": ["412米", "412米"]}],
    }
    row = {"id": "q2", "question": "何时通车？", "answers": [{"text": "1931年", "answer_start": 8}]}
    paths = [
        put(tmp_path / "own.json", [own]),
        put(tmp_path / "squad.json", squad(row, context=text)),
    ]
    found = imported("cmrc", paths)
    assert {one.id: one.facts[0].any for one in found.cases} == {
        "q1": ("412米",),
        "q2": ("1931年",),
    }
    assert {one.language for one in found.cases} == {"zh"}


def test_beir_wants_documents_only(tmp_path: Path) -> None:
    corpus = lines(
        tmp_path / "corpus.jsonl.gz",
        {"_id": "d1", "title": "Ness", "text": NESS},
        {"_id": "d2", "title": "", "text": "The Tay is wide."},
    )
    queries = lines(
        tmp_path / "queries.jsonl",
        {"_id": "q1", "text": "ness bridge"},
        {"_id": "q2", "text": "not judged"},
    )
    qrels = tmp_path / "test.tsv"
    qrels.write_text("query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n")
    found = imported("beir", [corpus, queries, qrels])
    (only,) = found.cases
    assert only.documents == tuple(n for n in found.documents if n.startswith("d1"))
    assert "retrieval" in only.tags and len(found.documents) == 2
    with pytest.raises(PullquoteError, match="qrels"):
        imported("beir", [corpus, queries])


def test_clapnq_selected_sentences_must_be_cited(tmp_path: Path) -> None:
    passage = {"title": "Ness", "text": NESS, "sentences": NESS.split(". ")}
    output = {
        "answer": "412 metres.",
        "selected_sentences": ["The Ness bridge is 412 metres long."],
    }
    path = lines(
        tmp_path / "dev.jsonl",
        {"id": "1", "input": "how long", "passages": [passage], "output": [output]},
        {"id": "2", "input": "who", "passages": [passage], "output": [{"answer": ""}]},
    )
    first, second = imported("clapnq", [path]).cases
    assert first.spans[0].any[0].quote == "The Ness bridge is 412 metres long."
    assert not second.answerable


@pytest.mark.parametrize("format", ["squad", "clapnq", "cmrc", "beir"])
def test_another_file_is_refused_in_one_line(format: str, tmp_path: Path) -> None:
    path = put(tmp_path / "corpus.tsv", {"a": 1})
    with pytest.raises(PullquoteError) as told:
        imported(format, [path])
    assert "\n" not in str(told.value)
    with pytest.raises(PullquoteError, match="cannot be read"):
        imported("squad", [tmp_path / "absent.json"])


def test_from_file_to_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path / "x.json", squad(query("a", "How long is the Ness bridge?", "412 metres")))
    assert main(["import", "squad", str(path), "--out", str(tmp_path / "out")]) == 0
    assert "1 cases" in capsys.readouterr().out
    library = of_documents(tmp_path / "out" / "documents", tmp_path)
    settings = with_changes(Settings(), ["reader=none"])
    cases = plan([tmp_path / "out" / "cases.jsonl"], "all", settings)
    (found,) = load_run(run(library, cases, tmp_path / "runs")).results
    assert found.right and found.ranks == (1,) and found.spans == (True,)
