"""The desk's panel "Check a quotation"."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from qa.quote import as_json, check
from qa.web import render
from qa.web.refusing import Refusing
from qa.web.service import Service


class Pasted(BaseModel):
    quote: str = Field(max_length=40_000)
    speaker: str = Field("", max_length=300)


def routes(service: Service) -> APIRouter:
    router = APIRouter(prefix="/desk", route_class=Refusing, include_in_schema=False)

    @router.post("/quote")
    async def quote(pasted: Pasted) -> Response:
        """The verdict and every place, as HTML."""

        def work() -> tuple[str, str]:
            found = check(service.library, pasted.quote, pasted.speaker.strip() or None)
            return found.verdict, render.quotation(as_json(found))

        verdict, html = await service.checks.run(work)
        return JSONResponse(
            {"verdict": verdict, "html": html}, headers={"Cache-Control": "no-store"}
        )

    return router
