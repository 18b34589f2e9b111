from __future__ import annotations

import math

import pytest

from qa.reader import Reader
from qa.support import WORDS, support

HARBOUR = "The city bought two cranes in 1931. Ada Lund, its engineer, paid 40 crowns for each."
ELSEWHERE = "A storm broke the old mole in the spring."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("Two cranes were bought in 1931.", "Two ships were bought in 1950."),
        ("Ada Lund was the city's engineer.", "Ada Lund was the city's engineer and a poet."),
        ("The city bought cranes.", "The bishop sold organs."),
    ],
)
def test_what_is_told_is_supported_more_than_what_is_not(
    reader: Reader, more: str, less: str
) -> None:
    passages = [ELSEWHERE, HARBOUR]
    assert support(reader, less, passages) < support(reader, more, passages) <= WORDS


def test_parts_of_a_claim_may_stand_in_several_passages(reader: Reader) -> None:
    claim = "The city bought cranes, and a storm broke the mole."
    assert support(reader, claim, [HARBOUR, ELSEWHERE]) > support(reader, claim, [HARBOUR])


def test_nothing_supports_a_claim_without_passages_or_words(reader: Reader) -> None:
    assert support(reader, "The city bought cranes.", []) == -math.inf
    assert support(reader, "?", [HARBOUR]) == -math.inf
