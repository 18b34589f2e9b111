"""Which requests are refused before anything is done with them."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.web.guard import Served, refusal
from tests.servers import Server

LOCAL = Served()
NAMED = Served(loopback=True, names=frozenset({"desk.example"}))
OPEN = Served(loopback=False, names=frozenset({"desk.example"}))


def code(served: Served, host: str, method: str = "GET", **headers: str) -> str | None:
    given = {"host": host, **{k.replace("_", "-"): v for k, v in headers.items()}}
    found = refusal(served, method, given)
    return found.code if found else None


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1", "127.0.0.1:80", "[::1]:7860"])
def test_its_own_names_are_served(host: str) -> None:
    assert code(LOCAL, host) is None


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:7860",
        "127.0.0.1.evil.example",
        "localhost.evil.example:7860",
        "evil.example@127.0.0.1",
        "127.0.0.1/@evil.example",
        "192.168.1.5",
        "0.0.0.0:7860",
        "desk.example",
        "[::1",
        "localhost:abc",
        "",
    ],
)
def test_a_name_that_points_here_from_elsewhere_is_refused(host: str) -> None:
    assert code(LOCAL, host) == "unknown_host"


@given(st.from_regex(r"[a-z][a-z0-9-]{0,20}(\.[a-z]{2,8}){1,3}(:[0-9]{1,5})?", fullmatch=True))
def test_no_domain_name_is_served_unless_it_was_named(host: str) -> None:
    assert code(LOCAL, host) == "unknown_host"
    assert code(NAMED, "desk.example:443") is None


def test_an_open_server_is_served_by_address_and_by_its_names() -> None:
    assert code(OPEN, "192.168.1.5:7860") is None
    assert code(OPEN, "desk.example") is None
    assert code(OPEN, "evil.example") == "unknown_host"


@pytest.mark.parametrize(
    ("origin", "refused"),
    [
        ("http://127.0.0.1:7860", False),
        ("http://127.0.0.1:3000", True),
        ("http://localhost:7860", True),
        ("https://127.0.0.1:7860", False),
        ("http://evil.example", True),
        ("null", True),
        ("file://", True),
        ("", True),
        ("http://127.0.0.1:7860.evil.example", True),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_only_its_own_pages_may_call(origin: str, refused: bool, method: str) -> None:
    got = code(LOCAL, "127.0.0.1:7860", method, origin=origin)
    assert got == ("cross_origin" if refused else None)


def test_a_proxy_may_serve_it_under_a_name() -> None:
    assert code(NAMED, "127.0.0.1:7860", "POST", origin="https://desk.example") is None
    assert code(NAMED, "127.0.0.1:7860", "POST", origin="https://desk.example:8443") is not None
    assert code(NAMED, "desk.example", "POST", origin="https://desk.example") is None
    assert code(LOCAL, "127.0.0.1:7860", "POST", origin="https://desk.example") is not None


def test_links_from_elsewhere_may_be_followed_and_nothing_more() -> None:
    host = "127.0.0.1:7860"
    followed = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}
    assert code(LOCAL, host, "GET", **followed) is None
    assert code(LOCAL, host, "POST", **followed) == "cross_origin"
    embedded = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}
    assert code(LOCAL, host, "GET", **embedded) == "cross_origin"
    own = {"sec_fetch_site": "same-origin", "sec_fetch_mode": "cors"}
    assert code(LOCAL, host, "POST", **own) is None


@pytest.mark.parametrize("path", ["/", "/api/v1/documents", "/metrics", "/mcp", "/config"])
def test_a_foreign_host_gets_nothing_from_a_running_server(served: Server, path: str) -> None:
    with served.client() as client:
        got = client.get(path, headers={"host": "evil.example:7860"})
    assert (got.status_code, got.json()["error"]["code"]) == (421, "unknown_host")


def test_another_sites_page_cannot_post_to_a_running_server(served: Server) -> None:
    foreign = {"origin": "http://evil.example"}
    with served.client(headers=foreign) as client:
        ask = client.post("/api/v1/ask", json={"question": "Who opened the bridge?"})
        upload = client.post("/api/v1/documents", files={"files": ("a.txt", b"Planted words.")})
        gradio = client.post("/gradio_api/queue/join", json={})
        before_flight = client.options("/api/v1/ask")
    for got in (ask, upload, gradio, before_flight):
        assert (got.status_code, got.json()["error"]["code"]) == (403, "cross_origin")
        assert "access-control-allow-origin" not in got.headers
    names = [d["file"] for d in httpx.get(f"{served.address}/api/v1/documents").json()]
    assert "a.txt" not in names
