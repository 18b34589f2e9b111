"""What is wrong with cases: twins, facts that do not stand in their document, quotes that moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from eval.cases import SPLITS, Case, Fact, Place
from eval.wording import contains, fold
from index.library import Library
from index.readers import SUFFIXES, read
from qa.quotes.records import VERDICTS

LONGEST_FACT = 9  # words: a fact is a figure or a name, never a sentence of a source
NEAR = 96  # rapidfuzz ratio, 0..100, from which two questions are asked twice


@dataclass(frozen=True, slots=True)
class Source:
    """A document as Pullquote reads it, and the SHA-256 of its file."""

    text: str
    sha256: str = ""


Sources = Mapping[str, Source]


def read_sources(place: Path) -> dict[str, Source]:
    """Every document of a folder, or of a library, by its file name alone."""
    if Library.exists(place):
        with Library.open(place) as library:
            held = [library.document(one.id) for one in library.documents()]
    else:
        paths = sorted(path for path in place.rglob("*") if path.suffix.lower() in SUFFIXES)
        held = [read(path.read_bytes(), path.name) for path in paths]
    return {Path(one.file).name: Source(one.text, one.sha256) for one in held}


def lint(cases: Sequence[Case], sources: Sources) -> list[str]:
    """What is wrong, a line each; ``sources`` maps file names to documents."""
    wrong = [f"{key}: stands twice" for key in _twice(case.id for case in cases)]
    wrong += near_twins(cases)
    earlier: set[str] = set()
    for case in cases:
        wrong += [f"{case.id}: {complaint}" for complaint in _complaints(case, sources)]
        if case.follows and case.follows not in earlier:
            wrong.append(f"{case.id}: follows {case.follows}, which does not stand before it")
        earlier.add(case.id)
    return wrong


def _twice(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def near_twins(cases: Sequence[Case]) -> list[str]:
    """Questions that are the same, or differ in a letter or two but not in a figure.

    Two follow-ups may be worded alike, since they mean what was asked before; of quotations a
    letter or two is the point.
    """
    asked = [case for case in cases if not case.follows and not case.verdict]
    texts = [fold(case.question) for case in asked]
    wrong = []
    for here, text in enumerate(texts):
        others = process.extract(
            text, texts[:here], scorer=fuzz.ratio, score_cutoff=NEAR, limit=None
        )
        for other, _, there in sorted(others, key=lambda found: found[2]):
            if _figures(text) == _figures(other):
                what = "is asked twice" if text == other else "is nearly asked twice"
                wrong.append(f"{asked[here].id}: {what}, see {asked[there].id}")
    return wrong


def _figures(text: str) -> list[str]:
    return [mark for mark in text if mark.isdigit()]


def _complaints(case: Case, sources: Sources) -> Iterator[str]:
    if not case.question.strip():
        yield "no question"
    if case.split not in SPLITS:
        yield f"split {case.split!r} is not one of {', '.join(SPLITS)}"
    if case.verdict and case.verdict not in VERDICTS:
        yield f"verdict {case.verdict!r} is not one of {', '.join(VERDICTS)}"
    if not case.answerable:
        if case.facts or case.spans or case.documents:
            yield "unanswerable, yet it has facts, spans or documents"
        return
    wanted = case.facts or case.spans or case.verdict or "retrieval" in case.tags
    if not (case.documents and wanted):
        yield "answerable, yet without facts or documents"
        return
    missing = [name for name in case.documents if name not in sources]
    if missing:
        yield f"no document {', '.join(missing)}"
        return
    for fact in case.facts:
        yield from _fact_complaints(case, fact, sources)
    for span in case.spans:
        for place in span.any:
            yield from _place_complaints(place, sources)


def _fact_complaints(case: Case, fact: Fact, sources: Sources) -> Iterator[str]:
    texts = {name: sources[name].text for name in case.documents}
    for wording in fact.any:
        if not any(contains(text, wording) for text in texts.values()):
            yield f"{wording!r} stands in none of its documents"
        if len(wording.split()) > LONGEST_FACT and "imported" not in case.tags:
            yield f"{wording!r} is longer than {LONGEST_FACT} words"
    if case.need == "all":
        for name, text in texts.items():
            if not fact.stands_in(text):
                yield f"{name} holds none of {list(fact.any)}"


def _place_complaints(place: Place, sources: Sources) -> Iterator[str]:
    source = sources.get(place.document)
    if source is None:
        yield f"no document {place.document}"
    elif place.quote:
        if not contains(source.text, place.quote):
            yield f"the quote {place.quote!r} no longer stands in {place.document}"
    elif source.sha256 and source.sha256 != place.sha256:
        yield f"{place.document} has changed since {place.start} to {place.end} were counted in it"
    elif not 0 <= place.start < place.end <= len(source.text):
        yield f"{place.document} has no characters {place.start} to {place.end}"
