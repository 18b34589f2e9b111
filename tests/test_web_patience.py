"""Heads of requests that do not come."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import uvicorn

from qa.web.patience import Protocol


class Quick(Protocol):
    seconds = 0.4


@pytest.fixture(scope="module")
def quick() -> Iterator[int]:
    """The port of a server whose answer takes twice as long as it waits for a head."""

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.8)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        config = uvicorn.Config(slow, http=Quick, lifespan="off", log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([door],))
        thread.start()
        yield door.getsockname()[1]
        server.should_exit = True
        thread.join()


WHOLE = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


def closed(port: int, *parts: bytes) -> bytes:
    """What the server says until it hangs up; the parts are sent one after each answer."""
    said = b""
    with socket.create_connection(("127.0.0.1", port), timeout=8) as call:
        for number, part in enumerate(parts, 1):
            call.sendall(part)
            if number < len(parts):
                said += call.recv(65536)
        while data := call.recv(65536):
            said += data
    return said


def test_a_head_that_does_not_come_is_not_waited_for(quick: int) -> None:
    assert closed(quick) == b""
    assert closed(quick, WHOLE[:20]) == b""
    after_one = closed(quick, WHOLE, WHOLE[:20])
    assert after_one.count(b"204 No Content") == 1


def test_an_answer_may_take_longer_than_a_head(quick: int) -> None:
    last = WHOLE.replace(b"Host", b"Connection: close\r\nHost")
    assert closed(quick, WHOLE, last).count(b"204 No Content") == 2
