"""`python -m eval.run`: the tables that development looks at."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval import run
from eval.cases import as_line
from eval.results import Run
from eval.table import table
from index.library import Library
from tests.test_eval_observe import LONG, TEXT, case, payload, seen


def test_figures_by_hand() -> None:
    results = (
        seen(case(), payload(LONG)),
        replace(seen(case(), payload()), id="2", facts=(False,)),
        replace(seen(case(facts=(), documents=(), answerable=False), payload(LONG)), id="3"),
    )
    times = {"cases": {key: {"total": 4.0} for key in ("1", "2", "3")}}
    assert run.figures(results, Run("x", {}, results, times)) == {
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
    results = (seen(case(), payload(LONG)),)
    times = {"cases": {"1": {"total": 4.0}}}
    assert run.figures(results, Run("x", {}, results, times))["silence right"] is None
    assert table(["", "n"], [["x", None]])[-1] == "| x | - |"


def test_what_is_held_back_is_never_shown() -> None:
    shown = run.failures([seen(case(), payload()), seen(case(id="2", split="held"), payload())])
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
    there = ["--library", str(tmp_path / "library"), "--cases", str(file), "-v"]
    assert run.main([*there, "--json", str(tmp_path / "out.json")]) == 0
    assert "fact in answer" in capsys.readouterr().out
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert told["figures"]["all"]["citations valid"] == 1.0


def test_a_missing_library_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(as_line(case()), encoding="utf-8")
    assert run.main(["--library", str(tmp_path / "no"), "--cases", str(file)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
