"""Chosen sentences -> the runs in which they are shown and cited: what cannot stand alone goes with
what it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from index.library import Library
from index.records import Kind
from index.terms import is_cjk
from qa.attributed import (
    names_person,
    names_speaker,
    opens_with_person,
    points_back,
    quotes_back,
)
from qa.candidates import Candidate
from qa.lists import follows, introduces
from qa.turns import label, speaks_of_self

LONGEST = 100  # words of sentences that are shown in one
BARE = 3  # words of a reply that is shown with its question
BACK = 3  # sentences before one that opens with "she", among which she is looked for

_LABEL = re.compile(r"[^\W\d_][^:\uff1a.!?\u3002\n]{0,40}[:\uff1a]\s*")
_ANSWER = re.compile(r"(?:A|Ans|Answer|答|回答|答复)\s?\d{0,3}\s?[:\uff1a]\s*(?=\S)")
_LETTER = re.compile(r"\w")


def runs(library: Library, chosen: Sequence[Candidate]) -> list[tuple[Candidate, ...]]:
    """The candidates in the same order, each once. A short list stands in one with the words that
    introduce it, of a long list only the first item; a sentence that opens by pointing back
    ("They ...") in one with the sentence before it, "She ..." and a quotation of hers with those
    from the one that names her on; of a turn in a transcript, "I ..." with what stands before it; a
    bare reply ("Ada Merrin: No.") with its question. Every run is without a gap in its document."""
    found: list[tuple[Candidate, ...]] = []
    shown: set[tuple[int, int]] = set()
    for at, one in enumerate(chosen):
        if one.key in shown:
            continue
        rest = [c for c in chosen[at + 1 :] if c.key not in shown]
        run = _listed(library, one, rest) if introduces(one) else _led(library, one, rest, shown)
        shown.update(c.key for c in run)
        found.append(run)
    return found


@lru_cache(maxsize=4096)
def words(text: str) -> int:
    """How many words a text has; of Chinese, two characters count as one."""
    return len(text) // 2 if is_cjk(text) else len(text.split())


def _short(run: Sequence[Candidate]) -> bool:
    return sum(words(c.text) for c in run) <= LONGEST


def _listed(library: Library, one: Candidate, rest: Sequence[Candidate]) -> tuple[Candidate, ...]:
    text, run = library.text(one.chunk.document_id), [one]
    for other in rest:
        if not follows(text, run[-1], other):
            break
        run.append(other)
    return tuple(run if _short(run) else run[:2] if _short(run[:2]) else run[:1])


def _led(
    library: Library, one: Candidate, rest: Sequence[Candidate], shown: Set[tuple[int, int]]
) -> tuple[Candidate, ...]:
    """A sentence with what it points back to, and with the one of the rest that points back to it;
    nothing is shown again."""
    for last in (*(c for c in rest if _leans(c)), one):
        run = [*_before(library, last), last]
        known = [at for at, c in enumerate(run, 1) if c.key in shown]
        run = run[max(known, default=0) :]
        if one.key in {c.key for c in run} and _short(run):
            return tuple(run)
    return (one,)


def _leans(one: Candidate) -> bool:
    return points_back(one.text) or quotes_back(one.text) or _replies(one)


def _before(library: Library, one: Candidate) -> list[Candidate]:
    """The sentences that one points back to by how it opens: the one before it, of its section,
    and what that points back to; where it opens with "she", those from the one that names her on,
    if it is near; of a bare reply the question, also where that is a heading; of a quotation those
    from the one that names who speaks on."""
    if _replies(one) and (asked := _previous(library, one)) and asks(asked.text):
        return [asked]
    if turn := _turn(library, one):
        return turn
    if quotes_back(one.text):
        return _quoting(library, one)
    if not points_back(one.text):
        return []
    found: list[Candidate] = []
    person = opens_with_person(one.text)
    for before in _nearest(library, one):
        found.insert(0, before)
        if names_speaker(before.text) if person else not points_back(before.text):
            return found
    return found[-1:]


def _quoting(library: Library, one: Candidate) -> list[Candidate]:
    """What stands before a quotation in its paragraph, from the nearest sentence on that names a
    person in full, or else from the nearest that itself needs none before it."""
    found: list[Candidate] = []
    enough = 0
    for before in _nearest(library, one):
        apart = slice(before.sentence.end, (found or [one])[0].sentence.start)
        if "\n\n" in library.text(one.chunk.document_id)[apart]:
            break
        found.insert(0, before)
        if names_person(before.text):
            return found
        if not enough and not (quotes_back(before.text) or points_back(before.text)):
            enough = len(found)
    return found[len(found) - enough :]


def _nearest(library: Library, one: Candidate) -> Iterator[Candidate]:
    """The few sentences before one, the last first, as far as they are of its kind and section."""
    before: Candidate | None = one
    for _ in range(BACK):
        before = _previous(library, before) if before else None
        if before is None or before.sentence.kind is not one.sentence.kind:
            return
        yield before


def _turn(library: Library, one: Candidate) -> list[Candidate]:
    """What stands in a turn of a transcript before a sentence in the first person, if it is short,
    so that its label tells who speaks."""
    if one.sentence.kind is not Kind.PARAGRAPH or not speaks_of_self(one.text):
        return []
    found = label(library.text(one.chunk.document_id), one.sentence.start)
    run = [one]
    while found and run[0].sentence.start > found[0]:
        before = _previous(library, run[0])
        if before is None or not _short([before, *run]):
            return []
        run.insert(0, before)
    return run[:-1]


def asks(text: str) -> bool:
    """Whether a sentence ends in a question mark."""
    return text.rstrip("*_”’»」』\"' ").endswith(("?", "\uff1f"))


def _replies(one: Candidate) -> bool:
    """Whether a sentence may be a reply that says little without its question: a few words, what
    "A:" marks as one, or behind the speaker's name one that points back."""
    if _ANSWER.match(one.text):
        return True
    label = _LABEL.match(one.text)
    said = one.text[label.end() :] if label else one.text
    brief = words(said) <= BARE or (label is not None and points_back(said))
    return one.sentence.kind is Kind.PARAGRAPH and brief


def _previous(library: Library, one: Candidate) -> Candidate | None:
    return Candidate(one.hit, one.chunk, one.place - 1) if one.place else _ending(library, one)


def _ending(library: Library, one: Candidate) -> Candidate | None:
    """The last sentence of the passage before, where nothing parts it from this one."""
    document = one.chunk.document_id
    earlier = library.chunks([one.chunk.id - 1]).get(one.chunk.id - 1)
    if earlier is None or earlier.document_id != document:
        return None
    last = Candidate(one.hit, earlier, len(earlier.chunk.sentences) - 1)
    end, start = last.sentence.end, one.sentence.start
    if end > start or _LETTER.search(library.text(document), end, start):
        return None
    apart = library.section(document, last.sentence.start) != library.section(document, start)
    return None if apart else last
