"""The bounded line before the work."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import httpx
import pytest
from starlette.types import Message

from index.library import Library
from qa.web.api import api
from qa.web.gate import LONGEST_RETRY, Gate, Overloaded
from qa.web.service import Service
from tests.servers import filled


def test_work_is_done_and_its_errors_are_handed_on() -> None:
    gate = Gate(2, 2)
    assert gate.submit(lambda: 6 * 7).result(5) == 42
    with pytest.raises(ZeroDivisionError):
        gate.submit(lambda: 1 // 0).result(5)
    gate.close()
    assert gate.held == 0


def test_beyond_workers_and_line_it_refuses_at_once_and_takes_again_when_there_is_room() -> None:
    gate, go = Gate(2, 3), threading.Event()
    futures = [gate.submit(go.wait) for _ in range(5)]
    with pytest.raises(Overloaded) as refused:
        gate.submit(go.wait)
    assert 1 <= refused.value.retry_after <= LONGEST_RETRY
    go.set()
    assert all(f.result(5) for f in futures)
    assert gate.submit(lambda: "again").result(5) == "again"
    gate.close()


def test_a_line_that_would_take_too_long_is_not_made_longer() -> None:
    gate, go = Gate(1, 100, longest=0.25), threading.Event()
    begun = [gate.submit(go.wait) for _ in range(3)]  # a piece of work is taken for 0.1 s at first
    with pytest.raises(Overloaded):
        gate.submit(go.wait)
    go.set()
    assert all(f.result(5) for f in begun)
    gate.close()
    idle = Gate(2, 0, longest=0.0)
    assert idle.submit(lambda: "who comes first waits for nobody").result(5)
    idle.close()


def test_never_more_at_once_than_there_are_workers() -> None:
    gate, guard = Gate(3, 100), threading.Lock()
    at_once, most = 0, 0
    pause = threading.Event()

    def work() -> None:
        nonlocal at_once, most
        with guard:
            at_once += 1
            most = max(most, at_once)
        pause.wait(0.005)
        with guard:
            at_once -= 1

    for future in [gate.submit(work) for _ in range(60)]:
        future.result(10)
    gate.close()
    assert most == 3


def test_who_gives_up_waiting_leaves_the_line() -> None:
    gate, go = Gate(1, 1), threading.Event()
    begun = gate.submit(go.wait)

    async def give_up() -> None:
        waiting = asyncio.create_task(gate.run(lambda: "never"))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(give_up())
    instead = gate.submit(lambda: "instead")
    go.set()
    assert begun.result(5) and instead.result(5) == "instead"
    gate.close()


def test_closing_finishes_what_was_taken() -> None:
    gate, done = Gate(1, 10), []
    for number in range(8):
        gate.submit(lambda n=number: done.append(n))  # type: ignore[misc]
    gate.close()
    assert done == list(range(8))
    with pytest.raises(RuntimeError):
        gate.submit(lambda: None)
    assert gate.held == 0


def test_quotations_hold_up_no_question(tmp_path: Path) -> None:
    """A long quotation takes seconds; questions have a line of their own."""
    go = threading.Event()

    async def both(service: Service) -> tuple[httpx.Response, httpx.Response]:
        transport = httpx.ASGITransport(api(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            quoted = await client.post("/quote", json={"quote": "forty tonnes of rye"})
            asked = await client.post("/ask", json={"question": "What does the mill grind?"})
        return quoted, asked

    with Library.open(filled(tmp_path)) as library:
        service = Service(library, waiting=1)
        for _ in range(service.checks.workers + service.checks.waiting):
            service.checks.submit(go.wait)
        quoted, asked = asyncio.run(both(service))
        go.set()
        service.close()
    assert (quoted.status_code, quoted.json()["error"]["code"]) == (503, "overloaded")
    assert int(quoted.headers["retry-after"]) >= 1
    assert asked.status_code == 200 and "rye" in asked.json()["answer"]


def test_who_hangs_up_leaves_the_line(tmp_path: Path) -> None:
    go = threading.Event()

    async def hung_up(service: Service) -> int:
        """The places taken after a question whose reader did not wait."""
        sent = [{"type": "http.request", "body": b'{"question": "What does the mill grind?"}'}]

        async def receive() -> Message:
            if sent:
                return sent.pop()
            await asyncio.sleep(0.05)
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            pass

        headers = [(b"content-type", b"application/json"), (b"host", b"localhost")]
        scope = {"type": "http", "method": "POST", "path": "/ask", "headers": headers}
        scope |= {"query_string": b"", "root_path": "", "scheme": "http"}
        await api(service)(scope, receive, send)
        return service.answers.held

    with Library.open(filled(tmp_path)) as library:
        service = Service(library)
        for _ in range(service.answers.workers):
            service.answers.submit(go.wait)
        held = asyncio.run(hung_up(service))
        go.set()
        service.close()
        asked = 'pullquote_questions_total{door="api"}'
        assert held == service.answers.workers and asked not in service.metrics.text().decode()
