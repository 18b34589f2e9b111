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
    "water.txt": "Notice of the water board\nIssued on 4 April 2025\n\n"
    "The water of the Alder reservoir may not be drunk. It was last cleaned in 2019.\n",
    "lease.txt": "Lease of the boat house\n\nSigned on 7 May 2021\n\n"
    "The tenant of the boat house pays 900 euros a month. He mends the roof.\n",
    "hours.txt": "Opening hours of the toll house\n\nLast updated: 3 March 2024\n\n"
    "The toll house is open from nine to five. It was built in 1950.\n",
    "supply.txt": "供水通知 Water supply\n\n发布单位：临港区水务局\n日期：2025年3月18日\n\n"
    "因管道维修，海棠路、银杏路停水。受影响居民约4200户。\n",
    "report.txt": "临港区发布停车收费通知\n\n来源：临港日报 2025年5月6日\n\n"
    "停车收费通知说，银杏路的停车费每小时五元。\n",
    "tolls.md": "# The council has decided!\n\n2024.10.21\n\n"
    "# Opinions of the Council of Quillon on the Tolls of Carts\n\n"
    "Carts of barley pay no toll. The opinions were discussed on 9 July 2024.\n",
    "curfew.txt": "New regulations on dogs anger Tilby\n\nTilby Times) 09:00, May 08, 2025\n\n"
    "The regulations on dogs keep them indoors at night, and nobody in Tilby likes them.\n",
    "flute.txt": "Flutes of bone\n\nFlutes of bone were dug up near Sollen. 骨笛的研究仍在继续。 "
    "WeChat editor | 小羊\n",
    "mail.txt": "From: Lena Ortiz <lena@harbour.example>\nTo: Newsdesk\n"
    "Subject: Leaks in the ferry\nDate: Mon, 12 Jan 2026 09:14:02 +0000\n\n"
    "The ferry leaks, and nobody knows since when. Its captain wants it to be drawn ashore and "
    "caulked before the storms of spring.\n",
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


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When was the notice of the water board issued?", "Issued on 4 April 2025"),
        ("What is the date of issue of the notice of the water board?", "Issued on 4 April 2025"),
        ("When were the opinions on tolls of carts published?", "2024.10.21"),
        ("When was the lease of the boat house signed?", "Signed on 7 May 2021"),
        ("When was the page on the opening hours of the toll house last updated?",
         "Last updated: 3 March 2024"),
        ("When was the e-mail on leaks in the ferry sent?", "12 Jan 2026"),
        ("Who sent the e-mail on leaks in the ferry?", "Lena Ortiz"),
        ("供水通知是哪个单位发布的？", "发布单位：临港区水务局"),
        ("谁发布了供水通知？", "发布单位：临港区水务局"),
        ("供水通知是什么时候发布的？", "2025年3月18日"),
    ],
)  # fmt: skip
def test_so_is_when_it_was_issued_signed_updated_or_sent(
    library: Library, question: str, words: str
) -> None:
    found = answer(library, question)
    assert words in found.sentences[0].text and found.citations[0].faithful


@pytest.mark.parametrize(
    "question",
    [
        "When was the notice of the water board updated?",
        "When was the notice of the water board signed?",
        "When was the page on the opening hours of the toll house issued?",
        "When was the e-mail on the opening hours of the toll house sent?",
        "When were the regulations on dogs published?",  # the news tells of them
        "停车收费通知是什么时候发布的？",  # the article tells of the notice of another
    ],
)
def test_a_date_of_something_else_done_to_it_is_not_given(library: Library, question: str) -> None:
    text = answer(library, question).text
    assert not any(day in text for day in ("4 April", "3 March", "5月6日", "May 08"))


@pytest.mark.parametrize(
    "question",
    [
        "Who is the WeChat editor of the article on flutes of bone?",
        "关于骨笛研究的文章的微信编辑是谁？",
    ],
)
def test_a_credit_behind_a_bar_is_cited(library: Library, question: str) -> None:
    assert answer(library, question).sentences[0].text == "WeChat editor | 小羊"


@pytest.mark.parametrize(
    "question",
    [
        "Who is the web editor of the article on flutes of bone?",
        "Who is the WeChat editor of the story on the pier of Quillon?",
        "关于骨笛研究的文章的网络编辑是谁？",
    ],
)
def test_an_editor_of_another_kind_is_not(library: Library, question: str) -> None:
    text = answer(library, question).text
    assert "小羊" not in text and "Tom Quill" not in text


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
