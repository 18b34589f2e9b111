from __future__ import annotations

import pytest

from qa.deeds import untold


@pytest.mark.parametrize(
    ("question", "told", "beside"),
    [
        (
            "Why did Ada Merrin vote against the pier?",
            "She was one of four who rejected it.",
            "Ada Merrin hoped for a better pier.",
        ),
        ("When did Ada Merrin resign?", "She left in May.", "Ada Merrin came in May."),
        (
            "How many couples divorced in Tilby?",
            "Nine marriages failed.",
            "Nine couples came to Tilby.",
        ),
        ("Who sued the yard?", "The town took it to court.", "The town praised the yard."),
        (
            "Why was Tom Quill arrested?",
            "The police found boats.",
            "Tom Quill was in Tilby for his boats.",
        ),
    ],
)
def test_a_deed_that_is_not_told_has_no_reason_time_or_doer(
    question: str, told: str, beside: str
) -> None:
    assert not untold(question, told)
    assert untold(question, beside)


@pytest.mark.parametrize(
    "question",
    [
        "Did Ada Merrin resign?",
        "Why does Ada Merrin vote for the pier?",
        "What is cardiac arrest?",
        "Why did Ada Merrin come?",
    ],
)
def test_other_questions_take_no_such_deed_for_granted(question: str) -> None:
    assert not untold(question, "Ada Merrin is in office.")
