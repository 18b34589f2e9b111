"""Plain text that another tool took out of pages: its running heads, page numbers and notes."""

from __future__ import annotations

import pytest

from index.readers import read
from index.records import Kind

HEAD = "Audit Office of Merrin          Report on the Ferry"
PAGES = (
    "The Ferry\n\nThe county bought the ferry in 2019 for 4.2 million crowns, and the builder was "
    "late by\n27 months. The county did not claim the fine, which was put by its own engineer, "
    "Ann\nLind, at",
    "61,000 crowns.1 The office holds that the fine is due. The county has said that it\nwould "
    "rather not go to court over it, since the builder is the only one on the coast\nand the "
    "judge of\n\n1 Letter of Ann Lind to the county,\n  3 May 2021.",
    "Tilby is known to be slow. The ferry has run since the spring of last year, and nobody\nhas "
    "complained. It carries 300 people a day.\n\nCosts\n\nThe ferry costs more than it earns.\n\n"
    "2 boats were sold in 2020, and one in 2021.",
)


def paged(pages: tuple[str, ...], end: str) -> str:
    return "".join(f"{HEAD}\n\n{page}\n\n{end.format(n)}" for n, page in enumerate(pages, 4))


def texts(raw: str, kind: Kind) -> list[str]:
    document = read(raw.encode(), "a.txt")
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is kind]


@pytest.mark.parametrize("end", ["{}\n\f", "\f", "                  - {} -\n\n\n"])
def test_heads_and_notes_of_pages_stand_in_no_sentence(end: str) -> None:
    raw = paged(PAGES, end)
    paragraphs = [" ".join(p.split()) for p in texts(raw, Kind.PARAGRAPH)]
    assert any("Ann Lind, at 61,000 crowns.1 The office" in p for p in paragraphs)
    assert any("the judge of Tilby is known" in p for p in paragraphs)
    assert texts(raw, Kind.BOILERPLATE).count(HEAD) == 2
    assert HEAD not in texts(raw, Kind.HEADING)[1:] and "Costs" in texts(raw, Kind.HEADING)


def test_the_notes_at_the_foot_of_a_page_have_marks_in_its_text() -> None:
    assert texts(paged(PAGES, "\f"), Kind.FOOTNOTE) == [
        "1 Letter of Ann Lind to the county,\n  3 May 2021."]  # fmt: skip


def test_what_is_said_again_and_again_is_no_running_head() -> None:
    page = "Q. Was the wall built?\n\nA. Yes, it was built in May.\n\nQ. By the county?\n\nA. Yes."
    assert "A. Yes." not in texts("\f".join([page] * 6), Kind.BOILERPLATE)


def test_a_text_without_pages_has_no_running_heads() -> None:
    raw = "\n\n".join(f"{n}\n\nThe wall\n\nIt is {n} metres high." for n in range(1, 6))
    assert "The wall" not in texts(raw, Kind.BOILERPLATE)
