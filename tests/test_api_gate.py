"""The bounded line before the work."""

from __future__ import annotations

import asyncio
import threading

import pytest

from qa.web.gate import LONGEST_RETRY, Gate, Overloaded


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
