"""An answer composed of what a question finds, in its own language or put into English; of several
questions asked as one, what answers each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial, reduce
from itertools import chain, zip_longest

from index.library import NO_FILTERS, Library
from index.records import Hit
from index.rows import Filters
from qa.compose import READ, Composition, Part, compose
from qa.question import parse
from qa.rank import Effort
from qa.reader import Passage
from qa.reading import reader
from qa.searched import Searched, searched, shared, spoken
from qa.twofold import leans, questions

EVEN = 0.5  # the confidence from which on an answer in the question's own language stands
ANSWERED = 0.3  # share of its terms in one passage from which on any answer of it does
HEARD = 0.1  # ... below which no passage of its language can answer it
TOLD = -1.5  # the reader's logit from which on an answer tells what leans on its question, too
HALF = 2  # sentences for each of several questions
SURE_IN_ENGLISH = 0.3  # the least confidence of an answer to a question put word by word


def composed(
    library: Library, found: Searched, effort: Effort, filters: Filters = NO_FILTERS
) -> Composition:
    """The answer of the passages found. Several questions asked as one are answered one after the
    other, from what each finds besides; ``unanswered`` are those that nothing answers."""
    first, *others = questions(found.question.text)
    whole = partial(compose, library, found.question, found.vector, found.hits, effort)
    if not others:
        return whole()
    one = _half(library, searched(library, parse(first), READ, filters), found.hits, effort)
    told = {first: one}
    for other in others:
        own = searched(library, parse(other), READ, filters)
        told[other] = (
            _leaning(library, found, own, one, effort)
            if leans(other)
            else _half(library, own, found.hits, effort)
        )
    answers = [answer for answer in told.values() if answer.parts]
    if len(answers) > 1:
        answers = [replace(answer, parts=answer.parts[:HALF]) for answer in answers]
    untold = tuple(asked for asked, answer in told.items() if not answer.parts)
    return replace(reduce(_both, answers), unanswered=untold) if answers else whole()


def _leaning(
    library: Library, found: Searched, own: Searched, one: Composition, effort: Effort
) -> Composition:
    """The answer to "When does it end?" from the documents that answer what it leans on: a likely
    one of its own, or else that answer, where the reader reads this in it, too."""
    documents = {place[0] for part in one.parts for place in part.places}
    near, hits = (
        [hit for hit in some if hit.document_id in documents] for some in (found.hits, own.hits)
    )
    alone = _half(library, replace(own, hits=hits), near, effort)
    if alone.confidence >= EVEN:
        return alone
    texts = [part.text for part in one.parts[:HALF]] if effort.reader != "none" else []
    passages = [Passage("", text, ((0, len(text)),)) for text in texts]
    read = reader().read(own.question.text, passages) if passages else []
    if any(reading.logits[0] >= TOLD for reading in read):
        return replace(one, confidence=min(one.confidence, EVEN), disagreements=())
    return Composition((), alone.confidence)


def _half(library: Library, own: Searched, hits: Sequence[Hit], effort: Effort) -> Composition:
    """The answer of the passages that the half finds and those that the whole found, in turn."""
    turns = filter(None, chain.from_iterable(zip_longest(own.hits, hits)))
    mixed: dict[int, Hit] = {}
    for hit in turns:
        mixed.setdefault(hit.chunk_id, hit)
    first = [*mixed.values()][:READ]
    return compose(library, own.question, own.vector, first, effort)


def _both(one: Composition, two: Composition) -> Composition:
    """What two compositions tell, the same once, with the smaller confidence."""
    first, second = one.parts, two.parts
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
