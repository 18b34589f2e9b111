"""The desk without a mouse, in the dark, on a telephone, and as axe-core sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.desks import (
    ask,
    axe,
    chromium,
    desk,
    marked,
    needs_axe,
    needs_browser,
    open_chip,
    shelved,
    show,
)
from tests.servers import Server, running

pytestmark = needs_browser
WIDE, NARROW = {"width": 1360, "height": 860}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(shelved(tmp_path_factory.mktemp("access"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


def tab_to(page: Any, wanted: Any, key: str = "Tab", most: int = 60) -> None:
    """Press the key until the element has the focus, which must be seen on it."""
    for _ in range(most):
        if wanted.evaluate("e => e === document.activeElement"):
            seen = "e => getComputedStyle(e).outlineStyle + getComputedStyle(e).boxShadow"
            around = "e => getComputedStyle(e.closest('.box') || e).boxShadow"
            assert wanted.evaluate(seen) != "nonenone" or wanted.evaluate(around) != "none"
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not reach {wanted}")


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.className || document.activeElement.id"))


def states(page: Any, server: Server) -> Iterator[str]:
    """Every panel and state of the desk, one after the other; the name of each."""
    page.locator(".example").first.wait_for()
    yield "empty page"
    turn = ask(page, "Who opened the iron bridge?")
    ask(page, "why?")
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Language").select_option("en")
    yield "answer, follow-up, filters"
    ask(page, "How many penguins live in the zoo of Toledo?")
    page.locator(".remark-bar").last.get_by_role("button", name="Wrong answer").click()
    yield "silence, remark"
    page.get_by_role("button", name="Filters").click()
    chip = turn.locator(".chip").first
    open_chip(page, chip)
    yield "evidence"
    page.keyboard.press("Escape")
    show(page, "Check a quotation")
    field = page.get_by_label("Quotation", exact=True)
    for quote, verdict in (
        ("It carries two tram lines across the Ness.", "verbatim"),
        ("It carries nine tram lines across the Ness.", "altered"),
        ("Penguins are elected by the mayor of the moon.", "not_found"),
    ):
        field.fill(quote)
        field.press("Enter")
        page.locator(f".checked[data-verdict={verdict}]").wait_for()
        yield f"quotation {verdict}"
    show(page, "Documents")
    page.locator(".list").wait_for()
    broken = {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    page.locator("#pq-files").set_input_files([broken])
    page.locator(".item.failed").wait_for()
    yield "documents, a failure"
    page.locator("[data-remove]").first.click()
    yield "confirmation"
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Dismiss broken.pdf").click()
    show(page, "Evaluation")
    page.locator(".feedback-panel > *").first.wait_for()
    yield "evaluation"
    for name, path in (
        ("document", f"/d/{chip.get_attribute('data-document')}"),
        ("words", chip.get_attribute("href")),
        ("gone", "/d/0000000000000000/1-2"),
    ):
        page.goto(f"{server.address}{path}")
        yield name


@needs_axe
@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", NARROW)])
def test_axe_finds_no_serious_fault_and_nothing_is_too_wide(
    browser: Any, server: Server, scheme: str, size: dict[str, int]
) -> None:
    found = []
    with desk(browser, f"{server.address}/", viewport=size, color_scheme=scheme) as page:
        for state in states(page, server):
            found += [f"{state}: {fault}" for fault in axe(page)]
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                found.append(f"{state}: wider than the screen")
    assert found == []


@needs_axe
def test_axe_is_told_when_something_is_wrong(browser: Any, server: Server) -> None:
    with desk(browser, f"{server.address}/") as page:
        page.evaluate("document.querySelector('.pq').append(document.createElement('button'))")
        assert any(fault.startswith("button-name") for fault in axe(page))


def test_everything_is_done_with_the_keyboard(browser: Any, server: Server) -> None:
    with desk(browser, f"{server.address}/") as page:
        keys = page.keyboard
        page.locator(".example").first.wait_for()
        assert focused(page) == "pq-question"
        keys.type("Who opened the iron bridge?")
        keys.press("Enter")
        page.locator(".turn[data-state=answered]").wait_for()
        chip = page.locator(".chip").first
        tab_to(page, chip, "Shift+Tab")
        keys.press("Enter")
        page.locator(".evidence[data-shown]").wait_for()
        assert focused(page) == "evidence"
        assert "Ada Brunel" in marked(page.locator(".evidence"))
        tab_to(page, page.get_by_role("button", name="Copy with citation"))
        keys.press("Escape")
        assert page.locator(".evidence").is_hidden() and "chip" in focused(page)
        tab_to(page, page.locator(".remark-bar button").first)
        keys.press("Enter")
        keys.type("so it is")
        keys.press("Enter")
        page.get_by_text("Kept.").wait_for()
        tab_to(page, page.get_by_role("button", name="Filters"))
        keys.press("Enter")
        tab_to(page, page.get_by_label("Collection").first)
        tab_to(page, page.locator("#tab-ask"), "Shift+Tab")
        keys.press("ArrowRight")
        tab_to(page, page.locator("#pq-quotation"))
        keys.type("It carries nine tram lines across the Ness.")
        keys.press("Enter")
        page.locator(".checked[data-verdict=altered]").wait_for()
        tab_to(page, page.locator("#tab-quote"), "Shift+Tab")
        keys.press("ArrowRight")
        page.locator(".list").wait_for()
        tab_to(page, page.locator("#pq-files"))
        tab_to(page, page.locator("[data-sort=size]"))
        keys.press("Enter")
        page.locator("th[aria-sort=ascending]", has_text="Size").wait_for()
        assert page.evaluate("document.activeElement.dataset.sort") == "size"
        tab_to(page, page.locator("[data-remove]").first)
        keys.press("Enter")
        assert page.get_by_role("dialog").is_visible()
        keys.press("Escape")
        assert page.evaluate("'remove' in document.activeElement.dataset")
        tab_to(page, page.locator("#tab-documents"), "Shift+Tab")
        keys.press("End")
        page.locator("#tab-evaluation[aria-selected=true]").wait_for()
        tab_to(page, page.locator("[data-theme-switch]"))


def test_citations_are_walked_with_the_arrows(browser: Any, server: Server) -> None:
    with desk(browser, f"{server.address}/") as page:
        ask(page, "How many penguins live in the zoo of Toledo?")
        nearest = page.locator(".nearest .passage")
        assert nearest.count() > 1
        open_chip(page, nearest.first)
        assert page.locator(".evidence .at").inner_text() == f"1 of {nearest.count()}"
        page.keyboard.press("ArrowRight")
        page.locator(".evidence[data-shown='2']").wait_for()
        page.get_by_role("button", name="Previous").click()
        page.locator(".evidence[data-shown='1']").wait_for()


def test_light_and_dark_follow_the_system_until_the_reader_chooses(
    browser: Any, server: Server
) -> None:
    ground = "getComputedStyle(document.querySelector('.gradio-container')).backgroundColor"
    with desk(browser, f"{server.address}/", color_scheme="dark") as page:
        dark = page.evaluate(ground)
        page.get_by_role("button", name="Switch between light and dark").click()
        light = page.evaluate(ground)
        assert sum(_rgb(dark)) < 150 and sum(_rgb(light)) > 600
        page.reload()
        page.locator("body[data-ready]").wait_for()
        assert page.evaluate(ground) == light
        page.goto(f"{server.address}/d/nothing")
        assert page.evaluate("document.documentElement.dataset.theme") == "light"


def _rgb(color: str) -> list[int]:
    return [int(part) for part in color.removeprefix("rgb(").removesuffix(")").split(",")]


def test_a_telephone_shows_the_evidence_over_the_page(browser: Any, server: Server) -> None:
    with desk(browser, f"{server.address}/", viewport=NARROW, has_touch=True) as page:
        turn = ask(page, "Who opened the iron bridge?")
        turn.locator(".chip").first.tap()
        page.locator(".evidence[data-shown]").wait_for()
        mark = page.locator(".evidence mark").first.bounding_box()
        assert mark["x"] >= 0 and mark["x"] + mark["width"] <= 390
        assert 0 <= mark["y"] < 844
        page.get_by_role("button", name="Close").tap()
        assert page.locator(".evidence").is_hidden()
        assert page.get_by_label("Question", exact=True).bounding_box()["width"] > 200
