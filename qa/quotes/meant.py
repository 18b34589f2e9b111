"""The passages like a quotation, and whether one of them is what it was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.scripts import is_cjk
from index.scripts import words as listed
from index.terms import STOPWORDS, stem
from index.wording import Wording, is_word
from qa.quotes.marks import Gap, Part, Quotation
from qa.quotes.near import Alignment, Difference, align
from qa.quotes.places import Scope
from qa.quotes.records import Finding

ALTERED = 0.6  # likeness from which a passage is taken for the one that was meant
_TELLING, _TELLING_CJK = 2, 4  # words that carry meaning, characters: the fewest to go by
_COMMON, _MOSTLY = 4, 0.7  # words, likeness: for passages of common words alone
_CLAUSE = 3  # words: the shortest clause that can be told
_PRESENT = 0.5  # likeness from which a part beside another is taken to be there
_SLACK = 8  # words and marks
_READINGS = 6  # of a passage: how its broken words and its single marks may be read
_CLAUSAL = listed(  # no group of nouns has one of these
    "i we you he she they it am is are was were has have had will would shall can could may might "
    "must"
)
_EDGE = re.compile(r"[.!?:;…\"“”„‘’«»]|'|\n\n")


@dataclass(frozen=True, slots=True)
class Near:
    finding: Finding
    likeness: float
    known: int  # words that stand there and carry meaning
    foreign: int  # words that do not stand there
    ends: bool  # the quotation's last word stands there
    clause: bool  # it is a clause, and begins and ends as one of the source does


def nearest(quotation: Quotation, scopes: Sequence[Scope]) -> list[Near]:
    """The most like first; of equal ones those that are meant."""
    found = list(_nearest(quotation, scopes))
    return sorted(found, key=lambda n: (-n.likeness, not is_meant(quotation, n)))


def is_meant(quotation: Quotation, near: Near) -> bool:
    """Whether a passage is near enough to be the one that was meant."""
    differences = near.finding.differences
    if not differences:
        return False
    cjk = is_cjk(quotation.text)
    telling = near.known >= (_TELLING_CJK if cjk else _TELLING)
    if telling and (near.likeness >= ALTERED or all(d.same_value for d in differences)):
        return True
    if cjk:
        return False
    standing = sum(p.size for p in quotation.parts) - near.foreign
    if standing >= _COMMON and near.likeness >= _MOSTLY:
        return True
    return len(quotation.parts) == 1 and _is_clause(near, standing + near.foreign)


def _is_clause(near: Near, size: int) -> bool:
    """Whether three words or more are a clause of the source with one word changed in it, and not
    the last, where most of what is said stands."""
    changed = [d for d in near.finding.differences if not d.same_value]
    said = [w for d in changed for w in d.quote.split()]
    if not (near.clause and near.ends and near.known and len(said) <= 1):
        return False
    if any(d.quote and len(d.source.split()) > 1 for d in changed):
        return False
    if size - len(said) >= _CLAUSE:
        return len(changed) <= near.known
    subjects = len(changed) == 1 and all(map(_tells_word, (changed[0].quote, changed[0].source)))
    return size == _CLAUSE and subjects


def _nearest(quotation: Quotation, scopes: Sequence[Scope]) -> Iterator[Near]:
    """The passage of each scope, in the reading in which it is the most like."""
    for scope in scopes:
        found = []
        for words in scope.readings[:_READINGS]:
            aligned = _aligned(quotation, words, scope.text)
            if any(a is not None for a in aligned):
                found.append(_near(quotation, scope, words, aligned))
        if found:
            yield max(found, key=lambda n: n.likeness)


def _aligned(quotation: Quotation, words: Wording, text: str) -> list[Alignment | None]:
    """Each part in the passage around the part that stands there best, no further away than the
    marks allow; None for a part that is not there."""
    parts = quotation.parts
    free = [align(part, words, text) for part in parts]
    at = max(range(len(parts)), key=lambda i: parts[i].size * (a.likeness if (a := free[i]) else 0))
    found: list[Alignment | None] = [None] * len(parts)
    found[at] = best = free[at]
    if best is None:
        return found
    place = reach = best.end
    for i in range(at + 1, len(parts)):
        reach += _reach(quotation.gaps[i - 1], parts[i])
        a = align(parts[i], words, text, (place, reach))
        if a and a.likeness >= _PRESENT:
            found[i], place, reach = a, a.end, a.end
    place = reach = best.start
    for i in range(at - 1, -1, -1):
        reach -= _reach(quotation.gaps[i], parts[i])
        a = align(parts[i], words, text, (reach, place))
        if a and a.likeness >= _PRESENT:
            found[i], place, reach = a, a.start, a.start
    return found


def _reach(gap: Gap, part: Part) -> int:
    """How many keys of a source a mark and the part beside it may take up."""
    return (gap.most + part.size) * 5 // 4 + _SLACK


def _near(
    quotation: Quotation, scope: Scope, words: Wording, aligned: Sequence[Alignment | None]
) -> Near:
    known, foreign, likeness, ends = 0, 0, 0.0, False
    differences: list[Difference] = []
    for p, a in zip(quotation.parts, aligned, strict=True):
        keys = p.readings[0].keys
        away = {i for start, end in a.foreign for i in range(start, end)} if a else range(len(keys))
        ends = max(p.readings[0].words) not in away
        foreign += sum(is_word(keys[i]) for i in away)
        known += sum(_tells(k) for i, k in enumerate(keys) if i not in away)
        likeness += p.size * a.likeness if a else 0
        differences += a.differences if a else [Difference("insert", p.text.strip(), "")]
    spans = tuple(scope.span(words, a.start, a.end) for a in aligned if a)
    marks = quotation.gaps if len(spans) == len(aligned) else ()
    finding = Finding(scope.document_id, spans, marks, tuple(differences))
    likeness /= sum(p.size for p in quotation.parts)
    there = [a for a in aligned if a]
    edges = (_is_edge(scope, words, at) for at in (there[0].start, there[-1].end))
    clause = not _CLAUSAL.isdisjoint(keys) and all(edges)
    return Near(finding, likeness, known, foreign, ends, clause)


def _is_edge(scope: Scope, words: Wording, at: int) -> bool:
    """Whether a sentence, a paragraph or words in quotation marks begin or end before a key; a
    comma alone parts only the items of a list."""
    if at == 0:
        return scope.low == 0
    behind = next((i for i in range(at, len(words)) if is_word(words.keys[i])), None)
    if behind is None:
        return scope.high == len(scope.reading.text)
    before = next((i for i in range(at - 1, -1, -1) if is_word(words.keys[i])), 0)
    return _EDGE.search(scope.text[words.ends[before] : words.starts[behind]]) is not None


def tells(part: Part) -> bool:
    """Whether one of its words carries meaning."""
    return any(map(_tells, part.readings[0].keys))


def _tells_word(text: str) -> bool:
    return text.isalnum() and _tells(text.lower())


def _tells(key: str) -> bool:
    return is_word(key) and stem(key) not in STOPWORDS
