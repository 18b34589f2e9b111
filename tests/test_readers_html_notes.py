"""Notes of a page that only links tell: Word's "save as web page", law portals."""

from __future__ import annotations

import pytest

from index.records import Kind
from tests.test_readers_formats import parts
from tests.test_readers_html import page

WORD = (
    '<p>It leaks<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a> since May.</p>'
    '<div><hr><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Report of the port.</p>'
    "<p>It is kept in Alta.</p></div></div>"
)
LAW = (
    '<p>It leaks<a id="c1" href="#r1">(<span>1</span>)</a> since May.</p>'
    '<p><a id="r1" href="#c1">(<span>1</span>)</a> Report of the port.</p>'
)
RAISED = (
    '<p>It leaks<sup id="c1"><a href="#r1">1</a></sup> since May.</p>'
    '<p id="r1"><sup><a href="#c1">1</a></sup> Report of the port.</p>'
)


@pytest.mark.parametrize("markup", [WORD, LAW, RAISED], ids=["Word", "law", "raised"])
def test_a_mark_that_leads_to_a_note_and_back_makes_it_one(markup: str) -> None:
    document = page(f"<h1>Walls</h1>{markup}")
    assert parts(document, Kind.PARAGRAPH) == ["It leaks¹ since May."]
    assert parts(document, Kind.FOOTNOTE)[0] == "¹ Report of the port."


def test_a_note_of_word_keeps_its_second_paragraph() -> None:
    assert parts(page(WORD), Kind.FOOTNOTE)[1:] == ["It is kept in Alta."]


def test_an_entry_of_the_contents_and_its_heading_are_no_note() -> None:
    contents = '<p><a id="c1" href="#s1">1</a> Walls</p>'
    document = page(f'{contents}<h2><a id="s1" href="#c1">1</a> Walls</h2><p>They leak.</p>')
    assert not parts(document, Kind.FOOTNOTE) and document.text.startswith("1 Walls")
