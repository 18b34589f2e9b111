"""Runs and comparisons as HTML, to be put on a page (:mod:`eval.sheet`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from html import escape

from eval import svg
from eval.compare import KINDS, Change, Comparison, word_diff
from eval.gate import Broken
from eval.measures import ABOUT, LOWER
from eval.results import Result, Run
from eval.settings import Settings
from eval.summary import SHORT, calibration, confusion, figures, group_rows, times
from eval.table import Cell, probability, shown
from index.text import display
from qa.quotes.records import VERDICTS

FEW = 12  # names that are shown without a click


def run_body(run: Run) -> str:
    """One run: what it was made with, its figures, its calibration, its cases that are not
    right. Cases held back stay a figure: they are counted and not shown."""
    found = figures(run.results)
    rows: list[list[Cell]] = [[o.name, o.n, o.mean, o.low, o.high] for o in found]
    measured = calibration(run.results)
    shares = [
        svg.Range(o.name, o.mean, o.low, o.high, f"{o.mean:.3f}")
        for o in found
        if o.name not in LOWER
    ]
    taken = ", ".join(f"{name} {value:.1f} ms" for name, value in times(run).items())
    wrong = [one for one in run.results if not one.right]
    shown_cases = [one for one in wrong if one.split != "held"]
    parts = [
        f"<h1>{escape(run.name)}</h1>",
        _made_with(run),
        f'<p class="soft">{taken and "An answer: " + taken + "."}</p>',
        "<h2>Measures</h2>",
        _table(["measure", "cases", "mean", "95 % from", "to"], rows, titles=True),
        f'<h2>Means and their 95 % intervals</h2><div class="wide">{svg.ranges(shares)}</div>',
        f"<h2>Calibration</h2><p>Calibration error {measured.error:.3f}; AUC of the confidence, "
        f"answerable against unanswerable, {measured.area:.3f}.</p>",
        svg.reliability(measured.bins),
        _confusion(run),
        "<h2>By language, document and tag</h2>",
        _table(["", "n", *SHORT], group_rows(run.results)),
        f"<h2>Not right: {len(wrong)} of {len(run.results)}</h2>",
        _held_note(len(wrong) - len(shown_cases)),
        *(_case(one) for one in shown_cases),
        _right(run),
    ]
    return "".join(parts)


def _right(run: Run) -> str:
    """The cases that are right, folded away; those held back are not shown."""
    cases = [_case(one) for one in run.results if one.right and one.split != "held"]
    return f"<details><summary>Right: {len(cases)} cases</summary>{''.join(cases)}</details>"


def _confusion(run: Run) -> str:
    matrix = confusion(run.results)
    heads = ["wanted, then given", *VERDICTS]
    return f"<h2>Verdicts on quotations</h2>{_table(heads, matrix)}" if matrix else ""


def _held_note(number: int) -> str:
    note = f"{number} of them are held back from development and are not shown."
    return f'<p class="soft">{note}</p>' if number else ""


def _made_with(run: Run) -> str:
    head = run.header
    library, machine = head["library"], head["machine"]
    usual = asdict(Settings())
    changed = [f"{k}={v}" for k, v in head["settings"].items() if usual.get(k) != v]
    settings = "Settings " + (", ".join(changed) or "as they ship")
    return (
        f'<p class="soft">Commit {escape(head["code"]["commit"])}. {len(run.results)} cases over '
        f"{len(library['documents'])} documents, {library['passages']} passages, generation "
        f"{library['generation']}. {escape(settings)}. {escape(machine['system'])}, Python "
        f"{escape(machine['python'])}.</p>"
    )


def comparison_body(found: Comparison, broken: Sequence[Broken] | None = None) -> str:
    """Two runs: the gate's verdict where one was asked, measures, documents, changed cases."""
    before, after = found.before, found.after
    parts = [
        f"<h1>{escape(after.name)}</h1>",
        f'<p class="soft">compared with {escape(before.name)}</p>',
        _verdict(broken),
        "<p>" + escape("; ".join(f"{len(found.of(kind))} {kind}" for kind in KINDS)) + ".</p>",
        "<h2>Measures</h2>",
        _table(
            ["measure", "cases", "before", "after", "difference", "95 % from", "to", "p"],
            [
                [
                    *(d.name, d.n, d.before, d.after, d.after - d.before, d.low, d.high),
                    probability(d.p),
                ]
                for d in found.differences
            ],
            titles=True,
        ),
        '<div class="wide">' + _moves(found) + "</div>",
        "<h2>Calibration, before and after</h2><div class='plots'>",
        *(svg.reliability(calibration(run.results).bins) for run in (before, after)),
        "</div>",
        _documents(found),
    ]
    for kind in KINDS:
        own = found.of(kind)
        if own:
            parts.append(f"<h2>{escape(kind[0].upper() + kind[1:])}: {len(own)}</h2>")
            parts += [_change(one) for one in own if one.after.split != "held"]
            parts.append(_held_note(sum(one.after.split == "held" for one in own)))
    return "".join(parts)


def _verdict(broken: Sequence[Broken] | None) -> str:
    if broken is None:
        return ""
    if not broken:
        return '<p class="good"><strong>The gate lets it pass.</strong></p>'
    items = "".join(
        f"<li><strong>{escape(one.rule)}</strong>: {escape(one.why)}. {_ids(one.cases)}</li>"
        for one in broken
    )
    return f'<p class="bad"><strong>The gate is broken.</strong></p><ul>{items}</ul>'


def _ids(names: Sequence[str]) -> str:
    listed = escape(", ".join(names))
    if len(names) <= FEW:
        return listed
    return f"<details><summary>{len(names)} cases</summary>{listed}</details>"


def _moves(found: Comparison) -> str:
    rows = [
        svg.Range(d.name, d.after - d.before, d.low, d.high, f"{d.after - d.before:+.3f}")
        for d in found.differences
        if d.name not in LOWER
    ]
    reach = max([0.1, *(max(abs(one.low), abs(one.high)) for one in rows)])
    return svg.ranges(rows, -reach, reach)


def _documents(found: Comparison) -> str:
    told = [
        *(f"{name} is new" for name in found.documents.added),
        *(f"{name} is gone" for name in found.documents.removed),
        *(f"{name} has changed" for name in found.documents.changed),
        *found.exchanged,
        *(f"case {name} was not asked again" for name in found.gone),
        *(f"case {name} is new" for name in found.new),
        *(f"case {name} itself was changed, so it is not compared" for name in found.recast),
    ]
    items = "".join(f"<li>{escape(one)}</li>" for one in told) or "<li>Nothing.</li>"
    return f"<h2>What else is not the same</h2><ul>{items}</ul>"


def _case(one: Result) -> str:
    return _boxed(one, [("Answer", _answer(one)), ("Cited", _citations(one))])


def _change(one: Change) -> str:
    before, after = marked(*(side.given or side.text for side in (one.before, one.after)))
    rows = [
        ("Before", before or "<em>no answer</em>"),
        ("After", after or "<em>no answer</em>"),
        ("Cited before", _citations(one.before)),
        ("Cited after", _citations(one.after)),
    ]
    if one.sources:
        rows.append(("Documents", escape("; ".join(one.sources))))
    return _boxed(one.after, rows)


def _boxed(one: Result, rows: Iterable[tuple[str, str]]) -> str:
    wanted = "; ".join(" or ".join(fact) for fact in one.wanted)
    wanted = wanted or (one.verdict and f"the verdict {one.verdict}")
    wanted = wanted or ("a right document" if one.answerable else "no answer")
    every = [("Wanted", escape(wanted)), *rows]
    cells = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in every)
    about = escape(" · ".join([one.id, *one.tags]))
    return (
        f'<div class="case"><h3>{escape(one.question)}</h3><p class="soft">{about}</p>'
        f"<dl>{cells}</dl></div>"
    )


def _answer(one: Result) -> str:
    return escape(one.given or one.text) if one.answered else "<em>no answer</em>"


def _citations(one: Result) -> str:
    found = [
        f"{escape(c.file)}, {c.start} to {c.end}"
        + ("" if c.quote in one.text else f": “{escape(display(c.quote))}”")
        + ("" if c.valid else ' <span class="bad">not the words that stand there</span>')
        for c in one.citations
    ]
    return "<br>".join(found) or "<em>nothing</em>"


def marked(before: str, after: str) -> tuple[str, str]:
    """Both texts as HTML, what went in ``<del>``, what came in ``<ins>``."""
    old, new = [], []
    for kind, was, now in word_diff(before, after, spaced=True):
        old.append(escape(was) if kind == "equal" else _inside("del", was))
        new.append(escape(now) if kind == "equal" else _inside("ins", now))
    return "".join(old), "".join(new)


def _inside(tag: str, text: str) -> str:
    words = text.rstrip()
    return f"<{tag}>{escape(words)}</{tag}>{text[len(words) :]}" if words else ""


def _table(heads: Sequence[str], rows: Sequence[Sequence[Cell]], titles: bool = False) -> str:
    def name(cell: Cell) -> str:
        about = ABOUT.get(str(cell), "") if titles else ""
        return f'<td title="{escape(about)}">{escape(shown(cell))}</td>'

    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    body = "".join(
        f"<tr>{name(row[0])}{''.join(f'<td>{escape(shown(c))}</td>' for c in row[1:])}</tr>"
        for row in rows
    )
    return f'<div class="wide"><table><tr>{head}</tr>{body}</table></div>'
