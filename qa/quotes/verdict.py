"""The verdict on a quotation, from the places where it may stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from index.phrases import INTERRUPTING
from index.records import Block, Kind, Span
from index.wording import Reading
from qa.quotes import names, stitched
from qa.quotes.exact import edited, standing
from qa.quotes.marks import Part, Quotation
from qa.quotes.meant import is_meant, nearest, tells
from qa.quotes.places import Scope
from qa.quotes.records import Finding
from qa.quotes.speaker import attribution

MOST = 50  # places listed
_ALTERNATIVES = 5  # places listed of an altered quotation
_SAME = 0.02  # likeness by which they may differ
_FAR = 400  # characters that a mark may leave out where it passes over whole paragraphs


class Candidates(Protocol):
    """Where to look. The index gives these (:class:`qa.quotes.places.Places`); a scan of every
    document must lead to the same verdict."""

    def exact(self, quotation: Quotation) -> list[Scope]: ...
    def like(self, quotation: Quotation) -> list[Scope]: ...
    def phrase(self, words: Sequence[str], reach: int) -> list[Scope]: ...
    def reading(self, document_id: str) -> Reading: ...
    def blocks(self, document_id: str) -> Sequence[Block]: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """``total`` counts the places found; ``findings`` are the first of them."""

    verdict: str
    findings: tuple[Finding, ...]
    total: int


def decide(places: Candidates, quotation: Quotation) -> Verdict:
    """Verbatim and elided word for word; what is neither is altered, stitched or not found."""
    exact = places.exact(quotation)
    if found := _word_for_word(places, quotation, exact):
        return found
    like = places.like(quotation)
    if found := _word_for_word(places, quotation, like):
        return found
    return _otherwise(places, quotation, [*exact, *like])


def _word_for_word(
    places: Candidates, quotation: Quotation, scopes: Sequence[Scope]
) -> Verdict | None:
    if found := _ordered(_verbatim(quotation.whole, scopes), scopes):
        return Verdict("verbatim", tuple(found[:MOST]), len(found))
    if quotation.edited and (found := _ordered(_elided(places, quotation, scopes), scopes)):
        return Verdict("elided", tuple(found[:MOST]), len(found))
    return None


def _verbatim(part: Part, scopes: Sequence[Scope]) -> Iterator[Finding]:
    for scope in scopes:
        for words in scope.readings:
            for start, end in standing(part, words, scope.text):
                yield Finding(scope.document_id, (scope.span(words, start, end),))


def _elided(places: Candidates, quotation: Quotation, scopes: Sequence[Scope]) -> Iterator[Finding]:
    for finding in _in_order(quotation, scopes):
        text = places.reading(finding.document_id).text
        if _is_passage(places.blocks(finding.document_id), text, finding.parts):
            yield finding


def _in_order(quotation: Quotation, scopes: Sequence[Scope]) -> Iterator[Finding]:
    """Where all parts stand word for word, no further apart than the marks allow."""
    for scope in scopes:
        for words in scope.readings:
            for ranges in edited(quotation, words, scope.text):
                spans = tuple(scope.span(words, a, b) for a, b in ranges)
                yield Finding(scope.document_id, spans, quotation.gaps)


def _is_passage(blocks: Sequence[Block], text: str, spans: Sequence[Span]) -> bool:
    """Whether parts stand in one passage: no heading between them, no more than one paragraph's
    end, list items and cells aside where little is left out, and no other speaker behind it."""
    running = [b for b in blocks if b.kind not in INTERRUPTING]
    for (_, end), (start, _) in pairwise(spans):
        between = [b for b in running if end <= b.start <= start]
        if any(b.kind is Kind.HEADING for b in between):
            return False
        passed = [b for b in between[:-1] if b.kind is Kind.PARAGRAPH]
        if passed or (len(between) > 1 and start - end > _FAR):
            return False
        if between and _differ(running, text, spans):
            return False
    return True


def _differ(blocks: Sequence[Block], text: str, spans: Sequence[Span]) -> bool:
    """Whether the source names different speakers of the spans."""
    said = [
        attribution(text, (b.start, b.end), s)
        for s in spans
        for b in blocks
        if b.start <= s[0] < b.end
    ]
    speakers = [a.speaker for a in said if a]
    return any(not names.same(a, b) and names.can_differ(a, b) for a, b in pairwise(speakers))


def _ordered(findings: Iterator[Finding], scopes: Sequence[Scope]) -> list[Finding]:
    """Each place once, by document as the scopes have them, then by place; of findings that
    overlap the shortest."""
    order = {s.document_id: -i for i, s in reversed(list(enumerate(scopes)))}
    kept: list[Finding] = []
    for finding in sorted(
        dict.fromkeys(findings), key=lambda f: (-order[f.document_id], f.span[0], f.span[1])
    ):
        last = kept[-1] if kept else None
        if last and last.document_id == finding.document_id and finding.span[0] < last.span[1]:
            if _length(finding) < _length(last):
                kept[-1] = finding
        else:
            kept.append(finding)
    return kept


def _length(finding: Finding) -> int:
    return finding.span[1] - finding.span[0]


# -- not word for word -----------------------------------------------------------------------------


def _otherwise(places: Candidates, quotation: Quotation, scopes: Sequence[Scope]) -> Verdict:
    near = nearest(quotation, scopes)
    best = near[0] if near else None
    meant = best is not None and is_meant(quotation, best)
    doubtful = best is None or not meant or best.foreign >= stitched.shortest(quotation)
    if doubtful and (found := _stitched(places, quotation, scopes, meant)):
        return Verdict("stitched", tuple(found), len(found))
    if not meant and (apart := _apart(quotation, scopes)):
        return Verdict("stitched", tuple(apart), len(apart))
    if best is None or not meant:
        return Verdict("not_found", (), 0)
    kept: dict[tuple[str, Span], Finding] = {}
    for n in near:
        if n.likeness >= best.likeness - _SAME and is_meant(quotation, n):
            kept.setdefault((n.finding.document_id, n.finding.span), n.finding)
    return Verdict("altered", tuple(kept.values())[:_ALTERNATIVES], min(len(kept), _ALTERNATIVES))


def _apart(quotation: Quotation, scopes: Sequence[Scope]) -> list[Finding]:
    """The places of parts, each of two words and more, that stand in order in two passages."""
    if len(quotation.parts) < 2 or not all(p.size > 1 and tells(p) for p in quotation.parts):
        return []
    found = next(_in_order(quotation, scopes), None)
    return [Finding(found.document_id, (span,)) for span in found.parts] if found else []


def _stitched(
    places: Candidates, quotation: Quotation, scopes: Sequence[Scope], meant: bool
) -> list[Finding]:
    """The places that the words come from; none where one passage is ``meant`` and they all come
    from it."""
    runs = stitched.runs(places, quotation, scopes)
    places_of = stitched.spans(runs)
    if len(places_of) < 2:
        return []
    whole = sum(r.last - r.first for r in runs) == sum(p.size for p in quotation.parts)
    apart = not stitched.one_passage(runs, len(quotation.text))
    if meant and not apart and not (quotation.gaps and whole):
        return []
    return [Finding(document_id, (span,)) for document_id, span in places_of]
