"""Uploading, listing and removing over HTTP."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from index.library import Library
from qa.web.uploads import LONGEST_NAME, Uploaded, add, shown
from tests.servers import Server, filled, running


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes one megabyte and lets one question wait."""
    library = filled(tmp_path_factory.mktemp("small"))
    with running(library, "--upload-limit", "1", "--waiting", "1") as server:
        yield server


def pdf(words: str) -> bytes:
    kept = io.BytesIO()
    canvas = Canvas(kept)
    canvas.drawString(72, 720, words)
    canvas.save()
    return kept.getvalue()


def word(words: str) -> bytes:
    kept = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(words)
    document.save(kept)
    return kept.getvalue()


def send(client: httpx.Client, *files: tuple[str, bytes], **data: str) -> httpx.Response:
    return client.post("/api/v1/documents", files=[("files", f) for f in files], data=data)


def test_five_formats_are_added_beside_a_broken_file_found_and_removed(served: Server) -> None:
    files = [
        ("plain.txt", b"The glass works of Tarn employed Viola Reed until 1955."),
        ("marked.md", b"# Orchards\n\nThe orchard of Tarn was planted by Emil Voss in 1911."),
        ("page.html", b"<title>Wells</title><p>The well of Tarn was dug by Nora Hain in 1820.</p>"),
        ("print.pdf", pdf("The quarry of Tarn was bought by Piet Olm in 1903.")),
        ("word.docx", word("The chapel of Tarn was painted by Iris Dahl in 1888.")),
        ("broken.pdf", b"%PDF-1.7 and nothing more"),
    ]
    with served.client() as client:
        got = send(client, *files, collection="Tarn")
        assert got.status_code == 201
        reports = got.json()
        assert [r["file"] for r in reports] == [name for name, _ in files]
        assert [r["status"] for r in reports] == ["added"] * 5 + ["failed"]
        assert "broken.pdf" in reports[-1]["reason"]
        ids = [r["document_id"] for r in reports[:5]]
        try:
            listed = {d["id"]: d for d in client.get("/api/v1/documents").json()}
            assert {listed[i]["collection"] for i in ids} == {"Tarn"}
            question = {"question": "Who painted the chapel of Tarn?", "collection": "Tarn"}
            found = client.get("/api/v1/ask", params=question).json()
            assert "Iris Dahl" in found["answer"]
            assert found["citations"][0]["document"]["file"] == "word.docx"
            again = send(client, files[0])
            assert (again.status_code, again.json()[0]["status"]) == (200, "unchanged")
        finally:
            removed = [client.delete(f"/api/v1/documents/{i}") for i in ids]
        assert [r.json()["id"] for r in removed] == ids
        assert client.delete(f"/api/v1/documents/{ids[0]}").status_code == 404
        assert not {d["id"] for d in client.get("/api/v1/documents").json()} & set(ids)


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(served: Server) -> None:
    with served.client() as client:
        got = send(client, ("broken.pdf", b"%PDF-1.7 and nothing more"))
    error = got.json()["error"]
    assert (got.status_code, error["code"]) == (422, "unreadable_document")
    assert "broken.pdf" in error["message"] and error["remedy"]
    assert error["reports"][0]["status"] == "failed"


NAMES = [
    "../../../../tmp/owned.txt",
    "..\\..\\owned.txt",
    "/etc/passwd",
    "C:\\Windows\\owned.txt",
    "owned\x00.txt",
    "line\nbreak.txt",
    "..",
    ".",
    "",
    "a" * 5000 + ".txt",
    "\u202etxt.exe",
    "<img src=x onerror=alert(1)>.txt",
]


@pytest.mark.parametrize("name", NAMES, ids=lambda n: repr(n)[:24])
def test_a_name_never_becomes_a_path(tmp_path: Path, name: str) -> None:
    with Library.open(tmp_path / "library", create=True) as library:
        before = {p for p in tmp_path.rglob("*") if "library" not in p.parts}
        data = f"The pier of {name!r} is long and old.".encode()
        (report,) = add(library, [Uploaded(name, io.BytesIO(data))])
        assert report.status == "added"
        (document,) = library.documents()
        assert document.file and not set(document.file) & set("/\\\0\n\u202e")
        assert len(document.file) <= LONGEST_NAME
        inside = {p.name for p in (tmp_path / "library").rglob("*")}
        assert document.file not in inside
    assert {p for p in tmp_path.rglob("*") if "library" not in p.parts} == before


@given(st.text())
def test_a_shown_name_is_one_short_visible_line(name: str) -> None:
    kept = shown(name)
    assert len(kept) <= LONGEST_NAME and kept == kept.strip()
    assert all(c.isprintable() or c == "\u200d" for c in kept)
    assert shown(kept) == kept


def test_the_same_name_with_other_content_is_another_document(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", create=True) as library:
        for words in (b"The kiln was lit in 1950.", b"The kiln was lit in 1951."):
            (report,) = add(library, [Uploaded("kiln.txt", io.BytesIO(words))])
            assert report.status == "added"
        assert [d.file for d in library.documents()] == ["kiln.txt", "kiln.txt"]


def test_uploads_at_the_same_time_are_all_stored(served: Server) -> None:
    def one(number: int) -> httpx.Response:
        with served.client() as client:
            words = f"Shed {number} was built by builder {number} in {1900 + number}."
            return send(client, (f"shed{number}.txt", words.encode()))

    with ThreadPoolExecutor(6) as pool:
        got = list(pool.map(one, range(6)))
    ids = [r.json()[0]["document_id"] for r in got if r.status_code == 201]
    with served.client() as client:
        for found in ids:
            assert client.delete(f"/api/v1/documents/{found}").status_code == 200
    assert len(set(ids)) == 6


def test_to_remove_a_document_its_whole_id_is_needed(served: Server) -> None:
    with served.client() as client:
        document = client.get("/api/v1/documents").json()[0]["id"]
        assert client.get(f"/api/v1/documents/{document[:8]}").status_code == 200
        refused = client.delete(f"/api/v1/documents/{document[:8]}")
        assert (refused.status_code, refused.json()["error"]["code"]) == (404, "unknown_document")
        assert client.get(f"/api/v1/documents/{document}").status_code == 200


def test_an_upload_over_the_limit_is_refused_whole(small: Server) -> None:
    with small.client() as client:
        before = client.get("/api/v1/documents").json()
        declared = send(client, ("long.txt", b"A long line. " * 100_000))
        assert (declared.status_code, declared.json()["error"]["code"]) == (413, "too_large")
        assert client.get("/api/v1/documents").json() == before


def test_an_upload_that_does_not_tell_its_size_is_counted(small: Server) -> None:
    def body() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="l.txt"\r\n\r\n'
        for _ in range(20):
            yield b"A long line. " * 8000
        yield b"\r\n--x--\r\n"

    kind = {"content-type": "multipart/form-data; boundary=x"}
    with small.client() as client:
        got = client.post("/api/v1/documents", content=body(), headers=kind)
        assert (got.status_code, got.json()["error"]["code"]) == (413, "too_large")


def test_beyond_the_line_a_question_is_refused_and_told_when_to_come_back(small: Server) -> None:
    def one(number: int) -> httpx.Response:
        with small.client() as client:
            return client.get("/api/v1/ask", params={"question": f"Who built shed {number}?"})

    with ThreadPoolExecutor(40) as pool:
        got = list(pool.map(one, range(80)))
    codes = {r.status_code for r in got}
    assert codes == {200, 503}
    for refused in (r for r in got if r.status_code == 503):
        assert refused.json()["error"]["code"] == "overloaded"
        assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert one(0).status_code == 200
