"""Bodies of requests that stop or drip."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from starlette.types import Message

from qa.web.bodies import BodyLimit


async def reading(scope: Any, receive: Any, send: Any) -> None:
    """An application that reads a body to its end and then answers with how long it was."""
    length, more = 0, True
    while more:
        message = await receive()
        length, more = length + len(message["body"]), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(length).encode()})


def status(app: Any, parts: Iterable[tuple[float, bytes]]) -> list[int]:
    """What an application answers to a body of which each part comes after so many seconds."""
    sent: list[Message] = []
    coming = iter(parts)

    async def receive() -> Message:
        seconds, body = next(coming, (60, b""))
        await asyncio.sleep(seconds)
        return {"type": "http.request", "body": body, "more_body": body != b""}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/v1/documents"}
    scope["headers"] = [(b"content-type", b"multipart/form-data; boundary=x")]
    asyncio.run(app(scope, receive, send))
    return [m["status"] for m in sent if m["type"] == "http.response.start"]


def test_a_body_that_stops_or_drips_is_not_waited_for() -> None:
    app = BodyLimit(reading, 10_000_000, patience=1.5)
    assert status(app, [(0.1, b"a" * 9000), (0.1, b"a"), (0, b"")]) == [200]
    assert status(app, [(0, b"a"), (60, b"a"), (0, b"")]) == [408]
    dripping = iter([(0.1, b"a")] * 500)
    assert status(app, dripping) == [408]
    assert next(dripping, None) is not None
    steady = [(0.1, b"a" * 9000)] * 6
    assert status(app, [*steady, (0, b"")]) == [200]
