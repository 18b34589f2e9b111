"""Script that comes in with a file name, a title, a text, a question or an answer stays text."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from index.ingest import Source
from index.library import Library
from qa.answer import Sentence
from qa.layout import printed
from qa.web import render
from tests.desks import ask, chromium, needs_browser, ready, show, watched
from tests.servers import Server, running

pytestmark = needs_browser

RUN = "window.pwned=1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<script src=data:text/javascript,{RUN}></script>",
    f"<script/x>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<<script>{RUN}//<</script>",
    f"<script type=module>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'<img src="x" onerror="{RUN}">',
    f"<img/src=x/onerror={RUN}>",
    f"<img src=x:x onerror\n={RUN}>",
    f"<img srcset=x onerror={RUN}>",
    f'"><img src=x onerror={RUN}>',
    f"'><img src=x onerror={RUN}>",
    f"`><img src=x onerror={RUN}>",
    f"--><img src=x onerror={RUN}>",
    f"]]><img src=x onerror={RUN}>",
    f"</title><img src=x onerror={RUN}>",
    f"</textarea><img src=x onerror={RUN}>",
    f"</style><img src=x onerror={RUN}>",
    f"</option></select><img src=x onerror={RUN}>",
    f"</mark></p><img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><set onbegin={RUN} attributeName=x>",
    f"<svg><a xlink:href=javascript:{RUN}><text y=9>x</text></a></svg>",
    f"<svg><foreignObject><img src=x onerror={RUN}></foreignObject></svg>",
    f"<svg><style><img src=x onerror={RUN}></style></svg>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<math href=javascript:{RUN}>x</math>",
    f"<math><mglyph><style><img src=x onerror={RUN}>",
    f"<body onload={RUN}>",
    f"<iframe onload={RUN}></iframe>",
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}></select>",
    f"<textarea autofocus onfocus={RUN}></textarea>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<video><source onerror={RUN}></video>",
    f"<video src=x onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}></audio>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<a href=javascript:{RUN}>link</a>",
    f'<a href="java\tscript:{RUN}">link</a>',
    f"<form action=javascript:{RUN}><button>x</button></form>",
    f"<button formaction=javascript:{RUN}>x</button>",
    f"<link rel=stylesheet href=x onerror={RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<base href=javascript:{RUN}//>",
    f"<style>@import 'javascript:{RUN}';</style>",
    f"<p style=animation-name:late onanimationstart={RUN}>x</p>",
    f"<template><img src=x onerror={RUN}></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'></noscript>",
    f"<x contenteditable autofocus onfocus={RUN} tabindex=1>x</x>",
    f"javascript:{RUN}",
    f"&lt;img src=x onerror={RUN}&gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    "\\u003cimg src=x onerror=" + RUN + "\\u003e",
    f"%3Cimg%20src=x%20onerror={RUN}%3E",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"${{{RUN}}}",
    f"[x](javascript:{RUN})",
    f'" onmouseover="{RUN}" x="',
    f"' onfocus='{RUN}' autofocus='",
    f"\u202e<img src=x onerror={RUN}>",
    f"<img src=x onerror\x0b={RUN}>",
]
# What no page of ours holds: a handler in an attribute, or an element that loads or runs.
ALIEN = """() => {
  const bad = "script, iframe, object, embed, svg, math, video, audio, link, base, meta, marquee, "
    + "template, noscript, style, form[action], [formaction], img:not(.sheet img)";
  const link = (a) => ["href", "src", "action"].includes(a.name) && /^\\s*java/i.test(a.value);
  const acts = (e) => [...e.attributes].some((a) => a.name.startsWith("on") || link(a));
  return [...document.querySelectorAll(".pq *")]
    .filter((e) => e.matches(bad) || acts(e)).map((e) => e.outerHTML.slice(0, 120));
}"""


def page_of(number: int, payload: str) -> str:
    told = html.escape(payload)
    return (
        f"<html lang=en><title>{told}</title><meta property='og:site_name' content='{told}'>"
        f"<link rel=canonical href='javascript:{RUN}'><body><h1>{told}</h1>"
        f"<p>Engine zorb{number} was built by Ada Brunel and carries the words {told} on its "
        f"side, painted in the year {1700 + number}.</p></body></html>"
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = tmp_path_factory.mktemp("scripts")
    sources = []
    for number, payload in enumerate(PAYLOADS):
        path = place / f"{number}.html"
        path.write_text(page_of(number, payload), "utf-8")
        sources.append(Source(path, f"{payload}.html"))
    with Library.open(place / "library", create=True) as library:
        reports = library.add_sources(sources, collection=f"<img src=x onerror={RUN}>")
        assert {r.status for r in reports} == {"added"}
    with running(place / "library") as opened:
        yield opened


@pytest.fixture(scope="module")
def page(server: Server) -> Iterator[Any]:
    with chromium() as browser, watched(browser) as context:
        opened = context.new_page()
        ready(opened, f"{server.address}/")
        yield opened


def safe(page: Any) -> None:
    """Nothing ran, and nothing stands on the page that could."""
    assert page.evaluate("window.pwned") is None
    assert page.evaluate(ALIEN) == []


def fulfilled(body: str, route: Any) -> None:
    route.fulfill(body=body)


def line(text: str) -> str:
    return " ".join(text.split())


def test_there_are_many() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


def test_in_titles_names_publishers_and_filters(page: Any, server: Server) -> None:
    show(page, "Documents")
    page.locator(".list tbody tr").nth(len(PAYLOADS) - 1).wait_for()
    with Library.open(server.library) as library:
        documents = library.documents()
    shown = line(page.locator(".shelf").inner_text())
    for document in documents:
        assert line(document.title) in shown and line(document.file) in shown
    assert sum(d.title.strip() == p.strip() for d in documents for p in PAYLOADS) > 50
    safe(page)
    page.locator("[data-remove]").first.click()
    assert page.get_by_role("dialog").is_visible()
    safe(page)
    page.get_by_role("button", name="Keep it").click()
    show(page, "Ask")
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Publisher").select_option(index=3)
    page.get_by_label("Collection").first.select_option(index=1)
    safe(page)
    for _ in range(2):
        page.locator(".set-filter").first.click()


def test_in_texts_shown_whole_and_in_part(page: Any, server: Server) -> None:
    with Library.open(server.library) as library:
        texts = {d.id: library.text(d.id) for d in library.documents()}
    for document, text in texts.items():
        page.goto(f"{server.address}/d/{document}")
        assert page.locator(".context").text_content() == text
        safe(page)
    page.goto(f"{server.address}/d/{document}/2-{len(text)}")
    assert "".join(page.locator("mark").all_text_contents()) == text[2:]
    safe(page)
    ready(page, f"{server.address}/")


def test_in_questions_answers_and_evidence(page: Any, server: Server) -> None:
    for number in range(0, len(PAYLOADS), 4):
        question = f"Who built engine zorb{number}? " + " ".join(PAYLOADS[number : number + 4])
        turn = ask(page, question)
        assert line(turn.locator(".asked").inner_text()) == line(question)
        turn.locator("[data-cite]").first.click()
        page.locator(".evidence[data-shown] .context").wait_for()
        safe(page)
        page.keyboard.press("Escape")
    assert page.locator(".turn[data-state=answered]").count() > 5
    page.goto(
        f"{server.address}/?q=%3Cimg+src%3Dx+onerror%3D{RUN}%3E&publisher=%3Csvg+onload%3D1%3E"
    )
    page.locator(".turn:not([aria-busy])").wait_for()
    safe(page)


def test_in_a_sentence_that_a_model_wrote(page: Any, server: Server) -> None:
    """The server's own template and the page's own script, around a sentence of a model."""
    for payload in PAYLOADS:
        said = render.sentence(Sentence(payload, (1,)), payload[:9], {})
        lines = [
            {"kind": "understood", "question": payload, "changed": True, "html": ""},
            {"kind": "sentence", "html": said},
        ]
        body = "".join(json.dumps(one) + "\n" for one in lines)
        page.unroute_all()
        page.route("**/desk/ask", partial(fulfilled, body))
        turn = ask(page, "What does the model say?")
        assert line(turn.locator(".said").inner_text()) == line(printed(payload))
        assert line(turn.get_by_label("Understood as").input_value()) == line(payload)
        safe(page)
    page.unroute_all()
    ready(page, f"{server.address}/")


def test_in_a_quotation(page: Any, server: Server) -> None:
    show(page, "Check a quotation")
    field = page.get_by_label("Quotation", exact=True)
    for number, payload in enumerate(PAYLOADS):
        field.fill(f"carries the words {payload} on its front, painted in the year {1700 + number}")
        with page.expect_response("**/desk/quote"):
            field.press("Enter")
        page.locator(".checked > *").first.wait_for()
        safe(page)
    assert page.locator(".pasted").count()


def test_in_the_names_of_files_that_fail(page: Any, server: Server) -> None:
    show(page, "Documents")
    files = [
        {"name": f"{p}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"} for p in PAYLOADS
    ]
    page.locator("#pq-files").set_input_files(files)
    page.wait_for_function(
        "n => document.querySelectorAll('.item').length >= n - 8", arg=len(files)
    )
    safe(page)
    page.locator(".failures .item").nth(50).wait_for()
    page.locator(".sending > *").first.wait_for(state="detached")
    safe(page)


def test_in_remarks_and_the_runs_made_of_them(page: Any, server: Server) -> None:
    show(page, "Ask")
    turn = ask(page, f"Who built engine zorb8? {PAYLOADS[8]}")
    turn.get_by_role("button", name="Right", exact=True).click()
    turn.get_by_label("Note").fill(PAYLOADS[9])
    turn.get_by_role("button", name="Keep").click()
    turn.get_by_text("Kept.").wait_for()
    show(page, "Evaluation")
    remark = page.locator(".remark").first
    assert PAYLOADS[9] in remark.inner_text()
    remark.get_by_label("Words that a right answer holds").fill("Ada Brunel")
    remark.get_by_role("button", name="Make it a case").click()
    page.get_by_text("Is the evaluation case").wait_for()
    safe(page)


def test_in_an_exported_page(page: Any, server: Server, tmp_path: Path) -> None:
    show(page, "Ask")
    ask(page, f"Who built engine zorb9? {PAYLOADS[9]}")
    with page.expect_download() as started:
        page.get_by_role("button", name="HTML", exact=True).click()
    started.value.save_as(tmp_path / "out.html")
    page.set_content((tmp_path / "out.html").read_text("utf-8"))
    assert PAYLOADS[9] in page.locator("body").inner_text()
    assert page.evaluate("window.pwned") is None
