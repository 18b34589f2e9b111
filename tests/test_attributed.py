from __future__ import annotations

import pytest

from qa.attributed import another_speaks, beside_the_point, names_person, quotes_back

ASKED = "What did Ada Merrin propose for the harbour?"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Deputy Tom Quill proposed a longer pier for the harbour.", True),
        ("A longer pier was needed, Tom Quill said.", True),
        ('"We need a longer pier," said Tom Quill.', True),
        ("Tom Quill called the pier a sieve.", True),
        ("Ada Merrin proposed a longer pier.", False),
        ("The pier was called the Tom Quill Pier.", False),
        ("Merrin, Tom Quill said, proposed a longer pier.", False),
        ("She proposed a longer pier for the harbour.", False),
        ("The harbour of Port Sollen has one pier.", False),
    ],
)
def test_another_persons_words_do_not_answer(text: str, other: bool) -> None:
    assert another_speaks(ASKED, text) is other


@pytest.mark.parametrize(
    "question",
    [
        "What was proposed for the harbour?",  # nobody is named
        "What did Merrin propose?",  # a surname may be anybody's
        "Where was Ada Merrin born?",  # no statement is asked for
        "What did the Harbour Office propose?",  # somebody speaks for a body
        "What do people in Port Sollen think of the pier?",  # a place does not speak
    ],
)
def test_other_questions_may_be_answered_by_anybody(question: str) -> None:
    assert not another_speaks(question, "Deputy Tom Quill proposed a longer pier.")


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("What did Cllr Merrin say?", "Cllr Quill argued for a longer pier.", True),
        ("What did Cllr Merrin say?", "Cllr Ada Merrin argued for a longer pier.", False),
        ("What did Minister Merrin say?", "Minister Quill argued for a longer pier.", True),
        ("What did Minister Merrin say?", "Minister Ada Merrin said no.", False),
        ("What did Secretary Ada Merrin say?", "Minister Merrin said no.", False),
        ("What did the Harbour Minister say?", "Minister Quill argued for a pier.", False),
        ("What did Ada Merrin say?", "Ada Quill argued for a longer pier.", True),
    ],
)
def test_a_shared_title_or_first_name_is_not_the_person(
    question: str, text: str, other: bool
) -> None:
    assert another_speaks(question, text) is other


def test_in_a_transcript_a_name_and_a_colon_open_what_one_says() -> None:
    label = "Tom Quill: "
    assert another_speaks(ASKED, "Tom Quill: A longer pier.")
    assert another_speaks(ASKED, "A longer pier.", f"Ada Merrin: What else?\n\n{label}Trams. ")
    assert not another_speaks(ASKED, "Ada Merrin: A longer pier.", f"{label}Trams.\n\n")
    assert not another_speaks(ASKED, "He was for it.", "Tom Quill said no.\n\nAda Merrin: Well. ")
    assert not another_speaks(ASKED, "A longer pier.", f"{label}Trams.\n\n")
    assert not another_speaks(ASKED, "Harbour Office: A longer pier.")


def test_a_party_or_an_office_in_brackets_may_follow_the_name() -> None:
    assert another_speaks(ASKED, "Mr Tom Quill (Greens): A longer pier.")
    assert another_speaks(ASKED, "A longer pier.", "Mr Tom Quill (Greens): Trams. ")
    assert not another_speaks(ASKED, "A longer pier.", "The Speaker (Ms Ada Merrin): Trams. ")


def test_a_pronoun_is_the_last_person_who_was_named_as_speaking() -> None:
    said = "She proposed a longer pier."
    assert another_speaks(ASKED, said, "Ada Merrin told the council. Jane Quill said it rained.")
    assert not another_speaks(ASKED, said, "Jane Quill said it rained. Ada Merrin told more.")
    assert not another_speaks(ASKED, said, "The harbour is old.")


@pytest.mark.parametrize(
    "question",
    [
        "According to deputy Ada Merrin, what does the harbour need?",
        "What is Ada Merrin's view of the harbour?",
        "What does councillor Ada Merrin want for the harbour?",
        "Did Ada Merrin propose a longer pier for the harbour?",
        "Has councillor Ada Merrin suggested a longer pier?",
    ],
)
def test_a_person_is_asked_for_in_many_ways(question: str) -> None:
    assert another_speaks(question, "Deputy Tom Quill proposed a longer pier.")
    assert not another_speaks(question, "Ada Merrin proposed a longer pier.")


@pytest.mark.parametrize(
    ("question", "near", "beside"),
    [
        ("What did Ada Merrin say about the pier?", "Ada Merrin wants more trams.", True),
        ("What did Ada Merrin say about the pier?", "Ada Merrin wants a longer pier.", False),
        ("What did Ada Merrin say about nurses' pay?", "Nursing staff earn little.", False),
        ("What did Ada Merrin say about child labour?", "The children work.", False),
        ("What did Ada Merrin say about training?", "The trainees are few.", False),
        ("What did Ada Merrin say about artificial intelligence?", "Integration is slow.", True),
        ("What does the plan say about jobs?", "Employment is to grow.", False),
        ("What did Ada Merrin say in 1931?", "Ada Merrin wants more trams.", False),
        ("How much did the pier cost?", "Trams cost more.", False),
    ],
)
def test_words_about_something_else_do_not_answer(question: str, near: str, beside: bool) -> None:
    assert beside_the_point(question, near) is beside


def test_what_stands_further_around_must_have_every_word_of_it() -> None:
    asked, said = "What did Ada Merrin say about pier tolls?", "Ada Merrin wants fair prices."
    assert not beside_the_point(asked, said, "The toll is high. The new pier was dear.")
    assert beside_the_point(asked, said, "The new pier was dear.")


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ('"The pier leaks," she said.', True),
        ("\u201cThe pier leaks!\u201d he told the council of Marrow Bay.", True),
        ('"The pier leaks."', True),
        ('"The pier leaks".', True),
        ('It leaks," she also said.', True),
        ('"The pier leaks," said Ada Merrin.', False),
        ('Merrin was brief: "The pier leaks," she said.', False),
        ('She called the pier "a sieve".', False),
        ('"The Sieve" is a pier, she said.', False),
        ('"The pier leaks.', False),
    ],
)
def test_a_quotation_points_back_to_who_speaks(text: str, back: bool) -> None:
    assert quotes_back(text) is back


def test_a_person_is_named_outside_quotations() -> None:
    assert names_person("Coach Ada Merrin came late.")
    assert not names_person('"Ada Merrin came late," he said.')
