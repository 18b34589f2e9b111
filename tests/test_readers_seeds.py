"""Facts about five real documents, read from where they lie when the tests run."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.readers import read
from index.records import Document, Kind
from index.text import sentences
from tests.test_readers import assert_sound

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def seed(number: str) -> Document:
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("the real documents are not on this machine")
    return read(found[0].read_bytes(), found[0].name)


def parts(document: Document, kind: Kind) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is kind]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_character_is_in_a_block(number: str) -> None:
    document = seed(number)
    assert_sound(document)
    assert document.language == "en"
    assert "<p>" not in document.text and "<ul" not in document.text


@pytest.mark.parametrize(
    ("number", "title", "publisher", "date"),
    [
        ("000", "New Trends in Human Resources", "", ""),
        ("001", "Nation rolls out", "Global Times", "2025-06-05"),
        ("002", "China Unveils", "", ""),
        ("003", "", "", ""),
        ("004", "The Central Committee", "", "2024-10-21"),
    ],
)
def test_stated_facts(number: str, title: str, publisher: str, date: str) -> None:
    document = seed(number)
    assert document.title.startswith(title) and bool(document.title) == bool(title)
    assert (document.publisher, document.date, document.url) == (publisher, date, "")


def test_sentences_that_pages_and_notes_cut_are_whole() -> None:
    document = seed("000")
    whole = [document.text[a:b] for block in document.blocks if block.kind is Kind.PARAGRAPH
             for a, b in sentences(document.text, block.start, block.end)]  # fmt: skip
    assert all(s.rstrip("”’\"'⁰¹²³⁴⁵⁶⁷⁸⁹)")[-1] in ".:" for s in whole)
    assert any("sustainability" in s and s.endswith("faces serious challenges.") for s in whole)
    assert sum("https" in s for s in whole) == 0
    assert len(parts(document, Kind.FOOTNOTE)) == 9


def test_tables_stand_under_their_labels() -> None:
    document = seed("000")
    assert {b.table for b in document.blocks if b.table} == {1, 2, 3, 4}
    body = [b for b in document.blocks if b.table and b.headings]
    assert len({b.headings for b in body}) == 8 + 7 + 6 + 5
    assert all(h[0] in "①②③④⑤⑥⑦⑧" for b in body for h in b.headings)


@pytest.mark.parametrize(
    ("number", "inner", "outer"),
    [
        ("000", "Education Sector", "Specific Implementation"),
        ("002", "(VII) ", "III. "),
        ("002", "(12) ", "IV. "),
        ("002", "(20) ", "VI. "),
        ("004", "(III) ", "II. "),
        ("004", "(Fifteen) ", "Six, "),
        ("004", "(二十七)", "Nine, "),
    ],
)
def test_section_paths(number: str, inner: str, outer: str) -> None:
    paths = {b.section for b in seed(number).blocks if b.section and b.section[-1][0] != "-"}
    assert any(p[-1].startswith(inner) and p[-2].startswith(outer) for p in paths if len(p) > 1)


def test_the_news_lists_begin_again_under_their_questions() -> None:
    document = seed("003")
    lists = [b.section for b in document.blocks if b.kind is Kind.LIST_ITEM]
    assert len(lists) == 8 + 4 and len(set(lists)) == 2
    assert all(path[-1].endswith("?") for path in lists)


@pytest.mark.parametrize(
    ("number", "opening"),
    [("001", "(Web editor"), ("002", "Advertisement"), ("002", "Leave a"), ("002", "Your email"),
     ("003", "You May"), ("004", "Word count"), ("004", "WeChat editor"), ("004", "recommended"),
     ("004", "A package of")],
)  # fmt: skip
def test_furniture_is_told(number: str, opening: str) -> None:
    assert any(p.startswith(opening) for p in parts(seed(number), Kind.BOILERPLATE))
