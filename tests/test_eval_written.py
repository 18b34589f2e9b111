from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.bench import written
from eval.public import measure
from eval.sets import build
from index.errors import PullquoteError
from index.library import Library
from qa.glosses.gloss import is_chinese
from qa.training.reader_rows import HELD_OUT_WRITTEN, held_out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents, some of them Chinese."""
    for n in range(39):
        (tmp_path / f"bridge-{n}.md").write_text(
            f"# Bridge {n}\n## Building\nBridge {n} was opened in 1931. Ada Lund drew it.\n"
            f"? When was bridge {n} opened? | 1931\n! When was bridge {n} closed?\n"
        )
    for n in range(12):
        (tmp_path / f"qiao-{n}.md").write_text(
            "# 石桥\n## 建造\n石桥建于1931年。\n? 石桥建于哪年？ | 1931年\n! 石桥毁于哪年？\n"
        )
    return tmp_path


def test_asked_are_documents_that_neither_reader_nor_weights_have_seen(folder: Path) -> None:
    found, used = written.question_set(folder), written.question_set(folder, spared=False)
    assert len(found.passages) == len(used.passages) == 39
    homes = {q.relevant[0] for q in found.queries if q.answerable}
    others = {q.relevant[0] for q in used.queries if q.answerable}
    held = {p.id for p in found.passages if held_out(p.id, HELD_OUT_WRITTEN)}
    assert homes | others == held and not homes & others and homes and others
    assert [q.answerable for q in found.queries] == [True, False] * len(homes)


def test_the_document_is_read_without_its_questions(folder: Path) -> None:
    stone, *_ = written.question_set(folder, chinese=True).passages
    assert stone.text == "# 石桥\n\n## 建造\n\n石桥建于1931年。\n"
    path = folder / "stone.md"
    path.write_text(stone.text)
    with Library.open(folder / "library", create=True) as library:
        library.add([path])
        [document] = library.documents()
        assert document.title == "石桥"
        assert "建造" in library.text(document.id) and "？" not in library.text(document.id)


def test_questions_over_tables_are_asked_of_documents_that_hold_some(folder: Path) -> None:
    assert written.over_tables(folder).queries == ()
    for n in range(12):
        (folder / f"wages-{n}.md").write_text(
            "# Wages\n## By district\nDistrict: Holt; Wage: 40. District: Skye; Wage: 41.\n"
            "? What is the wage in Skye? | 41\n! What is the rent in Skye?\n"
        )
    found = written.over_tables(folder)
    homes = {q.relevant[0] for q in found.queries if q.answerable}
    assert homes == {f"wages-{n}" for n in range(12) if held_out(f"wages-{n}", HELD_OUT_WRITTEN)}
    assert len(found.passages) == 51 and len(found.queries) == 2 * len(homes) > 0


def test_questions_that_were_put_into_chinese_keep_their_answers() -> None:
    english = {q.id: q for half in (False, True) for q in written.question_set(spared=half).queries}
    for half in (False, True):
        asked = written.in_chinese(spared=half).queries
        assert len(asked) == 360 and sum(q.answerable for q in asked) == 180
        assert all(is_chinese(q.question) for q in asked)
        assert all(replace(q, question=english[q.id].question) == english[q.id] for q in asked)


def test_a_part_of_the_questions_is_of_all_documents_alike(folder: Path) -> None:
    whole = written.question_set(folder)
    assert written.drawn(whole, None) == written.drawn(whole, len(whole.queries)) == whole
    few = written.drawn(whole, 3).queries
    assert 1 < len(few) <= 3 and len({q.id for q in few}) == len(few)
    assert few[0] == whole.queries[0] and few[-1] not in whole.queries[: len(whole.queries) // 2]


def test_a_folder_without_documents_is_told(tmp_path: Path) -> None:
    with pytest.raises(PullquoteError, match="--data"):
        written.question_set(tmp_path)


def test_a_chinese_answer_is_held_by_its_characters(folder: Path) -> None:
    halves = [written.question_set(folder, chinese=True, spared=s) for s in (True, False)]
    found, *_ = [one for one in halves if one.queries]
    (folder / "built").mkdir()
    build(found.passages, folder / "built")
    with Library.open(folder / "built" / "library") as library:
        answers = measure(library, found, "pullquote")["answers"]
    assert answers["queries"] == answers["in first sentence"] == 1
