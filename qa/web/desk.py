"""The web desk's Gradio page: its head, and the column that the desk's own script fills."""

from __future__ import annotations

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr

from qa.web.markup import markup
from qa.web.static import VERSION

FONT = ("system-ui", "-apple-system", "Segoe UI", "Noto Sans", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "monospace")


def theme() -> gr.themes.Base:
    """System fonts only: Gradio's own themes fetch theirs from the web."""
    return gr.themes.Base(font=list(FONT), font_mono=list(MONO), radius_size="sm")


def desk() -> gr.Blocks:
    """The page. A Gradio HTML component would need a policy that lets scripts be made of text."""
    page: gr.Blocks
    with gr.Blocks(title="Pullquote", analytics_enabled=False) as page:
        gr.Column(elem_id="pq-desk")
    return page


def head() -> str:
    """What Gradio puts into the page's head: the desk's style sheet and script."""
    return markup("head.html", version=VERSION)
