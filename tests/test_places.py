from __future__ import annotations

import pytest

from index.places import nested, unplaced


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("What does Article 3, paragraph 2 say?", ["article #3 > paragraph #2"]),
        ("What does paragraph 2 of the third article say?", ["article #3 > paragraph #2"]),
        ("What does § 3(2) say?", ["section #3 >  #2"]),
        ("Item 1 of Article 3, paragraph 2", ["article #3 > paragraph #2 > item #1"]),
        ("point 4 in Annex 2", ["annex #annex2 > point #4"]),
        ("第三章的第二条", ["chapter #3 > article #2"]),
        ("Do Article 3 and paragraph 2 differ?", ["article #3", "paragraph #2"]),
        ("Article 3, Article 5", ["article #3", "article #5"]),
        ("the points (3), (4)", [" #3", " #4"]),
        ("the sixth of the eight measures", ["measure #6"]),
        ("the second one of its tasks", ["task #2"]),
        ("the third of May measures", []),
        ("no place", []),
    ],
)
def test_places_that_lie_in_one_another(text: str, places: list[str]) -> None:
    found = [" > ".join(f"{p.word} {p.term}" for p in chain) for chain in nested(text)]
    assert found == places


def test_a_text_without_the_places_that_it_names() -> None:
    assert unplaced("What does point 3 say?").split() == ["What", "does", "say?"]
    assert unplaced("As (IV) and Table 2 show").split() == ["As", "and", "show"]
    assert unplaced("What do pumps cost?") == "What do pumps cost?"
