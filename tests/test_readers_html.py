"""HTML as programs write it: what is text on a page, what is furniture, what is stated."""

from __future__ import annotations

import pytest

from index.readers import read
from index.records import Document
from tests.test_readers import assert_sound
from tests.test_readers_formats import headings_of


def page(body: str, head: str = "") -> Document:
    raw = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    document = read(raw.encode(), "a.html")
    assert_sound(document)
    return document


def linked_data(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


# --- what is written wrongly ---------------------------------------------------------------------


@pytest.mark.parametrize("span", ["²", "-1", "0", "two", ""])
def test_a_span_that_is_no_number_spans_one_cell(span: str) -> None:
    head = f'<tr><th rowspan="{span}">City</th><th>Ships</th></tr>'
    document = page(f"<table>{head}<tr><td>Alta</td><td>120</td></tr></table>")
    assert headings_of(document, "120") == ("Alta", "Ships")


def test_a_span_of_any_length_is_read() -> None:
    document = page(f"<table><tr><td rowspan={'9' * 5000}>Alta</td><td>120</td></tr></table>")
    assert document.text.split() == ["Alta", "120"]


DEEP = "[" * 900 + '{"headline": "Far down"}' + "]" * 900


@pytest.mark.parametrize(
    "data",
    [
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        DEEP,
        '{"@graph":' * 900 + "{}" + "}" * 900,
        f'{{"headline": {DEEP}, "author": {DEEP}, "datePublished": {DEEP}, "publisher": {DEEP}}}',
    ],
)
def test_deeply_nested_data_of_the_head_loses_no_text(data: str) -> None:
    assert page("<p>The walls stand.</p>", linked_data(data)).text == "The walls stand."


@pytest.mark.parametrize(
    "data",
    ['[{"headline": "First"}, {"headline": "Second"}]',
     '{"@graph": [[{"headline": "First"}], {"headline": "Second"}]}'],
)  # fmt: skip
def test_of_several_headlines_the_first_is_the_title(data: str) -> None:
    assert page("<p>The walls stand.</p>", linked_data(data)).title == "First"


def test_a_headline_that_is_no_text_is_not_the_title() -> None:
    head = linked_data('{"headline": ["A", "B"]}') + "<title>The walls</title>"
    assert page("<p>They stand.</p>", head).title == "The walls"
