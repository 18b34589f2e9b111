"""The verdict on a quotation, from the places where it may stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.phrases import INTERRUPTING
from index.records import Block, Kind, Span
from index.scripts import is_cjk
from index.terms import STOPWORDS, stem
from index.wording import Reading, Wording, is_word
from qa.quotes import stitched
from qa.quotes.exact import edited, standing
from qa.quotes.marks import Gap, Part, Quotation
from qa.quotes.near import Alignment, Difference, align
from qa.quotes.places import Scope

ALTERED = 0.6  # likeness from which a passage is taken for the one that was meant
MOST = 50  # places listed
_ALTERNATIVES = 5  # places listed of an altered quotation
_SAME = 0.02  # likeness by which they may differ
_TELLING, _TELLING_CJK = 2, 4  # words that carry meaning, characters: the fewest to go by
_COMMON, _MOSTLY = 4, 0.7  # words, likeness: for passages of common words alone
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
class Finding:
    """A place: ``parts`` are the spans that were compared, in the order of the quotation;
    ``marks`` what stands between them."""

    document_id: str
    parts: tuple[Span, ...]
    marks: tuple[Gap, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def span(self) -> Span:
        return min(a for a, _ in self.parts), max(b for _, b in self.parts)


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
    for scope in scopes:
        for words in scope.readings:
            for ranges in edited(quotation, words, scope.text):
                spans = tuple(scope.span(words, a, b) for a, b in ranges)
                if _is_passage(places.blocks(scope.document_id), spans):
                    yield Finding(scope.document_id, spans, quotation.gaps)


def _is_passage(blocks: Sequence[Block], spans: Sequence[Span]) -> bool:
    """Whether parts stand in one passage: no heading between them, and no more than one
    paragraph's end, unless little is left out."""
    running = [b for b in blocks if b.kind not in INTERRUPTING]
    for (_, end), (start, _) in zip(spans, spans[1:], strict=False):
        between = [b for b in running if end <= b.start <= start]
        if any(b.kind is Kind.HEADING for b in between):
            return False
        if len(between) > 1 and start - end > _FAR:
            return False
    return True


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


@dataclass(frozen=True, slots=True)
class _Near:
    finding: Finding
    likeness: float
    known: int  # words that stand there and carry meaning
    foreign: int  # words that do not stand there


def _otherwise(places: Candidates, quotation: Quotation, scopes: Sequence[Scope]) -> Verdict:
    near = sorted(_nearest(quotation, scopes), key=lambda n: -n.likeness)
    best = near[0] if near else None
    meant = best is not None and bool(best.finding.differences) and _is_meant(quotation, best)
    if best is None or not meant or best.foreign >= stitched.shortest(quotation):
        if found := _stitched(places, quotation, scopes, meant):
            return Verdict("stitched", tuple(found), len(found))
    if best is None or not meant:
        return Verdict("not_found", (), 0)
    kept: dict[Span, Finding] = {}
    for n in near:
        if n.likeness >= best.likeness - _SAME and n.finding.differences:
            kept.setdefault(n.finding.span, n.finding)
    found = list({(f.document_id, f.span): f for f in kept.values()}.values())[:_ALTERNATIVES]
    return Verdict("altered", tuple(found), len(found))


def _is_meant(quotation: Quotation, best: _Near) -> bool:
    """Whether a passage is near enough to be the one that was meant."""
    cjk = is_cjk(quotation.text)
    if best.known >= (_TELLING_CJK if cjk else _TELLING):
        return best.likeness >= ALTERED
    standing = sum(p.size for p in quotation.parts) - best.foreign
    return not cjk and standing >= _COMMON and best.likeness >= _MOSTLY


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


def _nearest(quotation: Quotation, scopes: Sequence[Scope]) -> Iterator[_Near]:
    for scope in scopes:
        words, text = scope.readings[0], scope.text
        aligned = [(p, align(p, words, text)) for p in quotation.parts]
        found = [(p, a) for p, a in aligned if a is not None]
        if not found:
            continue
        yield _near(quotation, scope, words, found)


def _near(
    quotation: Quotation, scope: Scope, words: Wording, found: Sequence[tuple[Part, Alignment]]
) -> _Near:
    size = sum(p.size for p in quotation.parts)
    likeness = sum(p.size * a.likeness for p, a in found) / size
    in_order = all(a.start <= b.start for (_, a), (_, b) in zip(found, found[1:], strict=False))
    known, foreign = 0, 0
    for p, a in found:
        away = {i for start, end in a.foreign for i in range(start, end)}
        keys = p.readings[0].keys
        foreign += sum(is_word(keys[i]) for i in away)
        known += sum(_tells(k) for i, k in enumerate(keys) if i not in away)
    spans = tuple(scope.span(words, a.start, a.end) for _, a in found)
    differences = tuple(d for _, a in found for d in a.differences)
    marks = quotation.gaps if in_order and len(found) == len(quotation.parts) else ()
    finding = Finding(scope.document_id, spans, marks, differences)
    return _Near(finding, likeness if in_order else 0.9 * likeness, known, foreign)


def _tells(key: str) -> bool:
    return is_word(key) and stem(key) not in STOPWORDS
