"""A web address -> the bytes that its server sends. The only place that calls other machines."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from index.errors import PullquoteError
from index.ingest import Received
from index.web import connection, robots, walls
from index.web.connection import Limits, Response, Unreachable

_PORTS = {"http": 80, "https": 443}
_PATH = "/%:@!$&'()*+,;=~-._"
LIMITS = Limits()


class NotWeb(PullquoteError):
    """This is no address that can be fetched."""


def is_address(word: str) -> bool:
    """Whether a word on the command line is meant as an address rather than a path."""
    return "://" in word


def tidy(url: str) -> str:
    """An address as it is asked for and remembered: host in small letters, no fragment, no
    standard port, everything else than ASCII percent-encoded.

    Raises NotWeb for what is not http or https, and for an address with a password in it.
    """
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise NotWeb(f"{url} is no address ({error}). Check it and try again.") from error
    if parts.scheme.lower() not in _PORTS or not host:
        raise NotWeb(
            f"{url} cannot be fetched: only http:// and https:// addresses can. Save it to a file "
            "and add the file."
        )
    if parts.username is not None or parts.password is not None:
        raise NotWeb(
            "An address with a user name or password in it would be stored. Open the page in your "
            "browser, save it and add the file."
        )
    scheme = parts.scheme.lower()
    place = f"[{host}]" if ":" in host else host
    if port and port != _PORTS[scheme]:
        place = f"{place}:{port}"
    path = quote(parts.path or "/", safe=_PATH)
    return urlunsplit((scheme, place, path, quote(parts.query, safe=f"{_PATH}?"), ""))


def fetch(url: str, limits: Limits = LIMITS) -> Received:
    """The page at an address, as its server sends it.

    Every redirect is checked as the first address is. Raises PullquoteError children: NotWeb,
    ForbiddenAddress, TooSlow, TooLarge, Unreachable, Disallowed, Walled; nothing is stored.
    """
    asked = tidy(url)
    deadline = time.monotonic() + limits.seconds
    rules: dict[str, Response | None] = {}

    def get(address: str) -> Response:
        site = robots.robots_url(address)
        if site not in rules:
            rules[site] = _robots(site, limits, deadline)
        robots.require_allowed(address, rules[site])
        return connection.get(address, limits, deadline)

    answer = _followed(asked, get, limits.redirects)
    walls.require_article(answer, asked)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Received(answer.body, asked, answer.url, answer.headers, at, walls.note(answer))


def _robots(site: str, limits: Limits, deadline: float) -> Response | None:
    """The answer for a robots.txt, cut off at the size that counts; None where redirects lead
    nowhere, which the RFC lets count as a missing file."""

    def get(url: str) -> Response:
        return connection.get(url, limits, deadline, cut=robots.SIZE)

    try:
        return _followed(site, get, robots.REDIRECTS)
    except _Redirected:
        return None


class _Redirected(Unreachable):
    """The redirects lead nowhere."""


def _followed(url: str, get: Callable[[str], Response], most: int) -> Response:
    """The answer at the end of the redirects."""
    seen = [url]
    while True:
        answer = get(seen[-1])
        location = answer.header("location")
        if answer.status not in connection.REDIRECTS or not location:
            return answer
        target = tidy(urljoin(seen[-1], location))
        if target in seen:
            raise _Redirected(
                f"{url} leads round in a circle, as sites do that want a cookie. {walls.REMEDY}"
            )
        seen.append(target)
        if len(seen) > most + 1:
            raise _Redirected(f"{url} leads on more than {most} times. {walls.REMEDY}")
