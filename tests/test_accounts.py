"""Accounts, tokens and sessions, and the command that makes them."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import subprocess
from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters

from index.errors import PullquoteError
from index.library import Library
from qa.accounts import FILE, Accounts
from qa.web.serve import require_safe
from qa.web.settings import Settings
from tests.servers import command

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
