"""Figures in a page, put there by the command that measures them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from index.errors import PullquoteError

README = Path(__file__).parent / "README.md"


def fill(page: Path, name: str, lines: Sequence[str]) -> None:
    """Put the lines between ``<!-- name:begin -->`` and ``<!-- name:end -->``; raises
    PullquoteError where the page lacks them."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    text = page.read_text("utf-8")
    if begin not in text or end not in text:
        raise PullquoteError(f"{page} has no place for {name}. Put {begin} and {end} in it.")
    shown = "\n".join([begin, "", *lines, "", end])
    pattern = re.escape(begin) + ".*?" + re.escape(end)
    page.write_text(re.sub(pattern, lambda _: shown, text, flags=re.DOTALL), "utf-8")
