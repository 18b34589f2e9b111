"""The desk's panel "Evaluation": what packages with an evaluation show of their runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from index.errors import PullquoteError
from qa.web import render
from qa.web.markup import markup, trusted
from qa.web.panels import Panel, panels
from qa.web.refusing import Refusing, page
from qa.web.runs import Runs
from qa.web.service import Service

RUNS = "runs"  # the folder of runs beside the library
_Name = Annotated[str, Query(max_length=300)]


class Wanted(BaseModel):
    """A run to start: the panel whose run it is, and the cases to ask."""

    panel: str = Field(max_length=200)
    cases: str = Field(max_length=200)


def routes(service: Service) -> APIRouter:
    router = APIRouter(prefix="/desk", route_class=Refusing, include_in_schema=False)
    library, folder, found = service.library.path, service.library.path / RUNS, panels()
    runs = Runs(library, folder)

    @router.get("/evaluation")
    async def evaluation(panel: _Name = "", run: _Name = "", before: _Name = "") -> Response:
        chosen = panel if panel in found else next(iter(found), "")
        if not chosen:
            return page(markup("evaluation.html", chosen=""))
        show = found[chosen]
        values = await run_in_threadpool(_shown, show, folder, (before, run))
        sets = await run_in_threadpool(show.sets, library)
        titles = {key: one.title for key, one in found.items()}
        return page(markup("evaluation.html", chosen=chosen, titles=titles, sets=sets, **values))

    @router.post("/runs")
    def start(wanted: Wanted) -> Response:
        if wanted.panel not in found:
            raise PullquoteError("That evaluation is not installed. Load the page again.")
        runs.start(found[wanted.panel], wanted.cases)
        return progress(202)

    @router.get("/runs")
    def under_way() -> Response:
        return progress()

    def progress(status: int = 200) -> Response:
        run = runs.latest()
        told = {"busy": bool(run and run.busy), "made": run.made if run else ""}
        html = render.run(run) if run else ""
        return JSONResponse({**told, "html": html}, status, {"Cache-Control": "no-store"})

    return router


def _shown(panel: Panel, folder: Path, chosen: tuple[str, str]) -> dict[str, Any]:
    """The body of the panel for (run before, run): all runs, one, or two beside each other."""
    before, run = chosen
    names = panel.names(folder)
    if not {before, run} - {""} <= set(names):
        raise PullquoteError("That run is not there any more. Load the page again.")
    if run and before:
        body = panel.compared(folder, before, run)
    else:
        body = panel.run(folder, run) if run else panel.runs(folder)
    return {"names": names[::-1], "run": run, "before": before, "body": trusted(body)}
