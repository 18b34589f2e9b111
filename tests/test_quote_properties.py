"""Any span of any document is verbatim there, and no changed word ever is: generated quotations in
English and Chinese."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.library import Library
from qa.quote import check
from qa.quotes.exact import closes, opens
from tests import quotations
from tests.quotations import CHANGES, Texts, changed, holds, span

CASES = 350  # of each property


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with quotations.library(tmp_path_factory.mktemp("properties")) as made:
        yield made


@pytest.fixture(scope="module")
def texts(library: Library) -> Texts:
    return Texts(library)


seeds = st.integers(0, 2**32 - 1)


@given(seeds)
@settings(max_examples=CASES)
def test_any_span_of_any_document_is_verbatim_there(
    library: Library, texts: Texts, seed: int
) -> None:
    draw = random.Random(seed)
    document, words = texts.pick(draw)
    start, end = span(draw, document, words, (2, 3, 5, 8, 13, 30, 70, 150))
    found = check(library, document.text[start:end])
    assert found.verdict == "verbatim"
    assert len(found.matches) >= 50 or any(
        (m.document.id, m.start) == (document.id, start) and m.end >= end for m in found.matches
    )


@given(seeds)
@settings(max_examples=CASES)
def test_white_space_marks_and_case_do_not_matter(
    library: Library, texts: Texts, seed: int
) -> None:
    draw = random.Random(seed)
    document, words = texts.pick(draw)
    start, end = span(draw, document, words, (3, 8, 13, 30))
    quotation = "".join(
        c.upper() if draw.random() < 0.3 and len(c.upper()) == 1 else c
        for c in document.text[start:end]
    )
    quotation = re.sub(
        r"(?<![-‐])\s+", lambda _: draw.choice((" ", "  ", "\n", "\t ", "\u00a0")), quotation
    )
    for mark, others in (("“", '"«„'), ("”", '"»“'), ("’", "'"), ("'", "’"), ("–", "-‒")):
        quotation = quotation.replace(mark, draw.choice(others))
    pair = draw.choice(("“”", '""', "‘’", "「」", "«»", ("", ",”"), ("“", ".”")))
    assume(not (pair == "‘’" and quotation.endswith(("'", "’"))))  # two of them are a double mark
    quotation = pair[0] + quotation + pair[1]
    found = check(library, quotation)
    assert found.verdict == "verbatim"
    assert len(found.matches) >= 50 or holds(found, document, start, end)


@pytest.mark.parametrize("how", CHANGES)
@given(seeds)
@settings(max_examples=CASES // 2)
def test_a_changed_word_is_never_verbatim_and_names_its_place(
    library: Library, texts: Texts, how: str, seed: int
) -> None:
    draw = random.Random(seed)
    document, words = texts.pick(draw)
    start, end = span(draw, document, words, (9, 14, 25, 60))
    quotation = changed(draw, document.text[start:end], how)
    assume(not texts.hold(quotation))
    found = check(library, quotation)
    assert found.verdict == "altered"
    assert found.matches[0].differences
    assert holds(found, document, start, end)


@given(seeds)
@settings(max_examples=250)
def test_an_ellipsis_for_words_is_elided_and_hides_no_change(
    library: Library, texts: Texts, seed: int
) -> None:
    draw = random.Random(seed)
    document, words = texts.pick(draw)
    blocks = [b for b in library.blocks(document.id) if b.end - b.start > 60]
    block = draw.choice(blocks)
    inside = [i for i in words.words if block.start <= words.starts[i] < block.end]
    assume(len(inside) >= 12)
    a, b, c, d = sorted(draw.sample(range(len(inside)), 4))
    assume(b - a >= 2 and d - c >= 2 and 1 < c - b < 80)
    parts = [(inside[a], inside[b]), (inside[c], inside[d])]
    assume(
        all(
            opens(words, document.text, x) and closes(words, document.text, y + 1) for x, y in parts
        )
    )
    said = [document.text[words.starts[x] : words.ends[y]] for x, y in parts]
    found = check(library, draw.choice((" … ", "... ", " [...] ", " (…) ")).join(said))
    assert found.verdict == "elided"
    assert holds(found, document, words.starts[inside[a]], words.ends[inside[d]])
    broken = f"{said[0]} … {changed(draw, said[1], draw.choice(CHANGES))}"
    assume(not texts.hold(broken.split(" … ")[1]))
    assert check(library, broken).verdict not in ("verbatim", "elided")


# -- seams -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "quotation",
    [
        "The company answered that boilers cost more than the whole winter brings in",
        "boilers cost more than the whole winter brings in. Nobody on the island",
    ],
)
def test_a_note_in_the_middle_of_a_sentence_does_not_interrupt_it(
    library: Library, quotation: str
) -> None:
    found = check(library, quotation)
    assert found.verdict == "verbatim"
    (match,) = found.matches
    assert library.text(match.document.id)[match.start : match.end] == match.source_text


def test_table_cells_notes_and_furniture_are_looked_at(library: Library) -> None:
    for quotation in ("January 62 4,100", "the company's own accounts, which were never published",
                      "Leave a Reply"):  # fmt: skip
        assert check(library, quotation).verdict == "verbatim"
