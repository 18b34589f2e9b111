from __future__ import annotations

import pytest

from index.terms import terms
from qa.question import parse
from qa.unfit import Around, unfit

ASKED = "What did Ada Merrin say about harbour pilots?"
LONG = (
    "Every town on this coast pays them out of one purse, " * 2
    + "and the purse has been empty for years"
)
SAID = "Ada Merrin wants them to be paid by the day."


def barred(asked: str, text: str, passage: str, context: str = "") -> bool:
    around = Around(context, "", passage, passage.index(text), terms(text))
    return unfit(parse(asked), text, 1.0, around)


@pytest.mark.parametrize(
    "passage",
    [
        f"The harbour has nine pilots. {LONG}. {SAID}",
        f"{LONG}. {SAID} The pilots of the harbour agree.",
        f"The harbour is small. {LONG}. {SAID} The pilots agree.",
    ],
)
def test_the_paragraph_and_the_next_sentence_say_what_words_are_about(passage: str) -> None:
    assert not barred(ASKED, SAID, passage)


def test_headings_say_what_words_are_about() -> None:
    assert not barred(ASKED, SAID, f"{LONG}. {SAID}", "Plan > Pilots of the harbour")


@pytest.mark.parametrize(
    "passage",
    [
        f"The harbour has nine ships. {LONG}. {SAID}",
        f"The harbour has nine pilots.\n\n{LONG}. {SAID}",
        f"{LONG}. {SAID}\n\nThe pilots of the harbour agree.",
        f"{LONG}. {SAID} Tom Quill said that harbour pilots strike.",
        f"Tom Quill said that harbour pilots strike. {LONG}. {SAID}",
    ],
)
def test_another_paragraph_and_another_person_do_not(passage: str) -> None:
    assert barred(ASKED, SAID, passage)
