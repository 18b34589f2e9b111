"""HTML as programs write it: what a page states about itself, and what is written wrongly."""

from __future__ import annotations

import pytest

from index.errors import UnreadableDocument
from index.readers import read
from tests.test_readers_formats import headings_of
from tests.test_readers_html import VOTE, linked_data, page

# --- the date ------------------------------------------------------------------------------------

DAY = '<time datetime="2026-09-01">1 September</time>'


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Concert</h1><p>The concert starts on {DAY} in the park.</p>",
        f"<h1>Concert</h1><div>The concert starts on <b>{DAY}</b>.</div><p>Come.</p>",
        f"<h1>音乐会</h1><p>音乐会将于{DAY}在公园举行。</p>",
        f"<h1>Concert</h1><p>{VOTE}</p><p>Doors open: {DAY}</p>",
        f"<h1>Concert</h1><div>{VOTE}</div><div>Doors open: {DAY}</div>",
        f"<h1>Concert</h1><p>Starts {DAY.replace('time ', 'time itemprop=startDate ')}</p>",
    ],
)
def test_a_day_in_running_text_is_not_the_date(body: str) -> None:
    assert page(body).date == ""


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Walls</h1>{DAY}<p>{VOTE}</p>",
        f"<p>We use cookies.</p><h1>Walls</h1><div>{DAY}</div><p>{VOTE}</p>",
        f"<h1>Walls</h1><p>Anna Li | <span>{DAY}</span></p><p>{VOTE}</p>",
        f"<article><header><h1>Walls</h1><p>{VOTE}</p>{DAY}</header><p>{VOTE}</p></article>",
        f'<h1>Walls</h1><p>{VOTE}</p><p class="entry-meta">On {DAY}.</p><p>{VOTE}</p>',
        f"<h1>Walls</h1><p>{VOTE}</p>{DAY.replace('time ', 'time pubdate ')}",
        f"<h1>Walls</h1><p>{VOTE}</p>{DAY.replace('time ', 'time itemprop=datePublished ')}",
    ],
)
def test_a_day_that_stands_with_the_headline_is_the_date(body: str) -> None:
    assert page(body).date == "2026-09-01"


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


@pytest.mark.parametrize("deep", [300, 700])
def test_words_after_as_many_tags_that_were_never_closed_are_read(deep: int) -> None:
    walls = page("<p>The walls stand.</p>" + "<font><div>" * (deep // 2) + "<p>The roof fell.</p>")
    assert walls.text.split("\n\n") == ["The walls stand.", "The roof fell."]


@pytest.mark.parametrize("deep", [1500, 3000, 100_000])
@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_a_page_too_deep_to_read_is_refused_and_not_read_in_part(name: str, deep: int) -> None:
    raw = "<p>The walls stand.</p>" + "<div>" * deep + "<p>The roof fell.</p>"
    with pytest.raises(UnreadableDocument, match=f"{name}: .* too deeply; save it anew"):
        read(raw.encode(), name)


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


STORY = '{"@type": "NewsArticle", "headline": "Walls &amp; roofs", "datePublished": "2024-03-12"}'


@pytest.mark.parametrize(
    "data",
    [STORY.replace("{", '{"description": "Two\nlines", '), f'{{"mainEntity": {STORY}}}',
     f'[{{"@type": "VideoObject", "datePublished": "2019-01-01"}}, {STORY}]'],
)  # fmt: skip
def test_the_linked_data_of_the_article_states_the_facts(data: str) -> None:
    document = page("<p>The walls stand.</p>", linked_data(data))
    assert (document.title, document.date) == ("Walls & roofs", "2024-03-12")


def test_the_date_of_a_film_is_not_that_of_the_page() -> None:
    film = '{"@type": "VideoObject", "datePublished": "2019-01-01"}'
    assert page("<p>The walls stand.</p>", linked_data(film)).date == ""


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Form A_1 of May", "Form A_1 of May"),
        ("L_2024.fmx.xml", ""),
        ("港口开工_港口市", "港口开工"),
    ],
)
def test_a_low_line_parts_the_name_of_a_site_in_chinese_only(stated: str, title: str) -> None:
    text = "<p>The wall leaks, as it is old and was built in 1931.</p>"
    assert page(text, f"<title>{stated}</title>").title == title
