"""The sentences of the passages found, each described by a few figures that tell answers apart."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.records import Document, Hit, Kind, Sentence
from index.rows import StoredChunk
from qa.asked_rows import Told, beside
from qa.attributed import speaker
from qa.layout import closed
from qa.numbered import meant, nearness, nests, places, there
from qa.question import Question
from qa.roles import holder, role
from qa.rows import Rows, rows_of
from qa.sheet import Sheet
from qa.turns import carried
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

    @property
    def above_item(self) -> bool:
        """Whether it stands directly above an item of a list."""
        following = self.chunk.chunk.sentences[self.place + 1 : self.place + 2]
        return Kind.LIST_ITEM in (s.kind for s in following)

    @property
    def above_list(self) -> bool:
        """Whether it is a line that is no heading, without a stop at its end, directly above an
        item of a list."""
        line = self.sentence.kind is Kind.PARAGRAPH and len(self.text) <= LINE
        goes_on = closed(self.text) or self.text.endswith((";", "\uff1b", ",", "\uff0c", "\u3001"))
        return line and self.above_item and not goes_on


@dataclass(frozen=True, slots=True)
class Described:
    """Candidates with their figures: ``figures`` is (n, len(FIGURES)); ``extents`` (n,) the natural
    logarithm of the number of passages in the candidate's document; ``placed`` (n,) tells those in
    the numbered place that the question names ("point 12"); ``barred`` (n,) those that cannot
    answer: of a document that does not speak of a name, year or number that the question insists
    on, outside the numbered place it names, or ``qa.unfit.unfit``; or all, where no passage holds
    any of the question's words to speak of, or it asks what a place in another says and none
    stands there. ``rows`` are the candidates that are rows of a table under headings, by their
    keys; ``labels`` are those behind which they stand in a transcript, where these have a name
    asked about, else "": ``qa.turns.carried``."""

    candidates: tuple[Candidate, ...]
    figures: Array
    extents: Array
    placed: NDArray[np.bool_]
    barred: NDArray[np.bool_]
    rows: Rows
    labels: Mapping[tuple[int, int], str]


def candidates_of(hit: Hit, chunk: StoredChunk) -> list[Candidate]:
    """Every sentence of a passage, in order."""
    return [Candidate(hit, chunk, i) for i in range(len(chunk.chunk.sentences))]


LINE = 100  # characters of a line above a list that introduces it
LEAST = 0.15  # of a question's idf weight that some passage must hold, for any to answer
FIGURES = (
    "similarity",  # cosine of question and sentence (its token states within the passage)
    "passage similarity",  # cosine of question and passage
    "passage score",  # fused score of search, 0..1
    "coverage",  # share of the question's idf weight that stands in the sentence
    "coverage near",  # ... in the sentence, the ones beside it, or the headings
    "coverage passage",  # ... in the passage with title and headings
    "coverage topical",  # ... in the sentence, the one that opens the passage, or the headings
    "coverage characters",  # as the last, of single Chinese, Japanese or Korean characters; else 0
    "coverage characters before",  # ... in the sentence before, too
    "coverage asked",  # ... in the sentence alone, of those near the word that asks most of all
    "focus",  # share in the sentence and neither in the headings nor in what opens the passage
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
    called = role(question.text)
    earlier = library.chunks([c - 1 for c in stored]) if speaker(question.text) or called else {}
    documents = library.headers(h.document_id for h in hits)
    speaking = {i: holder(question.text, library.text(i)) if called else "" for i in documents}
    weights = _weights(library, question.terms)
    characters = _weights(library, [c for c, _ in question.characters])
    holders = {anchor: library.holding(anchor) for anchor in question.anchors}
    inside = {i: places(question, chunk) for i, chunk in stored.items()}
    for i, found in inside.items():
        for number, stands in found.items():
            if any(stands) and meant(question, stored[i]):
                holders[number].add(stored[i].document_id)
    candidates: list[Candidate] = []
    in_rows = rows_of(library, stored.values())
    told_rows: dict[int, Told] = {}
    labels: dict[tuple[int, int], str] = {}
    rows: list[list[float]] = []
    barred: list[bool] = []
    near: list[int] = []
    for hit in hits:
        chunk = stored[hit.chunk_id]
        own = candidates_of(hit, chunk)
        own_header = documents[hit.document_id]
        context = f"{_stated(own_header)}\n{chunk.chunk.context}"
        before = earlier.get(chunk.id - 1)
        known = _end_of(before, chunk) if before else ""
        named = frozenset(chain(*question.anchors))
        whole = f"{known} {chunk.text}"
        begin = chunk.chunk.start - len(known) - 1
        labels |= {c.key: carried(whole, c.sentence.start - begin, named) for c in own}
        own_texts = [labels[c.key] + c.text for c in own]
        kinds = [c.sentence.kind for c in own]
        sheet = Sheet(question, weights, characters, own_texts, kinds, context)
        unknown = {a for a, found in holders.items() if hit.document_id not in found}
        lacking = sum(sheet.lacks(a) for a in unknown)
        similarities = chunk.sentence_vectors @ vector
        elsewhere = any(a in unknown and sheet.lacks(a) for a in question.insisted)
        for candidate, similarity in zip(own, similarities.tolist(), strict=True):
            own_row = sheet.row(candidate.place, lacking / len(holders or "x"))
            rows.append([similarity, hit.dense, hit.score, *own_row])
            covered = rows[-1][FIGURES.index("coverage")]
            at = candidate.sentence.start - chunk.chunk.start
            words = sheet.words[candidate.place]
            if row := in_rows.get(candidate.key):
                told_rows[len(barred)] = Told(hit.document_id, row, frozenset(words))
            above = (candidate.above_item, candidate.above_list, speaking[hit.document_id])
            around = Around(context, known, chunk.text, at, words, *above)
            barred.append(elsewhere or unfit(question, candidate.text, covered, around))
        candidates += own
        near += nearness(question, chunk)
    for at in beside(library, question, told_rows):
        barred[at] = True
    figures = np.array(rows).reshape(-1, len(FIGURES))
    sizes = library.extents(list(documents))
    extents = np.log([float(sizes.get(c.chunk.document_id, 1)) for c in candidates])
    placed = np.array(there(question, near), dtype=bool)
    out = np.array(barred, dtype=bool) | ((placed.any() or nests(question)) & ~placed)
    if figures[:, FIGURES.index("coverage passage")].max(initial=0.0) <= LEAST:
        out[:] = True
    return Described(tuple(candidates), figures, extents, placed, out, in_rows, labels)


def _end_of(before: StoredChunk, chunk: StoredChunk) -> str:
    """The text of the passage before, if it is of the same document."""
    if before.document_id != chunk.document_id:
        return ""
    apart = chunk.chunk.start - before.chunk.end > 1
    return f"{before.text}\n" if apart else before.text


def _weights(library: Library, wanted: Sequence[str]) -> dict[str, float]:
    return dict(zip(wanted, library.idf(wanted).tolist(), strict=True)) if wanted else {}


def _stated(header: Document) -> str:
    """What is known of a document beside its text: it may be asked for by these, too."""
    month = re.match(r"\d{4}-(0[1-9]|1[0-2])", header.date)
    named = month_name[int(month[1])] if month else ""
    return f"{header.title}\n{header.publisher}\n{header.date} {named}"
