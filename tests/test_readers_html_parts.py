"""What of a page is its content, and what its tables are."""

from __future__ import annotations

import pytest

from index.records import Kind
from tests.test_readers_formats import parts
from tests.test_readers_html import page

STORY = "The council voted 5 to 4 to rebuild the harbour wall. " * 9
ARTICLE = f"<article><p>{STORY}</p></article>"
LEAD = "It is to cost 5 million."


@pytest.mark.parametrize(
    "body",
    [
        f"<p>Log in</p><div><h1>The wall</h1><p>{LEAD}</p></div>{ARTICLE}",
        f"<div><p>Log in</p><h1>The wall</h1><p>{LEAD}</p><div>{ARTICLE}<p>More</p></div></div>",
    ],
    ids=["beside it", "above what holds it"],
)
def test_the_headline_above_an_article_is_read_with_what_stands_between(body: str) -> None:
    document = page(body)
    assert document.blocks[0].kind is Kind.HEADING
    assert document.text == f"The wall\n\n{LEAD}\n\n{STORY.strip()}"


@pytest.mark.parametrize("body", ["<h1><a href=/>Daily</a></h1>", "<h1>Walls</h1><h1>Pumps</h1>"])
def test_the_name_of_a_site_is_no_headline_nor_is_one_of_several(body: str) -> None:
    assert page(f"<div>{body}<p>Log in</p></div>{ARTICLE}").text == STORY.strip()


def test_a_table_of_numbers_and_texts_is_a_list() -> None:
    inner = "<table><tr><td><p>(a)</p></td><td><p>the wall;</p></td></tr></table>"
    row = f"<tr><td><p>(1)</p></td><td><p>The council pays for:</p>{inner}</td></tr>"
    document = page(f"<table>{row}<tr><td><p>(2)</p></td><td><p>It votes.</p></td></tr></table>")
    assert parts(document, Kind.LIST_ITEM) == [
        "(1) The council pays for:", "(a) the wall;", "(2) It votes."]  # fmt: skip


def test_a_number_before_nothing_is_kept() -> None:
    document = page(
        "<table><tr><td>1.</td><td></td></tr><tr><td>2.</td><td>Pumps</td></tr></table>"
    )
    assert document.text == "1.\n2. Pumps"


def test_a_table_of_ranks_is_no_list() -> None:
    document = page(
        "<table><tr><td>1</td><td>Alta</td></tr><tr><td>2</td><td>Bora</td></tr></table>"
    )
    assert len(parts(document, Kind.TABLE_CELL)) == 4
