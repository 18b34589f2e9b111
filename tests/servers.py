"""A real server process on loopback, for tests."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.libraries import library_of

TEXTS = {
    "bridge.txt": "The iron bridge was opened by Ada Brunel in 1861. It carries two tram lines.",
    "ferry.md": "---\ntitle: Ferries\npublisher: Harbour Office\ndate: 2024-05-02\n---\n\n"
    "The ferry to Port Elsewhere sails at noon. \U0001f6a2 It takes ninety bicycles.",
    "mill.txt": "The water mill at Lower Fenn grinds forty tonnes of rye a week. "
    "Its wheel was rebuilt by Oskar Lind in 1932.",
    "school.txt": "The village school of Upper Fenn was founded in 1874 by Marta Quell. "
    "It teaches sixty pupils.",
    "tower.txt": "The lighthouse on Cape Sorrow is thirty-one metres high. "
    "Its lamp was lit first by Jonas Pike in 1799.",
}


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
browser = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("PULLQUOTE_REQUIRE_BROWSER") != "1",
    reason="no Chromium on this machine",
)


@dataclass(frozen=True, slots=True)
class Server:
    process: subprocess.Popen[str]
    address: str
    library: Path

    def client(self, **options: object) -> httpx.Client:
        options.setdefault("timeout", 60)  # type: ignore[arg-type]
        return httpx.Client(base_url=self.address, **options)  # type: ignore[arg-type]

    def stop(self) -> int:
        """SIGTERM; the exit status."""
        self.process.terminate()
        return self.process.wait(60)


def filled(place: Path) -> Path:
    """A new library with the texts."""
    library_of(place, TEXTS).close()
    return place / "library"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(library: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "qa.cli", *words, "--library", str(library)]


@contextlib.contextmanager
def running(library: Path, *options: str) -> Iterator[Server]:
    """``pullquote serve`` with these options, ready; stopped in the end if it still runs."""
    port = free_port()
    line = command(library, "serve", "--port", str(port), *options)
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        server = Server(process, f"http://127.0.0.1:{port}", library)
        try:
            _wait(server)
            yield server
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(60)


def _wait(server: Server) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.process.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(f"{server.address}/health", timeout=5).raise_for_status()
            return
        time.sleep(0.1)
    raise AssertionError("the server did not start")
