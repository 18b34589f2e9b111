"""HTTP: ask and search."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from index.rows import Filters
from qa.answer import Answer, Tell, as_json, search_json
from qa.web.models import AnswerOut, Asking, Searching, SearchOut
from qa.web.service import Service
from qa.web.stream import EVENTS, streamed

_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "model": AnswerOut,
        "description": "The answer; with `stream` as events, " + EVENTS,
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


def routes(service: Service) -> APIRouter:
    router = APIRouter(tags=["ask"])

    async def answered(asking: Asking, request: Request) -> Response:
        def work(tell: Tell = lambda _: None) -> Answer:
            return service.ask(
                "api",
                asking.question,
                id=asking.id,
                top=asking.top,
                filters=_filters(service, asking),
                effort=asking.effort(),
                tell=tell,
            )

        if asking.stream or request.headers.get("accept", "").startswith("text/event-stream"):
            return await streamed(service, work)
        return _json(as_json(await service.run(work, request)))

    async def searched(searching: Searching, request: Request) -> Response:
        def work() -> dict[str, Any]:
            filters = _filters(service, searching)
            asked = (searching.question, searching.id, searching.top)
            return search_json(service.library, *asked, filters, searching.reader)

        return _json(await service.run(work, request))

    @router.get("/ask", responses=_ANSWER)
    async def ask(asking: Annotated[Asking, Query()], request: Request) -> Response:
        """An answer whose every sentence is cited, or the finding that the library does not say."""
        return await answered(asking, request)

    @router.post("/ask", responses=_ANSWER)
    async def ask_by_post(asking: Asking, request: Request) -> Response:
        """The same with the question in the body, so that it stands in no log of addresses."""
        return await answered(asking, request)

    @router.get("/search", responses={200: {"model": SearchOut}})
    async def search(searching: Annotated[Searching, Query()], request: Request) -> Response:
        """The passages nearest to a question, best first."""
        return await searched(searching, request)

    @router.post("/search", responses={200: {"model": SearchOut}})
    async def search_by_post(searching: Searching, request: Request) -> Response:
        """The same with the question in the body."""
        return await searched(searching, request)

    return router


def _filters(service: Service, wanted: Searching) -> Filters:
    return wanted.filters(service.searched(wanted.document) if wanted.document else "")


_json = partial(JSONResponse, headers={"Cache-Control": "no-store"})
