"""Output for people: wrapped, numbered, coloured where the terminal can."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from index.addition import Progress
from index.ingest import Report
from index.records import Document
from index.text import display
from qa.cite import pages
from qa.layout import lines, printed
from qa.untranslated import remedy

if TYPE_CHECKING:
    from qa.answer import Answer, Passage, Sentence

CHANGES = 5  # sentences of a changed document shown of each kind
NEAREST = 3  # passages shown beside a silence


def _console() -> Console:
    console = Console(highlight=False, soft_wrap=False)
    return console if console.width <= 100 else Console(highlight=False, width=100)


def answer(found: Answer, documents: Sequence[Document]) -> None:
    """The answer, its numbered sources underneath; or that there is none, and what is nearest among
    ``documents``."""
    console = _console()
    if found.status == "not_found":
        nearest = " Nearest passages:\n" if found.passages else ""
        console.print(f"[bold yellow]The library does not say.[/]{nearest}")
        passages(found.passages[:NEAREST])
        near = [p.text for p in found.passages[:NEAREST]]
        if hint := remedy(found.question, near, documents, found.asked_as):
            console.print(escape(hint))
        return
    for line in lines([s.alone for s in found.sentences]):
        console.print(" ".join(_marked(found.sentences[at]) for at in line))
    console.print()
    for c in found.citations:
        where = ", ".join(filter(None, [_name(c.document), c.locator, pages(c.page, c.printed)]))
        console.print(f"[cyan]{escape(f'[{c.n}]')}[/] {escape(where)}")
        words = f"“{display(c.quote)}”"
        console.print(Padding(f"[dim]{escape(words)}[/]", (0, 0, 0, 4)))
        if c.document.url:
            console.print(Padding(f"[dim]{escape(c.document.url)}[/]", (0, 0, 0, 4)))
        console.print(Padding(f"[dim]document {c.document.id}, {c.start}-{c.end}[/]", (0, 0, 0, 4)))
    for d in found.disagreements:
        sides = "; ".join(
            f"{s['value']} {''.join(f'[{n}]' for n in s['citations'])}" for s in d["sides"]
        )
        console.print(
            f"\n[bold yellow]The sources differ[/] on “{escape(d['about'])}”: {escape(sides)}"
        )
    for question in found.unanswered:
        console.print(f"\n[bold yellow]The library does not say:[/] {escape(question)}")
    if found.asked_as:
        console.print(f"\n[dim]Asked word by word as “{escape(found.asked_as)}”[/]")
    seconds = found.timings_ms["total"] / 1000
    console.print(f"\n[dim]Confidence {found.confidence:.0%}, {seconds:.2f} s[/]")


def _marked(said: Sentence) -> str:
    marks = "".join(f"[{n}]" for n in said.citations)
    return f"{escape(printed(said.text, said.headings))} [cyan]{escape(marks)}[/]"


def _name(document: Document) -> str:
    parts = [document.title or document.file, document.publisher, document.date]
    return ", ".join(p for p in parts if p)


def passages(found: Sequence[Passage]) -> None:
    console = _console()
    if not found:
        console.print("Nothing in the library is near this. Add documents, or ask otherwise.")
    for p in found:
        console.print(f"[cyan]{p.rank}.[/] {escape(_name(p.document))} [dim]({p.score:.2f})[/]")
        console.print(Padding(escape(display(p.text)), (0, 0, 1, 4)))


def documents(
    found: Sequence[Document], counts: Mapping[str, tuple[int, int, int]], at: Path
) -> None:
    console = _console()
    if not found:
        console.print(f"The library at {at} is empty. Fill it with: pullquote add FOLDER")
    for d in found:
        _, chunks, characters = counts[d.id]
        console.print(f"[cyan]{d.id}[/] {escape(_name(d))}")
        detail = f"{d.file} ({d.collection}), {characters:,} characters, {chunks} passages"
        console.print(Padding(f"[dim]{escape(detail)}[/]", (0, 0, 0, 17)))


def documents_json(
    found: Sequence[Document], counts: Mapping[str, tuple[int, int, int]]
) -> list[dict[str, Any]]:
    keys = (
        "id",
        "title",
        "author",
        "publisher",
        "date",
        "url",
        "file",
        "sha256",
        "added",
        "language",
        "collection",
        "media_type",
    )
    return [
        {
            **{key: getattr(d, key) for key in keys},
            "pages": counts[d.id][0] or None,
            "passages": counts[d.id][1],
            "characters": counts[d.id][2],
        }
        for d in found
    ]


def reports(found: Sequence[Report]) -> None:
    """What became of each source; the good ones summed up when they are many."""
    console = _console()
    loud = len(found) <= 20
    for r in found:
        if r.status == "failed":
            continue
        if loud or r.status == "replaced":
            detail = f"{r.chunks} passages" if r.chunks else "already in the library"
            if r.replaced:
                detail += f", replaces {r.replaced}, which is kept"
            console.print(
                f"[green]{r.status:9}[/] {escape(r.file)} [dim]({detail}, {r.document_id})[/]"
            )
            _changes(console, r)
    counts = {
        s: sum(r.status == s for r in found) for s in ("added", "replaced", "unchanged", "failed")
    }
    for r in found:
        if r.status == "failed":
            print(f"failed: {r.reason}", file=sys.stderr)
    console.print(", ".join(f"{n} {status}" for status, n in counts.items() if n) + ".")


def _changes(console: Console, report: Report) -> None:
    """What a new version changed, the first sentences of it, and what to know of the source."""
    if report.note:
        console.print(Padding(f"[yellow]{escape(report.note)}[/]", (0, 0, 0, 10)))
    if report.changes is None:
        return
    added, removed = report.changes.added, report.changes.removed
    gone = f"{len(removed)} sentence{'s' * (len(removed) != 1)} gone"
    told = f"{gone}, {len(added)} new"
    if not added and not removed:
        told = "no sentence changed, only its order, layout or furniture"
    console.print(Padding(f"[dim]{told}[/]", (0, 0, 0, 10)))
    for mark, colour, sentences in (("-", "red", removed), ("+", "green", added)):
        for s in sentences[:CHANGES]:
            console.print(Padding(f"[{colour}]{mark} {escape(s)}[/]", (0, 0, 0, 10)))
        if len(sentences) > CHANGES:
            console.print(
                Padding(f"[dim]{mark} and {len(sentences) - CHANGES} more[/]", (0, 0, 0, 10))
            )


def reports_json(found: Sequence[Report]) -> list[dict[str, Any]]:
    keys = ("file", "status", "document_id", "chunks", "reason", "replaced", "note")
    return [
        {
            **{key: getattr(r, key) for key in keys},
            "changes": {"added": r.changes.added, "removed": r.changes.removed}
            if r.changes
            else None,
        }
        for r in found
    ]


@contextmanager
def progress() -> Iterator[Callable[[Progress], None]]:
    """A bar with the time left, on stderr, only on a terminal."""
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("Reading", total=None)

        def tell(at: Progress) -> None:
            bar.update(task, completed=at.done, total=at.total, description=f"Indexing {at.file}")

        yield tell
