"""``pullquote user``: the accounts of a shared server."""

from __future__ import annotations

import argparse
import getpass
import sys
import time
from collections.abc import Callable

from index.errors import PullquoteError
from qa.accounts import Account, Accounts
from qa.commands.command import Command, json_option, open_library, print_json

_ABOUT = {
    "add": "make an account; asks for a password",
    "password": "give an account another password",
    "token": "make a token for the API; printed this once",
    "revoke": "take a token back, by its id",
    "remove": "remove an account with its tokens",
    "list": "list accounts and tokens",
}


def _arguments(command: argparse.ArgumentParser) -> None:
    told = "; ".join(f"{action}: {about}" for action, about in _ABOUT.items())
    command.add_argument("action", metavar="ACTION", choices=_ABOUT, help=told)
    command.add_argument("name", metavar="NAME", nargs="?", default="", help="account, or token id")
    command.add_argument("--label", metavar="TEXT", default="", help="what a token is for")
    json_option(command)


def _user(args: argparse.Namespace) -> int:
    if not args.name and args.action != "list":
        raise PullquoteError(f"Whose? Name an account: pullquote user {args.action} NAME")
    with open_library(args) as library:
        accounts = Accounts(library.path)
    _ACTIONS[args.action](accounts, args)
    return 0


def _add(accounts: Accounts, args: argparse.Namespace) -> None:
    accounts.add(args.name, _password())
    print(f"Added {args.name}. The server now asks everyone to log in.")


def _change(accounts: Accounts, args: argparse.Namespace) -> None:
    accounts.set_password(args.name, _password())
    print(f"{args.name} has a new password and is logged out everywhere.")


def _token(accounts: Accounts, args: argparse.Namespace) -> None:
    token = accounts.make_token(args.name, args.label)
    print("Keep it safe: it cannot be shown again.", file=sys.stderr)
    print(token)


def _revoke(accounts: Accounts, args: argparse.Namespace) -> None:
    accounts.revoke(args.name)
    print(f"Token {args.name} no longer works.")


def _remove(accounts: Accounts, args: argparse.Namespace) -> None:
    accounts.remove(args.name)
    print(f"Removed {args.name} and the tokens of that account.")


def _list(accounts: Accounts, args: argparse.Namespace) -> None:
    found = accounts.all()
    if args.json:
        print_json([_account_json(a) for a in found])
        return
    for account in found:
        print(f"{account.name}, since {_day(account.made)}")
        for token in account.tokens:
            label = f" ({token.label})" if token.label else ""
            print(f"  token {token.id}{label}, since {_day(token.made)}")
    if not found:
        print("No accounts. Make one with: pullquote user add NAME")


def _account_json(account: Account) -> dict[str, object]:
    tokens = [{"id": t.id, "label": t.label, "since": _day(t.made)} for t in account.tokens]
    return {"name": account.name, "since": _day(account.made), "tokens": tokens}


def _day(seconds: int) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(seconds))


def _password() -> str:
    """Asked for twice on a terminal; from a pipe, its first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != first:
        raise PullquoteError("The two passwords differ. Run the command again.")
    return first


_ACTIONS: dict[str, Callable[[Accounts, argparse.Namespace], None]] = {
    "add": _add,
    "password": _change,
    "token": _token,
    "revoke": _revoke,
    "remove": _remove,
    "list": _list,
}

COMMANDS = (
    Command(
        "user",
        "Make accounts and API tokens for a shared server.",
        "pullquote user add alex",
        _arguments,
        _user,
    ),
)
