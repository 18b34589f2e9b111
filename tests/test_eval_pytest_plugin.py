"""A newsroom's own repository holds its own gate: pytest in a process and folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from eval.cases import Fact, as_line
from index.library import Library
from tests.test_eval_observe import TEXT, case

Pytest = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def pytest_there(tmp_path_factory: pytest.TempPathFactory) -> Pytest:
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "ness.txt").write_text(TEXT)
    with Library.open(folder / "library", create=True) as library:
        library.add([folder / "ness.txt"])
    right = case(id="long")
    wrong = case(id="short", facts=(Fact(("413 metres",)),))
    silent = case(id="none", question="Who was king of Norway in 1950?", facts=(), documents=())
    silent = replace(silent, answerable=False)
    for name, cases in {"good": [right, silent], "all": [right, wrong, silent]}.items():
        (folder / f"{name}.jsonl").write_text("".join(as_line(one) + "\n" for one in cases))
    (folder / "broken.jsonl").write_text("{}\n")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words],
            capture_output=True,
            text=True,
            cwd=folder,
            env={**os.environ, "PULLQUOTE_LIBRARY": str(folder / "library")},
        )

    return run


def test_one_test_a_case(pytest_there: Pytest) -> None:
    done = pytest_there("--pullquote-cases", "good.jsonl", "--pullquote-library", "library", "-v")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "long PASSED" in done.stdout and "none PASSED" in done.stdout
    assert "2 passed" in done.stdout


def test_a_case_that_is_not_right_fails_and_says_why(pytest_there: Pytest) -> None:
    done = pytest_there("--pullquote-cases", "all.jsonl")
    assert done.returncode == 1
    assert "1 failed, 2 passed" in done.stdout
    assert "wanted: 413 metres, cited from ness.txt" in done.stdout
    assert "answer: The Ness bridge is 412 metres long." in done.stdout
    assert "cited: ness.txt, characters 0 to " in done.stdout
    assert "Traceback" not in done.stdout


def test_several_files_and_a_choice_among_their_cases(pytest_there: Pytest) -> None:
    both = ["--pullquote-cases", "good.jsonl", "--pullquote-cases", "all.jsonl"]
    done = pytest_there(*both, "-k", "long")
    assert done.returncode == 0 and "2 passed, 3 deselected" in done.stdout


def test_what_is_no_case_file_is_one_line(pytest_there: Pytest) -> None:
    done = pytest_there("--pullquote-cases", "broken.jsonl")
    assert done.returncode == 4
    assert "line 1 is not a case" in done.stderr and "Traceback" not in done.stderr


def test_a_missing_library_is_told(pytest_there: Pytest) -> None:
    done = pytest_there("--pullquote-cases", "good.jsonl", "--pullquote-library", "nowhere")
    assert done.returncode == 1 and "There is no library at nowhere" in done.stdout


def test_without_the_option_nothing_is_added(pytest_there: Pytest) -> None:
    assert pytest_there().returncode == 5  # pytest's own: no tests were collected
