from __future__ import annotations

from pathlib import Path

import pytest

from eval.bench import claims, retrieval
from eval.sets import build
from index.errors import PullquoteError
from index.library import Library
from qa.training.reader_rows import HELD_OUT_WRITTEN, held_out

KINDS = ("bridge", "kiln", "ferry", "orchard")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents of two sections, one of them a table, the other with a claim of every verdict."""
    for n in range(24):
        kind = KINDS[n % len(KINDS)]
        (tmp_path / f"{kind}-{n}.md").write_text(
            f"# {kind.title()} {n}\n## History\nThe {kind} of Holt{n} opened in 1931.\n"
            f"= Holt{n} has had its {kind} since 1931.\n^ Holt{n} lost its {kind} in 1931.\n"
            f"~ Holt{n} paid for its {kind} itself.\n? When did Holt{n} get a {kind}? | 1931\n"
            "## Costs\nYear: 1931; Cost: 40. Year: 1932; Cost: 41.\n"
            "? What did it cost in 1932? | 41\n"
        )
    return tmp_path


def test_claims_that_a_section_decides_are_to_be_found_in_it(folder: Path) -> None:
    found = claims.question_set(folder)
    assert len(found.passages) == 24
    assert all(p.text.startswith("History\n\nThe ") for p in found.passages)
    texts = {p.id: p.text for p in found.passages}
    asked = {q.question: q.relevant for q in found.queries}
    held = [p.stem for p in folder.glob("*.md") if held_out(p.stem, HELD_OUT_WRITTEN)]
    assert len(asked) == 2 * len(held) > 0
    for text, (home,) in asked.items():
        assert text.split()[0] in texts[home] and "paid" not in text


def test_they_are_found_by_every_way_of_ranking(folder: Path, tmp_path: Path) -> None:
    set_ = claims.question_set(folder)
    (tmp_path / "made").mkdir()
    build(set_.passages, tmp_path / "made")
    with Library.open(tmp_path / "made" / "library") as library:
        figures = retrieval.retrieval(library, set_, retrieval.pullquote)
    assert figures["RR"] > 0.6


def test_a_folder_without_documents_is_told(tmp_path: Path) -> None:
    with pytest.raises(PullquoteError, match="--data"):
        claims.question_set(tmp_path)
