"""The desk in real Chromium, for tests: the browser, its network log, and what is asked often."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = os.environ.get("PULLQUOTE_REQUIRE_BROWSER") == "1"
AXE = Path(__file__).parents[1] / "build" / "axe" / "package" / "axe.min.js"
needs_browser = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED, reason="no Chromium on this machine"
)
needs_axe = pytest.mark.skipif(
    not AXE.exists() and not REQUIRED, reason="no axe-core in build/axe; .ci/run puts it there"
)


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def desk(browser: Any, address: str, **options: Any) -> Iterator[Any]:
    """A page with the desk ready. In the end: it asked no other host for anything, no script of
    ours failed, and no dialog of the browser's opened."""
    options.setdefault("viewport", {"width": 1360, "height": 860})
    context = browser.new_context(**options)
    page = context.new_page()
    hosts: set[str | None] = set()
    faults: list[str] = []

    def opened(dialog: Any) -> None:
        faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("request", lambda request: hosts.add(urlparse(request.url).hostname))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", opened)
    page.goto(address)
    page.locator("body[data-ready]").wait_for()
    yield page
    context.close()
    assert hosts <= {"127.0.0.1", None}  # blob: and data: addresses have no host
    assert faults == []


def ask(page: Any, question: str) -> Any:
    """Ask and wait for the end of the answer; the turn."""
    before = page.locator(".turn").count()
    page.get_by_label("Question", exact=True).fill(question)
    page.get_by_label("Question", exact=True).press("Enter")
    turn = page.locator(".turn").nth(before)
    page.wait_for_function(
        "n => document.querySelectorAll('.turn:not([aria-busy])').length > n", arg=before
    )
    return turn


def open_chip(page: Any, chip: Any) -> Any:
    """Open a chip's evidence; what it shows."""
    number = chip.get_attribute("data-cite")
    chip.click()
    page.locator(f'.evidence[data-shown="{number}"]').wait_for()
    return page.locator(".evidence")


def marked(place: Any) -> str:
    """The marked words, to the character."""
    return str("".join(place.locator("mark").all_text_contents()))


def show(page: Any, panel: str) -> None:
    page.get_by_role("tab", name=panel).click()
