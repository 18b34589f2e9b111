"""What changed between two runs, and how it is shown."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from eval import output, panel
from eval.commands import main
from eval.compare import (
    BOTH_RIGHT,
    CITATIONS,
    RIGHT,
    WRONG,
    compare,
    kind_of,
    word_changes,
    word_diff,
)
from eval.gate import Broken
from eval.measures import NAMES
from eval.pages import comparison_body, marked, run_body
from eval.results import FORMAT, Result, Run, as_line, result_line
from eval.sheet import page
from index.errors import PullquoteError
from tests.test_eval_observe import LONG, OPENED, case, payload, seen


def header(**other: Any) -> dict[str, Any]:
    library = {
        "generation": 1,
        "state": "s",
        "passages": 1,
        "documents": [{"file": "ness.txt", "sha256": "5" * 64}],
    }
    return {
        "format": FORMAT,
        "cases": {"files": ["bridges"], "number": 1, "sha256": "c"},
        "code": {"commit": "1a2b3c4", "sha256": "c"},
        "models": {"reader.onnx": "m"},
        "settings": {"reader": "default"},
        "library": library,
        "machine": {"system": "Linux x86_64", "python": "3.11.7"},
    } | other


def changed_library(sha256: str = "6" * 64) -> dict[str, Any]:
    documents = [{"file": "ness.txt", "sha256": sha256}, {"file": "tay.txt", "sha256": "7"}]
    return header()["library"] | {"documents": documents}


def run(*results: Result, name: str = "before", **other: Any) -> Run:
    return Run(name, header(**other), results, {})


RIGHT_ONE = seen(case(), payload(LONG))
SILENT = seen(case(), payload())


def moved(one: Result, by: int, sha256: str = "5" * 64) -> Result:
    cited = [replace(c, start=c.start + by, end=c.end + by, sha256=sha256) for c in one.citations]
    return replace(one, citations=tuple(cited))


def test_kinds_of_change() -> None:
    assert kind_of(RIGHT_ONE, RIGHT_ONE) is None
    assert kind_of(RIGHT_ONE, SILENT) == WRONG
    assert kind_of(SILENT, RIGHT_ONE) == RIGHT
    assert kind_of(RIGHT_ONE, seen(case(), payload(LONG, OPENED))) == BOTH_RIGHT
    assert kind_of(RIGHT_ONE, moved(RIGHT_ONE, 1)) == CITATIONS


def test_a_quote_that_moved_with_its_document_is_no_change() -> None:
    assert kind_of(RIGHT_ONE, moved(RIGHT_ONE, 40, "6" * 64)) is None


def test_other_confidence_is_no_change() -> None:
    assert kind_of(RIGHT_ONE, replace(RIGHT_ONE, confidence=0.79)) is None


def test_cases_that_are_not_in_both_are_told_and_not_compared() -> None:
    before = run(RIGHT_ONE, replace(RIGHT_ONE, id="2"), replace(RIGHT_ONE, id="3"))
    recast = replace(SILENT, id="3", question="Another?")
    found = compare(before, run(RIGHT_ONE, recast, replace(SILENT, id="4")))
    assert (found.gone, found.new, found.recast) == (("2",), ("4",), ("3",))
    assert not found.changes


def test_what_became_of_the_words_cited() -> None:
    later = {"ness.txt": "A note. The Ness bridge is 421 metres long. It was opened in 1931."}
    found = compare(run(RIGHT_ONE), run(SILENT, library=changed_library()), later)
    assert found.documents.changed == ("ness.txt",) and found.documents.added == ("tay.txt",)
    assert found.changes[0].sources == ("ness.txt has changed: “412” became “421”",)
    gone = compare(run(RIGHT_ONE), run(SILENT, library=changed_library()), {"ness.txt": "Other."})
    assert gone.changes[0].sources == ("ness.txt has changed: the quote no longer stands there",)


def test_word_differences_by_hand() -> None:
    assert word_diff("It is 4.5 m long", "It is 5.5 m") == [
        ("equal", "It is", "It is"),
        ("replace", "4.5", "5.5"),
        ("equal", "m", "m"),
        ("delete", "long", ""),
    ]
    assert word_changes("It is not so", "It is so") == ["“not” was left out"]
    assert word_changes("It is so", "It is not so") == ["“not” was put in"]


def test_what_the_runs_were_made_with() -> None:
    other = run(RIGHT_ONE, models={"reader.onnx": "n"}, settings={"reader": "none"}, name="after")
    told = compare(run(RIGHT_ONE), other).exchanged
    assert told == (
        "model: reader.onnx is not the same",
        "setting: reader was default, then none",
    )


def test_every_measure_that_applies_is_tested() -> None:
    found = compare(run(RIGHT_ONE), run(SILENT))
    by_name = {one.name: one for one in found.differences}
    assert by_name["right"].fell == ("1",) and by_name["right"].p == 1.0
    assert "words" not in by_name and set(by_name) <= set(NAMES)


def comparison(split: str = "tune") -> Any:
    before = [replace(RIGHT_ONE, split=split, question="Is it <long> & wide?")]
    after = [replace(SILENT, split=split, question="Is it <long> & wide?")]
    return compare(run(*before), run(*after, name="after", library=changed_library()))


BROKEN = [Broken("newly wrong", "1, at most 0 may be", ("1",))]


def test_for_people_and_as_markdown() -> None:
    told = output.text(comparison(), BROKEN)
    assert "after compared with before\n----" in told
    assert "before: The Ness bridge is 412 metres long." in told
    assert "The gate is broken: newly wrong: 1, at most 0 may be. Cases: 1" in told
    notes = output.markdown(comparison(), [])
    assert "## Newly wrong: 1\n" in notes and "The gate lets it pass." in notes
    assert "gate" not in output.text(comparison())


def test_junit_is_what_servers_read() -> None:
    root = ET.fromstring(output.junit(comparison(), BROKEN).encode())
    suites = {one.get("name"): one for one in root}
    assert suites["cases"].attrib | {"tests": "1", "failures": "1"} == suites["cases"].attrib
    failure = suites["cases"].find("testcase/failure")
    assert failure is not None and "412 metres" in str(failure.text)
    assert suites["gate"].get("failures") == "1"


def test_a_page_needs_nothing_else() -> None:
    whole = page("x", comparison_body(comparison(), BROKEN))
    assert "Is it &lt;long&gt; &amp; wide?" in whole and "<long>" not in whole
    assert not re.search(r"<script|https?://|<link|@import|url\(", whole)
    assert whole.count("<svg") == 3 == whole.count("</svg>")
    for part in re.findall(r"<svg.*?</svg>", whole):
        ET.fromstring(part)


def test_a_page_of_one_run() -> None:
    whole = page("x", run_body(run(RIGHT_ONE, replace(SILENT, id="2"))))
    assert "Not right: 1 of 2" in whole and "412 metres" in whole
    assert not re.search(r"<script|https?://", whole)


def test_cases_held_back_are_counted_and_not_shown() -> None:
    held = comparison("held")
    for shown in (output.text(held), output.junit(held), comparison_body(held)):
        assert "wide?" not in shown and "412" not in shown
    body = run_body(run(replace(SILENT, split="held")))
    assert "wide?" not in body and "1 of them are held back" in body


def test_other_citations_and_quotations_are_shown_with_their_words() -> None:
    moved = replace(RIGHT_ONE.citations[0], quote="elsewhere 412 metres", start=90, end=110)
    elsewhere = compare(run(RIGHT_ONE), run(replace(RIGHT_ONE, citations=(moved,)), name="after"))
    assert elsewhere.of(CITATIONS)
    for shown in (output.text(elsewhere), comparison_body(elsewhere)):
        assert RIGHT_ONE.text in shown and "“elsewhere 412 metres”" in shown
    asked = replace(RIGHT_ONE, verdict="verbatim", given="verbatim", sentences=())
    checked = compare(run(asked), run(replace(asked, given="altered"), name="after"))
    body = comparison_body(checked)
    assert "<del>verbatim</del>" in body and "<ins>altered</ins>" in body
    assert f"“{RIGHT_ONE.citations[0].quote}”" in body


def test_marks_show_what_went_and_what_came() -> None:
    assert marked("a 412 b", "a 421 b c") == (
        "a <del>412</del> b",
        "a <ins>421</ins> b <ins>c</ins>",
    )
    assert marked("", "") == ("", "")


def write(folder: Path, one: Run) -> Path:
    path = folder / f"{one.name}.jsonl"
    path.write_text(as_line(one.header) + "".join(map(result_line, one.results)), "utf-8")
    return path


def test_the_panel_shows_a_folder_of_runs(tmp_path: Path) -> None:
    shown = panel.panel()
    assert "No runs yet" in shown.runs(tmp_path)
    write(tmp_path, run(RIGHT_ONE))
    write(tmp_path, run(SILENT, name="after"))
    assert sorted(shown.names(tmp_path)) == ["after", "before"]
    assert "<svg" in shown.runs(tmp_path) and "after" in shown.runs(tmp_path)
    assert "412 metres" in shown.run(tmp_path, "after")
    assert "Newly wrong: 1" in shown.compared(tmp_path, "before", "after")
    (tmp_path / "cut.jsonl").write_text("{")
    assert "cut.jsonl is not a result file" in shown.runs(tmp_path)
    with pytest.raises(PullquoteError, match="There is no run"):
        shown.run(tmp_path, "../before")


def test_the_panel_is_named_for_the_desk() -> None:
    from importlib.metadata import entry_points

    found = {one.name: one for one in entry_points(group="pullquote.panels")}
    assert found["eval"].load()().title == "Evaluation"


def test_the_command_compares_files_and_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = write(tmp_path, run(RIGHT_ONE)), write(tmp_path, run(SILENT, name="after"))
    assert main(["compare", str(before), "after", "--out", str(tmp_path)]) == 0
    gate = tmp_path / "gate.toml"
    gate.write_text("[gate]\nnewly_wrong = 0\n")
    assert main(["compare", str(before), str(after), "--gate", str(gate)]) == 1
    assert "The gate is broken" in capsys.readouterr().out
    assert main(["compare", "no", "after", "--out", str(tmp_path)]) == 1
    assert "There is no run no" in capsys.readouterr().err
    assert main(["report", "after", "--out", str(tmp_path), "--html", str(tmp_path / "x")]) == 0
    assert "after: 1 cases" in capsys.readouterr().out and (tmp_path / "x").exists()
