"""The sentences of the passages found, each described by a few figures that tell answers apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.records import Document, Hit, Kind, Sentence
from index.rows import StoredChunk
from index.terms import terms
from qa.attributed import speaker
from qa.kinds import holds
from qa.numbered import standing
from qa.question import Question
from qa.unfit import Around, unfit

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage; ``place`` is its index in the chunk's sentences."""

    hit: Hit
    chunk: StoredChunk
    place: int

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from other candidates: its chunk and its place there."""
        return self.chunk.id, self.place

    @property
    def sentence(self) -> Sentence:
        return self.chunk.chunk.sentences[self.place]

    @property
    def text(self) -> str:
        first = self.chunk.chunk.start
        return self.chunk.text[self.sentence.start - first : self.sentence.end - first]


@dataclass(frozen=True, slots=True)
class Described:
    """Candidates with their figures: ``figures`` is (n, len(FIGURES)); ``extents`` (n,) the natural
    logarithm of the number of passages in the candidate's document; ``placed`` (n,) tells those in
    the numbered place that the question names ("point 12"); ``barred`` (n,) those that cannot
    answer: of a document that does not speak of a name, year or number that the question insists
    on, outside the numbered place it names, or ``qa.unfit.unfit``; or all, where no passage holds
    any of the question's words to speak of."""

    candidates: tuple[Candidate, ...]
    figures: Array
    extents: Array
    placed: NDArray[np.bool_]
    barred: NDArray[np.bool_]


def candidates_of(hit: Hit, chunk: StoredChunk) -> list[Candidate]:
    """Every sentence of a passage, in order."""
    return [Candidate(hit, chunk, i) for i in range(len(chunk.chunk.sentences))]


LEAST = 0.15  # of a question's idf weight that some passage must hold, for any to answer
FIGURES = (
    "similarity",  # cosine of question and sentence (its token states within the passage)
    "passage similarity",  # cosine of question and passage
    "passage score",  # fused score of search, 0..1
    "coverage",  # share of the question's idf weight that stands in the sentence
    "coverage near",  # ... in the sentence, the ones beside it, or the headings
    "coverage passage",  # ... in the passage with title and headings
    "coverage topical",  # ... in the sentence, the one that opens the passage, or the headings
    "focus",  # ... in the sentence and neither in the headings nor in what opens the passage
    "density",  # covered weight over the sentence's length in words (square root)
    "rarest",  # whether the question's rarest term stands in the sentence
    "pairs",  # share of the question's neighbouring terms that are neighbours here
    "names missing",  # share of names, years and figures asked for that the passage lacks
    "names missing here",  # ... that the sentence lacks
    "names unknown",  # ... that no passage of its document holds
    "kind fits",  # 1 when the sentence holds what is asked for (figure, date, person, place)
    "kind misses",  # 1 when it is asked for a figure, date ... and has none
    "brief",  # 1 for fewer than five words, rows of a table excepted
    "length",  # ln of words
    "heading",
    "footnote",
    "question",  # the sentence is a question itself
    "first",  # opens its passage
)


def describe(
    library: Library, question: Question, vector: NDArray[np.float32], hits: Sequence[Hit]
) -> Described:
    """Every sentence of the hits' chunks, in rank and text order."""
    stored = library.chunks([h.chunk_id for h in hits])
    earlier = library.chunks([c - 1 for c in stored]) if speaker(question.text) else {}
    documents = library.headers(h.document_id for h in hits)
    weights = dict(zip(question.terms, library.idf(question.terms).tolist(), strict=True))
    holders = {anchor: library.holding(anchor) for anchor in question.anchors}
    candidates: list[Candidate] = []
    rows: list[list[float]] = []
    barred: list[bool] = []
    placed: list[bool] = []
    numbered = {a[0] for a in question.insisted if a[0][0] == "#"}
    for hit in hits:
        chunk = stored[hit.chunk_id]
        own = candidates_of(hit, chunk)
        own_header = documents[hit.document_id]
        context = f"{_stated(own_header)}\n{chunk.chunk.context}"
        sheet = _Sheet(question, weights, own, context)
        unknown = {a for a, found in holders.items() if hit.document_id not in found}
        lacking = sum(sheet.lacks(a) for a in unknown)
        similarities = chunk.sentence_vectors @ vector
        before = earlier.get(chunk.id - 1)
        known = before.text if before and before.document_id == chunk.document_id else ""
        elsewhere = any(a in unknown and sheet.lacks(a) for a in question.insisted)
        for candidate, similarity in zip(own, similarities.tolist(), strict=True):
            own_row = sheet.row(candidate.place, lacking / len(holders or "x"))
            rows.append([similarity, hit.dense, hit.score, *own_row])
            covered = rows[-1][FIGURES.index("coverage")]
            at = candidate.sentence.start - chunk.chunk.start
            around = Around(context, known, chunk.text, at, sheet.words[candidate.place])
            barred.append(elsewhere or unfit(question, candidate.text, covered, around))
        candidates += own
        placed += standing(numbered, chunk.chunk.context, [c.text for c in own])
    figures = np.array(rows).reshape(-1, len(FIGURES))
    sizes = library.extents(list(documents))
    extents = np.log([float(sizes.get(c.chunk.document_id, 1)) for c in candidates])
    inside = np.array(placed, dtype=bool)
    out = np.array(barred, dtype=bool) | (inside.any() & ~inside)
    if figures[:, FIGURES.index("coverage passage")].max(initial=0.0) <= LEAST:
        out[:] = True
    return Described(tuple(candidates), figures, extents, inside, out)


def _stated(header: Document) -> str:
    """What is known of a document beside its text: it may be asked for by these, too."""
    return f"{header.title}\n{header.publisher}\n{header.date}"


@lru_cache(maxsize=8192)
def _terms(text: str) -> tuple[str, ...]:
    """The terms of a sentence; the same ones come up question after question."""
    return tuple(terms(text))


class _Sheet:
    """The figures of one passage's sentences; what they share is worked out once."""

    def __init__(
        self, question: Question, weights: dict[str, float], own: Sequence[Candidate], context: str
    ) -> None:
        self._question = question
        self._weights = weights
        self._total = sum(weights.values()) or 1.0
        self._own = own
        self.words = [_terms(c.text) for c in own]
        self._bags = [set(w) for w in self.words]
        self._context = set(terms(context))
        self._all = self._context.union(*self._bags)
        passage = f"{context}\n{own[0].chunk.text}" if own else context
        self._initials = _initials(passage) if question.acronyms else frozenset()
        self._rarest = max(weights, key=lambda t: weights[t], default="")
        self._topic = self._context.union(*self._bags[:1])

    def row(self, place: int, unknown: float) -> list[float]:
        text, bag = self._own[place].text, self._bags[place]
        near = self._context.union(*self._bags[max(0, place - 1) : place + 2])
        length = max(1, len(self.words[place]))
        covered = self._covered(bag)
        kind = self._own[place].sentence.kind
        fits = holds(self._question.wants, text, self._question)
        return [
            covered,
            self._covered(near),
            self._covered(self._all),
            self._covered(self._topic | bag),
            self._covered(bag - self._topic),
            covered * self._total / length**0.5 / 10,
            float(self._rarest in bag),
            self._pairs(self.words[place]),
            self._missing(self._all),
            self._missing(bag),
            unknown,
            float(fits is True),
            float(fits is False),
            float(length < 5 and kind is not Kind.TABLE_CELL),
            float(np.log(length)),
            float(kind is Kind.HEADING),
            float(kind is Kind.FOOTNOTE),
            float(text.rstrip("\"'”’」』）)").endswith(("?", "？"))),
            float(place == 0),
        ]

    def _covered(self, bag: set[str]) -> float:
        return sum(w for t, w in self._weights.items() if t in bag) / self._total

    def _pairs(self, words: Sequence[str]) -> float:
        asked = list(pairwise(self._question.terms))
        if not asked:
            return 0.0
        kept = [w for w in words if w in self._weights]
        beside = set(pairwise(kept))
        return sum(pair in beside for pair in asked) / len(asked)

    def lacks(self, anchor: tuple[str, ...]) -> bool:
        """Whether neither the passage, its headings nor what the document states of itself has the
        anchor, a word that begins like it ("Japanese" for "Japan") or the names it abbreviates."""
        if self._all.issuperset(anchor) or self._spelled(anchor):
            return False
        stems = [t[:4] for t in anchor if len(t) >= 4 and t.isalpha()]
        return not any(t.startswith(stem) for stem in stems for t in self._all)

    def _missing(self, bag: set[str]) -> float:
        anchors = self._question.anchors
        if not anchors:
            return 0.0
        lacking = [a for a in anchors if not bag.issuperset(a) and not self._spelled(a)]
        return len(lacking) / len(anchors)

    def _spelled(self, anchor: tuple[str, ...]) -> bool:
        """Whether an abbreviation stands spelled out: its letters open a run of names."""
        return len(anchor) == 1 and anchor[0] in self._initials


_NAME_RUN = re.compile(r"[A-Z][\w-]*(?:,?\s+(?:(?:of|and|the|for|on|in|de|&)\s+)*[A-Z][\w-]*)+")


def _initials(text: str) -> frozenset[str]:
    """Folded abbreviations that the runs of capitalised words in a text would give."""
    found: set[str] = set()
    for run in _NAME_RUN.findall(text):
        letters = "".join(w[0] for w in re.findall(r"[A-Z][\w-]*", run)).lower()
        for start in range(len(letters)):
            found.update(letters[start:end] for end in range(start + 2, len(letters) + 1))
    return frozenset(found)
