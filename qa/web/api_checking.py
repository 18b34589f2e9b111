"""HTTP: checking quotations, and citing documents and the words in them."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from index.records import Document
from qa.answer import citation_json, document_json
from qa.cite import Citation, cite
from qa.quote import as_json, check
from qa.web.models import CiteOut, Citing, QuoteOut, Quoting
from qa.web.problems import Problem
from qa.web.service import Service, left

_NO_STORE = {"Cache-Control": "no-store"}


def routes(service: Service) -> APIRouter:
    router = APIRouter(tags=["check"])

    async def checked(quoting: Quoting, request: Request) -> Response:
        def work() -> dict[str, Any]:
            speaker = (quoting.speaker or "").strip() or None
            return as_json(check(service.library, quoting.quote, speaker), quoting.id)

        found = await service.checks.run(work, partial(left, request))
        return JSONResponse(found, headers=_NO_STORE)

    @router.get("/quote", responses={200: {"model": QuoteOut}})
    async def quote(quoting: Annotated[Quoting, Query()], request: Request) -> Response:
        """Whether words stand in the documents as they are quoted, where, and what differs."""
        return await checked(quoting, request)

    @router.post("/quote", responses={200: {"model": QuoteOut}})
    async def quote_by_post(quoting: Quoting, request: Request) -> Response:
        """The same with the words in the body, so that they stand in no log of addresses."""
        return await checked(quoting, request)

    @router.get("/cite", responses={200: {"model": CiteOut}})
    async def reference(citing: Annotated[Citing, Query()]) -> Response:
        """A reference to a document, or to the words from ``start`` to ``end`` of its text."""
        told = await service.run(lambda: _cited(service, citing))
        return JSONResponse(told, headers=_NO_STORE)

    return router


def _cited(service: Service, citing: Citing) -> dict[str, Any]:
    document = service.document(citing.document)
    citation = _citation(service, citing, document)
    written, mark = _written(service, document, citation, citing.style)
    return {
        "style": citing.style,
        "reference": written,
        "mark": mark,
        "document": document_json(document),
        "citation": citation_json(citation) if citation else None,
    }


def _citation(service: Service, citing: Citing, document: Document) -> Citation | None:
    start, end = citing.start, citing.end
    if start is None and end is None:
        return None
    if start is None or end is None or not start < end <= len(document.text):
        raise Problem(
            422,
            "bad_span",
            f"There is no span from {start} to {end} in the text.",
            f"Give start before end, at most {len(document.text)}, or neither.",
        )
    return cite(service.library, 1, document, (start, end), document.text[start:end])


def _written(
    service: Service, document: Document, citation: Citation | None, style: str
) -> tuple[str, str]:
    """The reference in a style, and the mark that stands in the text where the style has one."""
    from qa.export.entries import Source
    from qa.references import exchange
    from qa.references.record import reference
    from qa.references.styled import styled

    meant = reference(document)
    exchanged = {"bibtex": exchange.bibtex, "ris": exchange.ris, "csl-json": exchange.csl_json}
    if style in exchanged:
        sound = bool(citation and citation.faithful and service.library.archived(document))
        notes = [Source(1, citation, sound).note] if citation else []
        return exchanged[style]([(meant, notes)]), ""
    page = (citation.printed or str(citation.page or "")) if citation else ""
    (found,) = styled([(meant, f"p. {page}" if page else "")], style)
    return found.entry, found.mark
