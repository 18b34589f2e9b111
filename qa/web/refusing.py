"""Routes of the desk: what goes wrong in them becomes the typed error of the HTTP interface."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from index.errors import PullquoteError
from qa.web.problems import Problem, problem, response, unexpected

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Refusing(APIRoute):
    """A route whose refusals are JSON with a code, a message and a remedy."""

    def get_route_handler(self) -> Handler:
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await inner(request)
            except PullquoteError as error:
                return response(problem(error))
            except RequestValidationError:
                return response(Problem(422, "invalid_request", "The page sent what is not read."))
            except HTTPException as error:
                return response(unexpected(error.status_code, error.headers))

        return handler


def page(body: str, status: int = 200) -> HTMLResponse:
    """HTML that no cache keeps: it holds words of the library."""
    return HTMLResponse(body, status, {"Cache-Control": "no-store"})
