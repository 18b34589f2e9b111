"""The sentences of one passage beside a question, in figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from index.records import Kind
from index.terms import terms
from qa.abbreviations import Form, rewritten
from qa.kinds import holds
from qa.question import Question


@lru_cache(maxsize=8192)
def _terms(text: str) -> tuple[str, ...]:
    """The terms of a sentence or of what stands above it; the same ones come up question after
    question."""
    return tuple(terms(text))


def _share(weights: dict[str, float], bag: set[str]) -> float:
    """The share of the weight that lies on terms of a bag, 0..1."""
    return sum(w for t, w in weights.items() if t in bag) / (sum(weights.values()) or 1.0)


def _meant(text: str, words: Iterable[str], forms: Iterable[tuple[Form, Form]]) -> set[str]:
    """The terms of a text, and those of the question's ``forms`` that it writes the other way."""
    return {*words}.union(*(own.terms for own, other in forms if other.pattern.search(text)))


class Sheet:
    """The figures of one passage's sentences; what they share is worked out once. ``weights`` and
    ``characters`` are the question's terms and single characters with their idf; ``texts`` and
    ``kinds`` the sentences, ``context`` what is stated above them."""

    def __init__(
        self,
        question: Question,
        weights: dict[str, float],
        characters: dict[str, float],
        texts: Sequence[str],
        kinds: Sequence[Kind],
        context: str,
    ) -> None:
        self._question = question
        self._weights = weights
        self._characters = characters
        self._asked = {c: near * characters[c] for c, near in question.characters}
        self._texts, self._kinds = texts, kinds
        self.words = [_terms(text) for text in texts]
        forms = rewritten(question.text)
        self._bags = [_meant(text, w, forms) for text, w in zip(texts, self.words, strict=True)]
        self._context = _meant(context, _terms(context), forms)
        self._all = self._context.union(*self._bags)
        whole = "\n".join([context, *texts]) if question.acronyms else ""
        self._initials = _initials(whole)
        self._rarest = max(weights, key=lambda t: weights[t], default="")
        self._topic = self._context.union(*self._bags[:1])

    def row(self, place: int, unknown: float) -> list[float]:
        """The figures of a sentence, as ``qa.candidates.FIGURES`` names them, from "coverage" on;
        ``unknown`` is the share of names that its document lacks."""
        text, bag = self._texts[place], self._bags[place]
        before = self._bags[max(0, place - 1) : place]
        near = self._context.union(*before, *self._bags[place : place + 2])
        length = max(1, len(self.words[place]))
        covered = self._covered(bag)
        kind = self._kinds[place]
        fits = holds(self._question.wants, text, self._question)
        return [
            covered,
            self._covered(near),
            self._covered(self._all),
            self._covered(self._topic | bag),
            _share(self._characters, self._topic | bag),
            _share(self._characters, self._topic.union(*before, bag)),
            _share(self._asked, bag),
            self._covered(bag - self._topic),
            covered * sum(self._weights.values()) / length**0.5 / 10,
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
        return _share(self._weights, bag)

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
