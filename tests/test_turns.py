from __future__ import annotations

import pytest

from qa.turns import carried, label, speaks_of_self


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada Merrin: Trams are dear. So are boats.", "Ada Merrin: "),
        ("Ms Merrin (Greens): Trams are dear. So are boats.", "Ms Merrin (Greens): "),
        ("Merrin: Are they?\n\nMerrin: Trams are dear. So are boats.", "Merrin: "),
        ("Trams\nAda Merrin: Trams are\ndear in town. So are boats.", "Ada Merrin: "),
        ("Ada Merrin: Trams are dear.\nThe hall was full. So are boats.", ""),
        ("Result: Trams are dear. So are boats.", ""),
        ("Ada Merrin: Well.\n\nTrams are dear. So are boats.", ""),
        ("Trams are dear: Ada Merrin says so. So are boats.", ""),
    ],
)
def test_a_turn_goes_to_the_end_of_its_paragraph(text: str, found: str) -> None:
    turn = label(text, text.index("So are"))
    assert (text[slice(*turn)] if turn else "") == found


def test_a_label_counts_where_it_has_a_name_asked_about() -> None:
    text = "Ms Merrin (Greens): Trams are dear. So are boats."
    later = text.index("So are")
    assert carried(text, later, frozenset({"ada", "merrin"})) == "Ms Merrin (Greens): "
    assert carried(text, later, frozenset({"tom", "quill"})) == ""
    assert carried(text, 0, frozenset({"merrin"})) == ""


@pytest.mark.parametrize(
    ("text", "of_self"),
    [
        ("My party will vote against it.", True),
        ("They will vote as we do.", True),
        ("Part I. was read.", False),
        ("She will vote against it.", False),
    ],
)
def test_who_speaks_of_self(text: str, of_self: bool) -> None:
    assert speaks_of_self(text) is of_self
