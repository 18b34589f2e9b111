"""What became of a text from one version of a document to the next, by sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Block, Kind
from index.text import display, sentences


@dataclass(frozen=True, slots=True)
class Changes:
    """Sentences of the newer version that the older lacks, and the other way round, in the order
    of their texts. A sentence that only moved is in neither."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def statements(text: str, blocks: Sequence[Block]) -> list[str]:
    """The sentences of a text as a reader sees them, the furniture of its pages left out."""
    return [
        display(text[start:end])
        for block in blocks
        if block.kind is not Kind.BOILERPLATE
        for start, end in sentences(text, block.start, block.end)
    ]


def changes(older: Sequence[str], newer: Sequence[str]) -> Changes:
    """Compare two lists of sentences; one that stands twice counts twice."""
    return Changes(_beyond(newer, older), _beyond(older, newer))


def _beyond(these: Sequence[str], those: Sequence[str]) -> tuple[str, ...]:
    left = Counter(those)
    found = []
    for sentence in these:
        if left[sentence]:
            left[sentence] -= 1
        else:
            found.append(sentence)
    return tuple(found)
