"""What stands around the text of a PDF page: what a browser prints there, numbers of its lines."""

from __future__ import annotations

import pytest

from index.readers import read
from index.records import Kind
from tests.test_readers import assert_sound
from tests.test_readers_formats import parts
from tests.test_readers_pdf import STORY, pdf

RUN_ON = [
    "The mayor signed the contract for the walls on the day on which",
    "the flood came, and the council saw it only in the spring. Nobody",
    "asked why. The auditor wrote to the town in May that no other",
    "firm had been heard. The town did not reply to him, nor to the",
]


@pytest.mark.parametrize(
    ("top", "foot"),
    [
        (
            ["11/23/26, 10:27 AM", "A plan for walls"],
            ["https://orlau.example/news/walls?id=7", "1/1"],
        ),
        (
            ["A plan for walls", "11/23/26, 10:27 AM"],
            ["https://orlau.example/walls", "Page 1 of 1"],
        ),
        (["A plan for walls", "file:///home/ann/walls.html"], ["1 of 1", "23.11.2026, 10:27"]),
    ],
)
def test_what_a_browser_prints_around_a_single_page(top: list[str], foot: list[str]) -> None:
    page = [(72.0, 700.0 - 12 * i, STORY, 10) for i in range(3)]
    for y, (left, right) in ((822.0, top), (14.0, foot)):
        page += [(24.0, y, left, 8), (400.0, y, right, 8)]
    document = read(pdf([page]), "a.pdf")
    assert_sound(document)
    assert parts(document, Kind.BOILERPLATE) == ["\t".join(top), "\t".join(foot)]
    assert not parts(document, Kind.TABLE_CELL) and document.date == ""


def test_the_last_lines_of_a_page_may_name_addresses() -> None:
    page = [(72.0, 700.0 - 12 * i, STORY, 10) for i in range(3)]
    page += [(24.0, 14.0, "https://orlau.example/news", 8), (400.0, 14.0, "Orlau", 8)]
    assert not parts(read(pdf([page]), "a.pdf"), Kind.BOILERPLATE)


@pytest.mark.parametrize(("step", "x"), [(1, 60.0), (5, 60.0), (5, 520.0)])
def test_numbers_of_lines_stand_in_no_sentence(step: int, x: float) -> None:
    page = [(90.0, 740.0 - 24 * i, RUN_ON[i % 4], 12) for i in range(20)]
    page += [(x, 740.0 - 24 * (n - 1), f"{n}", 12) for n in range(step, 21, step)]
    document = read(pdf([page]), "a.pdf")
    assert_sound(document)
    assert parts(document, Kind.BOILERPLATE) == ["\n".join(map(str, range(step, 21, step)))]
    said = " ".join(" ".join(parts(document, Kind.PARAGRAPH)).split())
    assert said == " ".join(RUN_ON * 5)


def test_numbers_of_rows_and_of_items_and_years_are_part_of_them() -> None:
    towns = ["Orlau", "Velm", "Tarn", "Brack", "Ost", "Lund", "Ark", "Moor", "Hall", "Fenn"]
    ranked = [(60.0, 740.0 - 14 * i, f"{i + 1}", 10) for i in range(10)]
    ranked += [(90.0, 740.0 - 14 * i, town, 10) for i, town in enumerate(towns)]
    ranked += [(300.0, 740.0 - 14 * i, f"{90 - i}", 10) for i in range(10)]
    items = [(60.0, 760.0 - 48 * i, f"{i + 1}", 10) for i in range(10)]
    items += [(90.0, 760.0 - 48 * i - 12 * k, RUN_ON[k], 10) for i in range(10) for k in range(3)]
    words = [(90.0, 740.0 - 14 * i, f"ships of {town}", 10) for i, town in enumerate(towns)]
    words += [(60.0, 740.0 - 14 * i, f"{i + 1}", 10) for i in range(10)]
    years = [(90.0, 740.0 - 14 * i, f"{'Ss'[i % 2]}hips of {towns[i]}", 10) for i in range(10)]
    years += [(60.0, 740.0 - 14 * i, f"{2001 + i}", 10) for i in range(10)]
    for page in (ranked, items, words, years):
        assert not parts(read(pdf([page]), "a.pdf"), Kind.BOILERPLATE)
