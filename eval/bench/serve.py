"""Many readers asking one server process: errors, wrong documents, waiting, memory.

python -m eval.bench.serve --readers 50 --seconds 300
python -m eval.bench.serve --readers 300 --seconds 20 --think 0

python -m eval.bench.serve --start 5

The second asks more than the server takes: it may refuse, with 503 and Retry-After, and nothing
else may go wrong. Questions are the English ones of a case file; what each must get is asked of the
library itself before, so that an answer that was meant for another reader is seen. A reader thinks
after each answer, ``--think`` seconds on average, and waits as long as a refusal says. The third
compares, in turns, the time until the page is there with that of importing Gradio alone.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from index.library import Library
from index.shipped import collection
from qa.answer import answer, as_json

CASES = Path(__file__).parents[1] / "cases" / "shipped.jsonl"
Fingerprint = tuple[str, tuple[tuple[str, int, int], ...]]


@dataclass(frozen=True, slots=True)
class Load:
    """``readers`` ask for ``seconds``; each thinks ``think`` seconds on average in between."""

    address: str
    readers: int = 50
    seconds: float = 300
    think: float = 1.0


@dataclass(slots=True)
class Tally:
    """``waits`` are the seconds of the answered questions, in the order they came."""

    waits: list[float] = field(default_factory=list)
    refused: int = 0
    errors: int = 0
    wrong: int = 0

    @property
    def answered(self) -> int:
        return len(self.waits)


def fingerprint(found: Mapping[str, Any]) -> Fingerprint:
    """The words of an answer and the spans that they come from."""
    cited = ((c["document"]["id"], c["start"], c["end"]) for c in found["citations"])
    return found["answer"], tuple(cited)


async def load(given: Load, wanted: Mapping[str, Fingerprint]) -> Tally:
    """Let the readers ask the questions of ``wanted`` in an order of their own."""
    tally, end = Tally(), time.monotonic() + given.seconds
    limits = httpx.Limits(max_connections=given.readers)
    async with httpx.AsyncClient(base_url=given.address, timeout=60, limits=limits) as client:
        readers = (
            _reader(client, tally, (wanted, given.think, end), random.Random(number))
            for number in range(given.readers)
        )
        await asyncio.gather(*readers)
    return tally


async def _reader(
    client: httpx.AsyncClient,
    tally: Tally,
    task: tuple[Mapping[str, Fingerprint], float, float],
    chance: random.Random,
) -> None:
    wanted, think, end = task
    await asyncio.sleep(chance.uniform(0, 2 * think))
    while time.monotonic() < end:
        question = chance.choice(list(wanted))
        began = time.monotonic()
        try:
            got = await client.post("/api/v1/ask", json={"question": question})
        except httpx.HTTPError:
            tally.errors += 1
            continue
        if got.status_code == 200:
            tally.waits.append(time.monotonic() - began)
            tally.wrong += fingerprint(got.json()) != wanted[question]
        elif got.status_code in (429, 503) and got.headers.get("retry-after", "").isdigit():
            tally.refused += 1
            await asyncio.sleep(min(int(got.headers["retry-after"]), max(0, end - began)))
        else:
            tally.errors += 1
        await asyncio.sleep(chance.uniform(0, 2 * think))


def questions(cases: Path, most: int) -> list[str]:
    rows = [json.loads(line) for line in cases.read_text("utf-8").splitlines() if line.strip()]
    return list(dict.fromkeys(row["question"] for row in rows))[:most]


def expected(library: Path, asked: Sequence[str]) -> dict[str, Fingerprint]:
    """What the library itself answers."""
    with Library.open(library) as opened:
        return {question: fingerprint(as_json(answer(opened, question))) for question in asked}


@contextlib.contextmanager
def server(library: Path) -> Iterator[tuple[str, int]]:
    """A server process of its own: its address and its process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = [sys.executable, "-m", "qa.cli", "serve", "--port", str(port), "--library", str(library)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        if "http://" not in process.stdout.readline():
            raise SystemExit("The server did not start.")
        try:
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()


async def watched(given: Load, wanted: Mapping[str, Fingerprint], pid: int) -> tuple[Tally, Any]:
    """The tally, and the server's resident megabytes, (n, 2) with seconds, one row a second."""
    memory: list[tuple[float, float]] = []

    async def watch() -> None:
        began = time.monotonic()
        while True:
            memory.append((time.monotonic() - began, resident(pid)))
            await asyncio.sleep(1)

    watching = asyncio.create_task(watch())
    tally = await load(given, wanted)
    watching.cancel()
    return tally, np.array(memory)


def starts(library: Path, times: int) -> str:
    """The medians of the seconds until the page is there and of importing Gradio, and the ratio."""
    pages, imports = [], []
    for _ in range(times):
        began = time.monotonic()
        subprocess.run([sys.executable, "-c", "import gradio"], check=True)
        imports.append(time.monotonic() - began)
        began = time.monotonic()
        with server(library) as (address, _pid):
            httpx.get(address, timeout=60).raise_for_status()
            pages.append(time.monotonic() - began)
    ratio = float(np.median(np.array(pages) / np.array(imports)))
    return (
        f"page after {np.median(pages):.1f} s, Gradio imported after {np.median(imports):.1f} s, "
        f"{ratio:.2f} times as long"
    )


def resident(pid: int) -> float:
    """Megabytes of a process that are in memory (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024


def report(given: Load, tally: Tally, memory: Any) -> str:
    late = memory[len(memory) // 2 :]  # after the caches have filled
    slope = np.polyfit(late[:, 0], late[:, 1], 1)[0] * 60 if len(late) > 2 else float("nan")
    waits = [f"{1000 * q:.0f}" for q in np.quantile(tally.waits or [0.0], [0.5, 0.95, 0.99])]
    return "\n".join(
        (
            f"readers {given.readers}, seconds {given.seconds:g}, think {given.think:g} s",
            f"answered {tally.answered} ({tally.answered / given.seconds:.1f} a second), "
            f"refused {tally.refused}, errors {tally.errors}, wrong {tally.wrong}",
            f"waiting ms: median {waits[0]}, 95 % {waits[1]}, 99 % {waits[2]}",
            f"memory MB: {memory[0, 1]:.0f} at first, {memory[-1, 1]:.0f} at last, "
            f"{memory[:, 1].max():.0f} at most, {slope:+.1f} a minute in the second half",
        )
    )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--library", type=Path, help="a library; else the shipped collection")
    parser.add_argument("--cases", type=Path, default=CASES, help="where the questions are from")
    parser.add_argument("--questions", type=int, default=60, help="how many of them")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--think", type=float, default=1.0, help="seconds, on average")
    parser.add_argument("--start", type=int, metavar="TIMES", help="measure starting instead")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        library = args.library or Path(folder)
        if not args.library:
            with Library.open(library, create=True) as made:
                made.add([collection()], collection="shipped")
        if args.start:
            print(starts(library, args.start))
            return 0
        wanted = expected(library, questions(args.cases, args.questions))
        with server(library) as (address, pid):
            given = Load(address, args.readers, args.seconds, args.think)
            tally, memory = asyncio.run(watched(given, wanted, pid))
    print(report(given, tally, memory))
    return 1 if tally.errors or tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
