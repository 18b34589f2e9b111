from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from docx import Document as NewDocx

from index.library import Library
from qa.cli import main

ROOT = Path(__file__).parents[1]
TEXTS = {
    "bridge.txt": "The iron bridge was opened by Ada Brunel in 1861. It carries two tram lines. "
    "The toll is four pence.",
    "orchard.txt": "Apples from the orchard are pressed in October. The press is made of oak.",
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    assert main(["add", str(folder), "--library", str(tmp_path / "library")]) == 0
    return tmp_path / "library"


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(argv)
    out, err = capsys.readouterr()
    return status, out, err


def asked(capsys: pytest.CaptureFixture[str], place: Path, question: str, *more: str) -> Any:
    status, out, _ = run(capsys, "ask", question, "--json", "--library", str(place), *more)
    assert status == 0
    return json.loads(out)


def test_an_answer_has_exactly_the_fields_of_the_contract(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    found = asked(capsys, place, "Who opened the iron bridge?")
    assert list(found) == [
        "id",
        "question",
        "status",
        "answer",
        "sentences",
        "citations",
        "disagreements",
        "passages",
        "confidence",
        "composer",
        "timings_ms",
    ]
    assert (found["id"], found["status"], found["composer"]) == (None, "answered", "extractive")
    assert set(found["timings_ms"]) == {"encode", "search", "compose", "total"}
    citation = found["citations"][0]
    contract = {"n", "document", "locator", "page", "start", "end", "quote"}
    assert set(citation) == contract | {"section", "printed_page", "link", "permalink"}
    assert set(citation["document"]) == {
        "id",
        "title",
        "publisher",
        "date",
        "url",
        "file",
        "sha256",
    }
    assert set(found["passages"][0]) == {
        "rank",
        "score",
        "document_id",
        "file",
        "start",
        "end",
        "text",
    }


def test_every_citation_is_the_text_it_points_at(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    found = asked(capsys, place, "Who opened the iron bridge?")
    assert "Ada Brunel" in found["sentences"][0]["text"]
    for citation in found["citations"]:
        _, text, _ = run(capsys, "text", citation["document"]["id"], "--library", str(place))
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_what_the_library_does_not_say_is_not_found(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    found = asked(capsys, place, "Who painted the chapel ceiling in Toledo?")
    assert (found["status"], found["sentences"], found["citations"]) == ("not_found", [], [])
    assert found["answer"] == ""


def test_top_limits_the_passages(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    assert len(asked(capsys, place, "bridge orchard", "--top", "1")["passages"]) == 1


def test_batches_answer_in_order_and_keep_ids(
    capsys: pytest.CaptureFixture[str], place: Path, tmp_path: Path
) -> None:
    rows = [
        {"id": 7, "question": "Who opened the iron bridge?"},
        {"id": "b", "question": "oak press"},
    ]
    batch = tmp_path / "q.jsonl"
    batch.write_text("\n".join(json.dumps(r) for r in rows) + "\n\n")
    for command in ("ask", "search"):
        status, out, _ = run(capsys, command, "--batch", str(batch), "--library", str(place))
        lines = [json.loads(line) for line in out.splitlines()]
        assert status == 0 and [r["id"] for r in lines] == [7, "b"]
    assert set(lines[0]) == {"id", "question", "passages", "timings_ms"}


def test_a_bad_question_in_a_batch_is_said_in_its_place(
    capsys: pytest.CaptureFixture[str], place: Path, tmp_path: Path
) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_text('{"id": 1, "question": ""}\n{"id": 2, "question": "oak press"}\n')
    status, out, _ = run(capsys, "ask", "--batch", str(batch), "--library", str(place))
    first, second = (json.loads(line) for line in out.splitlines())
    assert (
        status == 1 and "empty" in first["error"] and second["status"] in ("answered", "not_found")
    )


@pytest.mark.parametrize("command", ["ask", "search", "quote"])
def test_a_batch_from_windows_is_read(
    capsys: pytest.CaptureFixture[str], place: Path, tmp_path: Path, command: str
) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_bytes(b'\xef\xbb\xbf{"id": 1, "question": "oak press", "quote": "made of oak"}\r\n')
    status, out, _ = run(capsys, command, "--batch", str(batch), "--library", str(place))
    assert status == 0 and json.loads(out)["id"] == 1


@pytest.mark.parametrize("command", ["ask", "search", "quote"])
def test_nothing_is_asked_beside_a_batch(
    capsys: pytest.CaptureFixture[str], place: Path, tmp_path: Path, command: str
) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_text('{"id": 1, "question": "oak press", "quote": "made of oak"}\n')
    words = (command, "four pence", "--batch", str(batch), "--library", str(place))
    status, out, err = run(capsys, *words)
    assert (status, out) == (1, "") and "--batch, not both" in err


def test_a_filter_that_no_document_passes_is_no_silence(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    filtered = ("oak press", "--library", str(place), "--collection", "press")
    for command in (["ask"], ["search"], ["ask", "--format", "markdown"]):
        status, out, err = run(capsys, *command, *filtered)
        assert (status, out) == (1, "") and "'press' (there are: default)" in err
    status, out, err = run(capsys, "ask", "--json", *filtered)
    assert (status, json.loads(out)["status"]) == (0, "not_found") and "'press'" in err


def test_an_empty_filter_is_a_mistake(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    for option in ("--collection", "--publisher", "--language", "--document"):
        with pytest.raises(SystemExit) as caught:
            main(["ask", "oak press", option, "", "--library", str(place)])
        assert caught.value.code == 2 and f"{option}: it is empty" in capsys.readouterr().err


def test_people_see_the_answer_and_its_sources(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    _, out, _ = run(capsys, "ask", "Who opened the iron bridge?", "--library", str(place))
    assert "Ada Brunel in 1861. [1]" in " ".join(out.split()) and "bridge.txt" in out
    _, out, _ = run(capsys, "search", "oak press", "--library", str(place))
    assert "made of oak" in out
    _, out, _ = run(capsys, "documents", "--library", str(place))
    assert "orchard.txt" in out


def test_documents_as_json(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    _, out, _ = run(capsys, "documents", "--json", "--library", str(place))
    assert {d["file"] for d in json.loads(out)} == set(TEXTS)


def test_remove_and_check(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    _, out, _ = run(capsys, "documents", "--json", "--library", str(place))
    gone = json.loads(out)[0]["id"]
    assert run(capsys, "remove", gone, "--library", str(place))[0] == 0
    status, out, _ = run(capsys, "check", "--library", str(place))
    assert status == 0 and "1 documents" in out


def test_check_finds_and_repairs(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    next(place.glob("derived/*/dense.faiss")).write_bytes(b"")
    status, _, err = run(capsys, "check", "--library", str(place))
    assert status == 1 and "dense.faiss" in err and "--repair" in err
    assert run(capsys, "check", "--repair", "--library", str(place))[0] == 0


def zeros(folder: Path) -> Path:
    (folder / "zeros.txt").write_bytes(bytes(5000))
    return folder / "zeros.txt"


def empty(folder: Path) -> Path:
    (folder / "empty.txt").write_bytes(b"")
    return folder / "empty.txt"


def truncated_pdf(folder: Path) -> Path:
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Cata")
    return folder / "cut.pdf"


def not_a_zip(folder: Path) -> Path:
    (folder / "letter.docx").write_bytes(b"This is no zip archive, whatever its name says.\x00\x01")
    return folder / "letter.docx"


def a_folder_of_pictures(folder: Path) -> Path:
    (folder / "pictures").mkdir()
    (folder / "pictures" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder / "pictures"


def nowhere(folder: Path) -> Path:
    return folder / "nowhere.txt"


def a_home_that_nobody_has(_: Path) -> str:
    return "~nosuch/x.txt"


def a_name_too_long(folder: Path) -> Path:
    return folder / f"{'long' * 75}.txt"


BAD = [
    zeros,
    empty,
    truncated_pdf,
    not_a_zip,
    a_folder_of_pictures,
    nowhere,
    a_home_that_nobody_has,
    a_name_too_long,
]


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_gets_one_line_and_the_library_is_as_it_was(
    capsys: pytest.CaptureFixture[str], place: Path, tmp_path: Path, bad: Any
) -> None:
    with Library.open(place) as library:
        before = library.catalog.state
    status, _, err = run(capsys, "add", str(bad(tmp_path)), "--library", str(place))
    assert status == 1
    assert len(err.strip().splitlines()) == 1 and len(err) > 40
    with Library.open(place) as library:
        assert library.catalog.state == before and library.check() == []


@pytest.mark.parametrize("bad", [a_home_that_nobody_has, a_name_too_long])
def test_a_library_that_cannot_be_anywhere_gets_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, bad: Any
) -> None:
    for command in (["ask", "Where?"], ["add", str(tmp_path)], ["documents"], ["serve"]):
        status, _, err = run(capsys, *command, "--library", str(bad(tmp_path)))
        assert status == 1
        assert len(err.strip().splitlines()) == 1 and "Check the path" in err


def test_a_file_name_of_an_old_encoding_is_shown_with_escapes(
    capsys: pytest.CaptureFixture[str], place: Path, tmp_path: Path
) -> None:
    old = os.fsencode(tmp_path) + b"/caf\xe9"
    try:
        os.mkdir(old)
    except OSError:
        pytest.skip("this file system holds names in UTF-8 alone")
    Path(os.fsdecode(old + b"/na\xefve.txt")).write_text("The café opens at seven.")
    for folder, status in ((os.fsdecode(old), "added"), (str(tmp_path), "unchanged")):
        ended, out, _ = run(capsys, "add", folder, "--json", "--library", str(place))
        assert ended == 0
        (report,) = (r for r in json.loads(out) if "ve.txt" in r["file"])
        assert (report["file"].rpartition("/")[2], report["status"]) == ("na\\xefve.txt", status)
    shown = run(capsys, "documents", "--library", str(place))[1]
    assert "na\\xefve.txt" in shown


def test_a_docx_is_read_beside_a_bad_file(
    capsys: pytest.CaptureFixture[str], place: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    letter = NewDocx()
    letter.add_paragraph("The lighthouse was painted green by Mara Quill.")
    letter.save(str(folder / "letter.docx"))
    empty(folder)
    status, out, err = run(capsys, "add", str(folder), "--library", str(place))
    assert status == 1 and "1 added, 1 failed." in out and "empty.txt" in err
    assert "Mara Quill" in asked(capsys, place, "Who painted the lighthouse?")["answer"]


@pytest.mark.parametrize("question", ["", "   ", "word " * 20_000, "?"])
def test_questions_that_cannot_be_asked(
    capsys: pytest.CaptureFixture[str], place: Path, question: str
) -> None:
    status, out, err = run(capsys, "ask", question, "--library", str(place))
    assert (status, out) == (1, "") and len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "command", ["ask", "search", "cite", "source", "documents", "text", "remove", "check"]
)
def test_a_library_that_is_not_there_is_not_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    words = {"ask": ["Who?"], "search": ["bridge"], "text": ["ab"], "remove": ["ab"]}
    words |= {"cite": ["ab"], "source": ["ab"]}
    argv = [command, *words.get(command, []), "--library", str(tmp_path / "typo")]
    status, _, err = run(capsys, *argv)
    assert status == 1 and "pullquote add" in err and not (tmp_path / "typo").exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://example.org/a", "only http:// and https://"),
        ("https://ada:secret@example.org/a", "password"),
        ("http://127.0.0.1:9/a", "--allow-private"),
        ("http://[::1]:9/a", "--allow-private"),
    ],
)
def test_addresses_that_are_not_fetched_say_why(
    capsys: pytest.CaptureFixture[str], place: Path, address: str, said: str
) -> None:
    status, _, err = run(capsys, "add", address, "--library", str(place))
    assert status == 1 and said in err and len(err.strip().splitlines()) == 1


def test_a_new_default_library_starts_with_the_shipped_collection(tmp_path: Path) -> None:
    import os

    environment = {**os.environ, "PULLQUOTE_LIBRARY": str(tmp_path / "own")}
    done = subprocess.run(
        [sys.executable, "-m", "qa.cli", "ask", "What is a citation in Pullquote?", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert json.loads(done.stdout)["passages"]
    with Library.open(tmp_path / "own") as library:
        assert {d.collection for d in library.documents()} == {"shipped"}


def test_the_asking_path_imports_neither_torch_nor_gradio(place: Path) -> None:
    code = (
        "import sys; from qa.cli import main; main(sys.argv[1:])\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'gradio', 'trafilatura'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    subprocess.run(
        [sys.executable, "-c", code, "ask", "oak press", "--library", str(place)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


@pytest.mark.parametrize(
    "command", ["add", "ask", "search", "cite", "source", "documents", "text", "remove", "check"]
)
def test_help_teaches_by_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert f"pullquote {command}" in capsys.readouterr().out.split("example:")[1]
