"""Any span of any document is verbatim there, and no changed word ever is: generated quotations in
English and Chinese, and a scan of everything as the oracle of the index."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.library import Library
from index.records import Document
from index.wording import Reading, Wording, wording
from qa.quote import check
from qa.quotes.exact import closes, opens
from qa.quotes.marks import Quotation, read
from qa.quotes.places import Places, Scope
from qa.quotes.records import Check
from qa.quotes.verdict import decide

ROOT = Path(__file__).parents[1]
CASES = 350  # of each property
HARBOUR = """港口年报（二〇二四年）

一、吞吐量

截至2024年底，港口完成货物吞吐量一亿二千万吨，同比增长百分之五。集装箱吞吐量达到380万标箱，其中\
外贸箱量占六成。港务局表示，如果航道疏浚按期完成，明年的吞吐量不会低于今年。

二、就业

港口直接就业人数为一万三千人，比上年减少四百人。“我们没有裁员，减少的都是退休人员，”人事处处长陈静\
告诉记者。她说，今年将招收二百名年轻工人，重点培训起重机操作员和电工。

三、环境

去年港口的岸电使用率只有百分之三十。专家认为，岸电设施不足，电价过高，船公司没有动力改用岸电。港务局\
计划在三年内建成二十套岸电设备，并对使用岸电的船舶减收停泊费，但不包括液化气船。
"""
FERRY = """The ferry in nine winters

The ferry kept running through nine winters, and the crew, whose wages had been frozen since the\
 first of them, asked for nothing but new boilers. The company answered that boilers cost more

7. Figures from the company's own accounts, which were never published.

than the whole winter brings in. Nobody on the island believed it.

Month	Crossings	Passengers
January	62	4,100
February	58	3,900

In the tenth winter the old boiler burst off the north mole. Nobody drowned, but the mail was\
 lost: letters, parcels and the teachers' pay. The company's own report speaks of “an unforeseen\
 event”; the crew's letter of the year before speaks of little else.

Advertisement

Leave a Reply
"""
CHANGES = ("change", "drop", "add", "swap", "negate", "number")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("properties")
    (folder / "texts").mkdir()
    (folder / "texts" / "港口.txt").write_text(HARBOUR, "utf-8")
    (folder / "texts" / "ferry.txt").write_text(FERRY, "utf-8")
    briefs = sorted((ROOT / "docs" / "briefs").glob("*.md"))[:3]
    with Library.open(folder / "library", create=True) as made:
        made.add([folder / "texts", *briefs])
        yield made


class Texts:
    """The documents of the library beside their words."""

    def __init__(self, library: Library) -> None:
        self.documents = [library.document(d.id) for d in library.documents()]
        self.wordings = [wording(d.text) for d in self.documents]
        self._rows = ["\0" + "\0".join(w.keys[i] for i in w.words) + "\0" for w in self.wordings]

    def __repr__(self) -> str:  # hypothesis prints what it calls a test with
        return f"{len(self.documents)} documents"

    def pick(self, draw: random.Random) -> tuple[Document, Wording]:
        at = draw.randrange(len(self.documents))
        return self.document, self.wordings[at]

    def hold(self, quotation: str) -> bool:
        """Whether the words stand in a row in some document after all."""
        wanted = "\0".join(k for k in wording(quotation).keys if k[0].isalnum())
        return any(f"\0{wanted}\0" in row for row in self._rows)


@pytest.fixture(scope="module")
def texts(library: Library) -> Texts:
    return Texts(library)


def span(
    draw: random.Random, document: Document, words: Wording, sizes: Sequence[int]
) -> tuple[int, int]:
    """A random run of whole words of a document."""
    size = min(draw.choice(sizes), len(words.words))
    at = draw.randrange(len(words.words) - size + 1)
    first, last = words.words[at], words.words[at + size - 1]
    assume(opens(words, document.text, first) and closes(words, document.text, last + 1))
    return words.starts[first], words.ends[last]


def holds(found: Check, document: Document, start: int, end: int) -> bool:
    return any(
        m.document.id == document.id and m.start < end and start < m.end for m in found.matches
    )


def changed(draw: random.Random, quotation: str, how: str) -> str:
    """The quotation with one word (Chinese: character) changed."""
    chinese = not re.search(r"[A-Za-z]", quotation)
    words = list(quotation) if chinese else quotation.split()
    inner = [i for i in range(1, len(words) - 1) if any(c.isalnum() for c in words[i])]
    assume(inner)
    at = draw.choice(inner)
    if how == "change":
        words[at] = "鲸" if chinese else "whales"
    elif how == "drop":
        del words[at]
    elif how == "swap":
        words[at], words[at - 1] = words[at - 1], words[at]
    else:
        added = {"add": ("颇", "rather"), "negate": ("不", "not"), "number": ("九", "1917")}[how]
        words.insert(at, added[0] if chinese else added[1])
    return ("" if chinese else " ").join(words)


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
@settings(max_examples=CASES)
def test_an_ellipsis_for_words_is_elided_and_hides_no_change(
    library: Library, texts: Texts, seed: int
) -> None:
    draw = random.Random(seed)
    document, words = texts.pick(draw)
    blocks = [b for b in library.blocks(document.id) if b.end - b.start > 60]
    block = draw.choice(blocks)
    inside = [i for i in words.words if block.start <= words.starts[i] < block.end]
    assume(len(inside) >= 12)
    a, b, c, d = (inside[i] for i in sorted(draw.sample(range(len(inside)), 4)))
    parts = [(a, b), (c, d)]
    assume(all(len([i for i in inside if x <= i < y]) >= 3 for x, y in parts))
    assume(
        all(opens(words, document.text, x) and closes(words, document.text, y) for x, y in parts)
    )
    assume(c > b and c - b < 100)
    texts = [document.text[words.starts[x] : words.ends[y - 1]] for x, y in parts]
    found = check(library, draw.choice((" … ", "... ", " [...] ", " (…) ")).join(texts))
    assert found.verdict == "elided"
    assert holds(found, document, words.starts[a], words.ends[d - 1])
    broken = f"{texts[0]} … {changed(draw, texts[1], draw.choice(CHANGES))}"
    assume(not texts.hold(broken.split(" … ")[1]))
    assert check(library, broken).verdict not in ("verbatim", "elided")


# -- the index against a scan ----------------------------------------------------------------------


class Scan(Places):
    """Candidates without an index: the whole of every document, every time."""

    def __repr__(self) -> str:
        return "Scan"

    def exact(self, quotation: Quotation) -> list[Scope]:
        return self._everything()

    def like(self, quotation: Quotation) -> list[Scope]:
        return self._everything()

    def phrase(self, words: Sequence[str], reach: int) -> list[Scope]:
        return self._everything()

    def _everything(self) -> list[Scope]:
        found: list[Scope] = []
        for document in self.library.documents():
            readings: list[Reading | None] = [self.reading(document.id), self.second(document.id)]
            found += [Scope(document.id, r, 0, len(r.text)) for r in readings if r]
        return found


def assert_same_verdict(library: Library, scan: Scan, quotation: str) -> None:
    fast, slow = decide(Places(library), read(quotation)), decide(scan, read(quotation))
    assert fast.verdict == slow.verdict
    if fast.verdict in ("verbatim", "elided"):
        assert {f.parts for f in fast.findings} == {f.parts for f in slow.findings}
    elif fast.verdict == "altered":
        weight = [
            sum(len(d.quote + d.source) for d in v.findings[0].differences) for v in (fast, slow)
        ]
        assert fast.findings[0].span == slow.findings[0].span or weight[0] == weight[1]


@pytest.fixture(scope="module")
def scan(library: Library) -> Scan:
    return Scan(library)


@given(seeds)
@settings(max_examples=120)
def test_the_index_finds_what_a_scan_of_everything_finds(
    library: Library, scan: Scan, texts: Texts, seed: int
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


# -- the real documents ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("real") / "library", create=True) as made:
        made.add(sorted((shared / "seeds").glob("*.txt")))
        yield made


def test_spans_of_the_real_documents_and_their_changes(real: Library) -> None:
    texts, draw, placed, asked = Texts(real), random.Random(20250605), 0, 0
    for n in range(240):
        document, words = texts.pick(draw)
        size = draw.choice((8, 12, 20, 45))
        at = draw.randrange(len(words.words) - size)
        first, last = words.words[at], words.words[at + size - 1]
        if not (opens(words, document.text, first) and closes(words, document.text, last + 1)):
            continue
        start, end = words.starts[first], words.ends[last]
        quotation = document.text[start:end]
        assert check(real, quotation).verdict == "verbatim"
        if len(quotation.split()) < 5:
            continue
        other = changed(draw, quotation, CHANGES[n % len(CHANGES)])
        if texts.hold(other):
            continue
        found = check(real, other)
        assert found.verdict not in ("verbatim", "elided"), other
        asked += 1
        placed += found.verdict == "altered" and holds(found, document, start, end)
    assert asked > 180 and placed >= 0.97 * asked


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
