"""The desk's panel "Ask": questions with their filters, follow-ups, evidence, examples."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import Future
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response, StreamingResponse

from index.library import Library
from index.records import Span
from index.rows import Filters, date_range
from qa.answer import Answer, Passage, Told, as_json
from qa.chat import Turn, Understood, standalone
from qa.cite import Citation
from qa.web import render
from qa.web.examples import Examples
from qa.web.problems import as_json as problem_json
from qa.web.problems import problem
from qa.web.refusing import Refusing, page
from qa.web.saying import who_said
from qa.web.service import Service
from qa.web.views import view

_DAY = r"^(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?$"


class Wanted(BaseModel):
    """Which documents may answer; empty for all."""

    collection: Annotated[str, Field(max_length=200)] = ""
    publisher: Annotated[str, Field(max_length=500)] = ""
    language: Annotated[str, Field(max_length=20)] = ""
    since: Annotated[str, Field(pattern=_DAY)] = ""
    until: Annotated[str, Field(pattern=_DAY)] = ""
    document: Annotated[str, Field(max_length=64)] = ""

    def filters(self, document: str = "") -> Filters:
        """``document`` is the only one that may answer, whatever else is set."""
        return Filters(
            collection=self.collection,
            publisher=self.publisher,
            language=self.language,
            since=date_range(self.since)[0] if self.since else "",
            until=date_range(self.until)[1] if self.until else "",
            document=document or self.document,
        )


class Before(BaseModel):
    """The turn before, as the page keeps it."""

    question: str = Field(max_length=2000)
    sentence: str = Field("", max_length=20_000)
    document: str = Field("", max_length=64)


class Asked(BaseModel):
    """``exact``: the question is as it is meant; nothing is read into it."""

    question: str = Field(max_length=20_000)
    before: Before | None = None
    filters: Wanted = Wanted()
    exact: bool = False


def routes(service: Service) -> APIRouter:
    router = APIRouter(prefix="/desk", route_class=Refusing, include_in_schema=False)
    library = service.library
    examples = Examples(library, lambda: service.answers.held > 0)

    @router.get("/start")
    def start() -> Response:
        """What the empty page shows: filters to choose from, and how much is searched."""
        return JSONResponse(render.start(library), headers={"Cache-Control": "no-store"})

    @router.get("/examples")
    def suggestions() -> Response:
        return page(render.examples(examples.found()))

    @router.post("/ask")
    async def ask(asked: Asked) -> Response:
        """Lines of JSON: what was understood, the answer's pieces as HTML, the whole."""
        return await _streamed(service, asked)

    @router.get("/evidence")
    def evidence(
        document: str,
        start: int,
        end: int,
        answering: Annotated[str, Query(pattern=r"^(?:\d{1,12}-\d{1,12})?$")] = "",
    ) -> Response:
        words = _span(answering) if answering else (0, 0)
        return page(render.evidence(view(library, document, (start, end), words)))

    return router


def _span(text: str) -> Span:
    start, _, end = text.partition("-")
    return int(start), int(end)


def understood(asked: Asked) -> Understood:
    before = asked.before
    if asked.exact or before is None:
        return standalone(asked.question, None)
    return standalone(asked.question, Turn(before.question, before.sentence, before.document))


async def _streamed(service: Service, asked: Asked) -> StreamingResponse:
    """Each piece as soon as it is known; what fails before the first gets its own status."""
    meant = understood(asked)
    loop = asyncio.get_running_loop()
    steps: asyncio.Queue[tuple[Passage, ...] | Told | Future[Answer]] = asyncio.Queue()

    def tell(step: tuple[Passage, ...] | Told | Future[Answer]) -> None:
        loop.call_soon_threadsafe(steps.put_nowait, step)

    def work() -> Answer:
        filters = asked.filters.filters(meant.document)
        return service.ask("desk", meant.question, filters=filters, tell=tell)

    future = service.answers.submit(work)
    future.add_done_callback(tell)
    first = await steps.get()
    if isinstance(first, Future):
        first.result()
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    lines = _lines(service, asked, meant, (first, steps))
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=headers)


async def _lines(
    service: Service, asked: Asked, meant: Understood, work: tuple[Any, asyncio.Queue[Any]]
) -> AsyncIterator[str]:
    step, rest = work
    known: dict[int, Citation] = {}
    yield _line("understood", question=meant.question, changed=meant.changed, html="")
    if meant.document and asked.before:
        html = await asyncio.to_thread(_speaker, service.library, asked.before)
        yield _line("speaker", html=html)
    while not isinstance(step, Future):
        if isinstance(step, Told):
            known |= {c.n: c for c in step.citations}
            answering = await asyncio.to_thread(_words, service.library, step, known)
            yield _line("sentence", html=render.sentence(step.sentence, answering, known))
        step = await rest.get()
    try:
        found = step.result()
        library = service.library
        html = await asyncio.to_thread(render.rest, library, found, asked.filters.filters())
        yield _line("done", html=html, status=found.status, answer=as_json(found))
    except Exception as error:
        refused = problem(error)
        service.metrics.failed(refused.code)
        yield _line("error", **problem_json(refused))


def _speaker(library: Library, before: Before) -> str:
    found = who_said(library, before.sentence, before.document)
    return render.speaker(found) if found else ""


def _words(library: Library, step: Told, known: Mapping[int, Citation]) -> str:
    """The words that answer, as far as they are told."""
    said = step.sentence
    first = known.get(said.citations[0]) if said.citations else None
    if said.span is None or first is None:
        return ""
    start, end = said.span
    inside = first.start <= start < end <= first.end
    if inside:
        return first.quote[start - first.start : end - first.start]
    return library.text(first.document.id)[start:end]


def _line(kind: str, **values: Any) -> str:
    return json.dumps({"kind": kind, **values}, ensure_ascii=False) + "\n"
