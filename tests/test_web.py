"""The page in a real browser, against a real server process."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest

from index.library import Library

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = os.environ.get("PULLQUOTE_REQUIRE_BROWSER") == "1"

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED, reason="no Chromium on this machine"
)

TEXTS = {
    "bridge.txt": "The iron bridge was opened by Ada Brunel in 1861. It carries two tram lines.",
    "bad.md": "---\ntitle: '<script>document.title=\"broken\"</script>'\n"
    'url: "javascript:alert(1)"\n---\nThe <b onclick=alert(1)>ferry</b> sails at noon from '
    "Port Elsewhere & <img src=x onerror=\"document.title='broken'\"> returns.",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("web")
    (place / "texts").mkdir()
    for name, text in TEXTS.items():
        (place / "texts" / name).write_text(text)
    with Library.open(place / "library", create=True) as library:
        library.add([place / "texts"])
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port), "--library", str(place / "library")],
        cwd=ROOT,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/health", server)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


@pytest.fixture
def page(address: str) -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page()
        opened.hosts = set()
        opened.on("request", lambda request: opened.hosts.add(urlparse(request.url).hostname))
        opened.goto(address)
        yield opened
        # blob: and data: addresses have no host
        assert opened.hosts <= {"127.0.0.1", None}
        browser.close()


def ask(page, question: str) -> None:  # type: ignore[no-untyped-def]
    page.get_by_label("Question").fill(question)
    page.get_by_label("Question").press("Enter")


def test_a_question_gets_a_cited_answer(page) -> None:  # type: ignore[no-untyped-def]
    ask(page, "Who opened the iron bridge?")
    answer = page.locator(".pq-answer")
    answer.wait_for()
    assert "Ada Brunel" in answer.locator(".pq-text").inner_text()
    answer.locator(".pq-chip").first.click()
    source = answer.locator("#pq-1")
    start, end = (int(source.get_attribute(f"data-{k}")) for k in ("start", "end"))
    assert TEXTS["bridge.txt"][start:end] == source.locator("blockquote").inner_text()


def test_a_silence_looks_different_and_shows_the_nearest(page) -> None:  # type: ignore[no-untyped-def]
    ask(page, "How many penguins live in the Toledo zoo in 1975?")
    page.locator(".pq-silence").wait_for()
    assert page.locator(".pq-answer").count() == 0
    assert "do not say" in page.locator(".pq-silence").inner_text()


def test_words_from_outside_stay_words(page) -> None:  # type: ignore[no-untyped-def]
    ask(page, "When does the ferry sail from Port Elsewhere?")
    page.locator(".pq-sources li").first.wait_for()
    assert page.title() == "Pullquote"
    assert page.locator('a[href^="javascript"]').count() == 0
    assert page.locator(".pq-sources script, .pq-sources img, .pq-sources b").count() == 0


def test_an_error_is_said_on_the_page(page) -> None:  # type: ignore[no-untyped-def]
    ask(page, "?!")
    page.get_by_role("alert").wait_for()
    assert "no word" in page.get_by_role("alert").inner_text()


def test_no_chrome_of_the_framework_is_left(page) -> None:  # type: ignore[no-untyped-def]
    page.get_by_label("Question").wait_for()
    assert not page.locator("footer").is_visible()
