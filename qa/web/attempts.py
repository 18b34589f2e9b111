"""How often a password may be tried."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

WINDOW = 300.0  # seconds
MOST = 5  # wrong passwords for one name from one address within the window
MOST_FROM = 20  # wrong passwords from one address within the window
_REMEMBERED = 10_000


class Attempts:
    """Wrong passwords of the last minutes, by address and by address and name. In memory: a
    restart forgets them. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._failed: dict[tuple[str, str], list[float]] = {}

    def wait(self, address: str, name: str) -> int:
        """Whole seconds until the next try is allowed; 0 when it is now."""
        with self._guard:
            limits = (((address, name.lower()), MOST), ((address, ""), MOST_FROM))
            return max(self._wait(key, most) for key, most in limits)

    def failed(self, address: str, name: str) -> None:
        with self._guard:
            self._forget()
            for key in ((address, name.lower()), (address, "")):
                self._failed.setdefault(key, []).append(self._clock())

    def succeeded(self, address: str, name: str) -> None:
        with self._guard:
            self._failed.pop((address, name.lower()), None)

    def _wait(self, key: tuple[str, str], most: int) -> int:
        since = self._clock() - WINDOW
        recent = [at for at in self._failed.get(key, ()) if at > since]
        return int(recent[-most] - since) + 1 if len(recent) >= most else 0

    def _forget(self) -> None:
        """Drop what is too old; when there is still too much, the oldest."""
        since = self._clock() - WINDOW
        if len(self._failed) >= _REMEMBERED:
            self._failed = {k: v for k, v in self._failed.items() if v[-1] > since}
        while len(self._failed) >= _REMEMBERED:
            del self._failed[next(iter(self._failed))]
