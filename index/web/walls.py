"""Pages that stand where the article should: login forms, paywalls, errors."""

from __future__ import annotations

import re
from http import HTTPStatus
from urllib.parse import urlsplit

from index.errors import PullquoteError
from index.web.connection import Response

REMEDY = "Open it in your browser, save the page and add the file."
_LOGIN = re.compile(
    r"(?:^|[/_.-])(?:log-?in|sign-?in|sso|oauth2?|auth|authenticate|account/access|"
    r"subscribe|paywall)(?:$|[/_.?-])",
    re.IGNORECASE,
)
_PASSWORD = re.compile(rb"<input\b[^>]*\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
_PAID = re.compile(rb"\"isAccessibleForFree\"\s*:\s*(?:false\b|\"\s*false\s*\")", re.IGNORECASE)
_LATER = "Try again later."
_REASONS = {
    401: ("asks for a login", REMEDY),
    402: ("is to be paid for", REMEDY),
    403: ("is refused, to programs or to those without a login", REMEDY),
    404: ("does not exist", "Check the address."),
    407: ("asks for a login", REMEDY),
    410: ("is no longer there", "Check the address."),
    429: ("was asked for too often", _LATER),
    451: ("is withheld for legal reasons", REMEDY),
}
ENOUGH = 150  # words of running text beside a login form that make a page an article all the same


class Walled(PullquoteError):
    """The server sent something else than the article."""


def require_article(answer: Response, asked: str) -> None:
    """Raise Walled unless the answer can be the page that was asked for."""
    if answer.status in _REASONS:
        reason, remedy = _REASONS[answer.status]
        raise Walled(f"{answer.url} {reason} ({_named(answer.status)}). {remedy}")
    if answer.status >= 500:
        raise Walled(f"The server of {answer.url} fails ({_named(answer.status)}). {_LATER}")
    if answer.status != 200:
        raise Walled(f"{answer.url} was not sent ({_named(answer.status)}). {REMEDY}")
    if not answer.body:
        raise Walled(f"{answer.url} is empty. {REMEDY}")
    if "html" in answer.header("content-type") or answer.body.lstrip()[:1] == b"<":
        _require_no_login(answer, asked)


def _require_no_login(answer: Response, asked: str) -> None:
    moved = urlsplit(answer.url).path != urlsplit(asked).path
    to_login = moved and _LOGIN.search(urlsplit(answer.url).path) is not None
    form = _PASSWORD.search(answer.body) is not None
    if form and (to_login or _words(answer.body) < ENOUGH):
        raise Walled(f"{asked} shows a login page ({answer.url}). {REMEDY}")
    if to_login and _words(answer.body) < ENOUGH:
        raise Walled(f"{asked} leads to {answer.url}, which looks like a login page. {REMEDY}")


def note(answer: Response) -> str:
    """What a person should know of a page that was taken in, or ""."""
    if _PAID.search(answer.body):
        return "The page says that it is not free to read: it may hold only a part of the article."
    return ""


def _words(body: bytes) -> int:
    """Words in the paragraphs of a page, roughly; of scripts without spaces, four signs a word."""
    paragraphs = re.findall(rb"<p\b[^>]*>(.*?)</p>", body, re.IGNORECASE | re.DOTALL)
    plain = (re.sub(rb"<[^>]*>", b" ", p) for p in paragraphs)
    return sum(max(len(p.split()), len(p) // 12) for p in plain)


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"status {status}"
