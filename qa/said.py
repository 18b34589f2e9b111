"""What a numbered place says, whole: "What does Article 5 of the Kiosk Act say?"."""

from __future__ import annotations

from collections.abc import Sequence

from index.library import Library
from index.places import nested
from index.records import Kind
from index.terms import terms
from qa.candidates import Candidate, Described
from qa.layout import closed
from qa.numbered import THERE, asked_beside, nearness, says
from qa.question import Question
from qa.runs import words

LONGEST = 110  # words of a place that is shown whole
_TEXT = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM})


def said(library: Library, question: Question, described: Described) -> list[Candidate]:
    """The sentences of the numbered place that a question asks for, in the text's order; none where
    it asks for something in that place or for a place that more than one document has, or where
    the place is long, a table or not all of it was found."""
    found = [c for c in _standing(question, described) if _is_meant(library, question, c)]
    text = [c for c in found if c.sentence.kind in _TEXT or _tells(c)]
    one = len(_documents(library, question, found)) == 1
    plain = all(c.sentence.kind in {*_TEXT, Kind.HEADING, Kind.FOOTNOTE} for c in found)
    short = sum(words(c.text) for c in text) <= LONGEST
    whole = one and plain and short and any(c.sentence.kind in _TEXT for c in text)
    if not whole or _goes_on(library, question, found):
        return []
    return sorted(text, key=lambda c: c.sentence.start)


def _standing(question: Question, described: Described) -> list[Candidate]:
    if not says(question):
        return []
    chunks = {c.chunk.id: c.chunk for c in described.candidates}
    near = {i: nearness(question, chunk) for i, chunk in chunks.items()}
    best = max((n for found in near.values() for n in found), default=0)
    pairs = zip(described.candidates, described.barred.tolist(), strict=True)
    fit = [c for c, barred in pairs if not barred and near[c.chunk.id][c.place] == best]
    return fit if best >= THERE else []


def _documents(library: Library, question: Question, found: Sequence[Candidate]) -> set[str]:
    """The documents that may be meant: those found, and where nothing but the place is named all
    that name its number."""
    documents = {c.chunk.document_id for c in found}
    if documents and not asked_beside(question):
        documents |= library.holding((nested(question.text)[0][0].term,))
    return documents


def _goes_on(library: Library, question: Question, found: Sequence[Candidate]) -> bool:
    """Whether a passage beside or between those found stands in the place, too."""
    ids, document = {c.chunk.id for c in found}, found[0].chunk.document_id
    beside = library.chunks([*{*range(min(ids) - 1, max(ids) + 2)} - ids]).values()
    own = (chunk for chunk in beside if chunk.document_id == document)
    return any(max(nearness(question, chunk), default=0) >= THERE for chunk in own)


def _is_meant(library: Library, question: Question, one: Candidate) -> bool:
    """Whether its document's title or its headings have all that is named beside the place; or most
    of it, and the document the rest."""
    document = one.chunk.document_id
    title = library.headers([document])[document].title
    asked = asked_beside(question)
    rest = asked - set(terms(f"{title}\n{one.chunk.chunk.context}"))
    return not rest or (2 * len(rest) < len(asked) and document in library.holding([*rest]))


def _tells(one: Candidate) -> bool:
    """Whether it is a heading that is a sentence: "(12) Nets are dried on the mole."."""
    return one.sentence.kind is Kind.HEADING and closed(one.text)
