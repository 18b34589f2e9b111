"""The JSON that goes in and out over HTTP, described for the OpenAPI page."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from index.rows import Filters, date_range
from qa.rank import Effort

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def _date(text: str) -> str:
    if text:
        try:
            if not _DATE.fullmatch(text):
                raise ValueError
            date.fromisoformat({4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text))
        except ValueError:
            raise ValueError(f"{text[:20]!r} is not a date such as 2025-06-05") from None
    return text


def _written(text: str) -> str:
    """Half a character of UTF-16, which JSON can spell, is no text and cannot be written."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("it holds half a character (a lone surrogate)") from None
    return text


Text = Annotated[str, AfterValidator(_written)]
Date = Annotated[str, AfterValidator(_date)]
Id = Annotated[Text | int | None, Field(description="Given back as it came.")]


class Searching(BaseModel):
    """A question, how many passages to list, and which documents may be seen."""

    model_config = ConfigDict(extra="forbid")

    question: Text = Field(description="In your own words, at most 2,000 characters.")
    id: Id = None
    top: int = Field(10, ge=1, le=1000, description="Passages to list.")
    collection: Text = ""
    publisher: Text = ""
    since: Date = Field("", description="Dated then or later: 2025-06-05, 2025-06 or 2025.")
    until: Date = Field("", description="Dated then or earlier.")
    language: Text = Field("", description="Such as en or zh.")
    document: Text = Field("", description="One document's id, or an unambiguous beginning of it.")
    reader: Literal["default", "fast", "none"] = Field(
        "default", description="fast: reads less; none: not at all. Quicker and worse."
    )

    def filters(self, document_id: str) -> Filters:
        """The filters, the document's id written out."""
        return Filters(
            collection=self.collection,
            publisher=self.publisher,
            language=self.language,
            since=date_range(self.since)[0] if self.since else "",
            until=date_range(self.until)[1] if self.until else "",
            document=document_id,
        )


class Asking(Searching):
    """A question to be answered."""

    caution: float | None = Field(
        None,
        ge=0,
        le=0.5,
        description="Share of answerable questions that may meet silence, for fewer wrong answers.",
    )
    stream: bool = Field(False, description="Answer with server-sent events, as things are known.")

    def effort(self) -> Effort:
        return Effort(self.reader, self.caution)


class Quoting(BaseModel):
    """A quotation to be checked."""

    model_config = ConfigDict(extra="forbid")

    quote: Text = Field(description="The words as they are to be printed.")
    speaker: Text | None = Field(None, description="Who is to have said them.")
    id: Id = None


class Citing(BaseModel):
    """A document, or a span of it: ``start`` and ``end`` in code points of its text."""

    model_config = ConfigDict(extra="forbid")

    document: Text
    start: int | None = Field(None, ge=0)
    end: int | None = Field(None, ge=1)
    style: Literal["apa", "mla", "chicago", "bibtex", "ris", "csl-json"] = "apa"


class DocumentOut(BaseModel):
    """A document as citations name it; what the source does not state is empty."""

    id: str
    title: str
    publisher: str
    date: str
    url: str
    file: str
    sha256: str


class DocumentListed(DocumentOut):
    """A document as the list of documents names it."""

    model_config = ConfigDict(extra="allow")

    language: str
    collection: str
    media_type: str
    pages: int | None
    passages: int
    characters: int


class SentenceOut(BaseModel):
    model_config = ConfigDict(extra="allow")

    text: str
    citations: list[int]


class CitationOut(BaseModel):
    """``quote`` is the document's text from ``start`` to ``end``."""

    model_config = ConfigDict(extra="allow")

    n: int
    document: DocumentOut
    locator: str
    page: int | None
    start: int
    end: int
    quote: str


class PassageOut(BaseModel):
    rank: int
    score: float
    document_id: str
    file: str
    start: int
    end: int
    text: str


class AnswerOut(BaseModel):
    """What ``pullquote ask --json`` prints."""

    model_config = ConfigDict(extra="allow")

    id: Id
    question: str
    status: Literal["answered", "not_found"]
    answer: str
    sentences: list[SentenceOut]
    citations: list[CitationOut]
    disagreements: list[dict[str, Any]]
    passages: list[PassageOut]
    confidence: float
    composer: str
    timings_ms: dict[str, float]


class SearchOut(BaseModel):
    """What ``pullquote search --json`` prints."""

    model_config = ConfigDict(extra="allow")

    id: Id
    question: str
    passages: list[PassageOut]
    timings_ms: dict[str, float]


class ReportOut(BaseModel):
    """What became of an uploaded file."""

    model_config = ConfigDict(extra="allow")

    file: str
    status: Literal["added", "replaced", "unchanged", "failed"]
    document_id: str
    chunks: int
    reason: str
    replaced: str


class QuoteOut(BaseModel):
    """What ``pullquote quote --json`` prints."""

    model_config = ConfigDict(extra="allow")

    id: Id
    quote: str
    verdict: Literal["verbatim", "elided", "altered", "stitched", "not_found"]
    matches: list[dict[str, Any]]


class CiteOut(BaseModel):
    """``mark`` stands in the text, ``reference`` in the list; the exchange formats have no mark."""

    style: str
    reference: str
    mark: str
    document: DocumentOut
    citation: CitationOut | None


class StatusOut(BaseModel):
    status: str
    version: str
    documents: int | None = None
