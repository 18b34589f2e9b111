"""The HTTP interface, asked of a real server process."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlparse

import httpx
import pytest
from pydantic import BaseModel, TypeAdapter

from index.library import Library
from qa.answer import answer, as_json, search_json
from qa.quote import as_json as check_json
from qa.quote import check
from qa.web.guard import HEADERS
from qa.web.models import AnswerOut, CiteOut, DocumentListed, QuoteOut, SearchOut
from tests.servers import CHROMIUM, TEXTS, Server, browser

QUESTION = "Who opened the iron bridge?"


@pytest.fixture
def client(served: Server) -> httpx.Client:
    with served.client() as client:
        yield client


def timeless(found: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in found.items() if k != "timings_ms"}


def test_ask_gives_the_json_of_the_command_line(served: Server, client: httpx.Client) -> None:
    got = client.get("/api/v1/ask", params={"question": QUESTION, "top": 3})
    with Library.open(served.library) as library:
        expected = as_json(answer(library, QUESTION, top=3))
    assert got.status_code == 200
    assert timeless(got.json()) == json.loads(json.dumps(timeless(expected)))
    assert got.json()["status"] == "answered" and "Ada Brunel" in got.json()["answer"]


def test_a_citation_points_into_the_text_that_the_server_gives(client: httpx.Client) -> None:
    found = client.get("/api/v1/ask", params={"question": "When does the ferry sail?"}).json()
    assert found["citations"]
    for cited in found["citations"]:
        text = client.get(f"/api/v1/text/{cited['document']['id']}")
        assert text.headers["content-type"] == "text/plain; charset=utf-8"
        assert text.text[cited["start"] : cited["end"]] == cited["quote"]
        part = {"start": cited["start"], "end": cited["end"]}
        assert client.get(text.url.path, params=part).text == cited["quote"]


def test_post_takes_the_same_in_the_body_and_gives_the_id_back(client: httpx.Client) -> None:
    body = {"question": QUESTION, "top": 3, "id": 7}
    posted = client.post("/api/v1/ask", json=body).json()
    got = client.get("/api/v1/ask", params={"question": QUESTION, "top": 3}).json()
    assert posted["id"] == 7 and got["id"] is None
    assert timeless(posted) | {"id": None} == timeless(got)


def test_silence_is_an_answer(client: httpx.Client) -> None:
    question = "How many penguins live in the Toledo zoo in 1975?"
    found = client.post("/api/v1/ask", json={"question": question})
    assert found.status_code == 200
    assert found.json()["status"] == "not_found" and found.json()["answer"] == ""
    assert found.json()["passages"]


def test_search_gives_the_json_of_the_command_line(served: Server, client: httpx.Client) -> None:
    got = client.get("/api/v1/search", params={"question": "rye", "top": 2, "id": "a"}).json()
    with Library.open(served.library) as library:
        assert timeless(got) == timeless(search_json(library, "rye", "a", 2))
    assert client.post("/api/v1/search", json={"question": "rye", "top": 2}).status_code == 200


@pytest.mark.parametrize(
    ("filters", "files"),
    [
        ({"publisher": "harbour office"}, {"ferry.md"}),
        ({"since": "2024-06"}, set()),
        ({"since": "2024", "until": "2024-05"}, {"ferry.md"}),
        ({"collection": "none"}, set()),
    ],
)
def test_filters_limit_what_is_searched(
    client: httpx.Client, filters: dict[str, str], files: set[str]
) -> None:
    found = client.get("/api/v1/search", params={"question": "the lamp", **filters}).json()
    assert {p["file"] for p in found["passages"]} == files


def test_one_document_can_be_asked(client: httpx.Client) -> None:
    ids = {d["file"]: d["id"] for d in client.get("/api/v1/documents").json()}
    asked = {"question": "Who rebuilt the wheel?", "document": ids["mill.txt"][:10]}
    found = client.get("/api/v1/ask", params=asked).json()
    assert {p["file"] for p in found["passages"]} == {"mill.txt"}


def events(body: str) -> list[tuple[str, Any]]:
    blocks = [dict(re.findall(r"^(\w+): (.*)$", b, re.MULTILINE)) for b in body.split("\n\n")]
    return [(b["event"], json.loads(b["data"])) for b in blocks if b]


def test_a_streamed_answer_comes_in_parts_and_then_whole(client: httpx.Client) -> None:
    accept = {"accept": "text/event-stream"}
    got = client.get("/api/v1/ask", params={"question": QUESTION, "top": 3}, headers=accept)
    assert got.headers["content-type"].startswith("text/event-stream")
    names = [name for name, _ in events(got.text)]
    parts = [data for name, data in events(got.text) if name == "sentence"]
    first, whole = events(got.text)[0][1], events(got.text)[-1][1]
    assert names == ["passages", *["sentence"] * len(parts), "done"] and parts
    plain = client.get("/api/v1/ask", params={"question": QUESTION, "top": 3}).json()
    assert timeless(whole) == timeless(plain)
    assert first["passages"] == whole["passages"]
    assert [p["sentence"] for p in parts] == whole["sentences"]
    assert [c for p in parts for c in p["citations"]] == whole["citations"]


SAID = "The water mill at Lower Fenn grinds forty tonnes of rye a week"


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [(SAID.upper(), "verbatim"), (SAID.replace("forty", "fifty"), "altered"), ("A b", "not_found")],
)
def test_quote_gives_the_json_of_the_command_line(
    served: Server, client: httpx.Client, quotation: str, verdict: str
) -> None:
    posted = client.post("/api/v1/quote", json={"quote": quotation, "id": "q1"}).json()
    with Library.open(served.library) as library:
        assert posted == json.loads(json.dumps(check_json(check(library, quotation), "q1")))
    assert (posted["id"], posted["verdict"]) == ("q1", verdict)
    for match in posted["matches"]:
        place = {"start": match["start"], "end": match["end"]}
        text = client.get(f"/api/v1/text/{match['document']['id']}", params=place).text
        assert text == match["source_text"]
    got = client.get("/api/v1/quote", params={"quote": quotation}).json()
    assert got | {"id": "q1"} == posted
    QuoteOut.model_validate(posted, strict=True)


@pytest.mark.parametrize("style", ["apa", "mla", "chicago", "bibtex", "ris", "csl-json"])
def test_cite_writes_a_reference_in_every_style(client: httpx.Client, style: str) -> None:
    ids = {d["file"]: d["id"] for d in client.get("/api/v1/documents").json()}
    asked: dict[str, str | int] = {"document": ids["ferry.md"], "style": style}
    whole = client.get("/api/v1/cite", params=asked).json()
    assert "Ferries" in whole["reference"] and "Harbour Office" in whole["reference"]
    assert whole["citation"] is None
    part = client.get("/api/v1/cite", params=asked | {"start": 4, "end": 9}).json()
    text = client.get(f"/api/v1/text/{ids['ferry.md']}").text
    assert part["citation"]["quote"] == text[4:9]
    assert bool(part["mark"]) == (style in ("apa", "mla", "chicago"))
    CiteOut.model_validate(part, strict=True)


REFUSED: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("POST", "/ask", {"json": {"question": "x" * 2001}}, 400, "bad_request"),
    ("POST", "/ask", {"json": {"question": "?!", "stream": True}}, 400, "bad_request"),
    ("POST", "/ask", {"json": {}}, 422, "invalid_request"),
    ("POST", "/ask", {"json": {"question": "a", "surprise": 1}}, 422, "invalid_request"),
    ("POST", "/ask", {"content": b"{no"}, 422, "invalid_request"),
    ("POST", "/ask", {"json": {"question": "a", "top": 0}}, 422, "invalid_request"),
    ("GET", "/ask", {"params": {"question": "a", "since": "2025-13"}}, 422, "invalid_request"),
    ("GET", "/ask", {"params": {"question": "a", "document": "zz"}}, 404, "unknown_document"),
    ("GET", "/text/zz", {}, 404, "unknown_document"),
    ("GET", "/documents/%2e%2e%2fcatalog.sqlite", {}, 404, "not_found"),
    ("DELETE", "/documents/zz", {}, 404, "unknown_document"),
    ("GET", "/nothing", {}, 404, "not_found"),
    ("PUT", "/ask", {}, 405, "method_not_allowed"),
    ("POST", "/quote", {"json": {"quote": "..."}}, 400, "bad_request"),
    ("POST", "/quote", {"json": {"quote": "word " * 5000}}, 400, "bad_request"),
    ("GET", "/cite", {"params": {"document": "zz"}}, 404, "unknown_document"),
    ("GET", "/cite", {"params": {"document": "zz", "style": "x"}}, 422, "invalid_request"),
    ("POST", "/documents", {"data": {"collection": "a"}}, 422, "invalid_request"),
]


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "code"), REFUSED, ids=lambda v: str(v)[:30]
)
def test_a_refusal_has_a_status_a_code_and_a_remedy(
    client: httpx.Client, method: str, path: str, sent: dict[str, Any], status: int, code: str
) -> None:
    got = client.request(method, f"/api/v1{path}", **sent)
    assert (got.status_code, got.json()["error"]["code"]) == (status, code)
    assert set(got.json()["error"]) == {"code", "message", "remedy"}
    assert got.json()["error"]["message"] and got.json()["error"]["remedy"]


def test_what_is_no_json_is_called_so(client: httpx.Client) -> None:
    head = {"content-type": "application/json"}
    got = client.post("/api/v1/ask", content=b"{no", headers=head)
    assert got.json()["error"]["message"] == "body: it is no JSON, from character 1 on."


@pytest.mark.parametrize(("start", "end"), [(60, 20), (5, 5), (0, 99_999), (99_999, None)])
def test_a_span_that_a_text_does_not_have_is_refused(
    client: httpx.Client, start: int, end: int | None
) -> None:
    first = client.get("/api/v1/documents").json()[0]["id"]
    span = {"start": start} if end is None else {"start": start, "end": end}
    got = client.get(f"/api/v1/text/{first}", params=span)
    assert (got.status_code, got.json()["error"]["code"]) == (422, "bad_span")


def test_the_described_json_is_the_real_one(client: httpx.Client) -> None:
    asked = client.get("/api/v1/ask", params={"question": QUESTION}).json()
    searched = client.get("/api/v1/search", params={"question": QUESTION}).json()
    described: list[tuple[type[BaseModel], dict[str, Any]]] = [
        (AnswerOut, asked),
        (SearchOut, searched),
    ]
    for model, found in described:
        model.model_validate(found, strict=True)
        assert set(found) == set(model.model_fields)
    listed = client.get("/api/v1/documents").json()
    TypeAdapter(list[DocumentListed]).validate_python(listed, strict=True)
    assert {d["file"] for d in listed} >= set(TEXTS)
    one = client.get(f"/api/v1/documents/{listed[0]['id']}").json()
    assert one == listed[0]


def test_the_openapi_page_needs_no_other_host(client: httpx.Client) -> None:
    page = client.get("/api/v1/docs")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    parts = re.findall(r"(?:src|href)=\"([^\"]+)\"|url: '([^']+)'", page.text)
    places = [a or b for a, b in parts]
    assert len(places) >= 4 and all(re.match(r"/\w", place) for place in places)
    for place in places:
        assert client.get(place).status_code == 200, place
    described = client.get("/api/v1/openapi.json").json()["paths"]
    assert {
        "/ask",
        "/search",
        "/quote",
        "/cite",
        "/documents",
        "/text/{document}",
        "/ready",
    } <= set(described)
    assert {"get", "post"} <= set(described["/ask"])


@browser
def test_the_openapi_page_works_in_a_browser_without_another_host(served: Server) -> None:
    from playwright.sync_api import sync_playwright

    hosts, faults = set(), []
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = opened.new_page()
        page.on("request", lambda request: hosts.add(urlparse(request.url).hostname))
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.goto(f"{served.address}/api/v1/docs")
        page.locator("#operations-ask-ask_ask_get").click()
        page.get_by_role("button", name="Try it out").click()
        page.get_by_placeholder("question").fill(QUESTION)
        page.get_by_role("button", name="Execute").click()
        page.locator(".live-responses-table .response-col_status", has_text="200").wait_for()
        assert "Ada Brunel" in page.locator(".live-responses-table").inner_text()
        opened.close()
    assert hosts <= {"127.0.0.1", None} and faults == []


def test_health_and_readiness(client: httpx.Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/api/v1/health").json()["status"] == "ok"
    ready = client.get("/api/v1/ready").json()
    assert ready["status"] == "ready" and ready["documents"] >= len(TEXTS)


def figures(client: httpx.Client) -> dict[str, float]:
    text = client.get("/metrics").text
    rows = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in rows}


def test_figures_for_prometheus_count_and_tell_no_text(client: httpx.Client) -> None:
    before = figures(client)
    client.get("/api/v1/ask", params={"question": "Who rebuilt the wheel of the water mill?"})
    client.get("/api/v1/ask", params={"question": "Who was the emperor of Zembla in 1412?"})
    client.get("/api/v1/ask", params={"question": "?"})
    client.post("/login", content=b"a" * 100_000)
    client.get("/health", headers={"host": "evil.example"})
    after = figures(client)

    def gone_up(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert gone_up('pullquote_questions_total{door="api"}') == 2
    assert gone_up('pullquote_silences_total{door="api"}') == 1
    assert gone_up('pullquote_failures_total{code="bad_request"}') == 1
    assert gone_up('pullquote_failures_total{code="too_large"}') == 1
    assert gone_up('pullquote_failures_total{code="unknown_host"}') == 1
    assert gone_up("pullquote_answer_seconds_count") == 2
    assert gone_up('pullquote_answer_seconds_bucket{le="+Inf"}') == 2
    assert after["pullquote_library_documents"] >= len(TEXTS)
    assert after["pullquote_library_passages"] >= len(TEXTS)
    assert after["process_resident_memory_bytes"] > 1e6
    whole = client.get("/metrics").text.lower()
    assert not any(word in whole for word in ("zembla", "wheel", "bridge", "ferry", "brunel"))


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/docs", "/api/v1/nothing", "/health", "/metrics", "/api/v1/documents"]
)
def test_every_response_carries_the_headers(client: httpx.Client, path: str) -> None:
    got = client.get(path)
    assert HEADERS.items() <= dict(got.headers).items() or all(
        got.headers[name] == value for name, value in HEADERS.items()
    )
    policy = got.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert not re.search(r"https?:|\*", policy)
    assert ("'unsafe-eval'" in policy) == (path == "/")


def test_what_comes_from_the_library_stays_in_no_cache(client: httpx.Client) -> None:
    for path in ("/documents", "/search?question=rye", "/ask?question=rye"):
        assert client.get(f"/api/v1{path}").headers["cache-control"] == "no-store"
