"""Links to the very words: their syntax, and where a real browser goes with them."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers import read
from qa.fragments import directive, with_directive

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = os.environ.get("PULLQUOTE_REQUIRE_BROWSER") == "1"
needs_browser = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED, reason="no Chromium on this machine"
)


def found(text: str, words: str, nth: int = 0) -> str:
    at = [m.start() for m in re.finditer(re.escape(words), text)][nth]
    return directive(text, at, at + len(words))


def test_words_that_stand_once_need_no_context() -> None:
    assert found("The bridge is old. The ferry is new.", "The ferry is new.") == (
        "text=The%20ferry%20is%20new."
    )


def test_the_signs_of_the_syntax_are_encoded() -> None:
    written = found("It was - well, a so-called A&B deal.", "a so-called A&B deal")
    assert written == "text=a%20so%2Dcalled%20A%26B%20deal"


def test_words_that_recur_get_their_neighbours() -> None:
    text = "Ada said it rains today. Ben said it rains today. Cy said it rains today."
    first, last = found(text, "it rains today", 1).removeprefix("text=").split(",", 1)
    assert first.endswith("-") and unquote(first[:-1]).endswith("Ben said")
    assert last.startswith("it%20rains%20today")


def test_of_long_words_the_beginning_and_the_end_are_given() -> None:
    text = "One. " + " ".join(f"word{i}" for i in range(60)) + ". Last."
    written = found(text, text[5:-6])
    assert written == "text=word0%20word1%20word2%20word3%20word4,word55%20word56%20word57%20" \
        "word58%20word59."  # fmt: skip


def test_words_in_two_blocks_are_a_range() -> None:
    assert found("The first block.\n\nThe second block.", "first block.\n\nThe second") == (
        "text=first%20block.,The%20second"
    )


def test_what_cannot_be_told_apart_gets_no_directive() -> None:
    assert found("\n\n".join(["same"] * 5), "same", 2) == ""


def test_an_own_fragment_stays() -> None:
    assert with_directive("https://a.example/b#c", "text=d") == "https://a.example/b#c:~:text=d"
    assert with_directive("https://a.example/b", "text=d") == "https://a.example/b#:~:text=d"
    assert with_directive("https://a.example/b#:~:text=old", "text=d") == (
        "https://a.example/b#:~:text=d"
    )
    assert with_directive("https://a.example/b#:~:text=old", "") == "https://a.example/b"


SYNTAX = re.compile(
    r"text=(?:[\w.~%]+-,)?[\w.~%]+(?:,[\w.~%]+)?(?:,-[\w.~%]+)?", re.ASCII
)  # the grammar of the draft, with every other sign percent-encoded


@given(st.text("ab ,-&#%\n\t⁶é桥。", min_size=1, max_size=80), st.data())
def test_any_span_gives_a_well_formed_directive_or_none(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    written = directive(text, start, data.draw(st.integers(start + 1, len(text))))
    assert written == "" or SYNTAX.fullmatch(written)


# -- in a browser ------------------------------------------------------------------------------

PARAGRAPHS = [
    "The harbour board met. In the end the vote was close, and the chair said the wall will be "
    "raised. Nobody spoke against it.",
    "In the second hour the vote was close, and the chair said the wall will be raised. The "
    "engineers had asked for three metres - a so-called “safe” height - while the treasurer, who "
    "had never seen a storm, asked for two & no more.",
    "The fish market opens at six. The fish market closes at noon. The fish market is old.",
    "港务局星期一开会。委员会决定把海堤加高三米。渔民没有反对。渔市六点开门。",
    "The cost is $5\u00a0million, or 40% of the year's budget (see the minutes, page 12).",
]


# A line break inside a block, and a figure that the canonical text writes raised.
LINES = (
    '<p><span class="w">Caught</span> <span class="w">today:</span><br><span class="w">over</span> '
    '<span class="w">10<sup>6</sup></span> <span class="w">fine</span> '
    '<span class="w">herrings.</span></p>'
)


def page_of(paragraphs: list[str]) -> str:
    """A page whose every word (or Chinese sign) is an element, far apart enough to scroll."""
    marked = "".join(
        "<p>"
        + re.sub(
            r"&[a-z]+;|[\u4e00-\u9fff]|[^\s\u4e00-\u9fff&]+",
            lambda m: f'<span class="w">{m.group()}</span>',
            escape(p, quote=False),
        )
        + "</p><div style='height:500px'></div>"
        for p in paragraphs
    )
    return (
        "<!doctype html><html><head><meta charset='utf-8'><title>Minutes</title><style>"
        "body{font:20px/2 sans-serif;background:#fff;color:#fff}"
        "::target-text{background:rgb(0,255,0);color:rgb(0,255,0)}</style></head><body><main>"
        f"{marked}{LINES}</main></body></html>"
    )


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    body = page_of(PARAGRAPHS).encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def highlighted(site: str) -> Iterator[Callable[[str], tuple[list[int], bool]]]:
    """Which words (from 0) a browser highlights with this directive, and whether it shows them."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    rectangles = (
        "[...document.querySelectorAll('.w')].map(e => { const r = e.getBoundingClientRect();"
        " return [r.x + r.width / 2, r.y + r.height / 2 + scrollY] })"
    )
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def look(written: str) -> tuple[list[int], bool]:
            page = browser.new_page(viewport={"width": 800, "height": 600})
            page.goto(with_directive(site, written))
            page.wait_for_timeout(60)
            top = page.evaluate("scrollY")
            image = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
            lit = [
                (i, y) for i, (x, y) in enumerate(page.evaluate(rectangles))
                if image.getpixel((int(x), int(y)))[:2] == (0, 255)
            ]  # fmt: skip
            page.close()
            return [i for i, _ in lit], bool(lit) and top <= lit[0][1] <= top + 600

        yield look
        browser.close()


def words_of(start: int, end: int) -> list[int]:
    """The numbers of the page's words that lie in a span of its text."""
    spans = (m.span() for m in re.finditer(r"[\u4e00-\u9fff]|[^\s\u4e00-\u9fff]+", TEXT))
    return [i for i, (a, b) in enumerate(spans) if a < end and b > start]


TEXT = read(page_of(PARAGRAPHS).encode(), "minutes.html").text
QUOTES = [
    ("Nobody spoke against it.", 0),
    ("the vote was close, and the chair said the wall will be raised.", 0),
    ("the vote was close, and the chair said the wall will be raised.", 1),
    ("a so-called “safe” height - while the treasurer, who had never seen a storm, asked for two "
     "& no more.", 0),
    ("Nobody spoke against it.\n\nIn the second hour", 0),
    (PARAGRAPHS[1], 0),
    ("The fish market", 1),
    ("委员会决定把海堤加高三米。", 0),
    ("Caught today:\nover 10⁶ fine herrings.", 0),
    ("$5\u00a0million, or 40% of the year's budget", 0),
]  # fmt: skip


@needs_browser
@pytest.mark.parametrize(("words", "nth"), QUOTES)
def test_a_browser_jumps_to_exactly_these_words(
    highlighted: Callable[[str], tuple[list[int], bool]], words: str, nth: int
) -> None:
    at = [m.start() for m in re.finditer(re.escape(words), TEXT)][nth]
    lit, in_view = highlighted(directive(TEXT, at, at + len(words)))
    assert lit == words_of(at, at + len(words)) and in_view


@needs_browser
def test_a_browser_finds_spans_cut_at_random(
    highlighted: Callable[[str], tuple[list[int], bool]],
) -> None:
    chance = random.Random(5)
    words = [m.span() for m in re.finditer(r"[^\s\u4e00-\u9fff]+", TEXT)]
    tried = 0
    for _ in range(10):
        first = chance.randrange(len(words))
        last = min(len(words) - 1, first + chance.randrange(40))
        start, end = words[first][0], words[last][1]
        if re.search("[\u4e00-\u9fff]", TEXT[start:end]):
            continue
        if written := directive(TEXT, start, end):
            lit, _ = highlighted(written)
            assert lit == words_of(start, end), written
            tried += 1
    assert tried >= 5
