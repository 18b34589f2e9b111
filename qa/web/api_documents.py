"""HTTP: the documents of the library and their texts."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, UploadFile
from starlette.responses import JSONResponse, PlainTextResponse, Response

from qa.answer import document_json
from qa.show import documents_json, reports_json
from qa.web.models import DocumentListed, DocumentOut, ReportOut
from qa.web.problems import Problem, parted, response
from qa.web.service import Service
from qa.web.uploads import Uploaded, add, add_fetched, fetched

_LISTED: dict[int | str, dict[str, Any]] = {200: {"model": list[DocumentListed]}}
_ADDED: dict[int | str, dict[str, Any]] = {
    200: {"model": list[ReportOut], "description": "All of it is in the library already."},
    201: {"model": list[ReportOut], "description": "What became of each file, in order."},
}
_TEXT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {}}}}
MOST_URLS = 8  # in one request
_NO_STORE = {"Cache-Control": "no-store"}


def routes(service: Service) -> APIRouter:
    router = APIRouter(tags=["documents"])
    _reading(router, service)
    _adding(router, service)
    _removing(router, service)
    return router


def _reading(router: APIRouter, service: Service) -> None:
    library = service.library

    @router.get("/documents", responses=_LISTED)
    def documents() -> Response:
        """Every document, in the order added."""
        listed = documents_json(library.documents(), library.counts())
        return JSONResponse(listed, headers=_NO_STORE)

    @router.get("/documents/{document}", responses={200: {"model": DocumentListed}})
    def one(document: str) -> Response:
        """One document; any unambiguous beginning of the id will do."""
        found = service.document(document)
        return JSONResponse(documents_json([found], library.counts())[0], headers=_NO_STORE)

    @router.get("/text/{document}", response_class=PlainTextResponse, responses=_TEXT)
    def text(
        document: str,
        start: Annotated[int, Query(ge=0)] = 0,
        end: Annotated[int | None, Query(ge=0)] = None,
    ) -> Response:
        """A document's text, or its code points from ``start`` to ``end``."""
        whole = service.document(document).text
        last = len(whole) if end is None else end
        if not start < last <= len(whole):
            raise Problem(
                422,
                "bad_span",
                f"There is no span from {start} to {last} in the text.",
                f"Give start before end, at most {len(whole)}.",
            )
        return PlainTextResponse(whole[start:last], headers=_NO_STORE)


def _adding(router: APIRouter, service: Service) -> None:
    library = service.library

    @router.post("/documents", status_code=201, responses=_ADDED)
    async def upload(
        files: Annotated[
            list[UploadFile], File(default_factory=list, description="Documents of any kind read.")
        ],
        urls: Annotated[
            list[str],
            Form(default_factory=list, max_length=MOST_URLS, description="Web pages to fetch."),
        ],
        collection: Annotated[str, Form(max_length=100)] = "default",
    ) -> Response:
        """Add files and web pages. It is answered when they are stored; one that cannot be read
        does not stop the others."""
        if not files and not urls:
            raise Problem(422, "invalid_request", "Neither files nor urls were sent.")
        given = [Uploaded(f.filename or "", f.file) for f in files]
        pages = await asyncio.gather(*(service.fetches.run(partial(fetched, url)) for url in urls))
        reports = await service.change(
            lambda: add(library, given, collection) + add_fetched(library, pages, collection)
        )
        told = reports_json(reports)
        if all(r.status == "failed" for r in reports):
            refused = Problem(422, "unreadable_document", *parted(reports[0].reason))
            service.metrics.failed(refused.code)
            return response(refused, told)
        changed = any(r.status in ("added", "replaced") for r in reports)
        return JSONResponse(told, 201 if changed else 200, _NO_STORE)


def _removing(router: APIRouter, service: Service) -> None:
    @router.delete("/documents/{document}", responses={200: {"model": DocumentOut}})
    async def remove(document: str) -> Response:
        """Remove a document and its archived source; gives back what it was. The whole id."""

        def work() -> dict[str, str]:
            found = service.document(document)
            if found.id != document:
                raise Problem(
                    404,
                    "unknown_document",
                    "To remove a document, its whole id is needed.",
                    "See the ids at /api/v1/documents.",
                )
            return document_json(service.library.remove(document))

        return JSONResponse(await service.change(work), headers=_NO_STORE)
