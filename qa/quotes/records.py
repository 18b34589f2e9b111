"""What a check of a quotation finds."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Document, Span
from qa.quotes.marks import Gap
from qa.quotes.near import Difference

VERDICTS = ("verbatim", "elided", "altered", "stitched", "not_found")


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
class Omission:
    """What an editor's mark stands for: ``text`` is the source's ``start`` to ``end``, empty where
    nothing is left out; ``inserted`` are the editor's own words."""

    start: int
    end: int
    text: str
    inserted: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who the source says is speaking, and the span that says so."""

    speaker: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The words of a paragraph that name a speaker, by offsets into the paragraph."""

    speaker: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """A place. ``source_text`` is ``document.text[start:end]``, never typed. ``misattributed`` is
    None where no speaker was asked about or the source does not say who speaks."""

    document: Document
    locator: str
    page: int | None
    start: int
    end: int
    source_text: str
    attribution: Attribution | None = None
    misattributed: bool | None = None
    differences: tuple[Difference, ...] = ()
    omitted: tuple[Omission, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """``verdict`` is one of ``VERDICTS``; ``matches`` are in the order in which the documents were
    added, of a stitched quotation in its own order, of an altered one the most alike first."""

    quote: str
    verdict: str
    matches: tuple[Match, ...]
