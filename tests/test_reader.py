"""The reader: what it reads, and that it tells answers from what only looks like them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import PullquoteError
from qa.reader import (
    ANSWER_TOKENS,
    CONTEXT_WORDS,
    PER_TOKEN,
    UNREAD,
    Passage,
    Reader,
    likeliest,
    paired,
)

DATA = Path(__file__).parents[1] / "qa" / "data"


def of(*sentences: str, context: str = "") -> Passage:
    """A passage made of these sentences."""
    text, spans = "", []
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += f"{sentence} "
    return Passage(context, text.rstrip(), tuple(spans))


BRIDGE = of(
    "The old bridge had nine arches of grey stone.",
    "On 4 May 1987 the flood carried the bridge away.",
    "The new bridge was designed by Maria Holt.",
    "A toll of two crowns is taken from every cart.",
    context="Harbour works",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load(threads=2)


def test_a_long_heading_is_cut() -> None:
    long = " ".join(f"w{i}" for i in range(500))
    assert Passage(long, "It rained.", ()).lead() == f"{' '.join(long.split()[:CONTEXT_WORDS])}: "
    assert Passage(" ", "It rained.", ()).lead() == ""


def test_logits_depend_on_their_own_passage_only(reader: Reader) -> None:
    question = "When did the flood carry the bridge away?"
    others = [of("Tolls are two crowns."), of("Ships wait here. " * 8)]
    together = reader.read(question, [others[0], BRIDGE, *others])
    alone = reader.read(question, [BRIDGE])[0]
    assert len(together) == 4
    assert together[1].logits.tolist() == alone.logits.tolist()
    assert together[1].answers == alone.answers
    assert reader.read(question, []) == []


ASKED = {
    "when did the flood carry the bridge away": (1, "4 May 1987"),
    "Who designed the new bridge?": (2, "Maria Holt"),
    "how many arches did the old bridge have": (0, "nine"),
    "What toll is taken from a cart?": (3, "two crowns"),
}


@pytest.mark.parametrize("question", ASKED)
def test_the_answering_sentence_is_above_its_neighbours(reader: Reader, question: str) -> None:
    right, words = ASKED[question]
    reading = reader.read(question, [BRIDGE])[0]
    assert int(np.argmax(reading.logits)) == right
    span = reading.answers[right]
    assert span and words in BRIDGE.text[slice(*span)]


STONE_BRIDGE = of(
    "老石桥共有九个桥孔。",
    "1987年5月4日，洪水冲毁了石桥。",
    "新桥由工程师李建国设计。",
    "过桥的马车每辆收费两元。",
    context="渡口工程",
)


@pytest.mark.parametrize(
    ("question", "right", "words"),
    [
        ("洪水是哪一天冲毁石桥的？", 1, "1987年5月4日"),
        ("舊石橋有幾個橋孔", 0, "九"),
        ("马车过桥要交多少钱？", 3, "两元"),
    ],
)
def test_chinese_is_read(reader: Reader, question: str, right: int, words: str) -> None:
    reading = reader.read(question, [STONE_BRIDGE])[0]
    assert int(np.argmax(reading.logits)) == right
    span = reading.answers[right]
    assert span and words in STONE_BRIDGE.text[slice(*span)]


def test_another_subject_lowers_the_logit(reader: Reader) -> None:
    sentence = of("In 2014 the council of Arden spent 12 million crowns on its schools.")
    true, *changed = (
        float(reader.read(question, [sentence])[0].logits[0])
        for question in (
            "How much did the council of Arden spend on its schools in 2014?",
            "How tall is the tower of the cathedral?",
            "Who is the manager of the football club?",
            "How much did the hospital pay its nurses?",
        )
    )
    assert true > 0
    assert true > max(changed) + 1


def test_odd_questions_and_passages_are_read(reader: Reader) -> None:
    odd = [of(""), of("\u3000"), of("x" * 5000), Passage("", "", ()), BRIDGE]
    found = reader.read("why " * 400, odd)
    assert [len(r.logits) for r in found] == [len(p.sentences) for p in odd]
    assert all(np.isfinite(r.logits).all() for r in found)
    assert found[0].logits[0] == UNREAD and found[0].answers == (None,)


def test_what_is_beyond_the_window_is_not_judged(reader: Reader) -> None:
    reading = reader.read("Who came?", [of("Ann came.", "It rained. " * 200, "Ben came.")])[0]
    assert reading.answers[0] is not None
    assert reading.logits[2] == UNREAD and reading.answers[2] is None


@given(st.lists(st.sampled_from(["Ann came.", "It rained", "又下雨", "é!", ""]), min_size=1))
def test_answers_lie_inside_their_sentences(reader: Reader, sentences: list[str]) -> None:
    passage = of(*sentences)
    for span, answer in zip(
        passage.sentences, reader.read("Who came?", [passage])[0].answers, strict=True
    ):
        assert answer is None or span[0] <= answer[0] < answer[1] <= span[1]


@given(st.integers(0, 2**32), st.integers(1, 50))
def test_the_likeliest_answer_is_the_best_of_all_pairs(seed: int, size: int) -> None:
    ends = np.random.default_rng(seed).normal(size=(size + 5, 2)).astype(np.float32)
    places = np.arange(3, 3 + size)
    pairs = [(a, b) for a in places for b in places if a <= b < a + ANSWER_TOKENS]
    first, last = likeliest(ends, places)
    worth = {(a, b): ends[a, 0] + ends[b, 1] - PER_TOKEN * (b - a) for a, b in pairs}
    assert worth[first, last] == pytest.approx(max(worth.values()), abs=1e-6)


@pytest.mark.parametrize(
    ("marked", "whole"),
    [
        ('a "Ten-Year Plan', 'a "Ten-Year Plan"'),
        ('Ten-Year Plan"', '"Ten-Year Plan"'),
        ("Ten-Year Plan", "Ten-Year Plan"),
        ("doubling (by half", "doubling (by half)"),
        ("by half)", "(by half)"),
        ("《职业教育法", "《职业教育法》"),
        ("the mayor’s", "the mayor’s"),
    ],
)
def test_a_pair_of_marks_is_marked_whole(marked: str, whole: str) -> None:
    text = 'It is a "Ten-Year Plan" for doubling (by half) the mayor’s 《职业教育法》.'
    start = text.index(marked)
    found = paired(text, (start, start + len(marked)), (0, len(text)))
    assert text[slice(*found)] == whole
    own = (start, start + len(marked))
    assert paired(text, own, own) == own


def test_a_damaged_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    for name in ("reader.onnx", "reader.json", "tokenizer.json"):
        shutil.copy(DATA / name, tmp_path / name)
    with (tmp_path / "reader.onnx").open("r+b") as file:
        file.seek(1000)
        file.write(b"\0\1\2\3")
    with pytest.raises(PullquoteError, match=r"reader\.onnx is damaged.*install"):
        Reader.load(tmp_path)
    with pytest.raises(PullquoteError, match=r"reader\.json .*install"):
        Reader.load(tmp_path / "nowhere")


def test_reading_imports_neither_torch_nor_transformers() -> None:
    code = (
        "import sys; from qa.reader import Passage, Reader;"
        "Reader.load().read('who?', [Passage('', 'Ann did.', ((0, 8),))]);"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx'};"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    root = Path(__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=root).returncode == 0
