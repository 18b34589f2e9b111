"""The server process under load and when it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import threading
import time
from functools import partial
from pathlib import Path

import httpx

from eval.bench.serve import Load, fingerprint, load
from index.library import Library
from qa.answer import Passage, Tell, Told, answer
from qa.web.serve import _listen
from qa.web.service import Service
from qa.web.stream import streamed
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


DROPPED = ("Silo.txt", "Shed.txt", "Sty.txt")


def test_sigterm_finishes_what_has_begun(tmp_path: Path) -> None:
    """A half-sent upload, files dropped on the desk, questions in line and a page that is open when
    the signal comes."""
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
            for name in DROPPED:
                words = f"{name} of Low Dene was raised by Ole Trane in 1911.".encode()
                taken = httpx.post(f"{address}/desk/files", files={"file": (name, words)})
                assert taken.status_code == 202
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
        assert {"Barn.txt", *DROPPED} <= {d.file for d in opened.documents()}
        assert opened.check() == []


def test_an_answer_waits_for_no_packet() -> None:
    """Where Nagle's algorithm is left on, every answer of two packets takes 40 ms longer."""

    async def option() -> int:
        accepted: asyncio.Queue[asyncio.StreamWriter] = asyncio.Queue()

        def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted.put_nowait(writer)

        async with await asyncio.start_server(greet, sock=_listen("127.0.0.1", 0)) as server:
            _, ours = await asyncio.open_connection(*server.sockets[0].getsockname())
            theirs = await accepted.get()
            called: socket.socket = theirs.get_extra_info("socket")
            found = called.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            for writer in (ours, theirs):
                writer.close()
                await writer.wait_closed()
        return found

    assert asyncio.run(option()) != 0


def test_a_stream_says_each_thing_when_it_is_known(served: Server) -> None:
    """The answer goes on only once its first part has been received."""
    received = threading.Event()
    waited: list[bool] = []

    def tell_slowly(step: tuple[Passage, ...] | Told, tell: Tell) -> None:
        tell(step)
        waited.append(received.wait(30))

    async def names(service: Service) -> list[str]:
        question = "Who rebuilt the wheel of the water mill?"
        response = await streamed(
            service,
            lambda tell: answer(service.library, question, tell=partial(tell_slowly, tell=tell)),
        )
        found: list[str] = []
        async for part in response.body_iterator:
            received.set()
            found.append(str(part).split("\n", 1)[0].removeprefix("event: "))
        return found

    with Library.open(served.library) as opened:
        service = Service(opened)
        assert asyncio.run(names(service)) == ["passages", "sentence", "done"]
        service.close()
    assert waited == [True, True]


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
    # Where the tests run in the background, the signal is ignored and children inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        signal.signal(signal.SIGINT, before)
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


def test_what_fails_inside_is_told_without_the_question(tmp_path: Path) -> None:
    library = filled(tmp_path)
    port = free_port()
    line = command(library, "serve", "--port", str(port))
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        assert run.stdout and f"127.0.0.1:{port}" in run.stdout.readline()
        (library / "catalog.sqlite").write_bytes(b"no database any more" * 1000)
        asked = {"question": "Who saw Zebulon at the mill?"}
        got = httpx.post(f"http://127.0.0.1:{port}/api/v1/ask", json=asked, timeout=60)
        run.send_signal(signal.SIGTERM)
        printed, _ = run.communicate(timeout=60)
    assert got.status_code in (500, 503)
    assert got.json()["error"]["code"] in ("internal", "library_damaged")
    assert "A request failed" in printed and "DatabaseError" in printed
    assert "Zebulon" not in printed and "Zebulon" not in got.text
