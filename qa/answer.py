"""The one pipeline: a question becomes a cited answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from index.library import NO_FILTERS, Library
from index.records import Document, Hit, Span
from index.rows import Filters, StoredChunk
from qa.cite import Citation, cite
from qa.compose import READ, Part
from qa.composed import composed, either
from qa.disagree import Disagreement
from qa.layout import alone
from qa.question import parse
from qa.rank import USUAL, Effort
from qa.rerank import ranked
from qa.retrieve import FUSION, Fusion, embed, fused
from qa.searched import Searched, in_english


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the answer and the numbers of its citations; a tab stands between the cells of
    a row. ``span`` are the words that answer, in the document of the first citation, where they
    could be told; ``item`` and ``headings`` as in ``Part``."""

    text: str
    citations: tuple[int, ...]
    span: Span | None = None
    item: bool = False
    headings: tuple[str, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether it has a line of its own."""
        return alone(self.text, self.item)


@dataclass(frozen=True, slots=True)
class Passage:
    rank: int
    score: float
    document: Document
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` is "answered" or "not_found"; times in milliseconds. ``asked_as`` is how the
    question was put to documents in another language, "" where it was asked as it stands;
    ``unanswered`` what of several questions asked as one the sentences do not answer."""

    id: str | None
    question: str
    status: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    disagreements: tuple[dict[str, Any], ...]
    passages: tuple[Passage, ...]
    confidence: float
    composer: str
    timings_ms: dict[str, float]
    asked_as: str = ""
    unanswered: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentences with their citation marks: "First. [1] Second. [2][3]"."""
        marked = (f"{s.text} {''.join(f'[{n}]' for n in s.citations)}" for s in self.sentences)
        return " ".join(marked)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as soon as it is known, with the citations that it is the first to mention."""

    sentence: Sentence
    citations: tuple[Citation, ...]


Tell = Callable[[tuple[Passage, ...] | Told], None]  # what an answer is made of, as it comes


def answer(
    library: Library,
    question: str,
    *,
    id: str | None = None,
    top: int = 10,
    filters: Filters = NO_FILTERS,
    effort: Effort = USUAL,
    fusion: Fusion = FUSION,
    tell: Tell = lambda _: None,
) -> Answer:
    """Answer from the library, or find that it does not say. ``tell`` gets the passages,
    then each sentence, as they are known. Raises PullquoteError for what cannot be asked."""
    began = time.perf_counter()
    parsed = parse(question)
    vector = embed(library, parsed)
    encoded = time.perf_counter()
    most = max(top, READ)
    found = Searched(parsed, vector, fused(library, parsed, vector, most, filters, fusion))
    english = in_english(library, found, most, filters, fusion)
    searched = time.perf_counter()
    if english is None:
        listed = passages(library, found.hits[:top])
        tell(listed)
        composition = composed(library, found, effort, filters)
    else:  # which passages are nearest is known only when both languages were asked
        found, composition = either(library, found, english, effort)
        listed = passages(library, found.hits[:top])
        tell(listed)
    citations = _Citations(library)
    sentences = tuple(citations.told(part, tell) for part in composition.parts)
    disagreements = tuple(citations.disagreement(d) for d in composition.disagreements)
    ended = time.perf_counter()
    marks = (began, encoded, searched, ended)
    return Answer(
        id,
        question,
        "answered" if sentences else "not_found",
        sentences,
        tuple(citations.made),
        disagreements,
        listed,
        round(composition.confidence, 4),
        "extractive",
        _timings(marks),
        found.question.text if found is english else "",
        composition.unanswered,
    )


def _timings(marks: Sequence[float]) -> dict[str, float]:
    began, encoded, searched, ended = marks
    spans = {
        "encode": encoded - began,
        "search": searched - encoded,
        "compose": ended - searched,
        "total": ended - began,
    }
    return {name: round(1000 * seconds, 2) for name, seconds in spans.items()}


class _Citations:
    """Citations numbered in the order of their first mention."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._numbers: dict[tuple[str, Span], int] = {}
        self._documents: dict[str, Document] = {}
        self.made: list[Citation] = []

    def number(self, document_id: str, span: Span) -> int:
        if (document_id, span) not in self._numbers:
            if document_id not in self._documents:
                self._documents[document_id] = self._library.document(document_id)
            document = self._documents[document_id]
            self._numbers[document_id, span] = n = len(self.made) + 1
            quote = document.text[span[0] : span[1]]
            self.made.append(cite(self._library, n, document, span, quote))
        return self._numbers[document_id, span]

    def sentence(self, part: Part) -> Sentence:
        marks = (self.number(document_id, span) for document_id, span in part.places)
        return Sentence(part.text, tuple(dict.fromkeys(marks)), part.span, part.item, part.headings)

    def told(self, part: Part, tell: Tell) -> Sentence:
        known = len(self.made)
        sentence = self.sentence(part)
        tell(Told(sentence, tuple(self.made[known:])))
        return sentence

    def disagreement(self, found: Disagreement) -> dict[str, Any]:
        sides = [
            {"value": s.value, "citations": [self.number(s.document_id, s.span)]}
            for s in found.sides
        ]
        return {"about": found.about, "sides": sides}


def passages(library: Library, hits: Sequence[Hit]) -> tuple[Passage, ...]:
    """The hits with their documents and words, ranked from 1."""
    stored = library.chunks([h.chunk_id for h in hits])
    headers = library.headers(h.document_id for h in hits)
    return tuple(
        _passage(rank, hit, stored[hit.chunk_id], headers[hit.document_id])
        for rank, hit in enumerate(hits, 1)
    )


def _passage(rank: int, hit: Hit, chunk: StoredChunk, document: Document) -> Passage:
    return Passage(rank, round(hit.score, 4), document, hit.start, hit.end, chunk.text)


# -- JSON --------------------------------------------------------------------------------------


def as_json(found: Answer) -> dict[str, Any]:
    """The answer as ``ask --json`` prints it."""
    return {
        "id": found.id,
        "question": found.question,
        "status": found.status,
        "answer": found.text,
        "sentences": [sentence_json(s) for s in found.sentences],
        "citations": [citation_json(c) for c in found.citations],
        "disagreements": list(found.disagreements),
        "passages": passages_json(found.passages),
        "confidence": found.confidence,
        "composer": found.composer,
        "timings_ms": found.timings_ms,
        **({"asked_as": found.asked_as} if found.asked_as else {}),
        **({"unanswered": list(found.unanswered)} if found.unanswered else {}),
    }


def sentence_json(s: Sentence) -> dict[str, Any]:
    span = {"start": s.span[0], "end": s.span[1]} if s.span else None
    made = {"text": s.text, "citations": list(s.citations), "span": span}
    return {**made, "headings": list(s.headings)} if s.headings else made


def document_json(document: Document) -> dict[str, str]:
    keys = ("id", "title", "publisher", "date", "url", "file", "sha256")
    return {key: getattr(document, key) for key in keys}


def citation_json(c: Citation) -> dict[str, Any]:
    return {
        "n": c.n,
        "document": document_json(c.document),
        "locator": c.locator,
        "page": c.page,
        "start": c.start,
        "end": c.end,
        "quote": c.quote,
        "section": list(c.section),
        "printed_page": c.printed or None,
        "link": c.link or None,
        "permalink": c.permalink,
    }


def passages_json(found: Sequence[Passage]) -> list[dict[str, Any]]:
    return [
        {
            "rank": p.rank,
            "score": p.score,
            "document_id": p.document.id,
            "file": p.document.file,
            "start": p.start,
            "end": p.end,
            "text": p.text,
        }
        for p in found
    ]


def search_json(
    library: Library,
    question: str,
    id: Any,
    top: int,
    filters: Filters = NO_FILTERS,
    reader: str = "default",
) -> dict[str, Any]:
    """The passages as ``search --json`` prints them; ``reader`` as in ``qa.rerank.search``."""
    began = time.perf_counter()
    parsed = parse(question)
    vector = embed(library, parsed)
    encoded = time.perf_counter()
    hits = ranked(library, parsed, vector, top, filters, reader)
    found = passages(library, hits)
    ended = time.perf_counter()
    spans = {"encode": encoded - began, "search": ended - encoded, "total": ended - began}
    return {
        "id": id,
        "question": question,
        "passages": passages_json(found),
        "timings_ms": {name: round(1000 * seconds, 2) for name, seconds in spans.items()},
    }
