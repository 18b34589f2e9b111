"""Accounts, tokens and sessions, and the server that asks for them."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import httpx2
import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given
from hypothesis import strategies as st
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from index.errors import PullquoteError
from index.library import Library
from qa.accounts import FILE, Accounts
from qa.web.attempts import MOST, MOST_FOR, MOST_FROM, WINDOW, Attempts
from qa.web.login import COOKIE, local
from qa.web.serve import require_safe
from qa.web.settings import Settings
from tests.servers import CHROMIUM, Server, browser, command, filled, running

PASSWORD = "correct horse battery"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path)


def test_there_is_nobody_and_no_file_before_the_first_account(
    accounts: Accounts, tmp_path: Path
) -> None:
    assert not accounts.any() and accounts.all() == []
    assert not (tmp_path / FILE).exists()


def test_only_the_right_password_opens(accounts: Accounts) -> None:
    accounts.add("Ann", PASSWORD)
    assert accounts.any()
    assert accounts.verify("ann", PASSWORD) == "Ann"
    assert accounts.verify("Ann", PASSWORD + " ") is None
    assert accounts.verify("nobody", PASSWORD) is None
    assert accounts.verify("Ann", "") is None


def test_nothing_that_opens_is_stored(accounts: Accounts, tmp_path: Path) -> None:
    accounts.add("ann", PASSWORD)
    secrets = [PASSWORD, accounts.make_token("ann", "script"), accounts.begin_session("ann")]
    kept = (tmp_path / FILE).read_bytes()
    assert not any(secret.encode() in kept for secret in secrets)
    assert b"$argon2id$v=19$m=65536,t=3,p=4$" in kept
    assert stat.S_IMODE(os.stat(tmp_path / FILE).st_mode) == 0o600


@pytest.mark.parametrize("name", ["", " ", "a b", "../x", "a/b", "x" * 65, "-x", "a\n"])
def test_a_name_is_a_plain_word(accounts: Accounts, name: str) -> None:
    with pytest.raises(PullquoteError, match="not a name"):
        accounts.add(name, PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "x" * 1001])
def test_a_password_is_neither_short_nor_endless(accounts: Accounts, password: str) -> None:
    with pytest.raises(PullquoteError, match="10 to 1,000 characters"):
        accounts.add("ann", password)
    assert not accounts.any()


def test_an_account_is_made_once_and_changed_by_its_own_command(accounts: Accounts) -> None:
    accounts.add("ann", PASSWORD)
    session = accounts.begin_session("ann")
    with pytest.raises(PullquoteError, match="pullquote user password ANN"):
        accounts.add("ANN", "another password")
    assert accounts.verify("ann", PASSWORD) and accounts.by_session(session) == "ann"
    accounts.set_password("ann", "another password")
    assert accounts.verify("ann", PASSWORD) is None
    assert accounts.by_session(session) is None
    with pytest.raises(PullquoteError, match="no account bob"):
        accounts.set_password("bob", PASSWORD)


def test_tokens_work_until_they_are_revoked_or_the_account_goes(accounts: Accounts) -> None:
    accounts.add("ann", PASSWORD)
    first, second = accounts.make_token("ann", "one"), accounts.make_token("ann", "two")
    assert accounts.by_token(first) == accounts.by_token(second) == "ann"
    assert accounts.by_token(first + "x") is None and accounts.by_token("") is None
    (account,) = accounts.all()
    assert [t.label for t in account.tokens] == ["one", "two"]
    accounts.revoke(account.tokens[0].id)
    assert accounts.by_token(first) is None and accounts.by_token(second) == "ann"
    session = accounts.begin_session("ann")
    accounts.remove("ann")
    assert accounts.by_token(second) is None and accounts.by_session(session) is None
    with pytest.raises(PullquoteError, match="no token"):
        accounts.revoke("zz")


def test_a_session_ends_by_logging_out_and_by_time(accounts: Accounts, tmp_path: Path) -> None:
    accounts.add("ann", PASSWORD)
    one, other = accounts.begin_session("ann"), accounts.begin_session("ann")
    accounts.end_session(one)
    assert accounts.by_session(one) is None and accounts.by_session(other) == "ann"
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("update sessions set expires = 1")
    db.close()
    assert accounts.by_session(other) is None


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_wrong_passwords_are_allowed_a_few_times_in_a_while() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(MOST):
        assert attempts.begin("10.0.0.1", "ANN") == 0
    assert 0 < attempts.begin("10.0.0.1", "ann") <= WINDOW + 1
    assert attempts.begin("10.0.0.2", "ann") == 0
    clock.now += WINDOW + 1
    assert attempts.begin("10.0.0.1", "ann") == 0


def test_trying_many_names_from_one_address_is_slowed_too() -> None:
    attempts = Attempts(Clock())
    for number in range(MOST_FROM):
        assert attempts.begin("10.0.0.1", f"user{number}") == 0
    assert attempts.begin("10.0.0.1", "another") > 0


def test_trying_one_name_from_many_addresses_is_slowed_too() -> None:
    attempts = Attempts(Clock())
    for number in range(MOST_FOR):
        assert attempts.begin(f"10.0.{number}.1", "ann") == 0
    assert attempts.begin("10.9.9.9", "ann") > 0
    assert attempts.begin("10.9.9.9", "bob") == 0


def test_the_addresses_of_one_line_count_as_one() -> None:
    attempts = Attempts(Clock())
    for number in range(MOST):
        assert attempts.begin(f"2001:db8:7:1::{number:x}", "ann") == 0
    assert attempts.begin("2001:db8:7:1:ffff::9", "ann") > 0
    assert attempts.begin("2001:db8:7:2::1", "ann") == 0
    for _ in range(MOST):
        attempts.begin("::ffff:10.0.0.1", "ann")
    assert attempts.begin("10.0.0.1", "ann") > 0


def test_those_who_know_their_password_are_not_slowed_down() -> None:
    attempts = Attempts(Clock())
    for number in range(3 * MOST_FOR):
        name = f"user{number % 30}"
        assert attempts.begin("10.0.0.1", name) == 0  # an office behind one address
        attempts.succeeded("10.0.0.1", name)


@given(st.text() | st.from_regex(r"[/\\]{1,3}\S*"))
def test_logging_in_leads_nowhere_but_to_this_server(target: str) -> None:
    place = local(target)
    assert place.startswith("/") and not place.startswith(("//", "/\\"))
    assert place.isprintable()


# -- the command line ------------------------------------------------------------------------------


def user(library: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    line = command(library, "user", *words)
    return subprocess.run(line, input=typed, capture_output=True, text=True, timeout=60)


def test_accounts_from_the_command_line(tmp_path: Path) -> None:
    Library.open(tmp_path, create=True).close()
    assert "user add NAME" in user(tmp_path, "list").stdout
    assert user(tmp_path, "add", "ann", typed=PASSWORD + "\n").returncode == 0
    made = user(tmp_path, "token", "ann", "--label", "crawler")
    assert re.fullmatch(r"pq_[\w-]{40,}\n", made.stdout) and "cannot be shown" in made.stderr
    accounts = Accounts(tmp_path)
    assert accounts.verify("ann", PASSWORD) == "ann"
    assert accounts.by_token(made.stdout.strip()) == "ann"
    listed = user(tmp_path, "list").stdout
    assert "ann, since 20" in listed and "(crawler)" in listed
    (account,) = accounts.all()
    assert user(tmp_path, "revoke", account.tokens[0].id).returncode == 0
    assert accounts.by_token(made.stdout.strip()) is None
    refused = user(tmp_path, "add", "ann", typed="short\n")
    assert refused.returncode == 1 and refused.stderr.count("\n") == 1
    nameless = user(tmp_path, "add")
    assert nameless.returncode == 1 and "user add NAME" in nameless.stderr
    assert user(tmp_path, "remove", "ann").returncode == 0
    assert not accounts.any()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "desk.example"])
def test_without_an_account_only_this_machine_is_served(tmp_path: Path, host: str) -> None:
    with Library.open(tmp_path, create=True) as library:
        for there in (Settings(host=host), Settings(names=(host,))):
            with pytest.raises(PullquoteError, match="pullquote user add NAME"):
                require_safe(library, there)
        require_safe(library, Settings(host="127.0.0.1"))
        require_safe(library, Settings(host="::1"))
        Accounts(tmp_path).add("ann", PASSWORD)
        require_safe(library, Settings(host=host, names=("desk.example",)))


def test_the_refusal_is_one_line(tmp_path: Path) -> None:
    Library.open(tmp_path, create=True).close()
    line = command(tmp_path, "serve", "--host", "0.0.0.0", "--port", "0")
    done = subprocess.run(line, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert "pullquote user add NAME" in done.stderr


# -- the server ------------------------------------------------------------------------------------


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


def test_an_unknown_name_costs_what_a_wrong_password_costs(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One hash each, made with the same parameters: what it is compared with tells them."""
    accounts.add("ann", PASSWORD)
    compared: list[str] = []
    verify = PasswordHasher.verify

    def noted(hasher: PasswordHasher, stored: str, password: str) -> bool:
        compared.append(stored)
        return verify(hasher, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", noted)
    for name in ("nobody", "ann"):
        assert accounts.verify(name, "a wrong password") is None
    unknown, known = map(extract_parameters, compared)
    assert unknown == known


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
