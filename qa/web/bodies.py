"""How much a request may carry."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.problems import Problem, response

WORDS = 8 * 1024 * 1024  # bytes of a request that carries no files


class _TooLong(Exception):
    pass


class BodyLimit:
    """ASGI: refuses a request with files of more than ``upload`` bytes, or another of more than
    ``WORDS``, by what it declares or, without that, by what comes."""

    def __init__(self, app: ASGIApp, upload: int) -> None:
        self.app = app
        self.upload = upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        files = headers.get("content-type", "").startswith("multipart/form-data")
        limit = self.upload if files else WORDS
        if int(headers.get("content-length") or 0) > limit:
            await response(too_long(limit))(scope, receive, send)
            return
        await _Counted(self.app, limit)(scope, receive, send)


class _Counted:
    """One request whose body is counted as it comes."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit
        self._come = 0
        self._refused = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted() -> Message:
            message = await receive()
            self._come += len(message.get("body", b""))
            if self._come > self._limit:
                raise _TooLong
            return message

        async def replaced(message: Message) -> None:
            # The framework takes _TooLong for a body that it could not parse, and says so.
            if self._come <= self._limit:
                await send(message)
            elif not self._refused:
                self._refused = True
                await response(too_long(self._limit))(scope, receive, send)

        try:
            await self._app(scope, counted, replaced)
        except _TooLong:
            await replaced({"type": "http.response.start"})


def too_long(limit: int) -> Problem:
    return Problem(
        413,
        "too_large",
        f"The request carries more than {limit / 1024 / 1024:,.0f} MB.",
        "Send less at once, or start the server with a larger --upload-limit.",
        {"Connection": "close"},
    )
