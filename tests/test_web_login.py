"""The server once there are accounts: who is let in, and to what."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from qa.accounts import Accounts
from qa.web.attempts import MOST
from qa.web.login import COOKIE, local
from tests.servers import CHROMIUM, Server, browser, filled, running

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    library = filled(tmp_path_factory.mktemp("locked"))
    Accounts(library).add("ann", PASSWORD)
    with running(library, "--mcp", "--name", "desk.example") as server:
        yield server


def log_in(client: httpx.Client, name: str, password: str, **more: str) -> httpx.Response:
    return client.post("/login", data={"name": name, "password": password, **more})


PAGE = {"accept": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize(
    "path",
    ["/config", "/api/v1/documents", "/api/v1/docs", "/metrics", "/gradio_api/info", "/mcp"],
)
def test_nothing_is_given_to_strangers(locked: Server, path: str) -> None:
    with locked.client() as client:
        got = client.get(path)
        wrong = client.get(path, headers={"authorization": "Bearer pq_wrong"})
        cookie = client.get(path, headers={"cookie": f"{COOKIE}=wrong"})
    for answer in (got, wrong, cookie):
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorized")
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_health_and_readiness_are_for_everyone(locked: Server) -> None:
    with locked.client() as client:
        for path in ("/health", "/api/v1/health", "/api/v1/ready"):
            assert client.get(path).status_code == 200


def test_a_reader_logs_in_asks_and_logs_out(locked: Server) -> None:
    with locked.client(headers=PAGE) as client:
        led = client.get("/?q=Who opened the bridge?")
        assert led.status_code == 303
        assert led.headers["location"].startswith("/login?next=%2F%3Fq%3D")
        form = client.get(led.headers["location"])
        assert form.status_code == 200 and 'type="password"' in form.text
        wrong = log_in(client, "ann", "wrong password")
        assert wrong.status_code == 401 and 'role="alert"' in wrong.text
        right = log_in(client, "ann", PASSWORD, next="/?q=Who")
        assert (right.status_code, right.headers["location"]) == (303, "/?q=Who")
        cookie = right.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie
        assert client.get("/").status_code == 200
        asked = client.get("/api/v1/ask", params={"question": "Who opened the iron bridge?"})
        assert "Ada Brunel" in asked.json()["answer"]
        before = {COOKIE: client.cookies[COOKIE]}
        assert client.post("/logout").status_code == 303
        assert client.get("/").status_code == 303
    with locked.client(cookies=before, headers=PAGE) as client:
        assert client.get("/").status_code == 303


@browser
def test_a_reader_logs_in_with_a_browser_and_gets_where_the_link_led(locked: Server) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = opened.new_page()
        page.goto(f"{locked.address}/api/v1/docs?from=mail")
        assert page.title() == "Log in to Pullquote"
        page.get_by_label("Name").fill("ann")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/api/v1/docs?from=mail")
        page.locator(".opblock").first.wait_for()
        assert page.evaluate("document.cookie") == ""  # no script can read it
        opened.close()


def test_a_session_that_was_planted_or_had_before_does_not_become_the_new_one(
    locked: Server,
) -> None:
    planted = "chosen-by-somebody-else"
    with locked.client(headers=PAGE) as client:
        client.cookies.set(COOKIE, planted, domain="127.0.0.1")
        assert log_in(client, "ann", PASSWORD).status_code == 303
        kept = [c.value for c in client.cookies.jar if c.name == COOKIE and c.value != planted]
        first = kept[-1]
        client.cookies.clear()
        client.cookies.set(COOKIE, first)
        got = log_in(client, "ann", PASSWORD)
        second = got.cookies[COOKIE]
    assert len({planted, first, second}) == 3
    for secret, opens in ((planted, False), (first, False), (second, True)):
        with locked.client(cookies={COOKIE: secret}) as client:
            assert (client.get("/api/v1/documents").status_code == 200) == opens


def test_behind_a_proxy_with_tls_the_cookie_is_secure(locked: Server) -> None:
    proxied = {
        "host": "desk.example",
        "x-forwarded-proto": "https",
        "origin": "https://desk.example",
    }
    with locked.client(headers=proxied) as client:
        got = log_in(client, "ann", PASSWORD)
    assert got.status_code == 303 and "secure" in got.headers["set-cookie"].lower()


def test_another_sites_form_cannot_log_in(locked: Server) -> None:
    with locked.client(headers={"origin": "http://evil.example"}) as client:
        assert log_in(client, "ann", PASSWORD).status_code == 403


def test_a_program_uses_a_token_and_a_change_holds_at_once(locked: Server) -> None:
    accounts = Accounts(locked.library)
    token = accounts.make_token("ann")
    with locked.client(headers={"authorization": f"Bearer {token}"}) as client:
        assert client.get("/api/v1/documents").status_code == 200
        assert "pullquote_library_documents" in client.get("/metrics").text
        (account,) = accounts.all()
        accounts.revoke(account.tokens[0].id)
        assert client.get("/api/v1/documents").status_code == 401


def test_tools_take_a_token_too(locked: Server) -> None:
    accounts = Accounts(locked.library)
    headers = {"Authorization": f"Bearer {accounts.make_token('ann')}"}

    async def names() -> set[str]:
        async with httpx2.AsyncClient(headers=headers, timeout=60) as sender:
            transport = streamable_http_client(f"{locked.address}/mcp", http_client=sender)
            async with Client(transport) as client:
                return {tool.name for tool in (await client.list_tools()).tools}

    assert "ask" in asyncio.run(names())


def test_names_and_questions_are_shown_as_text(locked: Server) -> None:
    with locked.client() as client:
        bad = '"><script>alert(1)</script>'
        page = log_in(client, bad, "wrong password", next=f"/{bad}").text
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_guessing_is_slowed_down(locked: Server) -> None:
    from_elsewhere = {"x-forwarded-for": "10.9.8.7"}
    with locked.client(headers=from_elsewhere) as client:
        codes = [log_in(client, "ann", f"guess number {n}").status_code for n in range(MOST + 2)]
        refused = log_in(client, "ann", PASSWORD)
    assert codes == [401] * MOST + [429] * 2
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0


def test_an_account_made_while_the_server_runs_closes_it_at_once(tmp_path: Path) -> None:
    library = filled(tmp_path)
    with running(library) as server, server.client() as client:
        assert client.get("/api/v1/documents").status_code == 200
        assert client.post("/mcp", json={}).status_code in (404, 405)  # it was not switched on
        Accounts(library).add("ann", PASSWORD)
        assert client.get("/api/v1/documents").status_code == 401


@given(st.text() | st.from_regex(r"[/\\]{1,3}\S*"))
def test_logging_in_leads_nowhere_but_to_this_server(target: str) -> None:
    place = local(target)
    assert place.startswith("/") and not place.startswith(("//", "/\\"))
    assert place.isprintable()
