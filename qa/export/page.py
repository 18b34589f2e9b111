"""Answers as one HTML page that stands alone: nothing in it is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from qa.export.entries import MADE_BY, Entry, Source

_STYLE = (
    "body{font:1.05rem/1.6 Georgia,'Noto Serif',serif;max-width:42rem;margin:3rem auto;"
    "padding:0 1rem;color:#1a1a1a;background:#fff}h1{font-size:1.35rem;line-height:1.3;"
    "margin-top:2.5rem}sup a{text-decoration:none;padding:0 .1em}ol{padding-left:1.6rem}"
    "li{margin:0 0 1.2rem;font-size:.92rem}blockquote{margin:.3rem 0;padding-left:.8rem;"
    "border-left:3px solid #bbb}p{margin:.3rem 0}.fine{color:#555;overflow-wrap:anywhere}"
    ".bad{color:#a00;font-weight:bold}li:target{background:#fff6d6}"
    "@media print{body{margin:0;max-width:none}a{color:inherit}}"
)


def page(found: Sequence[Entry]) -> str:
    title = found[0].answer.question if len(found) == 1 else "Answers"
    return (
        '<!doctype html>\n<html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>\n"
        f"{''.join(map(_answer, found))}"
        f'<p class="fine">{MADE_BY}</p></body></html>\n'
    )


def _answer(entry: Entry) -> str:
    head = f"<article><h1>{escape(entry.answer.question)}</h1>\n"
    if not entry.answer.sentences:
        return f"{head}<p>{escape(entry.silence)}</p></article>\n"
    words = "".join(map(_line, entry.lines()))
    differ = "".join(_difference(about, sides) for about, sides in entry.differences())
    untold = "".join(f"<p>{escape(line)}</p>\n" for line in entry.left_open)
    sources = "".join(map(_source, entry.sources))
    return f"{head}{words}{differ}{untold}<ol>{sources}</ol></article>\n"


def _line(told: Iterable[tuple[str, Sequence[int]]]) -> str:
    words = " ".join(f"{escape(s)}{_marks(marks)}" for s, marks in told)
    return f"<p>{words}</p>\n"


def _difference(about: str, sides: Sequence[tuple[str, Sequence[int]]]) -> str:
    values = "; ".join(f"{escape(value)}{_marks(marks)}" for value, marks in sides)
    return f"<p>The sources differ on “{escape(about)}”: {values}</p>\n"


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f'<sup><a href="#source-{n}">{n}</a></sup>' for n in numbers)


def _source(source: Source) -> str:
    c = source.citation
    where = ". ".join(filter(None, (source.title, source.place)))
    link = escape(c.link)
    shown = f'<p><a href="{link}" rel="noreferrer">{escape(c.document.url)}</a></p>' if link else ""
    accessed = f"Accessed {source.accessed}; " if source.accessed else ""
    return (
        f'<li id="source-{source.number}" value="{source.number}"><p>{escape(where)}</p>'
        f"<blockquote>{escape(source.quote)}</blockquote>{shown}"
        f'<p class="{"fine" if source.matches else "bad"}">{escape(source.status)}</p>'
        f'<p class="fine">{escape(accessed + source.archived)}</p></li>\n'
    )
