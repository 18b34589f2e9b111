from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.training.reader_vague import ONE, PART, PLACE, SOME, SUM, Blurred, blur

TEXT = (
    "The bridge of Quillon was opened in 1931 by Ada Merrin. It has 14 arches. "
    "The toll is 3 dollars, and 40% of it goes to Port Sollen."
)
SPANS = ((0, 55), (56, 73), (74, 131))


def blurred(question: str, answer: str, seed: int = 0) -> Blurred | None:
    start = TEXT.index(answer)
    place = (start, start + len(answer))
    return blur(question, TEXT, place, [answer], SPANS, random.Random(seed))


def made(question: str, answer: str) -> set[str]:
    found = (blurred(question, answer, seed) for seed in range(60))
    return {one.text for one in found if one}


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("When was the bridge opened?", "1931", {"was opened by Ada Merrin."}),
        ("Who opened the bridge?", "Ada Merrin", {"1931.", *(f"by {one}." for one in ONE)}),
        ("How many arches has it?", "14", {f"It has {some} arches." for some in SOME}),
        ("How much is the toll?", "3 dollars", {f"The toll is {one}, and" for one in SUM}),
        ("What share goes to the port?", "40%", {f"and {part} of it goes" for part in PART}),
        ("Where does it go?", "Port Sollen", {"it goes.", *(f"goes to {one}." for one in PLACE)}),
    ],
)
def test_the_answer_is_taken_out_or_left_vague(
    question: str, answer: str, expected: set[str]
) -> None:
    texts = made(question, answer)
    assert texts and all(answer not in text for text in texts)
    assert all(any(words in text for text in texts) for words in expected)


def test_an_answer_that_stands_twice_is_left_alone() -> None:
    text = "Ada Merrin opened it. Ada Merrin closed it."
    spans = ((0, 21), (22, 43))
    assert blur("Who opened it?", text, (0, 10), ["Ada Merrin"], spans, random.Random(1)) is None


def test_what_cannot_be_left_out_for_certain_is_left_alone() -> None:
    assert not made("What was opened?", "The bridge of Quillon")
    assert not made("When was it opened?", "14")  # no preposition to go with it


@given(st.integers(0, 500), st.sampled_from(["1931", "Ada Merrin", "14", "3 dollars", "40%"]))
def test_sentences_stay_where_they_are(seed: int, answer: str) -> None:
    one = blurred("Who, and how many?", answer, seed)
    if one:
        said = [one.text[slice(*span)] for span in one.spans]
        assert [text[-1] for text in said] == [".", ".", "."]
        untouched = [TEXT[slice(*span)] for span in SPANS if answer not in TEXT[slice(*span)]]
        assert [text for text in said if text in untouched] == untouched
