"""What the library and the pipeline give, as HTML. The templates escape; nothing here does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.fold import display
from index.library import Library
from index.records import Document, Span
from index.rows import Filters
from qa.answer import Answer, Sentence
from qa.cite import Citation
from qa.feedback import CASES, Remark, suggested
from qa.filters import passes
from qa.layout import headed, printed
from qa.quotes.records import Match
from qa.untranslated import remedy
from qa.web.additions import STAGES, Failure, Item
from qa.web.citing import STYLES
from qa.web.context import outline
from qa.web.differences import apart, beside
from qa.web.markup import day, markup
from qa.web.runs import Run
from qa.web.static import VERSION
from qa.web.views import View

NEAREST = 3  # passages shown beside a silence


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list of documents; ``size`` in bytes of the archived source."""

    document: Document
    pages: int
    passages: int
    size: int


def start(library: Library) -> dict[str, Any]:
    """What the filters can be set to, and how many documents there are."""
    found = library.documents()
    values = {
        key: sorted({getattr(d, key) for d in found} - {""}, key=str.casefold)
        for key in ("collection", "publisher", "language")
    }
    dates = sorted(d.date for d in found if d.date)
    return {"count": len(found), "dates": [*dates[:1], *dates[-1:]], **values}


def examples(questions: Sequence[str]) -> str:
    return markup("examples.html", questions=questions)


def sentence(said: Sentence, text: str, known: Mapping[int, Citation]) -> str:
    """A sentence with its chips; the words that answer, ``text``, are bold where it has them."""
    cited = [known[n] for n in said.citations if n in known]
    words, whole = display(text), said.text
    start, end = _bold(whole, words)
    whole, start, end = _with_headings(whole, said.headings, start, end)
    span = f"{said.span[0]}-{said.span[1]}" if said.span else ""
    return markup(
        "sentence.html",
        before=printed(whole[:start]),
        bold=printed(whole[start:end]),
        after=printed(whole[end:]),
        citations=cited,
        answering=span,
        alone=said.alone,
    )


def _bold(whole: str, words: str) -> Span:
    """Where the words stand in a sentence, in a cell of their own rather than inside another;
    at its end where they do not, or are all of it."""
    cells = whole.split("\t")
    if words in cells[1:]:
        at = len("\t".join(cells[: cells.index(words, 1)])) + 1
    else:
        at = whole.replace("\t", " ").find(words) if words and words != whole else -1
    return (at, at + len(words)) if at >= 0 else (len(whole), len(whole))


def _with_headings(
    whole: str, headings: Sequence[str], start: int, end: int
) -> tuple[str, int, int]:
    """A row with its headings, and where the span of it stands then."""
    shown = headed(whole, headings)
    if shown == whole:
        return whole, start, end
    added = [sum(len(h) + 2 for h in headings[: n + 1] if h) for n in range(len(headings))]
    start, end = (at + added[whole.count("\t", 0, at)] for at in (start, end))
    return shown, start, end


def rest(library: Library, found: Answer, filters: Filters) -> str:
    """What follows the sentences; or, visibly different, that there is no answer."""
    counted, nearest = library.documents(), found.passages[:NEAREST]
    return markup(
        "rest.html",
        found=found,
        known={c.n: c for c in found.citations},
        nearest=nearest,
        remedy=remedy(found.question, [p.text for p in nearest], counted, found.asked_as),
        searched=sum(passes(d, filters) for d in counted),
        limits=_limits(filters),
    )


def _limits(f: Filters) -> list[str]:
    said = {
        "collection": f.collection,
        "publisher": f.publisher,
        "language": f.language,
        "dated from": day(f.since),
        "dated until": day(f.until),
        "document": f.document,
    }
    return [f"{name} {value}" for name, value in said.items() if value]


def speaker(match: Match) -> str:
    """Who says the words of a match, as far as the source tells."""
    return markup("speaker.html", m=match, said=match.attribution)


def evidence(v: View) -> str:
    return markup("evidence.html", v=v, styles=STYLES)


def document(library: Library, v: View, *, cited: bool, marked: bool) -> str:
    """A page of its own: a passage in its context, or the whole document."""
    found = outline(v.document.text, library.blocks(v.document.id))
    values = {"v": v, "cited": cited, "marked": marked, "outline": found, "version": VERSION}
    return markup("document.html", **values)


def gone(title: str, message: str) -> str:
    return markup("gone.html", title=title, message=message, version=VERSION)


def documents(rows: Sequence[Row], total: int, most: int, order: tuple[str, bool]) -> str:
    sort, down = order
    return markup("documents.html", rows=rows, total=total, most=most, sort=sort, down=down)


def additions(items: Sequence[Item], failures: Sequence[Failure]) -> str:
    return markup("additions.html", items=items, failures=failures, left=_left, bar=_bar)


def _left(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min"


def run(latest: Run) -> str:
    return markup("run.html", run=latest, left=_left)


def _bar(item: Item) -> float:
    """How far an item is on its whole way; nearly all the time goes into embedding."""
    begun = {"reading": 0.02, "chunking": 0.08, "embedding": 0.1, "storing": 0.95}
    span = 0.85 * item.share if item.stage == "embedding" else 0.0
    return begun.get(item.stage, 0.0) + span if item.stage in STAGES else 1.0


def feedback(remarks: Sequence[Remark], cases: Sequence[Mapping[str, Any]]) -> str:
    made = {str(case["id"]) for case in cases}
    words = {r.id: suggested(r) for r in remarks}
    return markup("feedback.html", remarks=remarks, made=made, suggested=words, file=CASES)


_VERDICTS = {
    "verbatim": ("Verbatim", "The words stand in the source as quoted."),
    "elided": ("Elided", "Every part stands in the source, in this order, in one passage."),
    "altered": ("Altered", "The source has other words."),
    "stitched": ("Stitched", "The parts come from different places and are not one quotation."),
    "not_found": (
        "Not found",
        "Nothing in the library is near these words. They may still have been said elsewhere.",
    ),
}


def quotation(found: Mapping[str, Any]) -> str:
    """A checked quotation, from its JSON as ``pullquote quote --json`` prints it."""
    name, meaning = _VERDICTS[found["verdict"]]
    altered = found["verdict"] == "altered"
    matches = [_match(found["quote"], m, altered) for m in found["matches"]]
    return markup("quotation.html", found=found, name=name, meaning=meaning, matches=matches)


def _match(quote: str, m: Mapping[str, Any], altered: bool) -> dict[str, Any]:
    """A match with its words in pieces: what differs told apart, or what is left out."""
    if altered:
        pasted, source = beside(quote, m["source_text"])
        return {**m, "pasted": pasted, "source": source}
    left = [(o["start"] - m["start"], o["end"] - m["start"]) for o in m["omitted"]]
    return {**m, "pasted": [], "source": apart(m["source_text"], left)}
