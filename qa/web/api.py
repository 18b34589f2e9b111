"""The HTTP interface under /api/v1: its routes together, their errors, the page about them."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Security
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPBearer
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from index.errors import PullquoteError
from qa import __version__
from qa.web import api_asking, api_checking, api_documents
from qa.web.models import StatusOut
from qa.web.problems import Error, Problem, problem, response, unexpected
from qa.web.service import Service

_ABOUT = """Ask the library, look passages up, check quotations, add and remove documents.

Positions are code points of a document's text. Every refusal is JSON with a code, a message and a
remedy. Where the server has accounts, send `Authorization: Bearer TOKEN`."""

_FAULTS, _LONGEST = 5, 100  # faults told of, characters of a field's name


def api(service: Service) -> FastAPI:
    """The application to be mounted at /api/v1."""
    app: FastAPI = FastAPIOffline(
        docs_url="/docs",
        redoc_url=None,
        static_url="/static",
        title="Pullquote",
        version=__version__,
        description=_ABOUT,
        swagger_ui_parameters={"validatorUrl": None, "deepLinking": True},
        swagger_ui_oauth2_redirect_url="/docs/oauth2-redirect",
        responses={"default": {"model": Error, "description": "Refused."}},
        # For the page's button only: who may come in has been decided before (qa/web/login.py).
        dependencies=[Security(HTTPBearer(auto_error=False, description="An API token."))],
    )
    typed_errors(app, service)
    _states(app, service)
    app.include_router(api_asking.routes(service))
    app.include_router(api_checking.routes(service))
    app.include_router(api_documents.routes(service))
    return app


def _states(app: FastAPI, service: Service) -> None:
    @app.get("/health", tags=["state"], responses={200: {"model": StatusOut}})
    async def health() -> JSONResponse:
        """The process runs."""
        return JSONResponse({"status": "ok", "version": __version__})

    @app.get("/ready", tags=["state"], responses={200: {"model": StatusOut}})
    def ready() -> JSONResponse:
        """The library and its indexes can be read: questions can be answered."""
        service.library.indexes()
        count = len(service.library.documents())
        return JSONResponse({"status": "ready", "version": __version__, "documents": count})


def typed_errors(app: FastAPI, service: Service) -> None:
    """Make every error of an application's routes JSON with a code, a message and a remedy."""

    def refused(found: Problem) -> Response:
        service.metrics.failed(found.code)
        return response(found)

    @app.exception_handler(PullquoteError)
    async def known(_: Request, error: PullquoteError) -> Response:
        return refused(problem(error))

    @app.exception_handler(HTTPException)
    async def framework(_: Request, error: HTTPException) -> Response:
        return refused(unexpected(error.status_code, error.headers))

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        return refused(Problem(422, "invalid_request", _told(error)))

    @app.exception_handler(Exception)
    async def unknown(_: Request, error: Exception) -> Response:
        return refused(problem(error))


def _told(error: RequestValidationError) -> str:
    """The first faults in a line, each with its field."""
    found = error.errors()
    more = f"; and {len(found) - _FAULTS:,} more" if len(found) > _FAULTS else ""
    return "; ".join(_fault(e) for e in found[:_FAULTS]) + more + "."


def _fault(error: dict[str, Any]) -> str:
    if error["type"] == "json_invalid":
        return f"body: it is no JSON, from character {error['loc'][-1]} on"
    place = ".".join(str(part) for part in error["loc"][1:]) or "body"
    return f"{place[:_LONGEST]}: {error['msg'].removeprefix('Value error, ')}"
