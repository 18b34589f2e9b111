"""How soon the desk shows the first sentence of an answer, in Chromium, from the press of Enter.

    python -m eval.bench.desk --library DIR

Beside it stands the time that the same server takes for the whole answer over HTTP, asked in the
same minute, so that figures of a busy machine can be read, too. Needs Chromium and playwright.
"""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from eval.cases import FOLDER, load

# From the key's own time to the frame after the first sentence stands on the page.
_FIRST = """() => new Promise((shown) => {
  const asked = document.querySelectorAll(".turn").length;
  let began = 0;
  document.addEventListener("keydown", (e) => { began ||= e.timeStamp; }, { capture: true });
  const watch = new MutationObserver(() => {
    const turn = document.querySelectorAll(".turn")[asked];
    if (!turn?.querySelector(".sentence, .silence, .problem")) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => shown(performance.now() - began)));
  });
  watch.observe(document.querySelector(".turns"), { childList: true, subtree: true });
})"""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, prog="eval.bench.desk")
    parser.add_argument("--library", metavar="DIR", type=Path, required=True)
    parser.add_argument("--questions", metavar="N", type=int, default=30)
    args = parser.parse_args(argv)
    cases = [c for c in load(FOLDER / "shipped.jsonl") if c.answerable and c.split == "tune"]
    asked = [case.question for case in cases if not case.follows][: args.questions]
    with _server(args.library) as address:
        pairs = list(_measured(address, asked))
    _told("first sentence on the desk", [desk for desk, _ in pairs])
    _told("answer over HTTP", [whole for _, whole in pairs])
    print(f"median of the ratios: {statistics.median(a / b for a, b in pairs):.2f}")
    return 0


def _told(name: str, times: Sequence[float]) -> None:
    late = statistics.quantiles(times, n=20)[-1]
    median = statistics.median(times)
    print(f"{name}: median {median:.0f} ms, 95th percentile {late:.0f} ms, {len(times)} questions")


def _measured(address: str, questions: Sequence[str]) -> Iterator[tuple[float, float]]:
    """(desk, HTTP) in ms for each question, one after the other."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.goto(address)
        page.locator("body[data-ready]").wait_for()
        page.locator(".example").first.wait_for(state="attached")
        for question in questions:
            yield _on_the_desk(page, question), _over_http(address, question)
        browser.close()


def _on_the_desk(page: Any, question: str) -> float:
    field = page.get_by_label("Question", exact=True)
    field.fill(question)
    page.evaluate(f"void (window.shown = ({_FIRST})())")  # else it waits for the answer here
    field.press("Enter")
    first = float(page.evaluate("window.shown"))
    page.wait_for_function("!document.querySelector('.turn[aria-busy]')")
    return first


def _over_http(address: str, question: str) -> float:
    body = json.dumps({"question": question}).encode()
    headers = {"Content-Type": "application/json"}
    began = time.perf_counter()
    with urlopen(Request(f"{address}/api/v1/ask", body, headers)) as answer:
        answer.read()
    return 1000 * (time.perf_counter() - began)


@contextmanager
def _server(library: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "qa.cli", "serve", "--port", str(port)]
    with subprocess.Popen([*command, "--library", str(library)], stdout=subprocess.PIPE) as process:
        try:
            yield _ready(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()


def _ready(address: str, process: subprocess.Popen[bytes]) -> str:
    while process.poll() is None:
        try:
            urlopen(f"{address}/health").close()
            return address
        except URLError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    raise SystemExit(main())
