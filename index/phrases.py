"""tantivy: where phrases stand. Derived from the catalog; every segment file is immutable.

A document's whole text, boilerplate, footnotes and table cells included, is cut into overlapping
windows of words (CJK: characters). Each window is indexed by its words with positions, for exact
phrases, and by its pairs of neighbours, which find a phrase with a changed word again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import tantivy

from index.records import Block, Kind
from index.segments import read, write
from index.wording import Reading, bare, uninterrupted, whole, wording

WINDOW = 96  # words
RUN = 12  # words: a phrase up to this long lies within one window
INTERRUPTING = frozenset({Kind.FOOTNOTE, Kind.CAPTION, Kind.BOILERPLATE})
_TEXT, _READING = 0, 1
_PAIR = "_"  # stands in no word


@dataclass(frozen=True, slots=True)
class Source:
    """A document to index. ``order`` rises with the order of adding."""

    order: int
    document_id: str
    text: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Window:
    """Words of a document between two offsets; ``read_on``: of its uninterrupted reading."""

    document_id: str
    start: int
    end: int
    read_on: bool


def reading(text: str, blocks: Sequence[Block]) -> Reading | None:
    """The text without notes, captions and furniture, if some stand between other words."""
    return uninterrupted(text, [(b.start, b.end) for b in blocks if b.kind in INTERRUPTING])


def index_words(keys: Sequence[str], words: Sequence[int]) -> list[str]:
    """The words as they are indexed."""
    return [bare(keys[i]) for i in words]


def _windows(source: Source) -> Iterator[tuple[int, int, int, list[str]]]:
    """(kind of reading, start, end, words) of each window."""
    yield from ((_TEXT, a, b, words) for a, b, words in _cut(whole(source.text)))
    if (second := reading(source.text, source.blocks)) is None:
        return
    reach = 12 * WINDOW  # characters on both sides of a seam
    for seam in second.starts[1:]:
        low, high = max(0, seam - reach), seam + reach
        words = wording(second.text[low:high])
        middle = [i for i, w in enumerate(words.words) if words.starts[w] + low < seam]
        at = max(0, len(middle) - WINDOW // 2)
        chosen = words.words[at : at + WINDOW]
        if chosen:
            first, last = words.starts[chosen[0]] + low, words.ends[chosen[-1]] + low
            start, end = second.origin(first, last)
            yield _READING, start, end, index_words(words.keys, chosen)


def _cut(source: Reading) -> Iterator[tuple[int, int, list[str]]]:
    found = wording(source.text)
    for at in range(0, max(1, len(found.words) - RUN), WINDOW - RUN):
        chosen = found.words[at : at + WINDOW]
        if chosen:
            words = index_words(found.keys, chosen)
            yield found.starts[chosen[0]], found.ends[chosen[-1]], words


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("order", fast=True)
    for name in ("start", "end", "reading"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def update(folder: Path, sources: Iterable[Source], removed: Sequence[str] = ()) -> None:
    """Add documents to the index in ``folder`` and drop removed ones; one commit."""
    write(folder, _schema(), (row for source in sources for row in _rows(source)), removed)


def _rows(source: Source) -> Iterator[tantivy.Document]:
    for number, (kind, start, end, words) in enumerate(_windows(source)):
        row = tantivy.Document()
        row.add_text("document", source.document_id)
        row.add_unsigned("order", (source.order << 24) + number)
        row.add_unsigned("start", start)
        row.add_unsigned("end", end)
        row.add_unsigned("reading", kind)
        row.add_text("words", " ".join(words))
        row.add_text("pairs", " ".join(pairs(words)))
        yield row


def pairs(words: Sequence[str]) -> list[str]:
    """Neighbouring words as one term each."""
    return [f"{a}{_PAIR}{b}" for a, b in pairwise(words)]


class Phrases:
    """An opened index."""

    def __init__(self, folder: Path) -> None:
        self._index = read(folder, _schema())
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def holding(self, words: Sequence[str], most: int) -> list[Window]:
        """The windows that hold these words in a row, in the order of adding; of a phrase longer
        than ``RUN`` words those that hold its rarest run."""
        run = self._rarest(words)
        if not run or any(not self._searcher.doc_freq("words", w) for w in run):
            return []
        field = "words"
        query = (
            tantivy.Query.phrase_query(self._schema, field, list(run))
            if len(run) > 1
            else tantivy.Query.term_query(self._schema, field, run[0], "basic")
        )
        found = self._searcher.search(
            query, most, count=False, order_by_field="order", order=tantivy.Order.Asc
        )
        return self._read([address for _, address in found.hits])

    def like(self, words: Sequence[str], most: int) -> list[Window]:
        """The windows that share the rarest pairs and words with these, best first (BM25)."""
        wanted = [(term, "pairs") for term in dict.fromkeys(pairs(words))]
        wanted += [(term, "words") for term in dict.fromkeys(words)]
        counted = [(self._searcher.doc_freq(field, term), term, field) for term, field in wanted]
        rare = sorted(c for c in counted if c[0])[: 2 * RUN]
        should = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, term, "basic"))
            for _, term, field in rare
        ]
        if not should:
            return []
        found = self._searcher.search(tantivy.Query.boolean_query(should), most, count=False)
        return self._read([address for _, address in found.hits])

    def _rarest(self, words: Sequence[str]) -> Sequence[str]:
        """The run of ``RUN`` words with the rarest word in it."""
        if len(words) <= RUN:
            return words
        counts = [self._searcher.doc_freq("words", w) for w in words]
        runs = range(len(words) - RUN + 1)
        return words[(at := min(runs, key=lambda i: sorted(counts[i : i + RUN]))) : at + RUN]

    def _read(self, addresses: Sequence[tantivy.DocAddress]) -> list[Window]:
        columns = [
            self._searcher.fast_field_values(name, list(addresses))
            for name in ("start", "end", "reading")
        ]
        names = [str(self._searcher.doc(a)["document"][0]) for a in addresses]
        return [
            Window(name, int(start or 0), int(end or 0), bool(kind))
            for name, start, end, kind in zip(names, *columns, strict=True)
        ]
