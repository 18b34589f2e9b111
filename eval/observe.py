"""What ``ask --json`` gave for a case, held against what was wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eval import metrics
from eval.cases import Case, Fact, Place, Wanted
from eval.results import Cited, Result, Said
from eval.wording import fold
from index.errors import PullquoteError
from index.library import Library

TextOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Held:
    """Some characters of a document: a citation's or a passage's."""

    document: str
    file: str
    start: int
    end: int
    text: str


def observe(case: Case, payload: Mapping[str, Any], text_of: TextOf) -> Result:
    """The record of one case; ``text_of`` gives the text of a document by its id and raises
    PullquoteError for a document that is not there."""
    answered = payload["status"] == "answered"
    cited = {one["n"]: one for one in payload["citations"]}
    said = tuple(
        Said(one["text"], tuple(one["citations"]), answering(one, cited))
        for one in (payload["sentences"] if answered else ())
    )
    text, first = " ".join(s.text for s in said), "".join(s.text for s in said[:1])
    passages = [_passage(one) for one in payload["passages"]]
    quotes = [_quote(one) for one in payload["citations"]]
    within = "\n".join(one.text for one in passages)
    return Result(
        id=case.id,
        question=case.question,
        language=case.language,
        tags=case.tags,
        split=case.split,
        answerable=case.answerable,
        need=case.need,
        wanted=tuple(fact.any for fact in case.facts),
        documents=case.documents,
        status=payload["status"],
        sentences=said,
        citations=tuple(_cited(one, text_of) for one in payload["citations"]),
        confidence=float(payload["confidence"]),
        facts=_standing(text, case.facts),
        first=_standing(first, case.facts),
        within=_standing(within, case.facts),
        spans=tuple(any(holds(one, span) for one in quotes) for span in case.spans),
        ranks=ranks(case, passages),
        cited=metrics.cites_document([one.file for one in quotes], case.documents),
    )


def answering(sentence: Mapping[str, Any], cited: Mapping[int, Mapping[str, Any]]) -> str:
    """The words of a sentence's first quote that answer, empty where they were not told."""
    span, first = sentence.get("span"), cited.get(next(iter(sentence["citations"]), 0))
    if not span or not first or not first["start"] <= span["start"] < span["end"] <= first["end"]:
        return ""
    start = int(first["start"])
    return str(first["quote"])[span["start"] - start : span["end"] - start]


def observe_quotation(case: Case, payload: Mapping[str, Any], text_of: TextOf) -> Result:
    """The record of a quotation from what ``quote --json`` gave; its matches are its citations."""
    given = payload["verdict"]
    citations = [
        {**match, "n": n, "quote": match["source_text"]}
        for n, match in enumerate(payload["matches"], 1)
    ]
    silent = {"status": "not_found", "sentences": [], "passages": [], "confidence": 0.0}
    plain = observe(case, {**silent, "citations": citations}, text_of)
    status = "answered" if given != "not_found" else "not_found"
    return replace(plain, status=status, verdict=case.verdict, given=given)


def _standing(text: str, facts: Sequence[Fact]) -> tuple[bool, ...]:
    return tuple(fact.stands_in(text) for fact in facts)


def _passage(row: Mapping[str, Any]) -> Held:
    return Held(row["document_id"], row["file"], row["start"], row["end"], row["text"])


def _quote(row: Mapping[str, Any]) -> Held:
    document = row["document"]
    return Held(document["id"], document["file"], row["start"], row["end"], row["quote"])


def _cited(row: Mapping[str, Any], text_of: TextOf) -> Cited:
    document = row["document"]
    try:
        text = text_of(document["id"])
    except PullquoteError:
        text = ""
    valid = metrics.citation_holds(text, row["start"], row["end"], row["quote"])
    return Cited(
        row["n"],
        document["file"],
        document["sha256"],
        row["start"],
        row["end"],
        row["quote"],
        row["locator"],
        valid,
    )


def holds(held: Held, wanted: Wanted) -> bool:
    """Whether these characters hold a wanted span, at one of its places."""
    return any(_at(held, place) for place in wanted.any)


def _at(held: Held, place: Place) -> bool:
    """Places by offset count as held when they overlap: a citation may be the sentence around a
    figure, or one row of a table that is wanted whole."""
    if metrics.file_name(held.file) != place.document:
        return False
    if place.quote:
        quote, text = fold(place.quote), fold(held.text)
        return quote in text or (len(text) > 20 and text in quote)
    return held.start < place.end and place.start < held.end


def ranks(case: Case, passages: Sequence[Held]) -> tuple[int | None, ...]:
    """The rank of the first passage that holds each wanted span; without spans, each fact in a
    right document; without facts, each right document."""
    tests: list[Callable[[Held], bool]]
    if case.spans:
        tests = [lambda held, span=span: holds(held, span) for span in case.spans]  # type: ignore[misc]
    elif case.facts:
        right = set(case.documents)
        tests = [
            lambda held, fact=fact: (  # type: ignore[misc]
                metrics.file_name(held.file) in right and fact.stands_in(held.text)
            )
            for fact in case.facts
        ]
    else:
        tests = [
            lambda held, name=name: metrics.file_name(held.file) == name  # type: ignore[misc]
            for name in case.documents
        ]
    return tuple(
        next((rank for rank, held in enumerate(passages, 1) if test(held)), None) for test in tests
    )


def texts_of(library: Library) -> TextOf:
    """The texts of a library's documents, each read once."""
    known: dict[str, str] = {}

    def text_of(document_id: str) -> str:
        if document_id not in known:
            known[document_id] = library.text(document_id)
        return known[document_id]

    return text_of
