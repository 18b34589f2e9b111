"""Short quotations: what a changed or dropped word is shown as, and which passage is meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.library import Library
from qa.quote import check
from tests.libraries import library_of

DEBATE = """The debate

"We do not support the bill," said Anna Berg.

"They did not find any evidence of fraud," said Peter Olsen.

"I have never met the minister," Carla Ruiz said.

"Thousands have died," said Omar Diallo.

"Nobody has been dismissed," Mark D'Angelo insisted.

"We will increase spending," said Eva Lind.

"We have 1,500 beds," Dr. José Martínez told The Post.

"Prices rose 3½ per cent last year," said Erik Lund.

In the end, our plan worked.

Summer and spring

"It's a lot of money," said Jan Falk, the deputy mayor, "but it's well-
invested money."

“我们并不支持这项法案，”李明表示。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("short"), {"debate.txt": DEBATE}) as made:
        yield made


@pytest.mark.parametrize(
    ("quotation", "source", "differences"),
    [
        ("We support the bill", "We do not support the bill", [("delete", "", "do not")]),
        ("I met the minister", "I have never met the minister", [("delete", "", "have never")]),
        (
            "They found evidence of fraud",
            "They did not find any evidence of fraud",
            [("replace", "found", "did not find any")],
        ),
        ("Prices rose 3½ percent", "Prices rose 3½ per cent", [("replace", "percent", "per cent")]),
        ("The plan worked", "our plan worked", [("replace", "The", "our")]),
        ("我们支持这项法案", "我们并不支持这项法案", [("delete", "", "并不")]),
    ],
)
def test_a_quotation_s_own_ends_stand_where_the_source_has_them(
    library: Library, quotation: str, source: str, differences: list[tuple[str, str, str]]
) -> None:
    found = check(library, quotation)
    (match,) = found.matches
    assert (found.verdict, match.source_text) == ("altered", source)
    assert [(d.kind, d.quote, d.source) for d in match.differences] == differences


@pytest.mark.parametrize(
    ("quotation", "source"),
    [
        ("Hundreds have died", "Thousands have died"),
        ("We support this bill", "We do not support the bill"),
        ("Somebody has been dismissed", "Nobody has been dismissed"),
        ("We will decrease spending", "We will increase spending"),
        ("We have 1,600 beds", "We have 1,500 beds"),
        ("We have 1500 beds", "We have 1,500 beds"),
        ("1500 beds", "1,500 beds"),
        ("We have beds", "We have 1,500 beds"),
    ],
)
def test_one_changed_word_of_a_few_is_altered(
    library: Library, quotation: str, source: str
) -> None:
    found = check(library, quotation)
    assert (found.verdict, [m.source_text for m in found.matches]) == ("altered", [source])
    same = "1500" in quotation
    assert ("are the same value" in " ".join(found.matches[0].notes)) is same


@pytest.mark.parametrize(
    "quotation",
    [
        "I have died",  # a subject of no meaning
        "The worst have died",  # two changed words
        "I love the minister",  # another statement on the same
        "We oppose the bill",
        "We have a plan",
        "We will fight",
        "Our plan collapsed last year",
        "winter and spring",  # no clause
        "Nobody has been told",  # what is said stands nowhere
        "I have never lied",
        "That is enough",
        "They have left",
        "I believe in God",
        "We want our money",
        "This is the end",
        "They rose last year",
    ],
)
def test_an_everyday_phrase_is_not_taken_for_another(library: Library, quotation: str) -> None:
    assert check(library, quotation).verdict == "not_found"


def test_a_hyphen_at_a_line_end_is_no_difference(library: Library) -> None:
    (match,) = check(library, "It's a lot of cash … but it's well-invested money").matches
    assert [(d.quote, d.source) for d in match.differences] == [("cash", "money")]
    found = check(library, "It's a lot of money, but it's well-invested money")
    assert found.verdict == "altered"
    assert [d.source for d in found.matches[0].differences] == ["said Jan Falk, the deputy mayor,"]
