"""Which sentences make up an answer, given how likely each is to hold it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.library import Library
from qa.candidates import describe
from qa.compose import choose, compose
from qa.question import parse
from qa.rank import Ranking
from qa.retrieve import embed, fused
from tests.libraries import library_of

TEXTS = {
    "huts.md": "# Huts\n\n## Closing a hut: shut the valve\n\n"
    "Whoever leaves a hut shuts the valve.\n",
    "tags.md": "# Tags\n\nThe tags of a hut are blue. Huts are swept in May.\n",
}
TABLE = {
    "inns.md": "# Inns\n\n| Plans for the beds | Plans for the hearth |\n|---|---|\n"
    "| -Air the beds. | -Sweep it in May. |\n| -Mend the sheets. | -Stack the wood. |\n"
}
HEADS, BEDS = "Plans for the beds\tPlans for the hearth", "-Air the beds.\t-Sweep it in May."


def chosen(
    library: Library, likely: dict[str, float], asked: str = "How is a hut closed?"
) -> list[str]:
    """The sentences chosen where each is so likely to hold the answer."""
    question = parse(asked)
    vector = embed(library, question)
    described = describe(library, question, vector, fused(library, question, vector, 10))
    shares = np.array([likely.get(c.text, 0.0) for c in described.candidates])
    order = tuple(np.argsort(-shares, kind="stable").tolist())
    ranking = Ranking(order, shares, 0.9, False, False, np.zeros(1), {})
    return [c.text for c in choose(library, question, described, ranking)]


@pytest.mark.parametrize(("below", "added"), [(0.07, []), (0.0, ["The tags of a hut are blue."])])
def test_what_a_heading_takes_along_counts_for_the_answer(
    tmp_path: Path, below: float, added: list[str]
) -> None:
    library = library_of(tmp_path, TEXTS)
    heading, valve = "Closing a hut: shut the valve", "Whoever leaves a hut shuts the valve."
    likely = {heading: 0.78, "The tags of a hut are blue.": 0.08, valve: below}
    assert chosen(library, likely) == [heading, valve, *added]


@pytest.mark.parametrize(
    ("asked", "likely", "shown"),
    [
        ("When is the hearth swept?", 0.3, [BEDS]),
        ("When is the hearth swept?", 0.01, [HEADS, BEDS]),
        ("Which columns has the table of plans?", 0.3, [HEADS, BEDS]),
    ],
)
def test_a_row_is_shown_without_the_one_that_heads_it(
    tmp_path: Path, asked: str, likely: float, shown: list[str]
) -> None:
    assert chosen(library_of(tmp_path, TABLE), {HEADS: 0.6, BEDS: likely}, asked) == shown


def test_no_cell_is_shown_with_its_bullet(tmp_path: Path) -> None:
    library = library_of(tmp_path, TABLE)
    question = parse("When is the hearth swept?")
    vector = embed(library, question)
    found = compose(library, question, vector, fused(library, question, vector, 10))
    assert [part.text for part in found.parts] == ["Air the beds.\tSweep it in May."]
