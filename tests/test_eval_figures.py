"""The page of figures: filled by the commands that measure, with hand-worked judgements."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from eval import figures
from eval.bench import retrieval
from eval.bench.overhead import repeated
from eval.bench.support import halves
from eval.fill import fill
from eval.sets import library_of, read_set
from index.encode import find
from index.errors import PullquoteError
from index.library import Library
from tests.test_eval_observe import case

CORPUS = {
    "p1": "尼斯大桥长四百一十二米，一九三一年由市长开通。",
    "p2": "渡船停在河口，船夫在旅馆里过夜。",
    "p3": "城里的图书馆收藏了三万册旧书。",
}
QUERIES = {
    "q1": ("尼斯大桥长多少米？", "四百一十二米", "p1"),
    "q2": ("图书馆收藏多少册旧书？", "三万册", "p3"),
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set of three passages and two questions; its library is kept under the test's folder."""
    monkeypatch.setenv("PULLQUOTE_MODELS", str((find() or Path("none")).parent))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "data" / "cmrc2018"
    folder.mkdir(parents=True)
    rows = {
        "corpus": [{"id": key, "title": "", "text": text} for key, text in CORPUS.items()],
        "queries": [
            {
                "id": key,
                "question": question,
                "answers": [answer],
                "relevant": [passage],
                "relevant_as_published": [passage, "gone"],
                "answerable": True,
            }
            for key, (question, answer, passage) in QUERIES.items()
        ],
    }
    for name, lines in rows.items():
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write("".join(json.dumps(line) + "\n" for line in lines))
    return folder.parent


def test_the_page_is_filled_by_what_is_measured(data: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A\n\n<!-- cmrc2018:begin -->\nstale\n<!-- cmrc2018:end -->\n\nB\n")
    assert figures.main(["cmrc2018", "--data", str(data), "--page", str(page)]) == 0
    text = page.read_text()
    assert "stale" not in text and text.startswith("# A\n") and text.endswith("\nB\n")
    assert "| in top 10 passages | 1.000 |" in text and "63.5 / 83.6" in text and "Commit " in text


def test_what_cannot_be_filled_is_said(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A\n")
    words = ["--data", str(data), "--page", str(page), "--out", str(tmp_path / "out")]
    assert figures.main(["cmrc2018", *words]) == 1
    assert "has no place for cmrc2018" in capsys.readouterr().err and page.read_text() == "# A\n"
    assert figures.main(["colour", *words]) == 1
    assert "no block colour" in capsys.readouterr().err
    assert figures.main(["own", *words, "--seeds", str(tmp_path / "none")]) == 1
    assert "--seeds" in capsys.readouterr().err


def test_every_block_has_its_place_on_the_page(tmp_path: Path) -> None:
    text = figures.README.read_text("utf-8")
    for name in figures.BLOCKS:
        assert text.count(f"<!-- {name}:begin -->") == text.count(f"<!-- {name}:end -->") == 1


def test_a_block_may_hold_what_a_pattern_would_take_for_itself(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- a:begin -->x<!-- a:end --><!-- b:begin -->y<!-- b:end -->")
    fill(page, "a", [r"\1 \g<0>"])
    fill(page, "a", [r"\2"])
    assert page.read_text() == (
        "<!-- a:begin -->\n\n\\2\n\n<!-- a:end --><!-- b:begin -->y<!-- b:end -->"
    )


def test_judgements_as_published_count_what_the_corpus_lacks(data: Path) -> None:
    set_ = read_set(data / "cmrc2018")
    judged = retrieval.as_published(data / "cmrc2018")
    assert judged["q1"] == {"p1": 1, "gone": 1}
    with Library.open(library_of(set_)) as library:
        lines = retrieval.published(library, set_, judged)
    by_words = next(line for line in lines if line.startswith("| lexical"))
    cells = [cell.strip() for cell in by_words.strip("|").split("|")]
    # found first of two judged: average precision 1/2; one in thirty places: 1/30
    assert cells == ["lexical", "2", "0.500", "0.033"]


def test_cases_are_repeated_under_other_ids() -> None:
    first, second = case(id="a"), case(id="b", follows="a")
    found = repeated([first, second], 5)
    assert [one.id for one in found] == ["a/0", "b/0", "a/1", "b/1", "a/2"]
    assert found[3].follows == "a/1" and not found[4].follows


def test_claims_that_are_told_apart_have_full_marks() -> None:
    true = np.array([True, False] * 20)
    found = halves(true.astype(float), true)
    assert found["F1"] == found["accuracy"] == found["AUC"] == 1
    assert found["F1 of calling all supported"] == pytest.approx(2 / 3)


def test_a_page_without_the_place_is_left_as_it_was(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("nothing")
    with pytest.raises(PullquoteError, match="has no place for a"):
        fill(page, "a", ["x"])
    assert page.read_text() == "nothing"
