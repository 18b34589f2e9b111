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
from index.terms import terms
from qa.asked_rows import Told, beside
from qa.attributed import speaker
from qa.capitals import governments
from qa.doubt import doubtful
from qa.layout import closed
from qa.numbered import meant, nearness, nests, there
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
    on, outside the numbered place it names, or ``qa.unfit.unfit``; or all, where it asks what a
    place in another says and none stands there, or no passage holds any of the question's words to
    speak of or is near it in meaning; ``doubted`` (n,) those of them that nothing bars but that,
    or names which a short document may leave out: ``qa.doubt.doubtful``. ``rows`` are the
    candidates that are rows of a table under headings, by their keys; ``labels`` are those behind
    which they stand in a transcript, where these have a name asked about, else "":
    ``qa.turns.carried``."""

    candidates: tuple[Candidate, ...]
    figures: Array
    extents: Array
    placed: NDArray[np.bool_]
    barred: NDArray[np.bool_]
    doubted: NDArray[np.bool_]
    rows: Rows
    labels: Mapping[tuple[int, int], str]


def candidates_of(hit: Hit, chunk: StoredChunk) -> list[Candidate]:
    """Every sentence of a passage, in order."""
    return [Candidate(hit, chunk, i) for i in range(len(chunk.chunk.sentences))]


_LISTED = frozenset({Kind.LIST_ITEM, Kind.TABLE_CELL, Kind.HEADING})
LINE = 100  # characters of a line above a list that introduces it
LEAST = 0.15  # of a question's idf weight that some passage must hold, for any to answer,
FAR = 0.4  # unless it is as near in meaning: the cosine of question and passage
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
    asked = _asked(library, question, vector, stored)
    passages = [_passage(asked, hit, stored[hit.chunk_id]) for hit in hits]
    candidates = tuple(c for p in passages for c in p.candidates)
    barred = np.array([one for p in passages for one in p.barred], dtype=bool)
    rows = rows_of(library, stored.values())
    words = [frozenset(w) for p in passages for w in p.sheet.words]
    told = {
        k: Told(c.chunk.document_id, rows[c.key], words[k])
        for k, c in enumerate(candidates)
        if c.key in rows
    }
    other = np.zeros(len(candidates), dtype=bool)
    other[[*beside(library, question, told)]] = True
    near = [
        n * (not asked.meant or p.chunk.document_id in asked.meant)
        for p in passages
        for n in nearness(question, p.chunk)
    ]
    placed = np.array(there(question, near), dtype=bool)
    other |= (placed.any() or nests(question)) & ~placed
    figures = np.array([row for p in passages for row in p.figures]).reshape(-1, len(FIGURES))
    held, near_ = _most(figures, "coverage passage"), _most(figures, "passage similarity")
    far = held <= LEAST and near_ <= FAR
    doubted = np.array([one for p in passages for one in p.doubted], dtype=bool)
    hard = other | (barred & ~doubted)
    extents = np.log([float(asked.extents.get(c.chunk.document_id, 1)) for c in candidates])
    labels = {key: label for p in passages for key, label in p.labels.items()}
    return Described(
        candidates,
        figures,
        extents,
        placed,
        barred | other | far,
        (doubted | far) & ~hard,
        rows,
        labels,
    )


def _most(figures: Array, name: str) -> float:
    return float(figures[:, FIGURES.index(name)].max(initial=0.0))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the library says of a question: its ``vector``, the idf of its terms and characters,
    the documents that hold each anchor, the headers of those found and the number of their
    passages, whom each names with the title asked about, the passages before those found, where it
    matters who speaks there, and the documents whose numbered place is ``meant``, where it names
    one."""

    question: Question
    vector: NDArray[np.float32]
    weights: dict[str, float]
    characters: dict[str, float]
    holders: dict[tuple[str, ...], set[str]]
    documents: Mapping[str, Document]
    extents: Mapping[str, int]
    speaking: Mapping[str, str]
    earlier: Mapping[int, StoredChunk]
    meant: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Passage:
    """The sentences of a passage; see ``Described``."""

    chunk: StoredChunk
    sheet: Sheet
    candidates: list[Candidate]
    figures: list[list[float]]
    barred: list[bool]
    doubted: list[bool]
    labels: dict[tuple[int, int], str]


def _asked(
    library: Library,
    question: Question,
    vector: NDArray[np.float32],
    stored: Mapping[int, StoredChunk],
) -> _Asked:
    called = role(question.text)
    documents = library.headers(c.document_id for c in stored.values())
    holders = {anchor: library.holding(anchor) for anchor in question.anchors}
    for capital, country in governments(question.text):
        for name in holders.keys() & {(t,) for t in terms(capital)}:
            holders[name] |= library.holding(terms(country))
    placed = meant(question, stored.values())
    for number, told in placed.items():
        holders[number] |= told
    return _Asked(
        question,
        vector,
        _weights(library, question.terms),
        _weights(library, [c for c, _ in question.characters]),
        holders,
        documents,
        library.extents(list(documents)),
        {i: holder(question.text, library.text(i)) if called else "" for i in documents},
        library.chunks([c - 1 for c in stored]) if speaker(question.text) or called else {},
        frozenset().union(*placed.values()),
    )


def _passage(asked: _Asked, hit: Hit, chunk: StoredChunk) -> _Passage:
    question, first = asked.question, chunk.chunk.start
    own = candidates_of(hit, chunk)
    context = f"{_stated(asked.documents[hit.document_id])}\n{chunk.chunk.context}"
    before = asked.earlier.get(chunk.id - 1)
    known = _end_of(before, chunk) if before else ""
    named = frozenset(chain(*question.anchors))
    whole, begin = f"{known} {chunk.text}", first - len(known) - 1
    labels = {c.key: carried(whole, c.sentence.start - begin, named) for c in own}
    texts = [labels[c.key] + c.text for c in own]
    kinds = [c.sentence.kind for c in own]
    sheet = Sheet(question, asked.weights, asked.characters, texts, kinds, context)
    unknown = {a for a, found in asked.holders.items() if hit.document_id not in found}
    share = sum(sheet.lacks(a) for a in unknown) / len(asked.holders or "x")
    lacking = [a for a in question.insisted if a in unknown and sheet.lacks(a)]
    doubted = doubtful(question, lacking, asked.holders, asked.extents.get(hit.document_id, 1))
    similarities = (chunk.sentence_vectors @ asked.vector).tolist()
    figures, unsuited = [], []
    for c, similarity in zip(own, similarities, strict=True):
        figures.append([similarity, hit.dense, hit.score, *sheet.row(c.place, share)])
        covered = figures[-1][FIGURES.index("coverage")]
        listed = c.sentence.kind in _LISTED
        above = (c.above_item, c.above_list, asked.speaking[hit.document_id], listed)
        words = sheet.words[c.place]
        around = Around(context, known, chunk.text, c.sentence.start - first, words, *above)
        unsuited.append(unfit(question, c.text, covered, around))
    barred = [bool(lacking) or one for one in unsuited]
    open_ = [doubted and not one for one in unsuited]
    return _Passage(chunk, sheet, own, figures, barred, open_, labels)


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
