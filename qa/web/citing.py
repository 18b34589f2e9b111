"""Words with their citation, to be pasted into a text."""

from __future__ import annotations

from index.errors import PullquoteError
from index.fold import display
from qa.web.markup import day
from qa.web.views import View

STYLES = {"plain": "Plain", "apa": "APA", "chicago": "Chicago", "mla": "MLA"}


def quoted(v: View, style: str, address: str) -> str:
    """The cited words in quotation marks and what they are cited from, in one of STYLES; below it
    ``address``, where they can be looked up. Raises PullquoteError for another style."""
    if style not in STYLES:
        raise PullquoteError(f"There is no style {style}. Choose one of {', '.join(STYLES)}.")
    return (
        f"“{display(v.quote)}”\n{_plain(v) if style == 'plain' else _styled(v, style)}\n{address}"
    )


def _plain(v: View) -> str:
    d = v.document
    page = f"page {v.page}" if v.page else ""
    parts = (d.title or d.file, d.publisher, day(d.date), display(v.locator), page, d.url)
    return ", ".join(part for part in parts if part)


def _styled(v: View, style: str) -> str:
    from qa.references.record import reference
    from qa.references.styled import styled

    locator = f"p. {v.page}" if v.page else ""
    (found,) = styled([(reference(v.document), locator)], style)
    return found.mark if style == "chicago" else found.entry
