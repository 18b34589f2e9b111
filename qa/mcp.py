"""The library as tools of the Model Context Protocol: ask, search, quote, read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from index.errors import PullquoteError
from index.rows import Filters
from qa import __version__
from qa.answer import Answer, as_json, document_json, search_json
from qa.filters import unmet
from qa.quote import as_json as check_json
from qa.quote import check
from qa.web.gate import Gate
from qa.web.service import Service

T = TypeVar("T")
PAGE = 8000  # characters that `read` gives at most
_ABOUT = """Answers from a folder of documents. Every sentence of an answer is cited to the exact
characters of a source: document.text[start:end] is the quote. When the status is not_found, the
documents do not say; do not answer from elsewhere as if they did. Print quotations only as they
stand in `quote`, and check others with the tool quote."""
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)

Question = Annotated[str, Field(description="A question in plain words, at most 2,000 characters.")]
Top = Annotated[int, Field(ge=1, le=100, description="How many passages to list.")]
Collection = Annotated[str, Field(description="Only this collection; empty for all.")]
DocumentId = Annotated[
    str, Field(description="A document's id, as citations and passages name it.")
]
Quotation = Annotated[str, Field(description="The words as they are to be printed.")]
Speaker = Annotated[str | None, Field(description="Who is to have said them.")]
Start = Annotated[int, Field(ge=0, description="First character, counted from 0.")]
End = Annotated[int | None, Field(ge=0, description=f"One past the last; at most {PAGE} on.")]


def server(service: Service) -> MCPServer[Any]:
    """The tools over one library; the caller picks the transport."""
    made: MCPServer[Any] = MCPServer(
        "pullquote", "Pullquote", instructions=_ABOUT, version=__version__, log_level="WARNING"
    )

    async def done(work: Callable[[], T], line: Gate = service.answers) -> T:
        try:
            return await line.run(work)
        except PullquoteError as error:
            raise ToolError(str(error)) from error

    @made.tool(annotations=_READS)
    async def ask(question: Question, top: Top = 5, collection: Collection = "") -> dict[str, Any]:
        """Answer a question with cited sentences, or find that the documents do not say."""

        def work() -> Answer:
            filters = _filters(service, collection)
            return service.ask("mcp", question, top=top, filters=filters)

        return as_json(await done(work))

    @made.tool(annotations=_READS)
    async def search(
        question: Question, top: Top = 5, collection: Collection = ""
    ) -> dict[str, Any]:
        """Find the passages nearest to a question, best first."""

        def work() -> dict[str, Any]:
            filters = _filters(service, collection)
            return search_json(service.library, question, None, top, filters)

        return await done(work)

    @made.tool(annotations=_READS)
    async def quote(quotation: Quotation, speaker: Speaker = None) -> dict[str, Any]:
        """Check whether words stand in the documents as they are quoted: verbatim, elided, altered,
        stitched or not_found, with every place and what differs."""
        said = speaker or None
        return await done(
            lambda: check_json(check(service.library, quotation, said)), service.checks
        )

    @made.tool(annotations=_READS)
    async def read(document: DocumentId, start: Start = 0, end: End = None) -> dict[str, Any]:
        """Read a document's text, or a part of it: what stands around a citation, for example."""
        return await done(lambda: _read(service, document, start, end))

    return made


def _filters(service: Service, collection: str) -> Filters:
    """Raises PullquoteError where there is no such collection: nothing would be searched."""
    filters = Filters(collection=collection)
    if fault := unmet(service.library, filters):
        raise PullquoteError(fault)
    return filters


def _read(service: Service, document_id: str, start: int, end: int | None) -> dict[str, Any]:
    document = service.library.document(document_id)
    last = min(len(document.text), start + PAGE, len(document.text) if end is None else end)
    first = min(start, last)
    return {
        "document": document_json(document),
        "start": first,
        "end": last,
        "characters": len(document.text),
        "text": document.text[first:last],
    }
