"""The desk in real Chromium, for tests: the browser, its network log, and what is asked often."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest

from index.library import Library

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = os.environ.get("PULLQUOTE_REQUIRE_BROWSER") == "1"
_BUILD = Path(__file__).parents[1] / "build" / "axe"
AXE = Path(os.environ.get("PULLQUOTE_AXE") or _BUILD / "node_modules" / "axe-core" / "axe.min.js")
WAIT = 20_000  # milliseconds that anything on the page may take
needs_browser = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED, reason="no Chromium on this machine"
)
needs_axe = pytest.mark.skipif(
    not AXE.exists() and not REQUIRED,
    reason="no axe-core: npm install --prefix build/axe axe-core@4.14.1",
)


TEXTS = {
    "town/bridge.md": "---\ntitle: The iron bridge\npublisher: Town Archive\ndate: 2021-03-04\n"
    "url: https://archive.example/bridge\n---\n\n# The iron bridge\n\n## Opening\n\n"
    "The iron bridge was opened by Ada Brunel in 1861. It carries two tram\nlines across the Ness."
    "\n\n## Repairs in Northport\n\nIn Northport the repair of the iron bridge cost 340 crowns."
    "\n\n## Repairs in Southport\n\nIn Southport the repair of the iron bridge cost 912 crowns.\n",
    "town/ferry.txt": "The ferry to Port Elsewhere sails at noon and takes ninety bicycles.\n\n"
    "“Forty geese live on the island of Osk,” Wilma Hart told the council.",
    "coast/tower.html": "<html lang=en><title>The tower on Cape Sorrow</title><body><h1>The tower"
    "</h1><p>The lighthouse on Cape Sorrow is thirty-one metres high.</p><table><tr><th>Lamp</th>"
    "<th>Year</th></tr><tr><td>Oil lamp of Cape Sorrow</td><td>1799</td></tr></table></body>",
    "coast/磨坊.txt": "下芬的水磨坊每周磨四十吨黑麦。水车由林德在1932年重建。",
}


def pdf(lines: list[str]) -> bytes:
    from reportlab.lib.pagesizes import A5
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, A5)
    canvas.setFont("Helvetica", 12)
    for number, line in enumerate(lines):
        canvas.drawString(50, 500 - 18 * number, line)
    canvas.save()
    return out.getvalue()


def docx(paragraph: str) -> bytes:
    from docx import Document

    out, document = io.BytesIO(), Document()
    document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


MINUTES = [
    "Minutes of the harbour council",
    "The council of Eastmere voted on the new harbour wall in May.",
    "The harbour wall of Eastmere will be four hundred and ten metres",
    "long and will be finished by Wilma Hart in 1958.",
]


def shelved(place: Path) -> Path:
    """A library of two collections, with a PDF; its folder."""
    for name, text in TEXTS.items():
        path = place / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    (place / "town" / "minutes.pdf").write_bytes(pdf(MINUTES))
    with Library.open(place / "library", create=True) as library:
        library.add([place / "town"], collection="town")
        library.add([place / "coast"], collection="coast")
    return place / "library"


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def watched(browser: Any, **options: Any) -> Iterator[Any]:
    """A context of the browser. In the end: its pages asked no other host for anything, no script
    failed, and no dialog of the browser's opened."""
    options.setdefault("viewport", {"width": 1360, "height": 860})
    context = browser.new_context(**options)
    context.set_default_timeout(WAIT)
    hosts: set[str | None] = set()
    faults: list[str] = []

    def opened(dialog: Any) -> None:
        faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    context.on("request", lambda request: hosts.add(urlparse(request.url).hostname))
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("dialog", opened)
    yield context
    context.close()
    assert hosts <= {"127.0.0.1", None}  # blob: and data: addresses have no host
    assert "127.0.0.1" in hosts
    assert faults == []


@contextmanager
def desk(browser: Any, address: str, **options: Any) -> Iterator[Any]:
    """A page with the desk ready, in a context of its own."""
    with watched(browser, **options) as context:
        page = context.new_page()
        ready(page, address)
        yield page


def ready(page: Any, address: str) -> None:
    page.goto(address)
    page.locator("body[data-ready]").wait_for()


def axe(page: Any) -> list[str]:
    """What axe-core finds serious or critical on the page as it is, a line each."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run(document)).violations")
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


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
    """The marked words, to the character, once there are some."""
    place.locator("mark").first.wait_for(state="attached")
    return str("".join(place.locator("mark").all_text_contents()))


def show(page: Any, panel: str) -> None:
    page.get_by_role("tab", name=panel).click()
