"""Plain text: what it states of its title, publisher, date and author."""

from __future__ import annotations

import pytest

from index.records import Kind
from tests.test_readers import assert_sound
from tests.test_readers_plain import plain, texts
from tests.test_readers_plain_wrapped import WRAPPED

BODY = "\n\nThe council of the town passed the plan on December 11, and in 2019 it began.\n"


@pytest.mark.parametrize(
    ("head", "title", "publisher", "date"),
    [
        ("Harbour plan passed", "Harbour plan passed", "", ""),
        ("date 2025-06-05 Harbour plan passed", "Harbour plan passed", "", "2025-06-05"),
        ("Walls rise\n\nTown Times) 10:33, June 05, 2025", "Walls rise", "Town Times",
         "2025-06-05"),
        ("Walls rise!\n2024.10.21", "Walls rise!", "", "2024-10-21"),
        ("Walls rise\nPublished: 4 May 2023 | Source: The Post", "Walls rise", "The Post",
         "2023-05-04"),
        ("供水通知\n\n发布单位：临港区水务局\n日期：2025年3月18日", "供水通知", "临港区水务局",
         "2025-03-18"),
        ("The walls were raised.", "", "", ""),
        ("Why walls?", "Why walls?", "", ""),
        ("Walls rise\n\nURL: https://example.org/w", "Walls rise", "", ""),
    ],
)  # fmt: skip
def test_stated_facts(head: str, title: str, publisher: str, date: str) -> None:
    document = plain(head + BODY)
    assert (document.title, document.publisher, document.date) == (title, publisher, date)
    assert document.url == ("https://example.org/w" if "URL" in head else "")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Next meeting: 9 November 2026, 18:00, room 12", ""),
        ("Deadline: June 2026", ""),
        ("Last updated: 9 November 2026, 18:00", "2026-11-09"),
        ("Release date: 9 November 2026, 18:00", "2026-11-09"),
        ("Source: Varn Times 2026-11-09 18:00", "2026-11-09"),
    ],
)
def test_the_day_of_something_else_does_not_date_the_text(line: str, date: str) -> None:
    assert plain(f"Walls of the town\n\n{line}\n\nThe walls are old. They leak.").date == date


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("Walls of the town\n\nMay 2019\n\nThe first wall rose. It held.\n\nJune 2021\n\nIt fell."
         " Nobody was hurt.", ""),
        ("Walls of the town\n\nThe walls are old. They leak.\n\nMay 2019\n\nThe first wall rose."
         " It held.", ""),
        ("Walls of the town\n\n4 May 2019\n5 May 2019\n\nThe walls are old. They leak.",
         "2019-05-04"),
        ("Walls of the town\n\nThe walls are old. They leak.\n\n4 May 2019", "2019-05-04"),
    ],
)  # fmt: skip
def test_a_date_dates_the_text_unless_it_heads_a_part_of_it(raw: str, date: str) -> None:
    document = plain(raw)
    assert document.date == date
    headed = {section for block in document.blocks for section in block.section}
    assert ("May 2019" in headed) == (not date)


MAIL = """From: Lena Ortiz <lena@harbour.example>
To: Newsdesk
Subject: Re: closure of Pier 4
Date: Mon, 12 Jan 2026 09:14:02 +0000

Hi Sam,

> When was Pier 4 closed?
It was closed on 9 January.
"""


def test_the_head_of_an_e_mail_tells_who_wrote_when_and_about_what() -> None:
    document = plain(MAIL)
    assert document.title == "Re: closure of Pier 4"
    assert (document.author, document.date) == ("Lena Ortiz", "2026-01-12")
    kinds = [b.kind for b in document.blocks]
    assert kinds[:4] == [Kind.BOILERPLATE, Kind.BOILERPLATE, Kind.HEADING, Kind.BOILERPLATE]
    assert set(kinds[4:]) == {Kind.PARAGRAPH}
    chinese = plain("发件人：李强\n主题：码头的关闭\n日期：2026年1月12日\n\n码头于一月九日关闭。")
    assert (chinese.title, chinese.author, chinese.date) == ("码头的关闭", "李强", "2026-01-12")


def test_the_marks_of_quoted_lines_stand_in_no_sentence() -> None:
    quoted = "\n".join(f"> {line}" for line in WRAPPED.split("\n"))
    raw = (
        f"Hi Lena,\n\nWe heard of it.\n\nOn 4 May Bo Berg wrote:\n{quoted}\n>\n> Who pays for it\n"
        "the town does, since it owns the pool and all that belongs to it.\n>> Do you know?\n"
    )
    assert texts(raw, Kind.PARAGRAPH)[3:] == [
        f"> {WRAPPED}", "> Who pays for it",
        "the town does, since it owns the pool and all that belongs to it.", ">> Do you know?",
    ]  # fmt: skip
    assert_sound(plain(raw))


def test_signs_of_figures_that_stand_like_marks_stay() -> None:
    raw = "The walls are told by their height.\n\n> 5 m: north\n> 6 m: south\n"
    assert plain(raw).text == raw


@pytest.mark.parametrize("line", ["From: Oslo to Bergen", "To: Newsdesk", "Subject: walls"])
def test_a_line_that_looks_like_one_field_is_no_head(line: str) -> None:
    document = plain(f"{line}\n\nThe walls are old. They leak.\n\nThe roof is new.")
    assert document.author == "" and document.text.startswith(line)
    assert document.blocks[0].kind is not Kind.BOILERPLATE


FERRY = (
    f"The harbour board met on Friday. {'Nobody was content. ' * 9}\n\nThe ferry is old. It leaks."
)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ursula von der Leyen", "Ursula von der Leyen"),
        ("By Maria de la Cruz and Juan del Río", "Maria de la Cruz; Juan del Río"),
        ("By Abdul al-Rahman, Staff Writer", "Abdul al-Rahman"),
        ("By Émile da Costa, Oslo correspondent", "Émile da Costa"),
        ("By Anna Berg, Minister of Trade and Industry", "Anna Berg"),
        ("By Anna Berg in Oslo", "Anna Berg"),
    ],
)
def test_a_byline_is_read_whatever_its_names_are_made_of(line: str, author: str) -> None:
    raw = f"Harbour board debates the ferry\n{line}\n3 May 2024\n\n{FERRY}"
    document = plain(raw)
    assert (document.author, document.date) == (author, "2024-05-03")
    assert texts(raw, Kind.HEADING) == ["Harbour board debates the ferry"]


def test_a_byline_between_lines_of_one_width_stays_a_line() -> None:
    raw = f"Harbour board debates ferry and wall\nBy ANNA BERG\n{WRAPPED}"
    assert plain(raw).author == "ANNA BERG"


@pytest.mark.parametrize("line", ["By Train in Norway", "By Monday, everything had changed"])
def test_a_headline_that_opens_like_a_byline_names_nobody(line: str) -> None:
    assert plain(f"{line}\n3 May 2024\n\n{FERRY}").author == ""
