from __future__ import annotations

from pathlib import Path

import pytest

from index.library import NO_FILTERS
from qa.answer import answer
from qa.cli import main
from qa.untranslated import remedy
from qa.web.render import rest
from tests.libraries import library_of

ENGLISH = ["The pier of Selwick is 412 metres long.", "Its toll is 4 pence."]
CHINESE = ["石桥长四百一十二米。"]


@pytest.mark.parametrize(
    ("question", "nearest", "told"),
    [
        ("石桥有多长？", ENGLISH, "Too few of its words are known in English"),
        ("橋はどこにありますか？", ENGLISH, "not in Japanese"),
        ("How long is the bridge?", CHINESE, "ask in Chinese"),
    ],
)
def test_who_asks_in_another_language_than_the_documents_is_told(
    question: str, nearest: list[str], told: str
) -> None:
    assert told in remedy(question, nearest, [])


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("How long is the bridge?", ENGLISH),
        ("石桥有多长？", CHINESE),
        ("石桥有多长？", [*ENGLISH, *CHINESE]),
        ("How long is the bridge?", []),
    ],
)
def test_nobody_else_is(question: str, nearest: list[str]) -> None:
    assert remedy(question, nearest, []) == ""


def test_where_nothing_is_near_the_languages_of_the_documents_tell(tmp_path: Path) -> None:
    texts = {"pier.txt": ENGLISH[0], "bridge.txt": CHINESE[0] * 3}
    both = sorted(library_of(tmp_path, texts).documents(), key=lambda d: d.language)
    assert remedy("门票要多少钱？", [], both) == ""
    assert "Too few of its words" in remedy("门票要多少钱？", [], both[:1])


def test_how_a_chinese_question_was_asked_is_told() -> None:
    asked_as = "How long is stone bridge?"
    told = remedy("石桥有多长？", ENGLISH, [], asked_as)
    assert asked_as in told and "Ask in English" in told


@pytest.mark.parametrize("pier", ["The pier of Selwick (栈桥) has a toll.", "A pier."])
def test_shell_and_desk_tell_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pier: str
) -> None:
    library = library_of(tmp_path, {"pier.txt": pier})
    question = "栈桥的门票是哪一年开始收的？"
    found = answer(library, question)
    assert found.status == "not_found"
    assert "Ask in English" in rest(library, found, NO_FILTERS)
    assert main(["ask", question, "--library", str(library.path)]) == 0
    assert "Ask in English" in " ".join(capsys.readouterr().out.split())
