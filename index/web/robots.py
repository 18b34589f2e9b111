"""What a site allows programs to fetch (robots.txt, RFC 9309)."""

from __future__ import annotations

from urllib.parse import urlsplit

from index.errors import PullquoteError
from index.web.connection import AGENT, Response

SIZE = 512_000  # bytes of robots.txt that count: the RFC asks for no more
REDIRECTS = 5


class Disallowed(PullquoteError):
    """The site asks programs not to fetch this."""


def robots_url(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def require_allowed(url: str, answer: Response | None) -> None:
    """Raise Disallowed if the site's robots.txt forbids this address, or the site fails on it.

    ``answer`` is the server's answer for robots.txt, None where there is none to be had. As the
    RFC has it, a missing file (status 400 to 499) allows everything, a failing server nothing.
    """
    if answer is None or 400 <= answer.status < 500:
        return
    if answer.status >= 500:
        raise Disallowed(
            f"The site of {url} cannot say whether programs may fetch it (robots.txt fails, status "
            f"{answer.status}). Try again later, or save the page in your browser and add the file."
        )
    from protego import Protego

    rules = Protego.parse(answer.body.decode("utf-8", "replace"))
    if not rules.can_fetch(url, AGENT):
        raise Disallowed(
            f"The site asks programs not to fetch {url} (robots.txt). Save the page in your "
            "browser and add the file."
        )
