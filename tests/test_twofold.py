from __future__ import annotations

import pytest

from index.library import Library
from qa.answer import answer, as_json
from qa.twofold import halves, leans, questions
from tests.libraries import library_of

TEXTS = {
    "pier.txt": "The pier of Brixham\n\nThe pier of Brixham was built by the engineer Ada Flint in "
    "1866. It is 412 metres long and rests on iron piles.\n\nThe toll for a cart is four pence. "
    "Anglers pay two pence a day.\n",
    "mill.txt": "The mill at Dorva\n\nThe mill at Dorva was bought by the council in 1931. Its "
    "wheel is six metres across and turns on Sundays.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("twofold"), TEXTS)


@pytest.mark.parametrize(
    ("asked", "second"),
    [
        ("Who built the pier, and how long is it?", "How long is it?"),
        ("Who built the pier? How long is it?", "How long is it?"),
        ("How many people work there and where do they live", "Where do they live?"),
        ("Which two towns pay, and in what year did they start?", "In what year did they start?"),
        ("Which plant is shown, and who took the picture?", "Who took the picture?"),
        ("Does it work and who pays for it?", "Who pays for it?"),
    ],
)
def test_what_is_asked_after_another_question_is_one(asked: str, second: str) -> None:
    found = halves(asked)
    assert found is not None and found[1] == second


@pytest.mark.parametrize(
    "asked",
    [
        "Explain when it starts and when it ends.",  # spoken of, not asked
        "What determines how and when the levy is paid?",
        "Where and when was she born?",
        "Which project and which plan should be carried out?",
        "Who is the singer who wrote it and who sang it first?",
        "What did he say and why?",
        "How many jobs were planned in 2024, and how many in 2025?",  # says nothing by itself
        "Who paid for the road and the bridge?",
    ],
)
def test_one_question_is_not_parted(asked: str) -> None:
    assert halves(asked) is None


@pytest.mark.parametrize(
    ("half", "leaning"),
    [("When does it end?", True), ("Which one is older?", True), ("How long is the pier?", False)],
)
def test_a_pronoun_leans_on_what_was_asked_before(half: str, leaning: bool) -> None:
    assert leans(half) is leaning


@pytest.mark.parametrize(
    ("asked", "told", "shown"),
    [
        ("Who built the pier of Brixham, and how long is it?", ["Ada Flint", "412 metres"], 1),
        ("Who built the pier of Brixham, and in what year was it built?", ["Ada Flint", "1866"], 1),
        ("What do anglers pay a day, and when was the mill bought?", ["two pence", "1931"], 2),
    ],
)
def test_both_are_answered_in_the_order_asked(
    library: Library, asked: str, told: list[str], shown: int
) -> None:
    found = answer(library, asked)
    assert found.text.index(told[0]) < found.text.index(told[1])
    assert len({s.text for s in found.sentences}) == len(found.sentences) == shown
    assert not found.unanswered and "unanswered" not in as_json(found)


@pytest.mark.parametrize(
    ("asked", "told", "untold"),
    [
        ("How long is the pier of Brixham, and who owns it?", "412 metres", "Who owns it?"),
        ("What do anglers pay a day, and when does it end?", "two pence", "When does it end?"),
        (
            "Who painted the mill at Dorva, and what do anglers pay a day?",
            "two pence",
            "Who painted the mill at Dorva?",
        ),
    ],
)
def test_the_one_that_is_not_answered_is_named(
    library: Library, asked: str, told: str, untold: str
) -> None:
    found = as_json(answer(library, asked))
    assert told in found["sentences"][0]["text"]
    assert found["unanswered"] == [untold]


def test_three_questions_are_three(library: Library) -> None:
    asked = "Who built the pier of Brixham? How long is it, and who painted the mill at Dorva?"
    assert len(questions(asked)) == 3
    found = answer(library, asked)
    assert "Ada Flint" in found.text and "412 metres" in found.text
    assert found.unanswered == ("Who painted the mill at Dorva?",)


def test_no_more_than_a_few_are_parted() -> None:
    found = questions(" ".join(f"Who built the pier {n}?" for n in range(200)))
    assert len(found) == 4 and found[3].startswith("Who built the pier 3? Who built the pier 4?")


def test_what_leans_on_a_question_without_an_answer_has_none(library: Library) -> None:
    found = answer(library, "Who built the lighthouse of Farholm, and how long is it?")
    assert found.status == "not_found" and not found.unanswered
