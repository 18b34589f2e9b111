"""Errors of the HTTP interface: one JSON shape with code, message and remedy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from index.errors import (
    DamagedLibrary,
    LibraryBusy,
    LibraryMissing,
    PullquoteError,
    UnreadableDocument,
)
from qa.web.gate import Gone, Overloaded

_KINDS: tuple[tuple[type[PullquoteError], int, str], ...] = (
    (Overloaded, 503, "overloaded"),
    (Gone, 499, "gone"),
    (LibraryBusy, 503, "library_busy"),
    (LibraryMissing, 503, "library_missing"),
    (DamagedLibrary, 503, "library_damaged"),
    (UnreadableDocument, 422, "unreadable_document"),
    (PullquoteError, 400, "bad_request"),
)
_REMEDIES = {
    404: "See what there is at /api/v1/docs.",
    405: "See which methods there are at /api/v1/docs.",
    413: "Send less at once.",
    422: "Correct it and send the request again; /api/v1/docs shows what is expected.",
    500: "Try again; if it happens again, tell who runs the server.",
}


class Problem(PullquoteError):
    """A request that is refused, with the status and the code that say why."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        remedy: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.status = status
        self.code = code
        self.message = message
        self.remedy = remedy or _REMEDIES.get(status, "Change the request and send it again.")
        self.headers = dict(headers or {})


class ErrorBody(BaseModel):
    """``code`` is for programs and does not change; the rest is for people."""

    code: str = Field(examples=["unknown_document"])
    message: str = Field(examples=["Document 4f2a is not in the library."])
    remedy: str = Field(examples=["See the ids at /api/v1/documents."])
    reports: list[dict[str, Any]] | None = Field(
        default=None, description="Of an upload: what became of each file."
    )


class Error(BaseModel):
    """What every refused request gets."""

    error: ErrorBody


def problem(error: Exception) -> Problem:
    """Any error as a refusal; one that is not the user's tells nothing of the inside."""
    if isinstance(error, Problem):
        return error
    if not isinstance(error, PullquoteError):
        return Problem(500, "internal", "The server failed at this request.")
    status, code = next((s, c) for kind, s, c in _KINDS if isinstance(error, kind))
    message, remedy = parted(str(error))
    retry = error.retry_after if isinstance(error, Overloaded) else 10
    headers = {"Retry-After": str(retry)} if status == 503 else {}
    return Problem(status, code, message, remedy, headers)


def unexpected(status: int, headers: Mapping[str, str] | None = None) -> Problem:
    """A refusal that the framework makes: no such path, wrong method, too long."""
    name = HTTPStatus(status).phrase.capitalize()
    return Problem(status, name.lower().replace(" ", "_"), f"{name}.", headers=headers)


def as_json(found: Problem, reports: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    body: dict[str, Any] = {
        "code": found.code,
        "message": found.message,
        "remedy": found.remedy,
    }
    if reports:
        body["reports"] = list(reports)
    return {"error": body}


def response(found: Problem, reports: Sequence[Mapping[str, Any]] = ()) -> JSONResponse:
    headers = {"Cache-Control": "no-store", **found.headers}
    return JSONResponse(as_json(found, reports), found.status, headers)


Tell = Callable[[str], None]  # gets the code of each refusal


def nobody(code: str) -> None:
    """Counts no refusal."""


def parted(text: str) -> tuple[str, str]:
    """(what is wrong, the remedy): the last sentence, or what follows the last semicolon, is the
    remedy, as in every message of Pullquote."""
    line = " ".join(text.split())
    for mark in (". ", "; "):
        message, _, remedy = line.rpartition(mark)
        if message:
            return f"{message}.", remedy[:1].upper() + remedy[1:]
    return line, ""
