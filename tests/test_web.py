"""The desk as a reader uses it, in a real browser against a real server process."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from eval.cases import parse
from eval.lint import lint, read_sources
from tests.desks import (
    ask,
    chromium,
    desk,
    docx,
    marked,
    needs_browser,
    open_chip,
    pdf,
    ready,
    shelved,
    show,
    watched,
)
from tests.servers import Server, running

pytestmark = needs_browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    library = shelved(tmp_path_factory.mktemp("desk"))
    with running(library) as running_server:
        yield running_server


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def context(browser: Any) -> Iterator[Any]:
    with watched(browser) as opened:
        yield opened


@pytest.fixture
def page(context: Any, server: Server) -> Iterator[Any]:
    opened = context.new_page()
    ready(opened, f"{server.address}/")
    yield opened
    opened.close()


def text_of(server: Server, document: str) -> str:
    return httpx.get(f"{server.address}/api/v1/text/{document}").text


def test_every_citation_opens_on_the_words_it_quotes(page: Any, server: Server) -> None:
    turn = ask(page, "Who opened the iron bridge?")
    assert "Ada Brunel" in turn.locator(".said").inner_text()
    chips = turn.locator(".chip").all()
    assert chips
    for chip in chips:
        evidence = open_chip(page, chip)
        start, end = (int(chip.get_attribute(f"data-{k}")) for k in ("start", "end"))
        quote = text_of(server, chip.get_attribute("data-document"))[start:end]
        assert marked(evidence) == quote
        assert evidence.locator(".context").text_content() in text_of(
            server, chip.get_attribute("data-document")
        )


def test_the_evidence_tells_where_the_words_are_from(page: Any) -> None:
    turn = ask(page, "How many tram lines does the iron bridge carry?")
    evidence = open_chip(page, turn.locator(".chip").first)
    told = evidence.locator(".about").inner_text()
    for part in ("Town Archive", "4 March 2021", "The iron bridge", "Opening"):
        assert part in told
    link = evidence.get_by_role("link", name="Open at the source")
    assert link.get_attribute("href").startswith("https://archive.example/bridge")


def test_the_time_to_the_first_sentence_is_kept_with_the_answer(page: Any) -> None:
    turn = ask(page, "Who is Ada Brunel?")
    assert 0 < int(turn.get_attribute("data-first")) < 60_000


def test_a_quotation_is_copied_with_its_citation(browser: Any, server: Server) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with desk(browser, f"{server.address}/", permissions=allowed) as page:
        open_chip(page, ask(page, "Who opened the iron bridge?").locator(".chip").first)
        for style, mark in (("plain", "4 March 2021"), ("apa", "(2021, March 4)")):
            page.locator("[data-style]").select_option(style)
            page.get_by_role("button", name="Copy with citation").click()
            page.get_by_role("button", name="Copied").wait_for()
            copied = page.evaluate("navigator.clipboard.readText()")
            assert "Ada Brunel in 1861" in copied and mark in copied
            address = copied.splitlines()[-1]
            page.get_by_role("button", name="Copy with citation").wait_for()
        page.goto(address)
        assert "Ada Brunel" in marked(page)


def test_silence_looks_different_and_shows_what_was_searched(page: Any) -> None:
    turn = ask(page, "How many penguins live in the zoo of Toledo?")
    assert turn.get_attribute("data-state") == "not_found"
    silence = turn.locator(".silence")
    assert "do not say" in silence.inner_text() and "5 documents" in silence.inner_text()
    assert turn.locator(".chip").count() == 0
    nearest = silence.locator(".passage").first
    evidence = open_chip(page, nearest)
    assert marked(evidence)


def test_a_follow_up_is_understood_and_can_be_edited(page: Any) -> None:
    ask(page, "What did the repair of the iron bridge in Northport cost?")
    turn = ask(page, "and in Southport?")
    field = turn.get_by_label("Understood as")
    assert field.input_value() == "What did the repair of the iron bridge in Southport cost?"
    assert "912 crowns" in turn.locator(".said").inner_text()
    field.fill("Who opened the iron bridge?")
    field.press("Enter")
    turn.locator(".said", has_text="Ada Brunel").wait_for()
    assert page.locator(".turn").count() == 2


def test_who_said_it_is_told_from_the_source(page: Any) -> None:
    ask(page, "How many bicycles does the ferry to Port Elsewhere take?")
    turn = ask(page, "who said that?")
    assert "No speaker is named" in turn.locator(".speaker").inner_text()
    ask(page, "How many geese live on the island of Osk?")
    turn = ask(page, "who said that?")
    assert turn.locator(".speaker strong").inner_text() == "Wilma Hart"
    turn.locator(".speaker a").click()
    assert "Wilma Hart" in marked(page)


def test_filters_stay_in_sight_and_are_told_of_a_silence(page: Any) -> None:
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Collection").first.select_option("coast")
    assert page.locator(".set-filter").inner_text().startswith("Collection: coast")
    question = "How many bicycles does the ferry to Port Elsewhere take?"
    turn = ask(page, question)
    assert turn.get_attribute("data-state") == "not_found"
    assert "2 documents with collection coast" in turn.locator(".silence").inner_text()
    page.get_by_role("button", name="Remove the filter Collection coast").click()
    assert ask(page, question).get_attribute("data-state") == "answered"


def test_examples_are_of_the_library_and_are_answered(page: Any) -> None:
    example = page.locator(".example").first
    example.wait_for()
    example.click()
    page.locator(".turn[data-state=answered]").wait_for()


def test_an_address_asks(browser: Any, server: Server) -> None:
    with desk(
        browser, f"{server.address}/?q=Who+opened+the+iron+bridge%3F&publisher=Town+Archive"
    ) as page:
        page.locator(".turn[data-state=answered]").wait_for()
        assert page.locator(".set-filter").inner_text().startswith("Publisher: Town Archive")


def test_an_error_is_said_on_the_page(page: Any) -> None:
    assert "no word" in ask(page, "?!").get_by_role("alert").inner_text()


def test_a_pdf_shows_its_page_with_the_words_boxed(page: Any) -> None:
    turn = ask(page, "How long will the harbour wall of Eastmere be?")
    evidence = open_chip(page, turn.locator(".chip").first)
    page.wait_for_function("document.querySelector('.sheet img')?.naturalWidth > 0")
    sheet = evidence.locator(".sheet").bounding_box()
    found = [box.bounding_box() for box in evidence.locator(".sheet .box").all()]
    assert len(found) == 2  # the sentence runs over two lines
    for line, box in zip((2, 3), found, strict=True):
        baseline = (595 - (500 - 18 * line)) / 595  # from the top, as a share of an A5 page
        assert box["y"] < sheet["y"] + baseline * sheet["height"] < box["y"] + box["height"]
        assert abs(box["x"] - sheet["x"] - 50 / 420 * sheet["width"]) < 6


def test_a_good_and_a_bad_quotation(page: Any) -> None:
    show(page, "Check a quotation")
    field = page.get_by_label("Quotation", exact=True)
    field.fill("It carries two tram lines across the Ness.")
    field.press("Enter")
    checked = page.locator(".checked")
    page.locator(".checked[data-verdict=verbatim]").wait_for()
    assert checked.locator(".match").count() == 1
    field.fill("It carries four tram lines across the Ness.")
    field.press("Enter")
    page.locator(".checked[data-verdict=altered]").wait_for()
    assert checked.locator(".pasted del").all_text_contents() == ["four"]
    assert checked.locator(".stands ins").all_text_contents() == ["two"]
    evidence = open_chip(page, checked.locator("[data-cite]").first)
    assert marked(evidence) == checked.locator(".stands").text_content()


def test_files_are_added_listed_found_sorted_and_removed(page: Any, server: Server) -> None:
    show(page, "Documents")
    page.locator(".list").wait_for()
    files = {
        "kiln.txt": b"The kiln of Westmere burns eleven hours.",
        "kiln.md": b"# Kilns\n\nThe second kiln of Westmere burns twelve hours.",
        "kiln.html": b"<title>Kilns</title><p>The third kiln of Westmere burns thirteen hours.</p>",
        "kiln.pdf": pdf(["The fourth kiln of Westmere burns fourteen hours."]),
        "kiln.docx": docx("The fifth kiln of Westmere burns fifteen hours."),
        "broken.pdf": b"%PDF-1.7 nothing follows",
    }
    given = [
        {"name": n, "mimeType": "application/octet-stream", "buffer": b} for n, b in files.items()
    ]
    page.locator("#pq-files").set_input_files(given)
    page.locator(".item.added").nth(4).wait_for()
    failed = page.locator(".item.failed")
    failed.wait_for()
    assert "broken.pdf" in failed.inner_text() and "get the file again" in failed.inner_text()
    page.get_by_label("Find in the list").fill("kiln")
    page.get_by_text("5 documents of 10").wait_for()
    page.get_by_role("button", name="Size").click()
    page.locator("th[aria-sort=ascending]", has_text="Size").wait_for()
    names = [row.split("·")[0].strip() for row in page.locator(".list .file").all_inner_texts()]
    assert names.index("kiln.txt") < names.index("kiln.docx")
    show(page, "Ask")
    assert "fifteen" in ask(page, "How long does the fifth kiln of Westmere burn?").inner_text()
    show(page, "Documents")
    for left in (4, 3, 2, 1):
        page.locator("[data-remove]").first.click()
        page.get_by_role("button", name="Remove", exact=True).last.click()
        page.get_by_text(f"{left} document" + ("s of" if left > 1 else " of")).wait_for()
    page.locator("[data-remove]").first.click()
    page.get_by_role("button", name="Keep it").click()
    assert page.locator("[data-remove]").count() == 1
    page.reload()
    page.get_by_text("Not added").wait_for()  # what failed stays listed
    page.get_by_role("button", name="Dismiss broken.pdf").click()
    page.get_by_text("Not added").wait_for(state="detached")
    page.get_by_label("Find in the list").fill("kiln")
    page.get_by_text("1 document of").wait_for()
    page.locator("[data-remove]").first.click()
    page.get_by_role("button", name="Remove", exact=True).last.click()
    page.get_by_text("No document matches that.").wait_for()


def test_a_document_opens_with_its_outline(page: Any, server: Server) -> None:
    show(page, "Documents")
    page.get_by_role("link", name="The iron bridge").click()
    page.get_by_role("link", name="Opening").wait_for()
    id = page.url.rsplit("/", 1)[-1]
    assert page.locator(".context").text_content() == text_of(server, id)
    page.get_by_role("link", name="Repairs in Southport").click()
    assert re.search(r"#at-\d+$", page.url)


def test_a_link_shows_the_words_and_tells_what_became_of_the_source(
    page: Any, server: Server
) -> None:
    found = httpx.get(f"{server.address}/api/v1/documents").json()
    bridge = next(d for d in found if d["file"] == "bridge.md")
    page.goto(f"{server.address}/d/{bridge['id']}/0-15")
    assert marked(page) == text_of(server, bridge["id"])[:15]
    assert page.locator(".notice").count() == 0
    path = server.library.parent / "town" / "bridge.md"
    before = path.read_text("utf-8")
    try:
        path.write_text(before + "\nMore.\n", "utf-8")
        page.reload()
        assert "changed since" in page.locator(".notice").inner_text()
        path.unlink()
        page.reload()
        assert "gone from where" in page.locator(".notice").inner_text()
    finally:
        path.write_text(before, "utf-8")
    assert page.goto(f"{server.address}/d/{'0' * 16}/0-15").status == 404
    assert "This source is gone" in page.locator("h1").inner_text()
    assert page.goto(f"{server.address}/d/{bridge['id']}/5-99999999").status == 404


def test_what_readers_say_is_kept_and_becomes_a_case(page: Any, server: Server) -> None:
    turn = ask(page, "In which year did Ada Brunel open the iron bridge?")
    turn.get_by_role("button", name="Right").click()
    turn.get_by_label("Note").fill("in 1861")
    turn.get_by_role("button", name="Keep").click()
    turn.get_by_text("Kept.").wait_for()
    row = json.loads((server.library / "feedback.jsonl").read_text("utf-8").splitlines()[-1])
    assert set(row) == {"time", "question", "verdict", "note", "answer"}
    assert (row["verdict"], row["note"]) == ("right", "in 1861")
    assert row["answer"]["citations"][0]["quote"]
    show(page, "Evaluation")
    remark = page.locator(".remark").first
    remark.get_by_label("Words that a right answer holds").fill("in 1999")
    remark.get_by_role("button", name="Make it a case").click()
    page.get_by_text("No document of the library holds").wait_for()
    remark.get_by_label("Words that a right answer holds").fill("in 1861")
    remark.get_by_role("button", name="Make it a case").click()
    page.get_by_text("Is the evaluation case").wait_for()
    case = parse((server.library / "feedback-cases.jsonl").read_text("utf-8").splitlines()[-1])
    assert case.documents == ("bridge.md",)
    assert lint([case], read_sources(server.library)) == []


@pytest.mark.parametrize(
    ("name", "ending"), [("Markdown", "md"), ("HTML", "html"), ("Word", "docx")]
)
def test_a_conversation_is_exported(page: Any, name: str, ending: str, tmp_path: Path) -> None:
    ask(page, "Who opened the iron bridge?")
    with page.expect_download() as started:
        page.get_by_role("button", name=name, exact=True).click()
    assert started.value.suggested_filename == f"conversation.{ending}"
    started.value.save_as(tmp_path / "out")
    data = (tmp_path / "out").read_bytes()
    if ending == "docx":
        import zipfile

        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        assert "word/footnotes.xml" in names
    else:
        assert "Ada Brunel" in data.decode("utf-8")


def test_an_answer_that_was_changed_is_not_exported(server: Server) -> None:
    asked = httpx.post(f"{server.address}/api/v1/ask", json={"question": "Who opened the bridge?"})
    answer = asked.json()
    answer["citations"][0]["quote"] = "Words that nobody wrote."
    sent = {"format": "markdown", "answers": [answer]}
    refused = httpx.post(f"{server.address}/desk/export", json=sent)
    assert refused.status_code == 400
    assert "does not hold the words" in refused.json()["error"]["message"]


def test_no_chrome_of_the_framework_is_left(page: Any) -> None:
    assert not page.locator("footer").is_visible()
    assert page.title() == "Pullquote"


def test_a_file_tells_its_phases_and_the_time_left(page: Any, server: Server) -> None:
    show(page, "Documents")
    page.locator(".list").wait_for()
    page.evaluate(
        """() => { window.stages = []; new MutationObserver(() => {
          for (const s of document.querySelectorAll(".item .stage")) stages.push(s.textContent);
        }).observe(document.querySelector("#panel-documents"), { childList: true, subtree: true });
        }"""
    )
    text = "\n\n".join(
        f"Barge {n} of Westmere carried {n + 3} barrels of cider up the river to the mill "
        f"and came back with {n + 5} sacks of flour for the bakers of the town."
        for n in range(1800)
    )
    file = {"name": "barges.txt", "mimeType": "text/plain", "buffer": text.encode()}
    page.locator("#pq-files").set_input_files([file])
    page.locator(".item.added", has_text="barges.txt").wait_for(timeout=120_000)
    stages = page.evaluate("stages")
    assert any(s.startswith("Embedding") for s in stages)
    assert any(re.search(r"about \d+ (?:s|min) left", s) for s in stages)
    page.get_by_label("Find in the list").fill("barges")
    page.get_by_text("1 document of").wait_for()
    page.locator("[data-remove]").click()
    page.get_by_role("button", name="Remove", exact=True).last.click()
    page.get_by_text("No document matches that.").wait_for()


def test_an_address_that_may_not_be_called_stays_listed_with_its_remedy(page: Any) -> None:
    show(page, "Documents")
    page.get_by_label("Address of a page").fill("http://127.0.0.1:9/minutes.html")
    page.get_by_role("button", name="Add", exact=True).click()
    failed = page.locator(".failures .item")
    failed.wait_for()
    assert "minutes.html" in failed.inner_text() and len(failed.inner_text().splitlines()) > 2
    failed.get_by_role("button").click()
    failed.wait_for(state="detached")


def test_what_is_added_while_the_list_comes_is_watched_to_its_end(page: Any) -> None:
    held: list[Any] = []

    def hold(route: Any) -> None:
        if len(held) < 2:
            held.append(route)
        else:
            route.continue_()

    page.route("**/desk/documents?*", hold)
    show(page, "Documents")
    while len(held) < 2:  # the list, and once more when nothing is under way
        page.wait_for_timeout(20)
    page.get_by_label("Address of a page").fill("http://127.0.0.1:9/late.html")
    with page.expect_response("**/desk/addresses"):
        page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_timeout(200)
    for one in held:
        one.continue_()
    failed = page.locator(".failures .item", has_text="late.html")
    failed.wait_for()
    failed.get_by_role("button").click()
    failed.wait_for(state="detached")


def test_runs_are_started_watched_shown_and_compared(page: Any, server: Server) -> None:
    ask(page, "How high is the lighthouse on Cape Sorrow?")
    page.get_by_role("button", name="Right", exact=True).click()
    page.get_by_role("button", name="Keep").click()
    page.get_by_text("Kept.").wait_for()
    show(page, "Evaluation")
    remark = page.locator(".remark", has_text="lighthouse").first
    remark.get_by_label("Words that a right answer holds").fill("thirty-one metres")
    remark.get_by_role("button", name="Make it a case").click()
    page.get_by_text("Is the evaluation case").first.wait_for()
    page.reload()
    panel = page.locator(".runs-panel")
    panel.get_by_label("Cases").select_option("feedback-cases")
    panel.get_by_role("button", name="Start a run").click()
    panel.locator("h1", has_text="feedback-cases").wait_for()
    panel.locator("summary", has_text="Right: ").click()
    case = panel.locator(".case", has_text="lighthouse").first
    for part in ("thirty-one metres", "tower.html"):
        assert part in case.inner_text()
    first = next((server.library / "runs").glob("feedback-cases-*.jsonl"))
    (first.with_name("earlier.jsonl")).write_bytes(first.read_bytes())
    show(page, "Evaluation")
    panel.locator("svg").first.wait_for()
    panel.get_by_role("link", name=first.stem).click()
    panel.get_by_label("Compared with").select_option("earlier")
    panel.locator(".pq-eval", has_text="compared with earlier").wait_for()
