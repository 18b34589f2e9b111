"""A conversation as a file with footnotes. Its quotations come from the library, not the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from index.errors import PullquoteError
from index.library import Library
from index.records import Kind
from qa.answer import Answer, Sentence
from qa.cite import Citation, cite
from qa.export.formats import ENDINGS, exported
from qa.web.refusing import Refusing
from qa.web.service import Service

_TYPES = {
    "markdown": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Conversation(BaseModel):
    """``answers`` as ``pullquote ask --json`` prints them."""

    format: Literal["markdown", "html", "docx"]
    answers: list[dict[str, Any]] = Field(max_length=500)


def routes(service: Service) -> APIRouter:
    router = APIRouter(prefix="/desk", route_class=Refusing, include_in_schema=False)

    @router.post("/export")
    async def export(wanted: Conversation) -> Response:
        def work() -> bytes:
            answers = [as_answer(service.library, row) for row in wanted.answers]
            return exported(service.library, answers, wanted.format)

        name = f"conversation{ENDINGS[wanted.format]}"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        }
        return Response(await service.run(work), media_type=_TYPES[wanted.format], headers=headers)

    return router


def as_answer(library: Library, row: Mapping[str, Any]) -> Answer:
    """The answer that the JSON tells of, each quotation read from its document again. Raises
    PullquoteError where one is not what it was, or the JSON is none of ours."""
    try:
        citations = tuple(_citation(library, c) for c in row["citations"])
        known = {c.n: c for c in citations}
        sentences = tuple(
            _sentence(library, s, [known[n] for n in s["citations"] if n in known])
            for s in row["sentences"]
        )
        sides = tuple(dict(d) for d in row["disagreements"])
        return Answer(
            None,
            str(row["question"]),
            "answered" if sentences else "not_found",
            sentences,
            citations,
            sides,
            (),
            float(row["confidence"]),
            str(row["composer"]),
            {"total": 0.0},
            unanswered=tuple(map(str, row.get("unanswered", ()))),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PullquoteError("That is no conversation of this desk. Ask again.") from error


def _sentence(library: Library, s: Mapping[str, Any], cited: Sequence[Citation]) -> Sentence:
    """Whether it holds an item of a list is told by the first place that says it."""
    item = any(
        block.kind is Kind.LIST_ITEM and block.start < c.end and c.start < block.end
        for c in cited[:1]
        for block in library.blocks(c.document.id)
    )
    headings = tuple(map(str, s.get("headings", ())))
    return Sentence(str(s["text"]), tuple(c.n for c in cited), item=item, headings=headings)


def _citation(library: Library, c: Mapping[str, Any]) -> Citation:
    document = library.document(str(c["document"]["id"]))
    start, end = int(c["start"]), int(c["end"])
    quote = document.text[start:end]
    if quote != c["quote"]:
        raise PullquoteError(
            f"Citation {int(c['n'])} does not hold the words of its source any more. Ask again."
        )
    return cite(library, int(c["n"]), document, (start, end), quote)
