"""An answer composed of what a question finds, in its own language or put into English; of two
questions asked as one, what answers either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from index.library import NO_FILTERS, Library
from index.records import Hit
from index.rows import Filters
from qa.compose import READ, Composition, Part, compose
from qa.question import parse
from qa.rank import Effort
from qa.searched import Searched, searched, shared, spoken
from qa.twofold import halves, leans

EVEN = 0.5  # the confidence from which on an answer in the question's own language stands
ANSWERED = 0.3  # share of its terms in one passage from which on any answer of it does
HEARD = 0.1  # ... below which no passage of its language can answer it
HALF = 2  # sentences for each of two questions
SURE_IN_ENGLISH = 0.3  # the least confidence of an answer to a question put word by word


def composed(
    library: Library, found: Searched, effort: Effort, filters: Filters = NO_FILTERS
) -> Composition:
    """The answer of the passages found. Two questions asked as one are answered one after the
    other, from what each finds besides."""
    asked = halves(found.question.text)
    if asked is None:
        return compose(library, found.question, found.vector, found.hits, effort)
    first, second = (searched(library, parse(half), READ, filters) for half in asked)
    one = _half(library, first, found.hits, effort)
    two = (
        _leaning(library, found, second, one, effort)
        if leans(asked[1])
        else _half(library, second, found.hits, effort)
    )
    if not one.parts and not two.parts:
        return compose(library, found.question, found.vector, found.hits, effort)
    return _both(one, two, asked)


def _leaning(
    library: Library, found: Searched, second: Searched, one: Composition, effort: Effort
) -> Composition:
    """The answer to "When does it end?" from the documents that answer what it leans on: by itself
    if that is likely, or else read behind that."""
    documents = {place[0] for part in one.parts for place in part.places}
    near = [hit for hit in found.hits if hit.document_id in documents]
    own = [hit for hit in second.hits if hit.document_id in documents]
    alone = _half(library, replace(second, hits=own), near, effort)
    if not near or alone.confidence >= EVEN:
        return alone
    wanted = second.question
    behind = replace(found.question, wants=wanted.wants, needs=wanted.needs)
    return _half(library, replace(found, question=behind, hits=near), (), effort)


def _half(library: Library, own: Searched, hits: Sequence[Hit], effort: Effort) -> Composition:
    """The answer of the passages that the half finds and those that the whole found, in turn."""
    turns = filter(None, chain.from_iterable(zip_longest(own.hits, hits)))
    mixed: dict[int, Hit] = {}
    for hit in turns:
        mixed.setdefault(hit.chunk_id, hit)
    first = [*mixed.values()][:READ]
    return compose(library, own.question, own.vector, first, effort)


def _both(one: Composition, two: Composition, asked: Sequence[str]) -> Composition:
    """What two compositions tell, the same once, with the smaller confidence; and which of what
    was ``asked`` neither answers. Silence where both are silent."""
    if not one.parts or not two.parts:
        told, untold = (one, asked[1]) if one.parts else (two, asked[0])
        return replace(told, unanswered=(untold,)) if told.parts else one
    first, second = one.parts[:HALF], two.parts[:HALF]
    later = [p for p in second if not any(_within(p, other) for other in first)]
    parts = (*(p for p in first if not any(_within(p, other) for other in later)), *later)
    differing = tuple(dict.fromkeys((*one.disagreements, *two.disagreements)))
    return Composition(parts, min(one.confidence, two.confidence), differing)


def _within(one: Part, other: Part) -> bool:
    """Whether a part stands in another."""
    (document, (start, end)), (its, (first, last)) = one.places[0], other.places[0]
    return document == its and first <= start and end <= last


def either(
    library: Library, own: Searched, english: Searched, effort: Effort
) -> tuple[Searched, Composition]:
    """What answers: the passages in the question's own language, or those in English. Where neither
    does, the English ones are what is nearest."""
    held = spoken(library, own)
    if held >= HEARD:
        composition = composed(library, own, effort)
        nearer = held >= ANSWERED or held > shared(library, english)
        if composition.parts and (composition.confidence >= EVEN or nearer):
            return own, composition
    composition = composed(library, english, effort)
    unsure = effort.caution is None and composition.confidence < SURE_IN_ENGLISH
    return english, replace(composition, parts=(), disagreements=()) if unsure else composition
