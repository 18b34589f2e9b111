"""Quotations drawn at random from the documents of a library, as they stand and changed."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

from index.library import Library
from index.records import Document
from index.wording import Wording, wording
from qa.quotes.exact import closes, opens
from qa.quotes.records import Check
from tests.libraries import library_of

BRIEFS = Path(__file__).parents[1] / "docs" / "briefs"
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
 first of them,⁷ asked for nothing but new boilers. The company answered that boilers cost more

⁷ The company's own accounts, which were never published.

than the whole winter brings in.

Nobody on the island believed it.

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


def library(folder: Path) -> Library:
    """A library of the texts above and of two briefs, open."""
    made = library_of(folder, {"港口.txt": HARBOUR, "ferry.txt": FERRY})
    made.add(sorted(BRIEFS.glob("hr-*.md")))
    return made


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
        return self.documents[at], self.wordings[at]

    def hold(self, quotation: str) -> bool:
        """Whether the words stand in a row in some document after all."""
        wanted = "\0".join(k for k in wording(quotation).keys if k[0].isalnum())
        return any(f"\0{wanted}\0" in row for row in self._rows)


def span(
    draw: random.Random, document: Document, words: Wording, sizes: Sequence[int]
) -> tuple[int, int]:
    """A random run of whole words of a document that cuts no compound and no number."""
    while True:
        size = min(draw.choice(sizes), len(words.words))
        at = draw.randrange(len(words.words) - size + 1)
        first, last = words.words[at], words.words[at + size - 1]
        if opens(words, document.text, first) and closes(words, document.text, last + 1):
            return words.starts[first], words.ends[last]


def changed(draw: random.Random, quotation: str, how: str) -> str:
    """The quotation with one word (Chinese: character) changed; one of two words as it is."""
    chinese = not re.search(r"[A-Za-z]", quotation)
    words = list(quotation) if chinese else quotation.split()
    inner = [i for i in range(1, len(words) - 1) if any(c.isalnum() for c in words[i])]
    if not inner:
        return quotation
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


def holds(found: Check, document: Document, start: int, end: int) -> bool:
    """Whether a match lies on the span."""
    return any(
        m.document.id == document.id and m.start < end and start < m.end for m in found.matches
    )
