"""Quotations kept as offsets and edits, and what their checks come to."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from eval.quotations import load, main, quotation
from index.errors import PullquoteError

NESS = "The Ness bridge is 412 metres long. It opened in 1931, and nobody has counted its rivets.\n"


def cut(first: str, last: str, *edits: tuple[str, str]) -> dict[str, Any]:
    start, end = NESS.index(first), NESS.index(last) + len(last)
    said = NESS[start:end]
    return {
        "sha256": hashlib.sha256(NESS.encode()).hexdigest(),
        "start": start,
        "end": end,
        "sum": hashlib.sha256(said.encode()).hexdigest()[:8],
        "edits": [[said.index(old), len(old), new] for old, new in edits],
    }


def row(verdict: str, *cuts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "n", "kind": "k", "verdict": verdict, "cuts": list(cuts), **more}


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "quotations.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
    return path


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "ness.txt").write_text(NESS, "utf-8")
    return folder


def test_a_quotation_is_cut_edited_joined_and_folded(tmp_path: Path) -> None:
    one = row("altered", cut("The Ness", "412 metres", ("412", "421")), cut("It opened", "1931"))
    texts = {one["cuts"][0]["sha256"]: NESS}
    (case,) = load(written(tmp_path, {**one, "join": " … "}))
    assert quotation(case, texts) == "The Ness bridge is 421 metres … It opened in 1931"
    (case,) = load(written(tmp_path, {**one, "cuts": one["cuts"][1:], "fold": "upper"}))
    assert quotation(case, texts) == "IT OPENED IN 1931"


def test_a_run_prints_the_confusion_matrix(
    tmp_path: Path, documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(
        tmp_path,
        row("verbatim", cut("The Ness", "412 metres")),
        row("altered", cut("nobody has", "its rivets", ("nobody", "everybody"))),
        {"id": "n", "kind": "absent", "verdict": "not_found", "text": "Whales sang in the nave."},
    )
    assert main([str(file), "--documents", str(documents)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split("|")[1:3] == [" verbatim      ", "        1 "]
    assert lines[-1] == "3 of 3 right, 0 passed wrongly"


def test_what_passes_wrongly_ends_with_status_1(
    tmp_path: Path, documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, row("altered", cut("The Ness", "412 metres")))
    assert main([str(file), "--documents", str(documents)]) == 1
    assert "0 of 1 right, 1 passed wrongly" in capsys.readouterr().out


def test_words_that_moved_and_documents_that_are_gone_are_told(tmp_path: Path) -> None:
    one = row("verbatim", cut("The Ness", "412 metres"))
    (case,) = load(written(tmp_path, one))
    with pytest.raises(PullquoteError, match="Add it"):
        quotation(case, {})
    with pytest.raises(PullquoteError, match="Count them again"):
        quotation(case, {one["cuts"][0]["sha256"]: " " + NESS})


@pytest.mark.parametrize(
    "broken", [{"verdict": "perhaps"}, {"cuts": []}, {"cuts": [{"start": 1}]}, {"colour": "red"}]
)
def test_a_line_that_is_no_quotation_is_named(tmp_path: Path, broken: dict[str, Any]) -> None:
    good = row("verbatim", cut("The Ness", "412 metres"))
    with pytest.raises(PullquoteError, match="line 2"):
        load(written(tmp_path, good, {**good, **broken}))
