"""Parts of a quotation that an editor's mark joins and the source does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.library import Library
from qa.quote import check
from tests.libraries import library_of

BOARD = """The board debates the ferry

"We will not raise fares this year," Anna Berg told reporters.

"The bridge is too dear," said Peter Olsen. "I believe in the port."

The board met in May.

"We keep the old boats," said Anna Berg.

The plan asks three things of the company:

- It keeps the ferry running in winter.
- It paints the old quay.
- It teaches every child to swim.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("apart"), {"board.txt": BOARD}) as made:
        yield made


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("We will not raise fares … I believe in the port", "stitched"),  # another speaker
        ("We will not raise fares … We keep the old boats", "stitched"),  # paragraphs between
        ("raise fares … the port", "stitched"),
        ("The bridge is too dear … I believe in the port", "elided"),
        ("I believe in the port … The board met", "elided"),
        ("keeps the ferry running … teaches every child to swim", "elided"),
    ],
)
def test_an_ellipsis_joins_no_two_speakers_and_passes_over_no_paragraph(
    library: Library, quotation: str, verdict: str
) -> None:
    found = check(library, quotation)
    assert found.verdict == verdict
    assert len(found.matches) == (2 if verdict == "stitched" else 1)


def test_words_of_two_speakers_without_a_mark_are_warned_of(library: Library) -> None:
    (match,) = check(library, "We will not raise fares. The bridge is too dear").matches
    assert "The parts have different speakers: Anna Berg, Peter Olsen." in match.warnings
