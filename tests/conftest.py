"""What all tests share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from index.encode import Encoder
from tests.servers import Server, filled, running
from tests.sites import Site

settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("steady")

SHARED = Path(__file__).parents[2] / "shared"
LOCAL = {None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::"}


def _stay_here(event: str, details: tuple[Any, ...]) -> None:
    """No byte leaves the machine: a test that looks up or calls another one fails."""
    if event == "socket.getaddrinfo":
        host = details[0]
    elif event == "socket.connect" and isinstance(details[1], tuple):
        host = details[1][0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if name not in LOCAL:
        raise RuntimeError(f"a test called another machine: {name}")


sys.addaudithook(_stay_here)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and public data; without it the test is skipped."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with real documents is not here")
    return SHARED


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default model, loaded once."""
    return Encoder.load()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a few short texts, with MCP; whoever adds a document removes it again."""
    with running(filled(tmp_path_factory.mktemp("served")), "--mcp") as server:
        yield server


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()
