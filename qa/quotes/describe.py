"""A finding as a person needs it: the place in words, who speaks, what to beware of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.library import Library
from index.phrases import INTERRUPTING
from index.records import Document, Kind, Span
from index.text import display, sentences
from qa.cite import locate
from qa.quotes import names, turns
from qa.quotes.marks import Quotation
from qa.quotes.places import Places
from qa.quotes.records import Attribution, Finding, Match, Omission
from qa.quotes.speaker import attribution

_SHOWN = 12  # words of how a sentence goes on
_PUNCTUATION = frozenset(" \n,.;:!?…()[]，。、；：！？（）")
_IS_CLOSED = re.compile(r"[,，]?\s?(?:[\"”»」]|['’](?!\w))")  # the quotation ends there, too
_NAMES = {Kind.FOOTNOTE: "a footnote", Kind.CAPTION: "a caption", Kind.BOILERPLATE: "boilerplate"}


@dataclass(frozen=True, slots=True)
class Describer:
    """Turns findings of one quotation into matches. ``speaker`` is who is said to have said it."""

    library: Library
    places: Places
    quotation: Quotation
    speaker: str | None = None

    def match(self, document: Document, finding: Finding) -> Match:
        text = self.places.reading(finding.document_id).text
        start, end = finding.span
        locator, page = locate(self.library, finding.document_id, start)
        blocks = self._blocks(finding)
        found = [attribution(text, block, span) for block, span in blocks]
        said = found[0] if len({f.speaker if f else "" for f in found}) == 1 else None
        omitted = (*_omissions(text, finding), *self._added(finding))
        warnings = [
            *_speakers(self._said(text, finding)),
            *_context(text, blocks, finding),
            *(
                w
                for o in omitted
                for w in (*turns.left_out(o.text), *turns.inserted(o.inserted, o.text))
            ),
        ]
        return Match(
            document,
            locator,
            page,
            start,
            end,
            text[start:end],
            said,
            self._misattributed(text, said),
            finding.differences,
            omitted,
            tuple(dict.fromkeys(warnings)),
            (*self._notes(text, blocks[-1][0], finding), *self._unsaid(said)),
        )

    def _added(self, finding: Finding) -> Iterator[Omission]:
        """What an editor put before the first or behind the last word of the source."""
        for mark in self.quotation.outer if finding.marks == self.quotation.gaps else ():
            if mark.inserted:
                yield Omission(finding.span[1], finding.span[1], "", mark.inserted)

    def _blocks(self, finding: Finding) -> list[tuple[Span, Span]]:
        """Each part's paragraph and span."""
        found = []
        for span in finding.parts:
            place = self.library.place(finding.document_id, span[0])
            block = (place.block.start, place.block.end) if place else span
            found.append((block, span))
        return found

    def _said(self, text: str, finding: Finding) -> list[Attribution | None]:
        """Who says each of the pieces that a mark or dropped words part."""
        pieces = tuple(p for part in finding.parts for p in _pieces(text, part, finding))
        blocks = self._blocks(replace(finding, parts=pieces))
        return [attribution(text, block, span) for block, span in blocks]

    def _misattributed(self, text: str, said: Attribution | None) -> bool | None:
        if not self.speaker or said is None:
            return None
        if names.same(said.speaker, self.speaker):
            return False
        if not names.can_differ(said.speaker, self.speaker):
            return None
        return not _stands_for(text, said.speaker, self.speaker)

    def _unsaid(self, said: Attribution | None) -> Iterator[str]:
        """That it cannot be told whether the right person is named."""
        if not self.speaker:
            return
        if said is None:
            yield "The source does not say for certain who is speaking here."
        elif names.is_unnamed(said.speaker):
            yield "The source does not name the speaker here."
        elif not names.same(said.speaker, self.speaker) and not names.can_differ(
            said.speaker, self.speaker
        ):
            yield f"The source does not say whether this is {self.speaker}."

    def _notes(self, text: str, block: Span, finding: Finding) -> Iterator[str]:
        start, end = finding.span
        for d in finding.differences:
            if d.same_value:
                yield f"“{display(d.quote)}” and “{display(d.source)}” are the same value."
        if finding.differences and all(
            set(d.quote + d.source) <= _PUNCTUATION for d in finding.differences
        ):
            yield "Only punctuation differs."
        inside = [b for b in self.places.blocks(finding.document_id) if b.end > start]
        for b in inside:
            if b.start < end and b.kind in INTERRUPTING:
                where = "Stands in" if b.start <= start else "In between stands"
                yield f"{where} {_NAMES[b.kind]}."
        rest = _rest(text, block, end)
        if (
            not finding.differences
            and rest
            and not _IS_CLOSED.match(text, end)
            and re.search(r"[.。]['\"”’»」』]*$", self.quotation.text.strip())
        ):
            shown = " ".join(display(rest).split()[:_SHOWN]) if " " in rest else rest[:24]
            yield f"The source's sentence goes on: “{shown}”."


def _omissions(text: str, finding: Finding) -> Iterator[Omission]:
    for (_, end), (start, _), mark in zip(
        finding.parts, finding.parts[1:], finding.marks, strict=False
    ):
        if end <= start:
            between = text[end:start].strip()
            said = any(c.isalnum() for c in between)
            yield Omission(end, start, between if said else "", mark.inserted)


def _pieces(text: str, span: Span, finding: Finding) -> list[Span]:
    """What a span over a paragraph's end holds beside the words that the quotation drops."""
    if "\n\n" not in text[slice(*span)]:
        return [span]
    start, cuts = span[0], [span[0]]
    for d in finding.differences:
        at = text.find(d.source, start, span[1]) if not d.quote else -1
        if at >= 0:
            start = at + len(d.source)
            cuts += [at, start]
    pairs = zip(cuts[::2], [*cuts[1::2], span[1]], strict=True)
    said = (re.search(r"\w(?:.*\w)?", text[a:b], re.S) for a, b in pairs)
    return [(a + m.start(), a + m.end()) for a, m in zip(cuts[::2], said, strict=True) if m]


def _speakers(found: Sequence[Attribution | None]) -> list[str]:
    names = list(dict.fromkeys(f.speaker for f in found if f))
    if len(names) > 1:
        return [f"The parts have different speakers: {', '.join(names)}."]
    return []


def _context(text: str, blocks: Sequence[tuple[Span, Span]], finding: Finding) -> list[str]:
    """Warnings from the rest of the sentences that the quotation begins and ends in."""
    (first, head), (last, tail) = blocks[0], blocks[-1]
    before = next((a for a, b in sentences(text, *first) if a <= head[0] < b), head[0])
    return [*turns.before(text[before : head[0]]), *turns.after(_rest(text, last, tail[1]))]


def _rest(text: str, block: Span, end: int) -> str:
    """What follows ``end`` in its sentence, without closing marks; "" at the sentence's end."""
    if not block[0] < end < block[1]:
        return ""
    stop = next((b for a, b in sentences(text, *block) if a < end <= b), end)
    rest = re.sub(r"^[\s.。!?！？'\"”’»」』)]+", "", text[end:stop])
    closed = re.match(r"[.。!?！？]", text[end : end + 1])
    return "" if closed or not any(c.isalnum() for c in rest) else rest


def _stands_for(text: str, name: str, other: str) -> bool:
    """Whether the document gives one as the short form of the other: "Works Council (WC)"."""
    for long, short in ((name, other), (other, name)):
        words = r"\s+".join(map(re.escape, long.split()))
        if re.search(rf"{words}\s*[(（]\s*[^)）]{{0,40}}\b{re.escape(short)}\b", text, re.I):
            return True
    return False


def numbered(matches: Sequence[Match], total: int) -> tuple[Match, ...]:
    """The matches; the last of them tells of places that are not listed."""
    if total <= len(matches) or not matches:
        return tuple(matches)
    notes = (*matches[-1].notes, "It stands in more places, which are not listed.")
    return (*matches[:-1], replace(matches[-1], notes=notes))
