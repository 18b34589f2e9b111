"""The desk's panel "Evaluation": what packages with an evaluation show of their runs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from index.errors import PullquoteError
from qa.web.markup import markup, trusted
from qa.web.panels import panels
from qa.web.refusing import Refusing, page
from qa.web.service import Service

RUNS = "runs"  # the folder of runs beside the library


def routes(service: Service) -> APIRouter:
    router = APIRouter(prefix="/desk", route_class=Refusing, include_in_schema=False)
    folder, found = service.library.path / RUNS, panels()

    def shown(panel: str, run: str, before: str) -> str:
        chosen = found.get(panel) or next(iter(found.values()), None)
        if chosen is None:
            return markup("evaluation.html", title="", folder=folder, names=[], run="", before="")
        if (run or before) and not {run, before} - {""} <= set(chosen.names(folder)):
            raise PullquoteError("That run is not there any more. Load the page again.")
        if run and before:
            body = chosen.compared(folder, before, run)
        else:
            body = chosen.run(folder, run) if run else chosen.runs(folder)
        return markup(
            "evaluation.html",
            title=chosen.title,
            folder=folder,
            names=chosen.names(folder)[::-1],
            run=run,
            before=before,
            body=trusted(body),
        )

    @router.get("/evaluation")
    async def evaluation(
        panel: str = "",
        run: Annotated[str, Query(max_length=300)] = "",
        before: Annotated[str, Query(max_length=300)] = "",
    ) -> Response:
        return page(await run_in_threadpool(shown, panel, run, before))

    return router
