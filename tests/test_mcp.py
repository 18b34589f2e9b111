"""The tools, tried with the official client over both transports."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from index.library import Library
from qa.answer import answer, as_json
from qa.mcp import PAGE
from tests.servers import Server, command

QUESTION = "Who founded the village school of Upper Fenn?"
Talk = Callable[[Client], Awaitable[Any]]


def by_stdio(served: Server, talk: Talk) -> Any:
    program, *rest = command(served.library, "mcp")
    return _talked(StdioServerParameters(command=program, args=rest), talk)


def by_http(served: Server, talk: Talk) -> Any:
    return _talked(f"{served.address}/mcp", talk)


def _talked(server: Any, talk: Talk) -> Any:
    async def run() -> Any:
        async with Client(server) as client:
            return await talk(client)

    return asyncio.run(run())


def content(result: Any) -> dict[str, Any]:
    assert not result.is_error, result.content
    found: dict[str, Any] = result.structured_content
    return found


@pytest.mark.parametrize("transport", [by_stdio, by_http])
def test_a_program_asks_and_reads_where_the_citation_points(
    served: Server, transport: Callable[[Server, Talk], Any]
) -> None:
    async def talk(client: Client) -> tuple[Any, ...]:
        names = {tool.name: tool for tool in (await client.list_tools()).tools}
        found = content(await client.call_tool("ask", {"question": QUESTION, "top": 3}))
        cited = found["citations"][0]
        place = {"document": cited["document"]["id"], "start": cited["start"], "end": cited["end"]}
        read = content(await client.call_tool("read", place))
        near = content(await client.call_tool("search", {"question": "rye", "top": 1}))
        quoted = content(await client.call_tool("quote", {"quotation": cited["quote"]}))
        return names, found, cited, read, near, quoted

    names, found, cited, read, near, quoted = transport(served, talk)
    assert set(names) == {"ask", "search", "quote", "read"}
    assert quoted["verdict"] == "verbatim"
    assert quoted["matches"][0]["source_text"] == cited["quote"].rstrip(".")
    assert all(t.description and t.annotations.read_only_hint for t in names.values())
    assert names["ask"].input_schema["required"] == ["question"]
    assert read["text"] == cited["quote"] and "Marta Quell" in found["answer"]
    assert [p["file"] for p in near["passages"]] == ["mill.txt"]
    with Library.open(served.library) as library:
        expected = as_json(answer(library, QUESTION, top=3))
    assert {k: v for k, v in found.items() if k != "timings_ms"} == {
        k: v for k, v in expected.items() if k != "timings_ms"
    }


def test_a_collection_that_is_not_there_is_no_silence(served: Server) -> None:
    async def talk(client: Client) -> list[Any]:
        asked = {"question": QUESTION, "collection": "press"}
        return [await client.call_tool(tool, asked) for tool in ("ask", "search")]

    for refused in by_http(served, talk):
        assert refused.is_error and "collection 'press'" in refused.content[0].text


def test_what_cannot_be_done_is_told_to_the_model(served: Server) -> None:
    async def talk(client: Client) -> list[Any]:
        calls = [
            ("ask", {"question": "?"}),
            ("ask", {"question": "x" * 2001}),
            ("ask", {"question": "Who?", "top": 0}),
            ("read", {"document": "zz"}),
            ("read", {"document": "../catalog.sqlite"}),
        ]
        return [await client.call_tool(name, arguments) for name, arguments in calls]

    results = by_http(served, talk)
    assert all(r.is_error for r in results)
    told = [r.content[0].text for r in results]
    assert "no word" in told[0] and "2,000" in told[1] and "zz is not in the library" in told[3]


def test_reading_gives_a_page_and_says_how_much_there_is(served: Server) -> None:
    with served.client() as client:
        long = " ".join(f"Ledger line {n} names debtor {n}." for n in range(500))
        sent = client.post("/api/v1/documents", files={"files": ("ledger.txt", long.encode())})
        (report,) = sent.json()

    async def talk(client: Client) -> list[dict[str, Any]]:
        pages, start = [], 0
        while not pages or pages[-1]["end"] < pages[-1]["characters"]:
            call = {"document": report["document_id"], "start": start}
            pages.append(content(await client.call_tool("read", call)))
            start = pages[-1]["end"]
        beyond = {"document": report["document_id"], "start": 10**9}
        return [*pages, content(await client.call_tool("read", beyond))]

    try:
        *pages, beyond = by_http(served, talk)
        with served.client() as client:
            whole = client.get(f"/api/v1/text/{report['document_id']}").text
    finally:
        with served.client() as client:
            client.delete(f"/api/v1/documents/{report['document_id']}")
    assert "".join(p["text"] for p in pages) == whole
    assert len(pages) > 1 and all(len(p["text"]) <= PAGE for p in pages)
    assert beyond["text"] == "" and beyond["start"] == beyond["end"] == len(whole)


def test_questions_of_programs_are_counted_as_theirs(served: Server) -> None:
    async def talk(client: Client) -> None:
        content(await client.call_tool("ask", {"question": QUESTION}))

    by_http(served, talk)
    assert 'pullquote_questions_total{door="mcp"}' in httpx.get(f"{served.address}/metrics").text
