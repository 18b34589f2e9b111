"""One case against one answer: what is right, and what counts as found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from eval.cases import Case, Fact, Place, Wanted
from eval.observe import Held, holds, observe, observe_quotation, ranks
from eval.results import Result
from index.errors import PullquoteError

TEXT = "The Ness bridge is 412 metres long. It was opened in 1931 by the mayor of Ness."
LONG, OPENED = (0, 35), (36, 79)


def case(**other: Any) -> Case:
    usual: dict[str, Any] = {
        "id": "1",
        "question": "How long is the Ness bridge?",
        "facts": (Fact(("412 metres",)),),
        "documents": ("ness.txt",),
        "answerable": True,
        "tags": ("figure",),
        "language": "en",
        "note": "",
        "split": "tune",
    }
    return Case(**(usual | other))


def payload(*spans: tuple[int, int], file: str = "ness.txt") -> Any:
    citations = [
        {
            "n": n,
            "document": {"id": "d", "file": file, "sha256": "5" * 64},
            "locator": "paragraph 1",
            "start": a,
            "end": b,
            "quote": TEXT[a:b],
        }
        for n, (a, b) in enumerate(spans, 1)
    ]
    whole = {"document_id": "d", "file": "ness.txt", "start": 0, "end": len(TEXT), "text": TEXT}
    return {
        "status": "answered" if spans else "not_found",
        "sentences": [{"text": TEXT[a:b], "citations": [n]} for n, (a, b) in enumerate(spans, 1)],
        "citations": citations,
        "passages": [whole],
        "confidence": 0.8,
        "timings_ms": {"total": 4.0},
    }


def seen(one: Case, given: Any) -> Result:
    return observe(one, given, {"d": TEXT}.__getitem__)


def test_the_fact_in_the_first_sentence_from_the_right_document_is_right() -> None:
    found = seen(case(), payload(LONG))
    assert (found.complete, found.prompt, found.cited, found.right) == (True,) * 4


def test_the_fact_in_the_second_sentence_is_complete_but_not_prompt() -> None:
    found = seen(case(facts=(Fact(("1931",)),)), payload(LONG, OPENED))
    assert (found.complete, found.prompt) == (True, False)


def test_a_list_needs_one_item_in_its_first_sentence() -> None:
    both = (Fact(("412 metres",)), Fact(("1931",)))
    assert seen(case(facts=both, tags=("list",)), payload(LONG, OPENED)).prompt
    assert not seen(case(facts=both), payload(LONG, OPENED)).prompt


def test_any_fact_is_enough_where_the_case_says_so() -> None:
    either = (Fact(("413 metres",)), Fact(("1931",)))
    assert seen(case(facts=either, need="any"), payload(OPENED)).right
    assert not seen(case(facts=either), payload(OPENED)).right


def test_another_document_is_wrong_though_the_fact_is_said() -> None:
    found = seen(case(), payload(LONG, file="other.txt"))
    assert found.complete and not found.right


def test_a_quote_that_is_not_at_its_place_makes_the_answer_wrong() -> None:
    typed = payload(LONG)
    typed["citations"][0]["start"] += 1
    found = seen(case(), typed)
    assert not found.citations[0].valid and not found.right


def test_a_citation_of_a_document_that_is_gone_is_not_valid() -> None:
    def gone(_: str) -> str:
        raise PullquoteError("it is not in the library")

    assert not observe(case(), payload(LONG), gone).citations[0].valid


def test_silence_is_right_only_where_there_is_no_answer() -> None:
    assert seen(case(facts=(), documents=(), answerable=False), payload()).right
    assert not seen(case(), payload()).right


def test_the_words_that_answer_are_cut_from_the_first_quote() -> None:
    told = payload(OPENED)
    told["sentences"][0]["span"] = {"start": TEXT.index("1931"), "end": TEXT.index("1931") + 4}
    assert seen(case(), told).sentences[0].words == "1931"
    told["sentences"][0]["span"] = {"start": 0, "end": 4}  # not of the quote
    assert seen(case(), told).sentences[0].words == ""
    told["sentences"][0]["span"] = None
    assert seen(case(), told).sentences[0].words == ""


def check(verdict: str, *spans: tuple[int, int]) -> Any:
    matches = [
        {
            "document": {"id": "d", "file": "ness.txt", "sha256": "5" * 64},
            "locator": "",
            "start": a,
            "end": b,
            "source_text": TEXT[a:b],
        }
        for a, b in spans
    ]
    return {"verdict": verdict, "matches": matches}


def test_a_quotation_is_right_by_its_verdict_and_its_place() -> None:
    wanted = case(question=TEXT[:35], facts=(), verdict="verbatim")
    text_of = {"d": TEXT}.__getitem__
    assert observe_quotation(wanted, check("verbatim", LONG), text_of).right
    assert not observe_quotation(wanted, check("altered", LONG), text_of).right
    elsewhere = replace(wanted, documents=("other.txt",))
    assert not observe_quotation(elsewhere, check("verbatim", LONG), text_of).right
    absent = replace(wanted, documents=(), answerable=False, verdict="not_found")
    assert observe_quotation(absent, check("not_found"), text_of).right
    assert not observe_quotation(absent, check("verbatim", LONG), text_of).right


def test_a_wanted_span_is_held_by_its_words_or_its_characters() -> None:
    held = Held("d", "briefs/ness.txt", 0, 35, TEXT[:35])
    assert holds(held, Wanted((Place("ness.txt", "is 412  METRES"),)))
    assert not holds(held, Wanted((Place("ness.txt", "opened in 1931"),)))
    assert not holds(held, Wanted((Place("other.txt", "is 412 metres"),)))
    assert holds(held, Wanted((Place("ness.txt", "", 34, 40, "5" * 64),)))
    assert not holds(held, Wanted((Place("ness.txt", "", 35, 40, "5" * 64),)))
    other = Place("other.txt", "is 412 metres")
    assert holds(held, Wanted((other, Place("ness.txt", "Ness bridge"))))


def test_a_quote_that_holds_the_whole_citation_is_held_by_it() -> None:
    part = Held("d", "ness.txt", 36, 79, TEXT[36:79])
    assert holds(part, Wanted((Place("ness.txt", TEXT),)))
    assert not holds(replace(part, text="It was"), Wanted((Place("ness.txt", TEXT),)))


def test_ranks_are_of_spans_else_of_facts_else_of_documents() -> None:
    first = Held("d", "ness.txt", 0, 35, TEXT[:35])
    second = Held("d", "ness.txt", 36, 79, TEXT[36:])
    spans = (Wanted((Place("ness.txt", "opened"),)), Wanted((Place("ness.txt", "closed"),)))
    assert ranks(case(spans=spans), [first, second]) == (2, None)
    assert ranks(case(facts=(Fact(("1931",)), Fact(("412",)))), [first, second]) == (2, 1)
    assert ranks(case(documents=("other.txt",)), [first, second]) == (None,)
    assert ranks(case(facts=(), documents=("ness.txt",)), [first]) == (1,)
