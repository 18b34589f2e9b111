"""The server process under load and when it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import httpx

from eval.bench.serve import Load, fingerprint, load
from index.library import Library
from tests.servers import TEXTS, Server, command, filled, free_port


def test_readers_at_the_same_time_each_get_their_own_answer(served: Server) -> None:
    facts = [
        ("Who opened the iron bridge?", "Ada Brunel"),
        ("Who rebuilt the wheel of the water mill?", "Oskar Lind"),
        ("Who founded the village school?", "Marta Quell"),
        ("Who first lit the lamp of the lighthouse?", "Jonas Pike"),
    ]
    wanted = {}
    with served.client() as client:
        for question, fact in facts:
            found = client.get("/api/v1/ask", params={"question": question}).json()
            assert fact in found["answer"]
            wanted[question] = fingerprint(found)
    assert len(set(wanted.values())) == len(facts)
    result = asyncio.run(load(Load(served.address, readers=50, seconds=4, think=0.5), wanted))
    assert result.answered >= 50
    assert (result.refused, result.errors, result.wrong) == (0, 0, 0)


def test_sigterm_finishes_what_has_begun(tmp_path: Path) -> None:
    """A half-sent upload, questions in line and a page that is open when the signal comes."""
    library = filled(tmp_path)
    head, tail = _upload("Barn.txt", b"The barn of Low Dene was raised by Tilda Frey in 1966.")
    port = free_port()
    line = command(library, "serve", "--port", str(port))
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        assert run.stdout and f"127.0.0.1:{port}" in run.stdout.readline()
        address = f"http://127.0.0.1:{port}"
        codes: set[int] = set()
        asking = threading.Thread(target=_ask, args=(address, codes))
        with (
            socket.create_connection(("127.0.0.1", port)) as half,
            httpx.stream("GET", f"{address}/gradio_api/heartbeat/abc", timeout=60) as beating,
        ):
            assert "ALIVE" in next(beating.iter_lines())
            half.sendall(head)
            asking.start()
            time.sleep(0.3)
            run.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            half.sendall(tail)
            reply = b"".join(iter(lambda: half.recv(65536), b""))
            asking.join(60)
            assert run.wait(60) == 0
        printed = run.stdout.read()
    assert reply.startswith(b"HTTP/1.1 201")
    assert codes == {200, 400}
    assert "Zebulon" not in printed  # no question stands in what the server prints
    with Library.open(library) as opened:
        assert "Barn.txt" in {d.file for d in opened.documents()}
        assert opened.check() == []


def _upload(name: str, data: bytes) -> tuple[bytes, bytes]:
    """The two halves of a raw upload."""
    body = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n%s\r\n--x--\r\n'
        % (name.encode(), data)
    )
    lines = [
        "POST /api/v1/documents HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: multipart/form-data; boundary=x",
        f"Content-Length: {len(body)}",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + body[:90], body[90:]


def _ask(address: str, codes: set[int]) -> None:
    """Thirty questions at once, so that some are in line when the signal comes; one too long."""

    async def all_of_them() -> set[int]:
        asked = [f"Who saw {t}, Zebulon?" for t in [*TEXTS] * 6] + ["Zebulon" * 999]
        limits = httpx.Limits(max_connections=len(asked))
        async with httpx.AsyncClient(timeout=60, limits=limits) as client:
            sent = (client.get(f"{address}/api/v1/ask", params={"question": q}) for q in asked)
            return {r.status_code for r in await asyncio.gather(*sent)}

    codes |= asyncio.run(all_of_them())


def test_ctrl_c_ends_like_every_command(tmp_path: Path) -> None:
    port = free_port()
    line = command(filled(tmp_path), "serve", "--port", str(port))
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout and f"127.0.0.1:{port}" in run.stdout.readline()
        run.send_signal(signal.SIGINT)
        _, told = run.communicate(timeout=60)
    assert run.returncode == 130 and told.count("\n") == 1


def test_a_taken_port_is_told_in_a_line(tmp_path: Path) -> None:
    library = filled(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        line = command(library, "serve", "--port", str(taken.getsockname()[1]))
        done = subprocess.run(line, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "--port" in done.stderr
