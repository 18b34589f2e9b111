"""Readers' remarks on answers: kept, listed, turned into evaluation cases."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from qa import feedback
from qa.web import render
from qa.web.refusing import Refusing, page
from qa.web.service import Service


class Said(BaseModel):
    verdict: str = Field(max_length=40)
    note: str = Field("", max_length=10_000)
    answer: dict[str, Any]


class Wanted(BaseModel):
    remark: str = Field(max_length=40)
    fact: str = Field("", max_length=1000)
    answerable: bool = True


def routes(service: Service) -> APIRouter:
    router = APIRouter(prefix="/desk", route_class=Refusing, include_in_schema=False)
    library = service.library

    @router.get("/feedback")
    def listed() -> Response:
        return page(render.feedback(feedback.remarks(library), feedback.cases(library)))

    @router.post("/feedback")
    def say(said: Said) -> Response:
        kept = feedback.keep(library, said.verdict, said.note, said.answer)
        return JSONResponse({"id": kept.id, "time": kept.time}, 201)

    @router.post("/cases")
    def case(wanted: Wanted) -> Response:
        made = feedback.make_case(library, wanted.remark, wanted.fact, answerable=wanted.answerable)
        return JSONResponse(made, 201)

    return router
