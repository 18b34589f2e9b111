from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval import run
from eval.cases import Case, Fact, as_line
from eval.table import table
from index.library import Library

TEXT = "The Ness bridge is 412 metres long. It was opened in 1931 by the mayor of Ness."


def case(**other: Any) -> Case:
    usual: dict[str, Any] = {
        "id": "1",
        "question": "How long is the Ness bridge?",
        "facts": (Fact(("412 metres",)),),
        "documents": ("ness.txt",),
        "answerable": True,
        "tags": ("figure",),
        "language": "en",
        "note": "",
        "split": "tune",
    }
    return Case(**(usual | other))


def payload(*spans: tuple[int, int], status: str = "answered", file: str = "ness.txt") -> Any:
    return {
        "status": status,
        "sentences": [{"text": TEXT[a:b], "citations": [n]} for n, (a, b) in enumerate(spans, 1)],
        "citations": [
            {
                "n": n,
                "document": {"id": "d", "file": file},
                "start": a,
                "end": b,
                "quote": TEXT[a:b],
            }
            for n, (a, b) in enumerate(spans, 1)
        ],
        "passages": [{"text": TEXT}],
        "confidence": 0.8,
        "timings_ms": {"total": 4.0},
    }


def judged(one: Case, given: Any) -> run.Outcome:
    return run.judge(one, given, {"d": TEXT}.__getitem__)


def test_the_fact_in_the_first_sentence_from_the_right_document_is_right() -> None:
    found = judged(case(), payload((0, 35)))
    assert (found.complete, found.prompt, found.cited, found.right) == (True,) * 4
    assert (found.citations, found.valid) == (1, 1)


def test_the_fact_in_the_second_sentence_is_complete_but_not_prompt() -> None:
    found = judged(case(facts=(Fact(("1931",)),)), payload((0, 35), (36, 79)))
    assert (found.complete, found.prompt) == (True, False)


def test_a_list_needs_one_item_in_its_first_sentence() -> None:
    both = (Fact(("412 metres",)), Fact(("1931",)))
    assert judged(case(facts=both, tags=("list",)), payload((0, 35), (36, 79))).prompt
    assert not judged(case(facts=both), payload((0, 35), (36, 79))).prompt


def test_another_document_is_wrong_though_the_fact_is_said() -> None:
    found = judged(case(), payload((0, 35), file="other.txt"))
    assert found.complete
    assert not found.right


def test_a_quote_that_is_not_at_its_place_is_counted() -> None:
    typed = payload((0, 35))
    typed["citations"][0]["quote"] = "The Ness bridge is 421 metres long."
    assert judged(case(), typed).valid == 0


def test_silence_is_right_only_where_there_is_no_answer() -> None:
    silent = payload(status="not_found")
    assert judged(case(facts=(), documents=(), answerable=False), silent).right
    assert not judged(case(), silent).right


def test_figures_by_hand() -> None:
    outcomes = [
        judged(case(), payload((0, 35))),
        judged(case(facts=(Fact(("1931",)),)), payload(status="not_found")),
        judged(case(facts=(), documents=(), answerable=False), payload((0, 35))),
    ]
    assert run.figures(outcomes) == {
        "n": 3,
        "answerable": 2,
        "fact in answer": 0.5,
        "fact recall": 0.5,
        "fact in first": 0.5,
        "fact in passages": 1.0,
        "document cited": 0.5,
        "false silence": 0.5,
        "silence right": 0.0,
        "citations valid": 1.0,
        "median words": 7.0,
        "median ms": 4.0,
    }


def test_a_group_without_cases_to_measure_on_shows_a_dash() -> None:
    outcomes = [judged(case(), payload((0, 35)))]
    assert run.figures(outcomes)["silence right"] is None
    assert table(["", "n"], [["x", None]])[-1] == "| x | - |"


def test_groups_by_language_document_and_tag() -> None:
    outcomes = [judged(case(), payload((0, 35))), judged(case(language="zh", tags=()), payload())]
    sizes = {name: len(group) for name, group in run.groups(outcomes).items()}
    assert sizes == {
        "all": 2,
        "language en": 1,
        "language zh": 1,
        "document ness.txt": 2,
        "tag figure": 1,
    }


def test_what_is_held_back_is_never_shown() -> None:
    wrong = payload(status="not_found")
    shown = run.failures([judged(case(), wrong), judged(case(id="2", split="held"), wrong)])
    assert "1 WRONG" in shown
    assert "412 metres" in shown
    assert "\n2 " not in shown


def test_a_whole_run_over_a_small_library(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ness.txt").write_text(TEXT, encoding="utf-8")
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([tmp_path / "ness.txt"])
    file = tmp_path / "cases.jsonl"
    file.write_text(as_line(case()), encoding="utf-8")
    there = ["--library", str(tmp_path / "library"), "--cases", str(file)]
    assert run.main([*there, "--json", str(tmp_path / "out.json")]) == 0
    assert "fact in answer" in capsys.readouterr().out
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert told["figures"]["all"]["citations valid"] == 1.0
    assert told["cases"][0]["right"] is True


def test_a_missing_library_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(as_line(case()), encoding="utf-8")
    assert run.main(["--library", str(tmp_path / "no"), "--cases", str(file)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
