"""A comparison as lines for people, as Markdown, and as JUnit XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from xml.etree import ElementTree as ET

from eval.compare import CITATIONS, KINDS, WRONG, Change, Comparison
from eval.gate import Broken
from eval.results import Cited
from eval.table import Cell, probability, table
from index.text import display

Head = Callable[[str], str]


def text(found: Comparison, broken: Sequence[Broken] | None = None) -> str:
    """For the terminal."""
    return "\n".join(_lines(found, broken, lambda head: f"{head}\n{'-' * len(head)}"))


def markdown(found: Comparison, broken: Sequence[Broken] | None = None) -> str:
    """The same as Markdown, for a comment on a change."""
    return "\n".join(_lines(found, broken, lambda head: f"## {head}\n")) + "\n"


def _lines(found: Comparison, broken: Sequence[Broken] | None, head: Head) -> Iterator[str]:
    yield head(f"{found.after.name} compared with {found.before.name}")
    yield "; ".join(f"{len(found.of(kind))} {kind}" for kind in KINDS) + "."
    yield ""
    rows: list[list[Cell]] = [
        [d.name, d.n, d.before, d.after, f"{d.after - d.before:+.3f}", probability(d.p)]
        for d in found.differences
    ]
    yield from table(["measure", "cases", "before", "after", "difference", "p"], rows)
    others = list(_others(found))
    if others:
        yield from ("", head("What else is not the same"), *(f"- {line}" for line in others))
    for kind in KINDS:
        own = found.of(kind)
        if own:
            yield from ("", head(f"{kind[0].upper()}{kind[1:]}: {len(own)}"))
            yield from (line for one in own for line in _change(one))
    if broken is not None:
        yield from ("", *verdict(broken))


def _others(found: Comparison) -> Iterator[str]:
    for words, names in (
        ("is new", found.documents.added),
        ("is gone", found.documents.removed),
        ("has changed", found.documents.changed),
    ):
        yield from (f"{name} {words}" for name in names)
    yield from found.exchanged
    for words, names in (
        ("was not asked again", found.gone),
        ("is new", found.new),
        ("was itself changed, so it is not compared", found.recast),
    ):
        yield from (f"case {name} {words}" for name in names)


def _change(one: Change) -> Iterator[str]:
    """Held-back cases stay a figure: only their ids are told."""
    if one.after.split == "held":
        yield f"- {one.after.id} (held back)"
        return
    yield f"- {one.after.id}: {one.after.question}"
    if one.kind == CITATIONS:
        yield f"  - both times: {one.after.given or one.after.text}"
    else:
        yield f"  - before: {one.before.given or one.before.text or '(no answer)'}"
        yield f"  - after: {one.after.given or one.after.text or '(no answer)'}"
    for when, side in (("before", one.before), ("after", one.after)):
        cited = "; ".join(_cited(c, side.text) for c in side.citations)
        yield f"  - cited {when}: {cited or '(nothing)'}"
    yield from (f"  - {line}" for line in one.sources)


def _cited(one: Cited, said: str) -> str:
    """The place, and the words there unless the answer has them already."""
    words = "" if one.quote in said else f" “{display(one.quote)}”"
    return f"{one.file} {one.start}-{one.end}{words}{'' if one.valid else ' NOT THE WORDS THERE'}"


def verdict(broken: Sequence[Broken]) -> Iterator[str]:
    if not broken:
        yield "The gate lets it pass."
    for one in broken:
        yield f"The gate is broken: {one.rule}: {one.why}. Cases: {', '.join(one.cases) or '-'}"


def junit(found: Comparison, broken: Sequence[Broken] = ()) -> str:
    """A test case for each case compared and for each rule of the gate.

    The dialect that CI servers read: testsuites, testsuite, testcase, failure.
    """
    suites = ET.Element("testsuites", name="pullquote eval")
    wrong = {one.after.id: one for one in found.of(WRONG)}
    suite = ET.SubElement(suites, "testsuite", name="cases", errors="0", skipped="0")
    compared = [one for one in found.after.results if one.id not in {*found.new, *found.recast}]
    for one in compared:
        name = one.id if one.split == "held" else f"{one.id}: {one.question}"
        case = ET.SubElement(suite, "testcase", classname="cases", name=name)
        if one.id in wrong:
            failure = ET.SubElement(case, "failure", message="newly wrong")
            failure.text = "\n".join(_change(wrong[one.id]))
    suite.set("tests", str(len(compared)))
    suite.set("failures", str(len(wrong)))
    rules = ET.SubElement(suites, "testsuite", name="gate", errors="0", skipped="0")
    rules.set("tests", str(len(broken)))
    rules.set("failures", str(len(broken)))
    for rule in broken:
        case = ET.SubElement(rules, "testcase", classname="gate", name=rule.rule)
        ET.SubElement(case, "failure", message=rule.why).text = ", ".join(rule.cases)
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"
