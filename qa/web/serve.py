"""The server process: start quickly, listen only where that is safe, stop cleanly."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from index.errors import PullquoteError
from index.library import Library
from qa.accounts import Accounts
from qa.web.settings import Settings, is_loopback

if TYPE_CHECKING:
    import uvicorn

GRACE = 60  # seconds that requests get to finish after SIGTERM
KEEP_ALIVE = 30  # seconds that a connection may be silent between two requests
LONGEST_HEAD = 64 * 1024  # bytes: 2,000 Chinese characters in an address are 18,000 bytes
OPEN_FILES = 8192  # a connection is one of them; 1,024 is the usual limit


def serve(library: Library, settings: Settings) -> None:
    """Serve until SIGTERM, which ends in a return, or SIGINT, which ends in KeyboardInterrupt;
    either way what was begun is finished. Raises PullquoteError when it may not or cannot listen.
    """
    require_safe(library, settings)
    listening = _listen(settings.host, settings.port)
    warming = threading.Thread(target=_warm, args=(library,))
    warming.start()  # beside the imports of the page, which take the longest
    from qa.web.application import application, close_streams

    app = application(library, settings)
    _raise_limit()
    warming.join()
    address = _address(settings)

    def ready() -> None:
        print(f"Pullquote is at {address} (stop with Ctrl-C)", flush=True)
        if settings.open_page and _has_screen():
            webbrowser.open(address)

    _run(app, listening, ready, lambda: close_streams(app))


def require_safe(library: Library, settings: Settings) -> None:
    """Raises PullquoteError when others could reach a server that asks nobody to log in."""
    if Accounts(library.path).any():
        return
    if not is_loopback(settings.host):
        raise PullquoteError(
            f"Without an account Pullquote listens on this machine only, not on {settings.host}. "
            "Make an account first: pullquote user add NAME"
        )
    if settings.names:
        raise PullquoteError(
            f"Without an account Pullquote does not answer as {settings.names[0]}. "
            "Make an account first: pullquote user add NAME"
        )


def _raise_limit() -> None:
    """Let the process hold as many connections as it may, where the system has such a limit."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _listen(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, where = found[0]
        # With the protocol: asyncio switches Nagle's delay off only where it is said to be TCP.
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(where)
        except BaseException:
            listening.close()
            raise
    except (OSError, OverflowError) as error:
        raise PullquoteError(
            f"Cannot listen on {host}:{port} ({error}). Choose another with --port."
        ) from error
    return listening


def _warm(library: Library) -> None:
    """Load models and indexes before the first question comes; what fails, fails there again."""
    from qa.answer import answer

    with contextlib.suppress(PullquoteError):
        answer(library, "What do the documents say?")


def _run(
    app: Any, listening: socket.socket, ready: Callable[[], None], stopping: Callable[[], None]
) -> None:
    import uvicorn

    from qa.web.patience import Protocol

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # addresses may hold questions
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=KEEP_ALIVE,
        server_header=False,
        http=Protocol,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        ws="none",
    )
    # uvicorn raises the signal again when it is done; this one has nothing more to do then.
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        _server(config, ready, stopping).run([listening])
    finally:
        signal.signal(signal.SIGTERM, before)
        listening.close()


def _server(
    config: uvicorn.Config, ready: Callable[[], None], stopping: Callable[[], None]
) -> uvicorn.Server:
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            stopping()
            await super().shutdown(sockets)

    return Server(config)


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}/"


def _has_screen() -> bool:
    """Whether a browser could show a page; without a screen a text browser would take over."""
    return sys.platform != "linux" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ))
