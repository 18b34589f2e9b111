"""What somebody sends who wants to break the server or look behind it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from starlette.types import Message

from index.library import Library
from qa.web.crowd import Crowd
from qa.web.guard import where
from qa.web.problems import Problem
from qa.web.service import Service
from tests.servers import Server

JSON = {"content-type": "application/json"}
DEEP = 50_000


@pytest.fixture
def client(served: Server) -> Iterator[httpx.Client]:
    with served.client() as client:
        yield client


MALFORMED = {
    "deep list": "[" * DEEP,
    "deep object": '{"question":' * DEEP + "1" + "}" * DEEP,
    "endless number": '{"question": "a", "id": ' + "9" * 5000 + "}",
    "infinity": '{"question": "a", "id": 1e999}',
    "no number": '{"question": "a", "caution": NaN}',
    "half a character": r'{"question": "who is \ud800 that"}',
    "half a character as id": r'{"question": "who", "id": "\udfff"}',
    "half a character as filter": r'{"question": "who", "publisher": "\ud800"}',
    "half a character as document": r'{"question": "who", "document": "\ud800"}',
    "half a character in a stream": r'{"question": "who \ud800", "stream": true}',
    "a week": '{"question": "who", "since": "2020-W01"}',
}


@pytest.mark.parametrize("sent", MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("path", ["/api/v1/ask", "/api/v1/search"])
def test_what_is_no_sound_json_is_refused_as_the_senders_fault(
    client: httpx.Client, path: str, sent: str
) -> None:
    got = client.post(path, content=sent, headers=JSON)
    assert got.status_code in (400, 422)
    assert set(got.json()["error"]) == {"code", "message", "remedy"}


def test_half_a_character_in_a_quotation_is_refused(client: httpx.Client) -> None:
    got = client.post("/api/v1/quote", content=r'{"quote": "he said \ud800"}', headers=JSON)
    assert (got.status_code, got.json()["error"]["code"]) == (422, "invalid_request")


def test_bytes_that_are_no_text_are_refused(client: httpx.Client) -> None:
    got = client.post("/api/v1/ask", content=b'{"question": "\xff\xfe"}', headers=JSON)
    assert got.status_code in (400, 422)


def test_a_thousand_faults_are_told_in_a_line(client: httpx.Client) -> None:
    many = {f"field{n}" * 50: 1 for n in range(900)}
    got = client.post("/api/v1/ask", json={"question": "a", **many})
    assert got.status_code == 422 and len(got.text) < 2000 and "895 more" in got.text


SQL = [
    "' or '1'='1",
    "x'; drop table documents; --",
    '" or ""="',
    "%",
    "________________",
    "*",
    "\0",
    "default' union select password from users --",
]


@pytest.mark.parametrize("words", SQL)
def test_filters_are_words_and_nothing_else(client: httpx.Client, words: str) -> None:
    for name in ("collection", "publisher", "language"):
        asked = {"question": "Who opened the iron bridge?", name: words}
        got = client.post("/api/v1/search", json=asked)
        assert (got.status_code, got.json()["passages"]) == (200, [])
    one = client.post("/api/v1/search", json={"question": "bridge", "document": words})
    assert (one.status_code, one.json()["error"]["code"]) == (404, "unknown_document")
    for method, path in (("GET", "text"), ("GET", "documents"), ("DELETE", "documents")):
        got = client.request(method, f"/api/v1/{path}/{quote(words, safe='')}")
        assert got.status_code == 404
    assert len(client.get("/api/v1/documents").json()) >= 5


PLACES = [
    "/api/v1/text/..%2f..%2fcatalog.sqlite",
    "/api/v1/documents/..%5c..%5caccounts.sqlite",
    "/d/..%2f..%2fcatalog.sqlite/source",
    "/d/%2e%2e/source",
    "/desk/static/..%2f..%2fserve.py",
    "/desk/static/%2e%2e%2fserve.py",
    "/api/v1/static/..%2f..%2fserve.py",
    "/gradio_api/file=/etc/passwd",
    "/gradio_api/file=../../../../etc/passwd",
    "/file=/etc/passwd",
]


@pytest.mark.parametrize("path", PLACES)
def test_no_address_leads_to_a_file(client: httpx.Client, path: str) -> None:
    got = client.get(path)
    assert got.status_code in (400, 401, 403, 404, 405, 422)
    assert "root:" not in got.text and "SQLite format" not in got.text


def test_a_name_of_a_file_cannot_add_a_header(client: httpx.Client) -> None:
    name = 'a"; filename*=x.html\r\nSet-Cookie: planted=1\r\n\r\n<script>.txt'
    sent = client.post(
        "/api/v1/documents", files={"files": (name, b"The kiosk of Tarn was opened in 1931.")}
    )
    (report,) = sent.json()
    try:
        got = client.get(f"/d/{report['document_id']}/source")
    finally:
        client.delete(f"/api/v1/documents/{report['document_id']}")
    assert "set-cookie" not in got.headers and got.headers["x-content-type-options"] == "nosniff"
    shown = got.headers["content-disposition"]
    assert shown.startswith("attachment; filename*=UTF-8''") and not set(shown[29:]) & set('";<> ')


def test_a_place_to_go_on_to_cannot_add_a_header(client: httpx.Client) -> None:
    target = "/\r\nSet-Cookie: planted=1"
    got = client.get("/login", params={"next": target})
    assert "set-cookie" not in got.headers and 'name="next" value="/"' in got.text


# -- addresses to be fetched -----------------------------------------------------------------------


@contextmanager
def listening() -> Iterator[tuple[int, list[Any]]]:
    """A port of this machine, and what called it."""
    calls: list[Any] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        door.settimeout(0.2)
        yield door.getsockname()[1], calls
        while True:
            try:
                caller, _ = door.accept()
            except TimeoutError:
                break
            calls.append(caller.getsockname())
            caller.close()


def test_no_address_makes_the_server_call_this_machine(client: httpx.Client) -> None:
    with listening() as (port, calls):
        urls = [
            f"http://127.0.0.1:{port}/admin",
            f"http://localhost:{port}/admin",
            f"http://0.0.0.0:{port}/",
            f"http://[::ffff:127.0.0.1]:{port}/",
            f"http://2130706433:{port}/",
            "http://169.254.169.254/latest/meta-data/",
            "file:///etc/passwd",
            "http://user:secret@10.0.0.1/",
        ]
        got = client.post("/api/v1/documents", data={"urls": urls})
    assert not calls
    error = got.json()["error"]
    assert (got.status_code, error["code"]) == (422, "unreadable_document")
    assert [r["status"] for r in error["reports"]] == ["failed"] * len(urls)
    assert all(r["reason"] for r in error["reports"]) and "root:" not in got.text
    assert error["remedy"] == "Save the page to a file and add the file."


def test_a_file_beside_a_forbidden_address_is_added_all_the_same(client: httpx.Client) -> None:
    file = {"files": ("gate.txt", b"The gate of Tarn was hung in 1644.")}
    got = client.post("/api/v1/documents", files=file, data={"urls": ["http://127.0.0.1:9/a"]})
    added, failed = got.json()
    client.delete(f"/api/v1/documents/{added['document_id']}")
    assert (got.status_code, added["status"], failed["status"]) == (201, "added", "failed")
    assert failed["file"] == "http://127.0.0.1:9/a"


def test_few_addresses_are_fetched_for_one_request(client: httpx.Client) -> None:
    got = client.post("/api/v1/documents", data={"urls": ["http://127.0.0.1:9/a"] * 9})
    assert (got.status_code, got.json()["error"]["code"]) == (422, "invalid_request")


# -- too much, too slowly --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "size"), [("/login", 70_000), ("/api/v1/ask", 1_100_000), ("/mcp", 1_100_000)]
)
def test_words_longer_than_any_question_are_refused(
    client: httpx.Client, path: str, size: int
) -> None:
    got = client.post(path, content=b"a=" + b"a" * size, headers=JSON)
    assert (got.status_code, got.json()["error"]["code"]) == (413, "too_large")


def test_a_form_of_many_fields_is_refused_as_every_error_is(client: httpx.Client) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    got = client.post("/login", content="a=1&" * 5000, headers=form)
    assert (got.status_code, got.json()["error"]["code"]) == (400, "bad_request")


def test_a_long_question_in_chinese_fits_into_an_address(client: httpx.Client) -> None:
    got = client.get("/api/v1/search", params={"question": "谁在哪里修建了铁桥" * 222})
    assert got.status_code == 200


def test_beyond_what_it_can_hold_every_request_is_told_to_come_back() -> None:
    go = asyncio.Event()

    async def waiting(scope: Any, receive: Any, send: Any) -> None:
        await go.wait()

    app = Crowd(waiting, most=3)
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    def request(path: str) -> Any:
        return app({"type": "http", "path": path, "headers": []}, receive, send)

    async def all_of_them() -> None:
        inside = [asyncio.create_task(request("/")) for _ in range(3)]
        inside.append(asyncio.create_task(request("/health")))
        await asyncio.sleep(0)
        await request("/d/abc")
        assert sent[0]["status"] == 503
        assert dict(sent[0]["headers"])[b"retry-after"] == b"5"
        go.set()
        await asyncio.gather(*inside)
        sent.clear()
        await request("/")
        assert sent == []

    asyncio.run(all_of_them())


# -- what is told of the inside --------------------------------------------------------------------


def test_an_error_is_logged_without_its_words() -> None:
    def failing(question: str) -> None:
        try:
            raise KeyError(question)
        except KeyError as error:
            raise ValueError(f"{question} cannot be answered") from error

    words = "Zebulon"[::-1]
    try:
        failing(words)
    except ValueError as error:
        told = where(error)
    assert "failing" in told and "ValueError" in told and "KeyError" in told
    assert words not in told


def test_an_older_version_is_not_asked(tmp_path: Path) -> None:
    file = tmp_path / "kiln.txt"
    with Library.open(tmp_path / "library", create=True) as library:
        service = Service(library)
        for year in (1950, 1951):
            file.write_text(f"The kiln of Tarn was lit in {year}.", "utf-8")
            (report,) = library.add([file])
        assert service.searched(report.document_id[:10]) == report.document_id
        with pytest.raises(Problem) as refused:
            service.searched(report.replaced)
        service.close()
    assert (refused.value.status, refused.value.code) == (422, "replaced_document")
    assert report.document_id in refused.value.remedy
