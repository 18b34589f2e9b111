"""How much a request may carry, and how slowly it may come."""

from __future__ import annotations

import asyncio
import time

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.problems import Problem, Tell, nobody, response

# Bytes of a request that carries no files, by the beginning of its address; else WORDS.
WORDS = 8 * 1024 * 1024
_WORDS_AT = {"/login": 64 * 1024, "/api/": 1024 * 1024, "/mcp": 1024 * 1024}
PATIENCE = 30.0  # seconds without a byte, and before the rate is looked at
SLOWEST = 8 * 1024  # bytes a second, on average


class _Refused(Exception):
    pass


class BodyLimit:
    """ASGI: refuses a request with files of more than ``upload`` bytes, or another that is longer
    than what its address takes, by what it declares or, without that, by what comes; and one whose
    body comes more slowly than ``SLOWEST`` or stops for ``patience`` seconds."""

    def __init__(
        self, app: ASGIApp, upload: int, patience: float = PATIENCE, failed: Tell = nobody
    ) -> None:
        self.app = app
        self.upload = upload
        self.patience = patience
        self.failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = self._limit(scope["path"], headers.get("content-type", ""))
        if int(headers.get("content-length") or 0) > limit:
            refused: Problem | None = too_long(limit)
            await response(too_long(limit))(scope, receive, send)
        else:
            refused = await _Watched(self.app, limit, self.patience).run(scope, receive, send)
        if refused:
            self.failed(refused.code)

    def _limit(self, path: str, content_type: str) -> int:
        if path.startswith("/login"):
            return _WORDS_AT["/login"]
        if content_type.lower().startswith("multipart/form-data"):
            return self.upload
        return next((n for start, n in _WORDS_AT.items() if path.startswith(start)), WORDS)


class _Watched:
    """One request whose body is counted and timed as it comes."""

    def __init__(self, app: ASGIApp, limit: int, patience: float) -> None:
        self._app = app
        self._limit = limit
        self._patience = patience
        self._came = 0
        self._whole = False
        self._problem: Problem | None = None
        self._answered = False

    async def run(self, scope: Scope, receive: Receive, send: Send) -> Problem | None:
        """Serve it; returns why it was refused, or None."""
        began = time.monotonic()

        async def watched() -> Message:
            if self._whole:  # what comes now is that the reader has gone
                return await receive()
            allowed = began + self._patience + self._came / SLOWEST - time.monotonic()
            try:
                message = await asyncio.wait_for(receive(), max(0.0, min(self._patience, allowed)))
            except TimeoutError:
                self._problem = too_slow()
                raise _Refused from None
            self._whole = not message.get("more_body", False)
            self._came += len(message.get("body", b""))
            if self._came > self._limit:
                self._problem = too_long(self._limit)
                raise _Refused
            return message

        async def replaced(message: Message) -> None:
            # The framework takes _Refused for a body that it could not parse, and says so.
            if self._problem is None:
                await send(message)
            elif not self._answered:
                self._answered = True
                await response(self._problem)(scope, receive, send)

        try:
            await self._app(scope, watched, replaced)
        except _Refused:
            await replaced({"type": "http.response.start"})
        return self._problem


def too_long(limit: int) -> Problem:
    return Problem(
        413,
        "too_large",
        f"The request carries more than {limit / 1024 / 1024:,.4g} MB.",
        "Send less at once, or start the server with a larger --upload-limit.",
        {"Connection": "close"},
    )


def too_slow() -> Problem:
    return Problem(
        408,
        "too_slow",
        "The request did not come in time.",
        "Send it again over a faster connection.",
        {"Connection": "close"},
    )
