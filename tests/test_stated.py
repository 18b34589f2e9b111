from __future__ import annotations

import pytest

from index.library import Library
from qa.answer import Answer, answer
from tests.libraries import library_of

TEXTS = {
    "pier.txt": "Pier of Quillon to be mended before winter\n\n"
    "Quillon Times) 10:33, June 05, 2025\n\n"
    "By Ada Merrin\n\n"
    "The pier of Quillon will be mended before winter, the harbour office said on Monday. "
    "The repair was announced on 2 May 2025.\n\n"
    "Boats will land at the old quay while the pier of Quillon is closed.\n\n"
    "(Web editor: Tom Quill, Jane Oddy)\n",
    "mill.txt": "The mill of Tilby grinds again\n\n"
    "The mill of Tilby was opened on 3 March 1931 and grinds barley. Its wheel is of oak.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("stated"), TEXTS)


def marked(library: Library, found: Answer) -> str:
    span = found.sentences[0].span
    assert span
    return library.text(found.citations[0].document.id)[slice(*span)]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When was the article on the pier of Quillon published?", "June 05, 2025"),
        ("On which date was the Quillon story about the pier put online?", "June 05, 2025"),
        ("Which newspaper published the article about the pier of Quillon?", "Quillon Times"),
        ("Who wrote the article on the pier of Quillon?", "By Ada Merrin"),
        ("Who are the editors of the story on the pier of Quillon?", "Tom Quill, Jane Oddy"),
    ],
)
def test_what_a_document_states_of_itself_is_cited(
    library: Library, question: str, words: str
) -> None:
    found = answer(library, question)
    assert found.citations[0].document.file == "pier.txt" and found.citations[0].faithful
    assert words in found.sentences[0].text and words in marked(library, found)


def test_the_title_stands_before_the_line_where_both_are_together(library: Library) -> None:
    found = answer(library, "When was the article on the pier of Quillon published?")
    title, line = found.sentences[0].text.split("\t")
    assert title == "Pier of Quillon to be mended before winter"
    assert line.startswith("Quillon Times")
    assert found.citations[0].faithful
    assert "mended" not in marked(library, found)


@pytest.mark.parametrize(
    "question",
    [
        "When was the repair of the pier of Quillon announced?",  # not the article
        "When was the article on the mill of Tilby published?",  # states no date of its own
        "Who told the editor of the story that the pier of Quillon is closed?",  # not who edited
        "Who is the translator of the article on the pier of Quillon?",  # nobody is credited
        "When was the article on the bridge of Sollen published?",  # there is none
    ],
)
def test_a_document_is_not_dated_for_something_else(library: Library, question: str) -> None:
    text = answer(library, question).text
    assert "June 05" not in text and "Tom Quill" not in text
