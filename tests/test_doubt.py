from __future__ import annotations

import pytest

from index.library import Library
from qa.answer import answer
from qa.doubt import doubtful
from qa.question import parse
from tests.libraries import library_of

# Paragraphs of one article, a file each; only the first names whom it is about in full.
LIFE = (
    "Ottoline Marsh was born in Quenby in 1841, the second child of a clockmaker. She learnt to "
    "read from her father's ledgers.\n",
    "At the age of twelve she was sent to the convent school, where she was taught to play the "
    "organ by Sister Benedict. Her first hymn was sung there on 6 March 1854.\n",
    "The market of Quenby is held on Fridays. Its corn exchange burnt down in 1902.\n",
)


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Library:
    texts = {f"{i}.txt": text for i, text in enumerate(LIFE)}
    return library_of(tmp_path_factory.mktemp("life"), texts)


def test_a_paragraph_may_leave_out_whom_its_article_is_about(life: Library) -> None:
    found = answer(life, "On what date was Ottoline's first hymn sung?")
    assert "6 March 1854" in found.text


@pytest.mark.parametrize(
    "asked",
    [
        "On what date was Ottoline's first hymn sung in Quenby?",  # a place
        "On what date was Rosalind's first hymn sung?",  # whom no document names
        "In 1841, who taught the girls of the convent school to play the organ?",  # a year
    ],
)
def test_it_may_leave_out_no_place_year_or_stranger(life: Library, asked: str) -> None:
    assert not answer(life, asked).sentences


@pytest.mark.parametrize(
    ("lacking", "holder", "extent", "may"),
    [
        (["ottolin"], "0", 2, True),
        (["ottolin"], "0", 3, False),  # long enough to name it
        (["ottolin"], "", 2, False),
        (["ottolin", "quenbi"], "0", 2, False),
        (["1841"], "0", 1, False),
        ([], "", 1, False),
    ],
)
def test_what_may_be_left_out(lacking: list[str], holder: str, extent: int, may: bool) -> None:
    question = parse("Which hymn did Ottoline write in Quenby in 1841?")
    names: list[tuple[str, ...]] = [(one,) for one in lacking]
    holders = {name: {holder} - {""} for name in names}
    assert doubtful(question, names, holders, extent) is may


@pytest.mark.parametrize("place", ["Norway", "Norwegian", "Oslo"])
def test_a_country_is_a_place_wherever_it_stands(place: str) -> None:
    question = parse(f"How many ferries has the {place} company?")
    name = question.insisted[0]
    assert not doubtful(question, [name], {name: {"a"}}, 1)
