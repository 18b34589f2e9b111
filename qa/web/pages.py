"""The desk's plain pages: a document, words in their context, pages of a PDF, archived sources.

``/d/<document>/<start>-<end>`` is a stable address: the id is of the content, and the text of a
content is never rewritten.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from index.errors import PullquoteError
from index.library import Library
from index.readers.pdf.page import page_count, page_png
from qa.links import PDF
from qa.web import checking, evaluation, exporting, remarks, render, shelf, static, talking
from qa.web.citing import quoted
from qa.web.markup import markup
from qa.web.refusing import Refusing, page
from qa.web.service import Service
from qa.web.views import archived, view, whole

_SPAN = r"^\d{1,12}-\d{1,12}$"


def routes(service: Service) -> APIRouter:
    """Everything of the desk that is not Gradio's."""
    router = APIRouter(route_class=Refusing, include_in_schema=False)
    _documents(router, service.library)
    _parts(router, service.library)
    for module in (talking, shelf, checking, remarks, exporting, evaluation):
        router.include_router(module.routes(service))
    return router


def _documents(router: APIRouter, library: Library) -> None:
    @router.get("/d/{document}")
    def document(document: str, mark: Annotated[str, Query(pattern=_SPAN)] = "") -> Response:
        start, _, end = (mark or "0-0").partition("-")
        try:
            seen = whole(library, document, (int(start), int(end)))
        except PullquoteError as error:
            return _gone(error)
        return page(render.document(library, seen, cited=False, marked=bool(mark)))

    @router.get("/d/{document}/source")
    def source(document: str) -> Response:
        found = library.document(document)
        path = archived(library, found)
        if not path.is_file():
            raise PullquoteError("The archived source is missing. Restore it from a backup.")
        name = quote(found.file.rsplit("/", 1)[-1], safe="")
        # Never shown by the browser: a page in the library must not run as one of ours.
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return FileResponse(path, media_type="application/octet-stream", headers=headers)

    @router.get("/d/{document}/page/{number}.png")
    def picture(document: str, number: int) -> Response:
        found = library.document(document)
        if found.media_type != PDF or not library.archived(found):
            raise PullquoteError("That document has no pages to show. Open its text instead.")
        data = archived(library, found).read_bytes()
        if not 1 <= number <= page_count(data):
            raise PullquoteError(f"There is no page {number}. Open the document's first page.")
        headers = {"Cache-Control": "private, max-age=86400"}
        return Response(page_png(data, number), media_type="image/png", headers=headers)

    @router.get("/d/{document}/{span}")
    def words(document: str, span: str) -> Response:
        start, _, end = span.partition("-")
        try:
            if not (start.isdecimal() and end.isdecimal()):
                raise PullquoteError("The address ends in no span such as 120-340. Check the link.")
            seen = view(library, document, (int(start), int(end)))
        except PullquoteError as error:
            return _gone(error)
        return page(render.document(library, seen, cited=True, marked=True))


def _gone(error: PullquoteError) -> Response:
    if "is not in the library" not in str(error):
        return page(render.gone("These words cannot be shown", str(error)), 404)
    message = (
        "The document that this link points into is not in this library, or was removed from it. "
        "Add the source again: the same content gets the same address."
    )
    return page(render.gone("This source is gone", message), 404)


def _parts(router: APIRouter, library: Library) -> None:
    @router.get("/desk/static/{name}")
    def script(name: str) -> Response:
        return static.file(name)

    @router.get("/desk/shell")
    def shell() -> Response:
        return page(markup("shell.html"))

    @router.get("/desk/citation")
    def citation(
        request: Request, document: str, start: int, end: int, style: str = "plain"
    ) -> Response:
        seen = view(library, document, (start, end))
        address = str(request.base_url).rstrip("/") + seen.link
        headers = {"Cache-Control": "no-store"}
        return PlainTextResponse(quoted(seen, style, address), headers=headers)
