"""Labels that run in with their paragraphs: "Funding. Belmore Foundation, grant 117." """

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.records import Block, Kind, Span
from index.terms import STOPWORDS, terms
from index.text import sentences

_LABEL = re.compile(r"[*_]{0,2}([^\W\d_]+(?:[ '’/&-]+[^\W\d_]+){0,7})\.[*_]{0,2}(?=\s)")
WORDS = 4


def labels(text: str, blocks: Sequence[Block]) -> frozenset[int]:
    """Where the labels end that go with the sentence behind them: a paragraph beside it has another
    one. A single "Never. ..." is a sentence."""
    found = [(block, _label(text, block)) for block in blocks]
    return frozenset(
        block.start + len(own)
        for pair in pairwise(found)
        if all(label for _, label in pair) and pair[0][1] != pair[1][1]
        for block, own in pair
    )


def parts(text: str, block: Block, ends: frozenset[int]) -> list[Span]:
    """The sentences of a block, a label in one with the one behind it."""
    spans = sentences(text, block.start, block.end)
    if len(spans) > 1 and spans[0][1] in ends:
        return [(spans[0][0], spans[1][1]), *spans[2:]]
    return spans


def _label(text: str, block: Block) -> str:
    """The few words, with a capital and no function word first, that are a paragraph's first
    sentence, with their stop; else ""."""
    found = _LABEL.match(text, block.start, block.end)
    if block.kind is not Kind.PARAGRAPH or not found or not found[1][0].isupper():
        return ""
    if len(found[1].split()) > WORDS or not STOPWORDS.isdisjoint(terms(found[1])[:1]):
        return ""
    first = sentences(text, block.start, block.end)[0]
    return found[0] if first == found.span() else ""
