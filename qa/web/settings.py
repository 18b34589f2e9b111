"""How a server is to run."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """``names`` are host names that the server answers to besides its address; ``waiting``
    questions may stand in line; ``upload`` is in bytes a request."""

    host: str = "127.0.0.1"
    port: int = 7860
    names: tuple[str, ...] = ()
    mcp: bool = False
    waiting: int = 64
    upload: int = 200 * MEGABYTE
    open_page: bool = False


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own, which no other machine can reach."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
