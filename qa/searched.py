"""What a question finds, and what it finds put into English where texts of its own language say
nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.records import Hit
from index.rows import Filters
from index.scripts import is_cjk
from index.terms import terms
from qa.glosses.gloss import glossed, is_chinese
from qa.question import Question, parse
from qa.retrieve import FUSION, Fusion, embed, fused

OWN = 0.5  # share of the question's terms in one passage from which on it is about this question


@dataclass(frozen=True, slots=True)
class Searched:
    """A question, its vector and the passages found, best first."""

    question: Question
    vector: NDArray[np.float32]
    hits: Sequence[Hit]


def searched(
    library: Library, question: Question, most: int, filters: Filters, fusion: Fusion = FUSION
) -> Searched:
    """The ``most`` best passages."""
    vector = embed(library, question)
    return Searched(question, vector, fused(library, question, vector, most, filters, fusion))


def in_english(
    library: Library, found: Searched, most: int, filters: Filters, fusion: Fusion = FUSION
) -> Searched | None:
    """The same for a Chinese question in English words, among passages that are not Chinese; None
    for any other, where a passage of its own language is about what is asked, and where no other
    passage holds a word of it."""
    if not is_chinese(found.question.text) or spoken(library, found) >= OWN:
        return None
    asked = glossed(library, found.question.text, filters)
    if not asked:
        return None
    other = searched(library, parse(asked), most, filters, fusion)
    texts = library.chunks([hit.chunk_id for hit in other.hits])
    hits = [h for h in other.hits if h.chunk_id in texts and not is_cjk(texts[h.chunk_id].text)]
    english = Searched(other.question, other.vector, hits)
    return english if hits and shared(library, english) else None


def shared(library: Library, found: Searched) -> float:
    """The largest share, 0..1, of the question's terms that one of the passages holds."""
    wanted = frozenset(found.question.terms)
    texts = library.chunks([hit.chunk_id for hit in found.hits]).values()
    return max((len(wanted & {*terms(c.text)}) for c in texts), default=0) / len(wanted)


def spoken(library: Library, found: Searched) -> float:
    """The same where Chinese characters carry the question, else 0: the names between them tell
    nothing of the passages' language."""
    return shared(library, found) if found.question.cjk else 0.0
