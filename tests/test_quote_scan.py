"""The candidates from the index lead to the verdict that a scan of every passage leads to."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.library import Library
from index.records import Span
from index.wording import Reading
from qa.quotes.marks import Quotation, read
from qa.quotes.places import Places, Scope
from qa.quotes.verdict import decide
from tests import quotations
from tests.quotations import CHANGES, Texts, changed, span

_STEP = 600  # characters from one passage to the next


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with quotations.library(tmp_path_factory.mktemp("scan")) as made:
        yield made


@pytest.fixture(scope="module")
def texts(library: Library) -> Texts:
    return Texts(library)


class Scan(Places):
    """Candidates without an index: every document and every passage, every time."""

    def __repr__(self) -> str:  # hypothesis prints what it calls a test with
        return "Scan"

    def exact(self, quotation: Quotation) -> list[Scope]:
        return [Scope(i, r, 0, len(r.text)) for i, r in self._readings()]

    def phrase(self, words: Sequence[str], reach: int) -> list[Scope]:
        return [Scope(i, r, 0, len(r.text)) for i, r in self._readings()]

    def like(self, quotation: Quotation) -> list[Scope]:
        reach = 2 * len(quotation.text) + 8 * sum(gap.most for gap in quotation.gaps) + _STEP
        return [
            Scope(document_id, reading, *_snapped(reading.text, (at - reach, at + _STEP + reach)))
            for document_id, reading in self._readings()
            for at in range(0, len(reading.text), _STEP)
        ]

    def _readings(self) -> Iterator[tuple[str, Reading]]:
        for document in self.library.documents():
            for reading in (self.reading(document.id), self.second(document.id)):
                if reading:
                    yield document.id, reading


@pytest.fixture(scope="module")
def scan(library: Library) -> Scan:
    return Scan(library)


def _snapped(text: str, span: Span) -> Span:
    """Widened so far that it cuts no word."""
    low, high = max(0, span[0]), min(len(text), span[1])
    while low > 0 and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and not text[high].isspace():
        high += 1
    return low, high


def assert_same_verdict(library: Library, scan: Scan, quotation: str) -> None:
    fast, slow = decide(Places(library), read(quotation)), decide(scan, read(quotation))
    assert fast.verdict == slow.verdict
    if fast.verdict in ("verbatim", "elided"):
        assert {f.parts for f in fast.findings} == {f.parts for f in slow.findings}
    elif fast.verdict == "altered":
        weight = [
            sum(len(d.quote + d.source) for d in v.findings[0].differences) for v in (fast, slow)
        ]
        assert fast.findings[0].span in {f.span for f in slow.findings} or weight[0] == weight[1]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=50)
def test_the_index_finds_what_a_scan_of_everything_finds(
    library: Library, texts: Texts, scan: Scan, seed: int
) -> None:
    draw = random.Random(seed)
    document, words = texts.pick(draw)
    start, end = span(draw, document, words, (2, 3, 4, 6, 9, 20, 40))
    quotation = document.text[start:end]
    for _ in range(draw.choice((0, 0, 1, 1, 2, 4))):
        quotation = changed(draw, quotation, draw.choice(CHANGES))
    if draw.random() < 0.3:
        other, others = texts.pick(draw)
        a, b = span(draw, other, others, (5, 8))
        quotation += draw.choice((" ", " … ")) + other.text[a:b]
    assert_same_verdict(library, scan, quotation)
