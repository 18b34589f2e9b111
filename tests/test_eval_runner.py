"""Runs: the same bytes, going on after a kill, little time beside the answers' own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eval.cases import Case, as_line
from eval.results import Result, load_run, result_line, result_of, timings_of, whole_lines
from eval.runner import Plan, plan, run
from eval.settings import Settings, with_changes
from eval.variants import for_settings, of_documents
from index.errors import PullquoteError
from index.library import Library
from tests.test_eval_observe import LONG, case, payload, seen

ROOT = Path(__file__).parents[1]
RIVERS = ("Ness", "Tay", "Esk", "Dee", "Don", "Spey")
QUICK = with_changes(Settings(), ["reader=none"])


def text(number: int, river: str) -> str:
    long, year = 300 + 7 * number, 1900 + number
    return (
        f"Bridges of the {river}\n\nThe {river} bridge is {long} metres long. It was opened in "
        f"{year} by the mayor. The {river} rises in the hills and is {40 + number} kilometres long."
        "\n\nFerries crossed here before. They are remembered in the name of the inn.\n"
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("runner")
    (folder / "texts").mkdir()
    for number, river in enumerate(RIVERS):
        (folder / "texts" / f"{river}.txt").write_text(text(number, river))
    yield of_documents(folder / "texts", folder)


def asked(number: int) -> tuple[Case, ...]:
    found = []
    for n in range(number):
        river = RIVERS[n % len(RIVERS)]
        ask = "How long is the bridge?" if n % 2 else f"When was the {river} bridge opened?"
        found.append(case(id=f"c{n}", question=f"{ask} {n // 9}", facts=(), documents=("x.txt",)))
    return tuple(found)


def planned(number: int) -> Plan:
    return Plan(asked(number), ("rivers",), QUICK)


def test_the_same_run_gives_the_same_bytes_and_times_stand_beside(
    library: Path, tmp_path: Path
) -> None:
    one, other = (run(library, planned(12), tmp_path / name) for name in ("a", "b"))
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()
    assert b"timings" not in one.read_bytes()
    times = json.loads(timings_of(one).read_text())
    assert len(times["cases"]) == 12 and times["peak_mb"] > 10
    assert {"encode", "search", "compose", "total", "wall"} <= set(times["cases"]["c0"])
    assert sorted(p.name for p in one.parent.iterdir()) == [one.name, timings_of(one).name]


def test_the_header_says_what_was_run_on_what(library: Path, tmp_path: Path) -> None:
    path = run(library, planned(3), tmp_path)
    head = load_run(path).header
    assert path.name.startswith("rivers-reader=none-")
    assert path.stem.endswith(head["code"]["commit"])
    assert head["cases"]["number"] == 3 and head["settings"]["reader"] == "none"
    assert {one["file"] for one in head["library"]["documents"]} == {f"{r}.txt" for r in RIVERS}
    assert head["library"]["generation"] == 1 and len(head["library"]["state"]) == 64
    assert any(name.endswith(".onnx") for name in head["models"])
    assert all(len(one) == 64 for one in head["models"].values())
    assert str(tmp_path) not in path.read_text()


def test_a_run_that_was_killed_goes_on_where_it_was(library: Path, tmp_path: Path) -> None:
    for package in ("index", "qa", "eval"):  # a copy: the code may be worked on meanwhile
        shutil.copytree(ROOT / package, tmp_path / package)
    cases = tmp_path / "rivers.jsonl"
    cases.write_text("".join(as_line(one) + "\n" for one in asked(200)), "utf-8")

    def start(out: str) -> subprocess.Popen[bytes]:
        words = ["run", "--library", str(library), "--cases", str(cases), "--out", out]
        words += ["--set", "reader=none"]
        return subprocess.Popen(
            [sys.executable, "-m", "eval.commands", *words],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
        )

    out = tmp_path / "runs"
    process = start("runs")
    part = _part_with(out, 20, process)
    process.kill()
    process.wait()
    times = [json.loads(one) for one in whole_lines(part.with_suffix(".part-times").read_text())]
    assert 19 <= len(times) < 200
    assert start("runs").wait() == 0 and start("fresh").wait() == 0
    (path,) = out.glob("*.jsonl")
    assert path.read_bytes() == (tmp_path / "fresh" / path.name).read_bytes()
    again = load_run(path).timings["cases"]
    kept = [one for one in times if {"id": one["id"], **again[one["id"]]} == one]
    assert len(again) == 200 and len(kept) == len(times)  # they were not asked a second time
    assert not part.exists()


def _part_with(out: Path, lines: int, process: subprocess.Popen[bytes]) -> Path:
    for _ in range(600):
        found = list(out.glob("*.part")) if out.exists() else []
        if found and found[0].read_bytes().count(b"\n") > lines:
            return found[0]
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.05)
    raise AssertionError("no answers were written")


def test_a_part_of_another_run_is_not_gone_on_with(library: Path, tmp_path: Path) -> None:
    path = run(library, planned(4), tmp_path)
    lines = path.read_text().splitlines(keepends=True)
    part = path.with_suffix(".part")
    part.write_text(lines[0].replace('"reader": "none"', '"reader": "fast"') + "".join(lines[1:3]))
    path.with_suffix(".part-times").write_text('{"id": "c0"}\n{"id": "c1"}\n')
    steps: list[int] = []
    run(library, planned(4), tmp_path, lambda done, _: steps.append(done))
    assert steps == [1, 2, 3, 4]


def test_a_question_that_cannot_be_asked_is_kept_as_refused(library: Path, tmp_path: Path) -> None:
    long = Plan((case(question="why " * 2000),), ("long",), QUICK)
    found = load_run(run(library, long, tmp_path)).results[0]
    assert found.status == "refused" and not found.right


def test_quotations_and_follow_ups_are_asked_too(library: Path, tmp_path: Path) -> None:
    cases = (
        case(id="long", question="How long is the Tay bridge?", documents=("Tay.txt",)),
        case(id="next", question="And the Dee bridge?", documents=("Dee.txt",), follows="long"),
        case(id="said", question="It was opened in 1901 by the mayor", verdict="verbatim"),
        case(id="bent", question="It was opened in 1901 by the minister", verdict="altered"),
        case(id="void", question=" ... ", verdict="not_found"),
    )
    wanted = Plan(tuple(replace(one, facts=()) for one in cases), ("mixed",), QUICK)
    found = {one.id: one for one in load_run(run(library, wanted, tmp_path)).results}
    assert found["next"].asked == "How long is the Dee bridge?"
    assert "321 metres" in found["next"].text
    assert [found[key].given for key in ("said", "bent")] == ["verbatim", "altered"]
    assert found["said"].citations[0].file == "Tay.txt" and found["said"].citations[0].valid
    assert found["void"].given == "refused" and not found["void"].right


def test_a_follow_up_follows_also_where_a_run_goes_on(library: Path, tmp_path: Path) -> None:
    first = case(id="long", question="How long is the Tay bridge?", facts=())
    second = case(id="next", question="And the Dee bridge?", facts=(), follows="long")
    whole = Plan((first, second), ("pair",), QUICK)
    path = run(library, whole, tmp_path)
    lines = path.read_text().splitlines(keepends=True)
    path.with_suffix(".part").write_text("".join(lines[:2]))
    path.with_suffix(".part-times").write_text('{"id": "long", "total": 1.0}\n')
    content = path.read_bytes()
    assert run(library, whole, tmp_path).read_bytes() == content


def test_ids_must_differ_among_all_files(tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text(as_line(case()))
    assert plan([file], "held").cases == () and plan([file], "held").sets == ("one-held",)
    with pytest.raises(PullquoteError, match="Two cases have the id 1"):
        plan([file, file])


def test_a_result_survives_its_line() -> None:
    found: Result = replace(seen(case(), payload(LONG)), ranks=(1, None))
    assert result_of(json.loads(result_line(found))) == found


def test_a_file_that_is_no_result_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    for content in ("", "{}\n", '{"format": 99}\n', "no\n"):
        path.write_text(content)
        with pytest.raises(PullquoteError, match=r"x\.jsonl is not a result file"):
            load_run(path)


def test_other_chunk_sizes_need_a_library_of_their_own(library: Path, tmp_path: Path) -> None:
    assert for_settings(library, QUICK, tmp_path) == library
    small = with_changes(QUICK, ["target=20"])
    place = for_settings(library, small, tmp_path)
    with Library.open(library) as usual, Library.open(place) as cut:
        assert {d.sha256 for d in usual.documents()} == {d.sha256 for d in cut.documents()}
        assert {d.file for d in usual.documents()} == {d.file for d in cut.documents()}
        assert sum(c[1] for c in cut.counts().values()) > sum(c[1] for c in usual.counts().values())
    assert for_settings(library, small, tmp_path) == place


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("speed=1", "no setting speed"),
        ("reader=loud", "one of default"),
        ("top=many", "give a number"),
        ("dense=-1", "a number from 0"),
        ("dense=nan", "a number from 0"),
        ("caution=9", "a share from 0 to 0.5"),
    ],
)
def test_what_cannot_be_set_is_said(change: str, says: str) -> None:
    with pytest.raises(PullquoteError, match=says):
        with_changes(Settings(), [change])


def test_settings_have_a_name() -> None:
    assert Settings().label == "default"
    assert with_changes(Settings(), ["top=5", "search=words"]).label == "search=words,top=5"


def test_settings_change_the_answers(library: Path, tmp_path: Path) -> None:
    def scores(*changes: str) -> list[object]:
        wanted = replace(planned(6), settings=with_changes(QUICK, changes))
        return [one.confidence for one in load_run(run(library, wanted, tmp_path)).results]

    assert scores("search=words") != scores() != scores("dense=0")
    wanted = replace(planned(12), settings=with_changes(QUICK, ["caution=0"]))
    never = load_run(run(library, wanted, tmp_path)).results
    usual = load_run(run(library, planned(12), tmp_path)).results
    assert sum(r.answered for r in never) >= sum(r.answered for r in usual)
