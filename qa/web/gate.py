"""How much is done at once: a few workers, a bounded line before them, refusal beyond it."""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from index.errors import PullquoteError

T = TypeVar("T")
Left = Callable[[], Coroutine[Any, Any, None]]  # waits until who asked has gone
LONGEST_RETRY = 60  # seconds
LONGEST_WAIT = 30.0  # seconds in line, as far as can be told: browsers and people give up by then


class Overloaded(PullquoteError):
    """More is asked for than can wait; ``retry_after`` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            "The server has as much to do as it can take. "
            f"Try again in {retry_after} second{'s' if retry_after > 1 else ''}."
        )
        self.retry_after = retry_after


class Gone(PullquoteError):
    """Who asked does not wait any more; nobody reads this."""


class Gate:
    """``workers`` pieces of work at a time, ``waiting`` more in line, and no more than would wait
    about ``longest`` seconds. From any thread."""

    def __init__(
        self, workers: int, waiting: int, name: str = "answer", longest: float = LONGEST_WAIT
    ) -> None:
        if workers < 1 or waiting < 0:
            raise ValueError(f"needs a worker and a line, got {workers} and {waiting}")
        self.workers = workers
        self.waiting = waiting
        self.longest = longest
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=name)
        self._guard = threading.Lock()
        self._held = 0
        self._usual = 0.1  # seconds that a piece of work takes, a moving mean

    @property
    def held(self) -> int:
        """Pieces of work begun or in line."""
        return self._held

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Raises Overloaded at once when the line is full."""
        with self._guard:
            seconds = self._usual * self._held / self.workers
            late = self._held >= self.workers and seconds > self.longest
            if late or self._held >= self.workers + self.waiting:
                raise Overloaded(min(LONGEST_RETRY, max(1, math.ceil(seconds))))
            self._held += 1
        try:
            future = self._pool.submit(self._timed, work)
        except RuntimeError:  # closed
            self._release()
            raise
        future.add_done_callback(lambda _: self._release())
        return future

    async def run(self, work: Callable[[], T], left: Left | None = None) -> T:
        """Wait for the work; a caller that is cancelled while in line gives its place up, and so
        does one for whom ``left()`` returns first, which raises Gone."""
        future = self.submit(work)
        waiting = asyncio.wrap_future(future)
        if left is None:
            return await waiting
        leaving = asyncio.create_task(left())
        try:
            await asyncio.wait((waiting, leaving), return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                return waiting.result()
            raise Gone("The reader has gone. Nobody waits for the answer.")
        finally:
            leaving.cancel()
            future.cancel()  # now; what follows reaches it only when the loop comes to it
            waiting.cancel()

    def close(self) -> None:
        """Finish what was taken."""
        self._pool.shutdown(wait=True)

    def _timed(self, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        try:
            return work()
        finally:
            self._usual += 0.1 * (time.perf_counter() - began - self._usual)

    def _release(self) -> None:
        with self._guard:
            self._held -= 1
