"""Where two sources say nearly the same and give another figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from index.records import Span
from index.text import display
from qa.candidates import Candidate

ALIKE = 82  # rapidfuzz token-sort ratio, 0..100, of two sentences with their figures masked
_FIGURE = re.compile(
    r"\d+(?:[.,]\d+)*(?:\s?(?:%|percent|thousand|million|billion|trillion|[万亿]))?"
)


@dataclass(frozen=True, slots=True)
class Side:
    """A figure as one source gives it, and where."""

    value: str
    document_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Disagreement:
    about: str
    sides: tuple[Side, ...]


def disagreements(
    chosen: Sequence[Candidate], others: Sequence[Candidate]
) -> tuple[Disagreement, ...]:
    """For each sentence of an answer, the sentences of other documents that contradict a figure."""
    found = (_between(one, other) for one in chosen for other in others)
    return tuple(dict.fromkeys(d for d in found if d))


def _between(one: Candidate, other: Candidate) -> Disagreement | None:
    if one.chunk.document_id == other.chunk.document_id:
        return None
    mine, theirs = _FIGURE.findall(one.text), _FIGURE.findall(other.text)
    if not mine or len(mine) != len(theirs) or mine == theirs:
        return None
    masked = (_FIGURE.sub("#", display(c.text)) for c in (one, other))
    if not fuzz.token_sort_ratio(*masked, score_cutoff=ALIKE):
        return None
    at = next(i for i, pair in enumerate(zip(mine, theirs, strict=True)) if pair[0] != pair[1])
    return Disagreement(_about(one.text, at), (_side(mine[at], one), _side(theirs[at], other)))


def _side(value: str, candidate: Candidate) -> Side:
    span = (candidate.sentence.start, candidate.sentence.end)
    return Side(" ".join(value.split()), candidate.chunk.document_id, span)


def _about(text: str, at: int) -> str:
    """The few words around the figure, the figure itself left open."""
    figure = list(_FIGURE.finditer(text))[at]
    before = display(text[: figure.start()]).split(" ")[-3:]
    after = display(text[figure.end() :]).split(" ")[:3]
    return " ".join([*before, "…", *after]).strip(" .,;")
