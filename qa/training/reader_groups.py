"""Rows -> groups of windows whose sentences are labelled, for the reader.

A group is one question with the windows it is read against: one that holds the answer, one of
another passage that looks as if it did, and one that only seems to answer what is asked, or that
held the answer until the question was changed or the answer taken out, or stands beside the answer.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.records import Span
from index.scripts import CJK, is_cjk
from index.terms import content, terms
from index.text import sentences
from qa.reader import CONTEXT_WORDS
from qa.training.lookalikes import Lookalikes
from qa.training.reader_questions import Donors, Setting, as_typed, change, donors
from qa.training.reader_rows import Row
from qa.training.reader_vague import blur

LIMITS = (0, 30, 60, 100, 160)  # words of a window; one is drawn; 0: its sentence alone
CHARACTERS = 1.6  # of Chinese or Japanese that count as a word


@dataclass(frozen=True, slots=True)
class Piece:
    """A window to read: ``labels`` of its sentences are 1 answers, 0 does not, -1 not told.
    ``answer`` is the span of the answer in ``text``, where there is one."""

    kind: str
    question: str
    text: str
    spans: tuple[Span, ...]
    labels: tuple[int, ...]
    answer: Span | None = None


@dataclass(frozen=True, slots=True)
class Group:
    source: str
    pieces: tuple[Piece, ...]


class Groups:
    """The group of each row, made when asked for; the same seed gives the same groups, and
    another turn other windows and negatives: a group that is read twice is learnt by heart."""

    def __init__(self, rows: Sequence[Row], near: Mapping[str, Sequence[str]], seed: int) -> None:
        """``near``: question -> passages beside the right one that do not answer it."""
        self.rows, self._seed = rows, seed
        self._near, self._lookalikes = near, Lookalikes(r.passage for r in rows)
        self._headings = {r.passage: r.headings for r in rows}
        self._pool = donors(row.question for row in rows)
        self._sisters: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._sisters[row.passage].append(row)

    def make(self, number: int, turn: int = 0) -> Group:
        row = self.rows[number]
        draw = random.Random(f"{self._seed} {number} {turn}" if turn else f"{self._seed} {number}")
        others: Sequence[str] = [
            p for p in self._lookalikes.find(row.question, 6) if p != row.passage
        ]
        mined = self._near.get(row.question, [])
        if mined and (not others or draw.random() < 0.5):
            others = mined
        sisters = [r for r in self._sisters[row.passage] if not set(r.right) & set(row.right)]
        gold = _gold(row, draw)
        third = _third(row, gold, sisters, self._pool, draw)
        elsewhere = [replace(row, passage=p, headings=self._headings.get(p, ())) for p in others]
        return _group(row, elsewhere, [gold, *third], draw)


def _third(
    row: Row, gold: Piece, sisters: Sequence[Row], pool: Donors, draw: random.Random
) -> list[Piece]:
    """A window of the passage that holds no answer to what is asked."""
    if row.unanswered and draw.random() < 0.8:
        question = _tempting(row, draw)
        return [_other(replace(row, question=question, answers=()), draw, "unanswered")]
    if sisters and draw.random() < 0.3:
        return [_sister(gold, draw.choice(sisters))]
    if draw.random() < 0.8 and (vague := _vague(row, gold, draw)):
        return [vague]
    made = _changed(row, gold, pool, draw) if draw.random() < 0.85 else None
    if made and made.kind == "changed word" and draw.random() < 0.5:
        made = None
    made = made or _beside(row, draw)
    return [made] if made else []


def _tempting(row: Row, draw: random.Random) -> str:
    """One of the passage's unanswered questions, mostly the one most like the row's own."""
    if draw.random() < 0.4:
        return draw.choice(row.unanswered)
    asked = set(terms(row.question))
    return max(row.unanswered, key=lambda q: len(asked & set(terms(q))) / len(terms(q) or " "))


def _sister(gold: Piece, sister: Row) -> Piece:
    """The same window, asked another question whose answer stands elsewhere in the passage."""
    right = {sister.passage[slice(*sister.spans[i])] for i in sister.right}
    texts = [gold.text[slice(*s)] for s in gold.spans]
    labels = tuple(-1 if t in right else -_holds(t, sister.answers) for t in texts)
    return replace(gold, kind="sister", question=sister.question, labels=labels, answer=None)


def _vague(row: Row, gold: Piece, draw: random.Random) -> Piece | None:
    """The same window, the answer taken out; in languages with spaces between words only."""
    if gold.answer is None or is_cjk(gold.text):
        return None
    made = blur(row.question, gold.text, gold.answer, row.answers, gold.spans, draw)
    if made is None or any(b - a < 12 for a, b in made.spans):
        return None
    labels = tuple(0 if y == 1 else y for y in gold.labels)
    return replace(gold, kind="vague", text=made.text, spans=made.spans, labels=labels, answer=None)


def _group(row: Row, others: Sequence[Row], pieces: list[Piece], draw: random.Random) -> Group:
    write = as_typed(draw)
    if row.source == "selqa" and others:
        parts = [other.passage for other in draw.sample(others, min(3, len(others)))]
        pieces.append(_joined(row, parts))
    elif others:
        pieces.append(_other(draw.choice(others), draw))
    written = (replace(p, question=write(p.question)) for p in pieces)
    return Group(row.source, tuple(written))


def _gold(row: Row, draw: random.Random) -> Piece:
    focus = draw.choice(row.right)
    first, last = window(row.passage, row.spans, focus, draw)
    chosen = range(first, last + 1)
    labels = tuple(
        1 if i in row.right else -_holds(row.passage[slice(*row.spans[i])], row.answers)
        for i in chosen
    )
    return _piece("gold", row, row.spans[first : last + 1], labels, draw)


def _beside(row: Row, draw: random.Random) -> Piece | None:
    """The sentences before or after those that answer."""
    runs = [row.spans[: row.right[0]], row.spans[row.right[-1] + 1 :]]
    runs = [run for run in runs if run]
    if not runs:
        return None
    spans = draw.choice(runs)
    focus = 0 if spans[0][0] > row.spans[row.right[0]][0] else len(spans) - 1
    first, last = window(row.passage, spans, focus, draw)
    spans = spans[first : last + 1]
    labels = tuple(-_holds(row.passage[slice(*s)], row.answers) for s in spans)
    return _piece("beside", row, spans, labels, draw)


def _other(row: Row, draw: random.Random, kind: str = "other") -> Piece:
    """The window of a passage without the answer around the sentence most like the question."""
    passage = row.passage
    spans = tuple(sentences(passage, 0, len(passage)))
    asked = set(content(terms(row.question)))
    shared = [len(asked & set(terms(passage[slice(*s)]))) for s in spans]
    first, last = window(passage, spans, int(np.argmax(shared)), draw)
    spans = spans[first : last + 1]
    labels = tuple(-_holds(passage[slice(*s)], row.answers) for s in spans)
    return _piece(kind, row, spans, labels, draw)


def _joined(row: Row, parts: Sequence[str]) -> Piece:
    text, spans = "", []
    for part in parts:
        part = " ".join(part.split()[:60])
        spans.append((len(text), len(text) + len(part)))
        text += part + " "
    return Piece("other", row.question, text, tuple(spans), (0,) * len(spans))


def _changed(row: Row, gold: Piece, pool: Donors, draw: random.Random) -> Piece | None:
    said = " ".join(gold.text[slice(*s)] for s, y in zip(gold.spans, gold.labels, strict=True) if y)
    made = change(Setting(row.question, said, row.passage), pool, draw)
    if made is None:
        return None
    new = set(terms(made.new))
    labels = tuple(
        0 if y == 1 or not new & set(terms(gold.text[slice(*s)])) else -1
        for s, y in zip(gold.spans, gold.labels, strict=True)
    )
    kind = f"changed {made.kind}"
    return replace(gold, kind=kind, question=made.question, labels=labels, answer=None)


def window(passage: str, spans: Sequence[Span], focus: int, draw: random.Random) -> tuple[int, int]:
    """First and last sentence of a window around ``focus``, grown to a drawn number of words."""
    limit = draw.choice(LIMITS)
    size = [_words(passage[slice(*s)]) for s in spans]
    first = last = focus
    total = size[focus]
    while True:
        sides = [i for i in (first - 1, last + 1) if 0 <= i < len(spans)]
        sides = [i for i in sides if total + size[i] <= limit]
        if not sides:
            return first, last
        i = draw.choice(sides)
        total += size[i]
        first, last = min(first, i), max(last, i)


def _words(text: str) -> float:
    return len(text.split()) + len(CJK.findall(text)) / CHARACTERS


def _piece(
    kind: str, row: Row, spans: Sequence[Span], labels: tuple[int, ...], draw: random.Random
) -> Piece:
    """The window's text, sometimes after the headings above the passage or its opening words."""
    begin, end = spans[0][0], spans[-1][1]
    opening = " ".join(row.passage[:begin].split()[: draw.randint(3, 9)])
    if row.headings:
        above = [" ".join(h.split()[:CONTEXT_WORDS]) for h in row.headings]
        opening = draw.choice(["", above[-1], ": ".join(above)])
    lead = f"{opening}: " if opening and (row.headings or draw.random() < 0.5) else ""
    text = lead + row.passage[begin:end]
    shift = len(lead) - begin
    moved = tuple((a + shift, b + shift) for a, b in spans)
    answer = _place(row, begin, end, shift) if kind == "gold" else None
    return Piece(kind, row.question, text, moved, labels, answer)


def _place(row: Row, begin: int, end: int, shift: int) -> Span | None:
    for answer in sorted(row.answers, key=len):
        at = row.passage.find(answer, begin, end)
        if at >= 0:
            return at + shift, at + shift + len(answer)
    return None


def _holds(text: str, answers: Iterable[str]) -> int:
    folded = _folded(text)
    return int(any(a and a in folded for a in map(_folded, answers)))


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
