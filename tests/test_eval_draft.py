"""Cases proposed from documents and from feedback, and what a person makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.cases import load
from eval.commands import main
from eval.draft import GAP, decided, drafts, from_feedback
from eval.lint import Source, lint
from index.errors import PullquoteError
from index.readers import read

PAGE = (
    "# Bridges\n\nThe old bridge over the river Ness was opened in 1931 by the mayor. "
    "Its repair has cost the city about 4.5 million pounds so far. "
    "Nobody knows how long it will stand.\n\n"
    "The works were led for many years by Ann Lee Baker of the council.\n"
)
DOCUMENT = read(PAGE.encode(), "ness.md")


def test_each_statement_becomes_a_case_that_stands_in_its_document() -> None:
    found = [one for one in drafts(DOCUMENT) if one.answerable]
    assert [one.facts[0].any[0] for one in found] == [
        "1931",
        "4.5 million pounds",
        "Ann Lee Baker",
    ]
    assert [one.tags[0] for one in found] == ["figure", "figure", "who"]
    assert all(GAP in one.question for one in found)
    assert lint(found, {"ness.md": Source(DOCUMENT.text, DOCUMENT.sha256)}) == []


def test_a_whole_name_is_left_out_and_a_figure_before_its_year() -> None:
    text = (
        "The plan was put out by the Ministry of Roads and the Bridges Board in spring.\n\n"
        "In 2024 the ferries carried some 40.5 million people over the river.\n"
    )
    found = [one for one in drafts(read(text.encode(), "a.txt")) if one.answerable]
    assert [one.facts[0].any[0] for one in found] == [
        "Ministry of Roads and the Bridges Board",
        "40.5 million people",
    ]


def test_a_fact_left_out_does_not_stand_in_its_question() -> None:
    for one in drafts(DOCUMENT):
        assert not any(fact.stands_in(one.question) for fact in one.facts)


def test_a_neighbouring_year_that_is_not_spoken_of_is_unanswerable() -> None:
    text = "In June 2024 the bridge was closed for 12 weeks. It was open in 2023 and in 2025."
    other = [one for one in drafts(read(text.encode(), "a.txt")) if not one.answerable]
    (only,) = other  # the first sentence has its year left out: it is the fact
    assert only.question.endswith("It was open in ____ and in 2026.") and not only.facts


def feedback(path: Path, *verdicts: str) -> Path:
    answer: dict[str, Any] = {
        "status": "answered",
        "citations": [{"document": {"file": "briefs/ness.md"}, "quote": "opened in 1931"}],
    }
    rows = [
        {
            "time": f"2025-06-05T10:0{n}:00Z",
            "question": f"When was it opened? {n}",
            "verdict": verdict,
            "note": "",
            "answer": answer,
        }
        for n, verdict in enumerate(verdicts)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_an_answer_called_right_must_be_cited_so_again(tmp_path: Path) -> None:
    (one,) = from_feedback(feedback(tmp_path / "f", "right"))
    assert one.documents == ("ness.md",) and one.answerable
    assert one.spans[0].any[0].quote == "opened in 1931"
    assert lint([one], {"ness.md": Source(DOCUMENT.text)}) == []


def typing(*lines: str) -> Any:
    left: Iterator[str] = iter(lines)
    return lambda _: next(left)


def test_of_an_answer_called_wrong_a_person_says_what_is_right(tmp_path: Path) -> None:
    wrong, cited = from_feedback(feedback(tmp_path / "f", "wrong answer", "wrong citation"))
    assert not wrong.answerable and "wrong answer" in wrong.note
    mended = decided(wrong, typing("", "1932; the mayor", "ness.md"))
    assert mended and mended.answerable and mended.documents == ("ness.md",)
    assert [fact.any for fact in mended.facts] == [("1932",), ("the mayor",)]
    silent = decided(cited, typing("When was it closed?", ""))
    assert silent and not silent.answerable and silent.question == "When was it closed?"


def test_a_draft_is_kept_reworded_dropped_or_ends_the_work() -> None:
    first = next(drafts(DOCUMENT))
    assert decided(first, typing("")) == first
    worded = decided(first, typing("When was the bridge opened?"))
    assert worded and worded.question == "When was the bridge opened?"
    assert decided(first, typing("d")) is None
    with pytest.raises(EOFError):
        decided(first, typing("q"))


def test_feedback_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_text('\n{"time": "x"}\n')
    with pytest.raises(PullquoteError, match="line 2 is not feedback"):
        list(from_feedback(path))


def test_the_command_prints_or_asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, out = tmp_path / "ness.md", tmp_path / "cases.jsonl"
    page.write_text(PAGE)
    assert main(["draft", str(page)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(list(drafts(DOCUMENT)))
    monkeypatch.setattr("builtins.input", typing("When was it opened?", "d", "q"))
    assert main(["draft", str(page), "--out", str(out)]) == 0
    assert [one.question for one in load(out)] == ["When was it opened?"]
    assert main(["draft"]) == 1
    assert "Name a document" in capsys.readouterr().err
