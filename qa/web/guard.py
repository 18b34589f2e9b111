"""What a request must be before anything is done with it, and the headers of every response."""

from __future__ import annotations

import ipaddress
import logging
import socket
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.problems import Problem, Tell, nobody, problem, response
from qa.web.settings import is_loopback

_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' data: blob:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# Gradio compiles the templates of its components in the browser.
_GRADIO = {**_POLICY, "script-src": "'self' 'unsafe-inline' 'unsafe-eval'"}
_OWN = (
    "/api/",
    "/d/",
    "/desk/",
    "/login",
    "/health",
    "/metrics",
    "/mcp",
)  # what Gradio does not answer
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer, a form's own Origin would be "null"
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_log = logging.getLogger("uvicorn.error")
_SAFE = ("GET", "HEAD", "OPTIONS")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Served:
    """Where the server is reached: whether by loopback only, and by which names besides."""

    loopback: bool = True
    names: frozenset[str] = frozenset()


def policy(path: str) -> str:
    """The Content-Security-Policy of what stands at a path, where it does not bring its own."""
    rules = _POLICY if path.startswith(_OWN) else _GRADIO
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def refusal(served: Served, method: str, headers: Mapping[str, str]) -> Problem | None:
    """Why a request is refused, or None. ``headers`` have lower-case names.

    A foreign Host means that another site's name was pointed at this machine (DNS rebinding). A
    foreign Origin, or a browser's word that the request comes from another site, means that
    another site's page sent it; links from other sites may be followed, nothing more.
    """
    host = headers.get("host", "")
    if not _serves(served, host):
        return Problem(
            421,
            "unknown_host",
            "This server does not answer under that name.",
            "Use the address that pullquote serve printed, or start it with --name NAME.",
        )
    origin = headers.get("origin")
    if origin is not None and not _own(served, origin, host):
        return _cross_origin()
    site = headers.get("sec-fetch-site", "none")
    followed = method in _SAFE and headers.get("sec-fetch-mode", "navigate") == "navigate"
    if site not in ("none", "same-origin") and not followed:
        return _cross_origin()
    return None


def _cross_origin() -> Problem:
    return Problem(
        403,
        "cross_origin",
        "The request comes from a page of another site.",
        "Send it from the web desk, or from a program without an Origin header.",
    )


def _serves(served: Served, host: str) -> bool:
    name = _hostname(f"//{host}")
    if name is None or any(c in host for c in "/@?#\\ "):
        return False
    if name in served.names or is_loopback(name):
        return True
    if served.loopback:
        return False
    # An address in digits cannot be rebound: it names the machine itself.
    return _is_address(name) or name in (socket.gethostname().lower(), socket.getfqdn().lower())


def _own(served: Served, origin: str, host: str) -> bool:
    """Whether an Origin is this server's. A proxy may serve it under a name at its own port."""
    try:
        parts = urlsplit(origin)
        standard = _PORTS.get(parts.scheme)
        if standard is None or parts.hostname is None:
            return False
        own = urlsplit(f"//{host}")
        port = parts.port or standard
        if (parts.hostname, port) == (own.hostname, own.port or standard):
            return True
        return parts.hostname in served.names and port == standard
    except ValueError:
        return False


def _hostname(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises ValueError for a bad one
        return parts.hostname
    except ValueError:
        return None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """ASGI: refuses what ``refusal`` refuses and adds the headers to every response."""

    def __init__(self, app: ASGIApp, served: Served, failed: Tell = nobody) -> None:
        self.app = app
        self.served = served
        self.failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refused = refusal(self.served, scope.get("method", "GET"), Headers(scope=scope))
        if refused:
            self.failed(refused.code)
        if refused and scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return

        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", policy(scope["path"]))
            await send(message)

        try:
            await (response(refused) if refused else self.app)(scope, receive, guarded)
        except Exception as error:
            # uvicorn would cut the connection, also under a request that is already in it.
            _log.error("A request failed.\n%s", where(error))
            if not started:
                self.failed("internal")
                await response(problem(RuntimeError()))(scope, receive, guarded)


def where(error: BaseException) -> str:
    """Where an error comes from, its kinds and lines; not its message, which may hold words of a
    question."""
    chain: list[str] = []
    found: BaseException | None = error
    while found is not None and len(chain) < 10:
        frames = "".join(traceback.format_list(traceback.extract_tb(found.__traceback__)))
        chain.append(f"{frames}{type(found).__name__}")
        found = found.__cause__ or found.__context__
    return "\nwhich came from\n".join(chain)
