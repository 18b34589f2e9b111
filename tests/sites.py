"""A web site on loopback, for the tests of what fetches pages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A server whose pages are functions of nothing; it notes what was asked of it."""

    def __init__(self) -> None:
        self.pages: dict[str, Callable[[], Answer]] = {}
        self.raw: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers.items())))
                if self.path in site.raw:
                    site.raw[self.path](self)
                    return
                found = site.pages.get(self.path, lambda: (404, {}, b"none"))
                status, headers, body = found()
                self.send_response(status)
                headers = {"Content-Length": str(len(body)), **headers}
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def page(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        shown = {k.replace("_", "-"): v for k, v in headers.items()}
        self.pages[path] = lambda: (status, shown, body)
        return self.url + path
