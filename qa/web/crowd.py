"""How many requests may be in progress at once."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from qa.web.problems import Problem, Tell, nobody, response

MOST = 1000  # an open page of the desk holds one all the time, to tell that it is there
RETRY_AFTER = 5  # seconds
_ALWAYS = ("/health", "/api/v1/health")


class Crowd:
    """ASGI: beyond ``most`` requests in progress the next gets 503 with Retry-After at once,
    whatever it asks for; only whether the process runs is always told."""

    def __init__(self, app: ASGIApp, most: int = MOST, failed: Tell = nobody) -> None:
        self.app = app
        self.most = most
        self.failed = failed
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _ALWAYS:
            await self.app(scope, receive, send)
            return
        if self._inside >= self.most:
            refused = too_many()
            self.failed(refused.code)
            await response(refused)(scope, receive, send)
            return
        self._inside += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._inside -= 1


def too_many() -> Problem:
    return Problem(
        503,
        "overloaded",
        "More requests are in progress than the server can hold.",
        f"Try again in {RETRY_AFTER} seconds.",
        {"Retry-After": str(RETRY_AFTER), "Connection": "close"},
    )
