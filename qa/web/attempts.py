"""How often a password may be tried."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable

WINDOW = 300.0  # seconds
MOST = 5  # tries for one name from one address within the window
MOST_FROM = 20  # tries from one address within the window
MOST_FOR = 100  # tries for one name, from wherever, within the window
_REMEMBERED = 10_000
_ANY = ""
Key = tuple[str, str]


class Attempts:
    """Passwords tried in the last minutes, by address and by name. The right one is not counted.
    In memory: a restart forgets them. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._tried: dict[Key, list[float]] = {}

    def begin(self, address: str, name: str) -> int:
        """Count a try before it is checked, so that many at once count too; 0 when it may go on,
        else the whole seconds until the next one may, and nothing is counted."""
        with self._guard:
            limits = _limits(address, name)
            wait = max(self._wait(key, most) for key, most in limits.items())
            if not wait:
                self._forget()
                for key in limits:
                    self._tried[key] = [*self._recent(key), self._clock()]
            return wait

    def succeeded(self, address: str, name: str) -> None:
        """The try was right: what went wrong before is forgiven this address and name, and only
        this one try the address and the name for themselves."""
        with self._guard:
            own, *shared = _limits(address, name)
            self._tried.pop(own, None)
            for key in shared:
                if self._tried.get(key):
                    self._tried[key].pop()

    def _wait(self, key: Key, most: int) -> int:
        recent = self._recent(key)
        return int(recent[-most] + WINDOW - self._clock()) + 1 if len(recent) >= most else 0

    def _recent(self, key: Key) -> list[float]:
        since = self._clock() - WINDOW
        return [at for at in self._tried.get(key, ()) if at > since]

    def _forget(self) -> None:
        """Drop what is too old; when there is still too much, the oldest."""
        since = self._clock() - WINDOW
        if len(self._tried) >= _REMEMBERED:
            self._tried = {k: v for k, v in self._tried.items() if v and v[-1] > since}
        while len(self._tried) >= _REMEMBERED:
            del self._tried[next(iter(self._tried))]


def _limits(address: str, name: str) -> dict[Key, int]:
    place, name = _place(address), name.lower()
    return {(place, name): MOST, (place, _ANY): MOST_FROM, (_ANY, name): MOST_FOR}


def _place(address: str) -> str:
    """An address as it is counted: of IPv6 its network, since a line has all the rest."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address or "-"
    if found.version == 4:
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped or ipaddress.ip_network((found, 64), strict=False))
