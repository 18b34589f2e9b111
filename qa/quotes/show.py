"""A check of a quotation for people."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from index.text import display
from qa.quotes.near import Difference
from qa.quotes.records import Check, Match

_VERDICTS = {
    "verbatim": ("bold green", "Verbatim.", "The words stand in the source as quoted."),
    "elided": ("bold green", "Elided.", "Every part stands in the source, in this order."),
    "altered": ("bold red", "Altered.", "The source has other words."),
    "stitched": ("bold red", "Stitched.", "The parts come from different places."),
    "not_found": (
        "bold yellow",
        "Not found.",
        "Nothing in the library is near these words. That they were said elsewhere is possible.",
    ),
}
_SHOWN = 10  # places
_INDENT = (0, 0, 0, 4)


def check(found: Check) -> None:
    """The verdict in words, then each place with the source's own words."""
    console = Console(highlight=False)
    console = console if console.width <= 100 else Console(highlight=False, width=100)
    style, word, meaning = _VERDICTS[found.verdict]
    console.print(f"[{style}]{word}[/] {meaning}")
    for n, match in enumerate(found.matches[:_SHOWN], 1):
        console.print(f"\n[cyan]{n}.[/] {escape(_where(match))}")
        for line in _lines(match):
            console.print(Padding(line, _INDENT))
    if len(found.matches) > _SHOWN:
        console.print(f"\n[dim]{len(found.matches) - _SHOWN} more places: see --json[/]")


def _where(match: Match) -> str:
    d = match.document
    page = f"page {match.page}" if match.page else ""
    facts = (d.title or d.file, d.publisher, d.date, match.locator, page)
    return ", ".join(" ".join(f.split()) for f in facts if f)


def _lines(match: Match) -> Iterator[str]:
    """What there is to say of a place, a line each, in rich's markup."""
    yield escape(f"“{display(match.source_text)}”")
    for d in match.differences:
        yield _difference(d)
    for o in match.omitted:
        if o.text:
            yield f"[dim]left out:[/] {escape(display(o.text))}"
        if o.inserted:
            yield f"[dim]put in:[/] {escape(o.inserted)}"
    if match.attribution:
        said = match.attribution
        yield f"Speaker: {escape(said.speaker)} [dim]({escape(display(said.text))})[/]"
    if match.misattributed:
        yield "[bold red]Misattributed: somebody else is speaking.[/]"
    for warning in match.warnings:
        yield f"[bold yellow]Beware:[/] {escape(warning)}"
    for note in match.notes:
        yield f"[dim]{escape(note)}[/]"
    yield f"[dim]document {match.document.id}, {match.start}-{match.end}[/]"


def _difference(d: Difference) -> str:
    quote, source = escape(display(d.quote)), escape(display(d.source))
    if d.kind == "insert":
        return f"[red]added:[/] {quote}"
    if d.kind == "delete":
        return f"[red]dropped:[/] {source}"
    return f"[red]changed:[/] {quote} [dim]for the source's[/] {source}"
