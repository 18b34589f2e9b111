"""The places of a library where a quotation may stand: from the index, never from a scan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz

from index.library import Library
from index.phrases import Window, index_words
from index.records import Block, Span
from index.scripts import CJK
from index.wording import Reading, Wording, readings, uninterrupted, whole
from qa.quotes.marks import Part, Quotation

EXACT = 100  # windows of an exact phrase to look at
LIKE = 10  # windows of a similar passage, for each stretch of the quotation
_STRETCH = 24  # words searched together for similar passages
_STRETCHES = 16
_CLOSE, _KEPT = 12.0, 5  # of 100 points of similarity; windows of each stretch to compare
_SLACK = 80  # characters around a window
_SNAP = 80


@dataclass(frozen=True)
class Scope:
    """A stretch of a document to compare with: ``reading.text[low:high]``."""

    document_id: str
    reading: Reading
    low: int
    high: int

    @property
    def text(self) -> str:
        return self.reading.text[self.low : self.high]

    @cached_property
    def readings(self) -> tuple[Wording, ...]:
        return tuple(dict.fromkeys(readings(self.text)))

    def span(self, words: Wording, start: int, end: int) -> Span:
        """Where ``words.keys[start:end]`` stand in the document's text."""
        low = self.low
        return self.reading.origin(low + words.starts[start], low + words.ends[end - 1])


@dataclass
class Places:
    """Candidates from the index of an open library; documents are read once for each check."""

    library: Library
    _texts: dict[str, Reading] = field(default_factory=dict)
    _seconds: dict[str, Reading | None] = field(default_factory=dict)
    _blocks: dict[str, list[Block]] = field(default_factory=dict)

    def exact(self, quotation: Quotation) -> list[Scope]:
        """Scopes that hold the words of the whole in a row, or those of a part, in the order in
        which the documents were added."""
        found: list[Window] = []
        for part in dict.fromkeys([quotation.whole, *quotation.parts]):
            for words in dict.fromkeys(tuple(_words(r)) for r in part.readings):
                found += self.library.phrase(words, EXACT)
        return list(self._scopes(dict.fromkeys(found), _reach(quotation)))

    def phrase(self, words: Sequence[str], reach: int) -> list[Scope]:
        """Scopes that hold these words in a row."""
        return list(self._scopes(self.library.phrase(words, LIKE), reach))

    def like(self, quotation: Quotation) -> list[Scope]:
        """Scopes that share rare words and neighbours with the quotation, best first."""
        found: list[Window] = []
        for stretch in _stretches(quotation):
            found += self._nearest(stretch, self.library.like(stretch, LIKE))
        return list(self._scopes(dict.fromkeys(found), _reach(quotation)))

    def _nearest(self, words: Sequence[str], windows: Sequence[Window]) -> list[Window]:
        """The first of the windows and those that hold the most similar characters, which is cheap
        to tell: to fold a window and compare its words takes twenty times as long."""
        glue = "" if CJK.search("".join(words)) else " "
        wanted = glue.join(words)
        scored = []
        for window in windows:
            text = self.reading(window.document_id).text
            near = text[max(0, window.start - len(wanted)) : window.end + len(wanted)].lower()
            near = glue.join(near.split())
            scored.append((fuzz.partial_ratio(wanted, near), window))
        best = max((score for score, _ in scored), default=0.0)
        kept = [window for score, window in scored if score >= best - _CLOSE]
        return list(dict.fromkeys([*windows[:1], *kept]))[:_KEPT]

    def reading(self, document_id: str) -> Reading:
        if document_id not in self._texts:
            self._texts[document_id] = whole(self.library.text(document_id))
        return self._texts[document_id]

    def second(self, document_id: str) -> Reading | None:
        """The reading without notes, captions and furniture, if it differs."""
        if document_id not in self._seconds:
            text = self.reading(document_id).text
            spans = self.library.interruptions(document_id)
            self._seconds[document_id] = uninterrupted(text, spans)
        return self._seconds[document_id]

    def blocks(self, document_id: str) -> list[Block]:
        if document_id not in self._blocks:
            self._blocks[document_id] = self.library.blocks(document_id)
        return self._blocks[document_id]

    def _scopes(self, windows: Iterable[Window], reach: int) -> Iterator[Scope]:
        taken: dict[tuple[str, bool], list[Span]] = {}
        for window in windows:
            second = self.second(window.document_id)
            texts = [(False, self.reading(window.document_id))] * (not window.read_on)
            texts += [(True, second)] if second else []
            for read_on, reading in texts:
                scope = _scope(window, reading, reach)
                if read_on and not _seam(scope):
                    continue
                seen = taken.setdefault((window.document_id, read_on), [])
                core = _scope(window, reading, reach * 17 // 20)  # still more than the quotation
                if any(a <= core.low and core.high <= b for a, b in seen):
                    continue
                seen.append((scope.low, scope.high))
                yield scope


def _scope(window: Window, reading: Reading, reach: int) -> Scope:
    text = reading.text
    low = max(0, reading.position(window.start) - reach)
    high = min(len(text), reading.position(window.end) + reach)
    for _ in range(_SNAP):  # not through a word, where words have spaces between them
        low -= low > 0 and not text[low - 1].isspace()
        high += high < len(text) and not text[high].isspace()
    return Scope(window.document_id, reading, low, high)


def _seam(scope: Scope) -> bool:
    return any(scope.low < at < scope.high for at in scope.reading.starts[1:])


def _reach(quotation: Quotation) -> int:
    gaps = sum(7 * gap.most for gap in quotation.gaps)
    return len(quotation.text) * 5 // 4 + gaps + _SLACK


def _words(words: Wording) -> list[str]:
    return index_words(words.keys, words.words)


def _stretches(quotation: Quotation) -> list[list[str]]:
    """The words of each part in stretches short enough to be searched for."""
    found: list[list[str]] = []
    for part in quotation.parts:
        words = _words(part.readings[0])
        steps = max(1, -(-len(words) // _STRETCH))
        size = -(-len(words) // steps)
        found += [words[i : i + size] for i in range(0, len(words), max(1, size))]
    every = -(-len(found) // _STRETCHES) if found else 1
    return found[::every]


def words_of(part: Part) -> list[str]:
    """The words of a part's likeliest reading, as indexed."""
    return _words(part.readings[0])
