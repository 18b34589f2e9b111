"""The page: a question, the cited answer. Plain Gradio."""

from __future__ import annotations

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr

from index.errors import PullquoteError
from index.library import Library
from qa.answer import answer
from qa.web.render import answer_html, error_html

FONT = ("system-ui", "-apple-system", "Segoe UI", "Noto Sans", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "monospace")


def theme() -> gr.themes.Base:
    """System fonts only: Gradio's own themes fetch theirs from the web."""
    return gr.themes.Base(font=list(FONT), font_mono=list(MONO), radius_size="sm")


def desk(library: Library) -> gr.Blocks:
    """The page over one library."""

    def ask(question: str) -> str:
        try:
            return answer_html(answer(library, question))
        except PullquoteError as error:
            return error_html(str(error))

    count = len(library.documents())
    page: gr.Blocks
    with gr.Blocks(title="Pullquote", analytics_enabled=False) as page:
        gr.HTML(
            f"<h1>Pullquote</h1><p>Answers from {count} documents, every sentence with its "
            "source. Nothing leaves this machine.</p>",
            elem_id="pq-title",
        )
        question = gr.Textbox(
            label="Question",
            placeholder="Ask the documents, then press Enter",
            autofocus=True,
            max_lines=3,
            elem_id="pq-question",
        )
        button = gr.Button("Ask", variant="primary", elem_id="pq-ask")
        shown = gr.HTML(elem_id="pq-answer")
        for trigger in (question.submit, button.click):
            trigger(ask, question, shown, api_visibility="private", show_progress="minimal")
    return page
