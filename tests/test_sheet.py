"""A passage's sentences beside a question, each figure worked out by hand."""

import pytest

from index.records import Kind
from qa.candidates import FIGURES
from qa.question import parse
from qa.sheet import Sheet


def figures(question: str, texts: list[str], place: int, context: str = "") -> dict[str, float]:
    """Those of one sentence, where every term and character weighs the same."""
    asked = parse(question)
    weights = dict.fromkeys(asked.terms, 1.0)
    characters = dict.fromkeys((c for c, _ in asked.characters), 1.0)
    sheet = Sheet(asked, weights, characters, texts, [Kind.PARAGRAPH] * len(texts), context)
    return dict(zip(FIGURES[3:], sheet.row(place, 0.0), strict=True))


BRIDGE = [
    "The bridge spans the river Ness.",
    "It was opened in 1961.",
    "A toll of 4 pence is paid.",
]


def test_coverage_grows_with_what_is_looked_at() -> None:
    # asked of: bridge, opened, toll
    found = figures("Has the opened bridge a toll?", BRIDGE, 1)
    assert found["coverage"] == pytest.approx(1 / 3)  # opened
    assert found["coverage near"] == pytest.approx(1)
    assert found["coverage topical"] == pytest.approx(2 / 3)  # ... and what the passage is about
    assert found["focus"] == pytest.approx(1 / 3)


def test_headings_count_as_what_the_passage_is_about() -> None:
    found = figures("Has the opened bridge a toll?", BRIDGE[1:], 0, "A bridge")
    assert found["coverage near"] == pytest.approx(1)
    assert found["focus"] == 0  # the sentence itself opens the passage


LINE = ["京急逗子线是一条铁路线。", "全长五点九公里。", "车站的记号为KK。"]


def test_what_stands_beside_the_word_that_asks_weighs_most() -> None:
    about, told = (figures("京急逗子线的记号是什么？", LINE, place) for place in (0, 2))
    assert about["coverage"] > told["coverage"]
    assert told["coverage asked"] > about["coverage asked"]


def test_the_sentence_before_may_name_what_a_sentence_is_about() -> None:
    texts = ["铁路线。", "逗子站。", "有二条轨道。"]
    found = figures("逗子站有轨道？", texts, 2)
    assert found["coverage characters"] == pytest.approx(1 / 2)  # 有 轨 道
    assert found["coverage characters before"] == pytest.approx(1)


def test_an_english_question_has_no_characters() -> None:
    found = figures("Has the opened bridge a toll?", BRIDGE, 1)
    assert found["coverage asked"] == found["coverage characters before"] == 0


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What does AI replace?", "Clerks are replaced by artificial intelligence."),
        ("What does artificial intelligence replace?", "Clerks are replaced by AI."),
        ("Whom does the European Union replace?", "Clerks are replaced by the EU."),
    ],
)
def test_an_abbreviation_and_what_it_stands_for_are_one(question: str, text: str) -> None:
    found = figures(question, [text], 0)
    assert found["coverage"] == pytest.approx(1)
    assert found["names missing"] == found["names missing here"] == 0
