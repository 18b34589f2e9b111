"""An answer composed of what a question finds, in its own language or put into English."""

from __future__ import annotations

from dataclasses import replace

from index.library import Library
from qa.compose import Composition, compose
from qa.rank import Effort
from qa.searched import Searched, shared, spoken

EVEN = 0.5  # the confidence from which on an answer in the question's own language stands
ANSWERED = 0.3  # share of its terms in one passage from which on any answer of it does
HEARD = 0.1  # ... below which no passage of its language can answer it
SURE_IN_ENGLISH = 0.3  # the least confidence of an answer to a question put word by word


def composed(library: Library, found: Searched, effort: Effort) -> Composition:
    """The answer of the passages found."""
    return compose(library, found.question, found.vector, found.hits, effort)


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
