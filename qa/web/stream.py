"""An answer as server-sent events, each sent as soon as it is known."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from typing import Any

from starlette.responses import StreamingResponse

from qa.answer import (
    Answer,
    Passage,
    Tell,
    Told,
    as_json,
    citation_json,
    passages_json,
    sentence_json,
)
from qa.web.problems import as_json as problem_json
from qa.web.problems import problem
from qa.web.service import Service

EVENTS = "in this order: `passages`, a `sentence` for each, and `done` with the whole or `error`."
Event = tuple[str, dict[str, Any]]


async def streamed(service: Service, work: Callable[[Tell], Answer]) -> StreamingResponse:
    """The response; what fails before the first event is raised, so that it gets its own status."""
    loop = asyncio.get_running_loop()
    events: asyncio.Queue[Event | Future[Answer]] = asyncio.Queue()

    def put(item: Event | Future[Answer]) -> None:
        loop.call_soon_threadsafe(events.put_nowait, item)

    future = service.answers.submit(lambda: work(lambda step: put(_event(step))))
    future.add_done_callback(put)
    first = await events.get()
    if isinstance(first, Future):
        first.result()
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(
        _lines(service, first, events), media_type="text/event-stream", headers=headers
    )


async def _lines(
    service: Service, item: Event | Future[Answer], rest: asyncio.Queue[Event | Future[Answer]]
) -> AsyncIterator[str]:
    while not isinstance(item, Future):
        yield _line(item)
        item = await rest.get()
    try:
        yield _line(("done", as_json(item.result())))
    except Exception as error:
        found = problem(error)
        service.metrics.failed(found.code)
        yield _line(("error", problem_json(found)))


def _event(step: tuple[Passage, ...] | Told) -> Event:
    if isinstance(step, Told):
        cited = [citation_json(c) for c in step.citations]
        return "sentence", {"sentence": sentence_json(step.sentence), "citations": cited}
    return "passages", {"passages": passages_json(step)}


def _line(event: Event) -> str:
    return f"event: {event[0]}\ndata: {json.dumps(event[1], ensure_ascii=False)}\n\n"
