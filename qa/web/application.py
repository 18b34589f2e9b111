"""Everything the server answers, as one ASGI application: the page, the HTTP interface, MCP."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence

from qa.web.desk import (  # first: it turns Gradio's statistics off before the import
    desk,
    head,
    theme,
)

import gradio as gr  # isort: skip
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Lifespan

from index.library import Library
from qa.accounts import Accounts
from qa.web import login, metrics, pages
from qa.web.api import api, typed_errors
from qa.web.bodies import BodyLimit
from qa.web.crowd import Crowd
from qa.web.guard import Guard, Served
from qa.web.login import Door
from qa.web.service import Service
from qa.web.settings import Settings, is_loopback


def application(library: Library, settings: Settings | None = None) -> FastAPI:
    """The application over one library, which it does not close."""
    settings = settings or Settings()
    service = Service(library, settings.waiting)
    accounts = Accounts(library.path)
    tools, lifespan = _tools(service) if settings.mcp else ([], None)
    app = FastAPI(
        title="Pullquote",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        routes=[*login.routes(accounts), *_own(service), *tools],
        lifespan=_lifespan(service, lifespan),
    )
    typed_errors(app, service)
    app.mount("/api/v1", api(service))
    loopback = is_loopback(settings.host)
    # Under another name a proxy brings others, also when the last account goes meanwhile.
    always, tell = not loopback or bool(settings.names), service.metrics.failed
    # The last one added is asked first.
    app.add_middleware(Door, accounts=accounts, always=always, failed=tell)
    app.add_middleware(BodyLimit, upload=settings.upload, failed=tell)
    app.add_middleware(Crowd, failed=tell)
    app.add_middleware(Guard, served=Served(loopback, frozenset(settings.names)), failed=tell)
    return _with_desk(app, service, settings)


def _own(service: Service) -> list[Route]:
    async def figures(_: object) -> Response:
        text = await run_in_threadpool(service.metrics.text)
        return Response(text, media_type=metrics.MEDIA_TYPE)

    async def health(_: object) -> Response:
        return JSONResponse({"status": "ok"})

    return [Route("/metrics", figures), Route("/health", health)]


def _tools(service: Service) -> tuple[Sequence[BaseRoute], Lifespan[FastAPI]]:
    """MCP at /mcp, without sessions: every request stands alone and none is held open."""
    from mcp.server.transport_security import TransportSecuritySettings

    from qa.mcp import server

    tools = server(service)
    inner = tools.streamable_http_app(
        streamable_http_path="/mcp",
        json_response=True,
        stateless_http=True,
        # Guard has looked at Host and Origin already, with the names this server has.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    return inner.routes, lambda _: tools.session_manager.run()


def _lifespan(service: Service, inner: Lifespan[FastAPI] | None) -> Lifespan[FastAPI]:
    @contextlib.asynccontextmanager
    async def around(app: FastAPI) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            if inner:
                await stack.enter_async_context(inner(app))
            yield
        await run_in_threadpool(service.close)

    return around


def _with_desk(app: FastAPI, service: Service, settings: Settings) -> FastAPI:
    app.include_router(pages.routes(service))
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        desk(),
        path="",
        theme=theme(),
        head=head(),
        footer_links=[],
        show_error=False,
        ssr_mode=False,
        max_file_size=settings.upload,
    )
    return mounted


def close_streams(app: FastAPI) -> None:
    """End the streams by which open pages show that they are there; they would never end."""
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, gr.routes.App):
            route.app.stop_event.set()
