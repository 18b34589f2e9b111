"""Quotations of real documents, cut from them when this runs; skipped where they are absent."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.quotations import Outcome, load, run
from index.library import Library
from qa.quote import check
from tests.quotations import CHANGES, Texts, changed, holds, span

CASES = Path(__file__).parents[1] / "eval" / "cases" / "quotations" / "seeds.jsonl"


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("real") / "library", create=True) as made:
        made.add(sorted((shared / "seeds").glob("*.txt")))
        yield made


@pytest.fixture(scope="module")
def outcomes(real: Library) -> list[Outcome]:
    return run(real, load(CASES))


def test_nothing_changed_stitched_or_absent_passes(outcomes: list[Outcome]) -> None:
    assert [o.case.id for o in outcomes if o.passed] == []


def test_verdicts_are_right(outcomes: list[Outcome]) -> None:
    wrong = [(o.case.id, o.verdict, o.said) for o in outcomes if not o.right]
    assert len(wrong) <= 0.03 * len(outcomes), wrong


def test_changed_quotations_name_the_place_they_come_from(outcomes: list[Outcome]) -> None:
    placed = [o for o in outcomes if o.place is not None]
    lost = [o.case.id for o in placed if not o.place]
    assert len(lost) <= 0.03 * len(placed), lost


def test_the_set_has_every_kind_of_quotation() -> None:
    cases = load(CASES)
    kinds = Counter(case.kind for case in cases)
    assert len(cases) >= 80 and min(kinds.values()) >= 4
    assert {"negation", "number", "name", "date", "unit", "order", "dropped", "added"} <= set(kinds)
    assert {"verbatim", "elided", "turned", "stitched", "absent", "misattributed"} <= set(kinds)


def test_spans_of_the_real_documents_and_their_changes(real: Library) -> None:
    texts, draw, placed, asked = Texts(real), random.Random(20250605), 0, 0
    for n in range(240):
        document, words = texts.pick(draw)
        start, end = span(draw, document, words, (8, 12, 20, 45))
        quotation = document.text[start:end]
        assert check(real, quotation).verdict == "verbatim"
        if len(quotation.split()) < 5:
            continue
        other = changed(draw, quotation, CHANGES[n % len(CHANGES)])
        if texts.hold(other):
            continue
        found = check(real, other)
        assert found.verdict not in ("verbatim", "elided"), other
        asked += 1
        placed += found.verdict == "altered" and holds(found, document, start, end)
    assert asked > 180 and placed >= 0.97 * asked
