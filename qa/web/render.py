"""An answer -> HTML. Every word that comes from outside is escaped here and nowhere else."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from index.records import Document
from index.text import display
from qa.answer import Answer, Passage
from qa.cite import Citation

NEAREST = 3


def answer_html(found: Answer) -> str:
    """The cited sentences and their sources; or, visibly different, that there is no answer."""
    if found.status == "not_found":
        return _silence(found)
    sentences = " ".join(
        f"<span>{escape(s.text)}</span>{''.join(_chip(n) for n in s.citations)}"
        for s in found.sentences
    )
    sources = "".join(_source(c) for c in found.citations)
    return (
        f'<article class="pq-answer" aria-live="polite"><p class="pq-text">{sentences}</p>'
        f"{''.join(map(_disagreement, found.disagreements))}"
        f'<ol class="pq-sources">{sources}</ol>'
        f'<p class="pq-note">Confidence {found.confidence:.0%} · '
        f"{found.timings_ms['total']:.0f} ms</p></article>"
    )


def _disagreement(found: dict[str, Any]) -> str:
    sides = "; ".join(
        escape(s["value"]) + "".join(map(_chip, s["citations"])) for s in found["sides"]
    )
    return f'<p class="pq-differ">The sources differ on “{escape(found["about"])}”: {sides}</p>'


def _chip(n: int) -> str:
    return f'<a class="pq-chip" href="#pq-{n}" aria-label="source {n}">{n}</a>'


def _source(c: Citation) -> str:
    page = f"page {c.page}" if c.page else ""
    where = " · ".join(escape(p) for p in (_name(c.document), c.locator, page) if p)
    return (
        f'<li id="pq-{c.n}" value="{c.n}" data-document="{escape(c.document.id)}"'
        f' data-start="{c.start}" data-end="{c.end}"><p class="pq-where">{where}'
        f"{_link(c.document)}</p><blockquote>{escape(display(c.quote))}</blockquote></li>"
    )


def _name(document: Document) -> str:
    parts = (document.title or document.file, document.publisher, document.date)
    return ", ".join(p for p in parts if p)


def _link(document: Document) -> str:
    # Only web links: a javascript: address in a document's front matter must stay text.
    if not re.match(r"https?://", document.url, re.IGNORECASE):
        return ""
    href = escape(document.url)
    return f' · <a href="{href}" rel="noopener noreferrer" target="_blank">at the source</a>'


def _silence(found: Answer) -> str:
    nearest = "".join(_passage(p) for p in found.passages[:NEAREST])
    what = "The nearest passages:" if nearest else "The library holds nothing near it."
    return (
        '<article class="pq-silence" aria-live="polite"><p class="pq-text">The documents do not '
        f'say.</p><p class="pq-note">{what}</p><ol class="pq-sources">{nearest}</ol></article>'
    )


def _passage(p: Passage) -> str:
    return (
        f'<li value="{p.rank}"><p class="pq-where">{escape(_name(p.document))}</p>'
        f"<blockquote>{escape(display(p.text))}</blockquote></li>"
    )


def error_html(message: str) -> str:
    return f'<p class="pq-error" role="alert">{escape(message)}</p>'
