from __future__ import annotations

import pytest

from qa.roles import another_than, holder, role

ASKED = "What did the mayor say about the pier?"
WARNED = '"We warned the mayor about the pier," said Greta Lund.'


@pytest.mark.parametrize(
    ("question", "called"),
    [
        (ASKED, "mayor"),
        ("What does the prime minister want?", "prime minister"),
        ("According to the mayor, what does the pier cost?", "mayor"),
        ("What did Mayor Ada Merrin say?", ""),
        ("What did the report say?", ""),
        ("Who warned the mayor?", ""),
    ],
)
def test_somebody_is_called_by_a_title(question: str, called: str) -> None:
    assert role(question) == called


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ("Mayor Ada Merrin came. Mayor Merrin's coat was wet.", "Mayor Ada Merrin"),
        ("Ada Merrin, the mayor of Port Sollen, came.", "Mayor Ada Merrin"),
        ("The mayor came.", ""),
        ("Mayor Ada Merrin met Mayor Tom Quill.", ""),
        ("Deputy Mayor Tom Quill met Vice-Mayor Jane Oddy.", ""),
        ("They wrote to the mayor\n\nHarbour News", ""),
    ],
)
def test_a_document_names_one_who_has_it(document: str, named: str) -> None:
    assert holder(ASKED, document) == named


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (WARNED, True),
        ("Deputy Tom Quill said the pier leaks.", True),
        ("Mayor Ada Merrin said the pier leaks.", False),
        ("The mayor said that Tom Quill wants a pier.", False),
        ('"Tom Quill wants a pier," said the mayor.', False),
        ("The pier leaks.", False),
    ],
)
def test_another_person_does_not_speak_for_the_one_called(text: str, other: bool) -> None:
    assert another_than("Mayor Ada Merrin", ASKED, text) is other
    assert not another_than("", ASKED, text)
