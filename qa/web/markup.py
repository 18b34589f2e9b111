"""Values to HTML. Every word from outside is escaped here, by Jinja2, and nowhere else."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from index.fold import display

TEMPLATES = Path(__file__).with_name("templates")
_WEB = re.compile(r"https?://[^\s]+", re.IGNORECASE)


def markup(template: str, **values: Any) -> str:
    """The HTML of ``templates/<template>``; the values are text, whatever they hold."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        line=display, web=web_link, day=day, size=size, many=many, number=lambda n: f"{n:,}"
    )
    return made


def web_link(address: str) -> str:
    """The address if it is one of the web, else nothing: a javascript: address stays text."""
    return address if _WEB.fullmatch(address.strip()) else ""


def day(stated: str) -> str:
    """An ISO date of any precision as a reader writes it: "5 June 2025"."""
    parts = stated.split("-")
    try:
        if len(parts) == 3:
            whole = date.fromisoformat(stated)
            return f"{whole.day} {month_name[whole.month]} {whole.year}"
        return f"{month_name[int(parts[1])]} {parts[0]}" if len(parts) == 2 else stated
    except (ValueError, IndexError):
        return stated


def size(count: int) -> str:
    """Bytes for people: "31 KB"."""
    value, unit = float(count), "bytes"
    for larger in ("KB", "MB", "GB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{value:,.0f} {unit}" if value >= 10 or unit == "bytes" else f"{value:.1f} {unit}"


def many(count: int, one: str, more: str = "") -> str:
    """ "1 passage", "3 passages"."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def trusted(html: str) -> Markup:
    """HTML that another package of ours made and escaped; never words from outside."""
    return Markup(html)
