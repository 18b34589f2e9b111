"""The web desk as a server: Gradio mounted in FastAPI, on loopback unless told otherwise."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
import webbrowser

import gradio as gr
import uvicorn
from fastapi import FastAPI

from index.errors import PullquoteError
from index.library import Library
from qa.web.desk import desk, theme
from qa.web.style import CSS


def application(library: Library) -> FastAPI:
    app = FastAPI(title="Pullquote", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    mounted: FastAPI = gr.mount_gradio_app(
        app,
        desk(library),
        path="",
        theme=theme(),
        css=CSS,
        footer_links=[],
        show_error=False,
        ssr_mode=False,
    )
    return mounted


def _has_screen() -> bool:
    """Whether a browser could show a page; without a screen a text browser would take over."""
    return sys.platform != "linux" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ))


def serve(library: Library, host: str, port: int, *, open_page: bool = False) -> None:
    """Serve until interrupted. Raises PullquoteError when the port is taken."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise PullquoteError(
                f"Cannot listen on {host}:{port} ({error}). Choose another with --port."
            ) from error
    library.encoder  # noqa: B018 - load the model before the first question comes
    library.indexes()
    address = f"http://{host}:{port}/"
    print(f"Pullquote is at {address} (stop with Ctrl-C)", flush=True)
    if open_page and _has_screen():
        threading.Timer(1.0, webbrowser.open, [address]).start()
    uvicorn.run(application(library), host=host, port=port, log_level="warning")
