"""The reader: what it reads, that it tells answers from what only looks like them, its training."""

from __future__ import annotations

import gzip
import json
import random
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
)
from qa.training.reader_groups import Groups, window
from qa.training.reader_measure import auc
from qa.training.reader_questions import Setting, as_typed, change, donors
from qa.training.reader_rows import CAPS, held_out, load, negatives

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


def test_a_damaged_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    for name in ("reader.onnx", "reader.json"):
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


POOL = donors(
    [
        "Which mayor opened the library in 1921?",
        "How many ships did Captain Reyes lose in 1804?",
        "What was painted by Ines Duarte?",
        "Where was the treaty of Lund signed?",
        "who repaired the organ",
        "which farmers planted apples in the valley",
    ]
)
CASE = Setting(
    "How many houses were destroyed in Arden before 1950?",
    "Before 1950 about 40 houses of Arden were destroyed.",
    "Before 1950 about 40 houses of Arden were destroyed. In the war Belmont lost 12 by 1944.",
)


@given(st.integers(0, 10_000))
def test_a_changed_question_asks_for_what_the_sentence_does_not_say(seed: int) -> None:
    made = change(CASE, POOL, random.Random(seed))
    assert made is not None
    assert made.question != CASE.question
    assert made.new == "" or made.new.lower() not in CASE.sentence.lower()


def test_every_kind_of_change_is_made() -> None:
    kinds = {made.kind for seed in range(300) if (made := change(CASE, POOL, random.Random(seed)))}
    assert kinds >= {"figure", "name", "opposite", "word", "negation"}


@given(st.integers(0, 1000))
def test_a_question_and_its_changed_version_are_typed_alike(seed: int) -> None:
    write = as_typed(random.Random(seed))
    first, second = write("Who won the Cup in 1990?"), write("Who won the Cup in 1995?")
    assert first.replace("1990", "1995") == second


@given(st.integers(0, 1000), st.integers(0, 9))
def test_a_training_window_holds_its_focus(seed: int, focus: int) -> None:
    passage = "aa bb cc dd ee. " * 10
    spans = [(i * 16, i * 16 + 15) for i in range(10)]
    first, last = window(passage, spans, focus, random.Random(seed))
    assert 0 <= first <= focus <= last < 10


def _line(number: int) -> dict[str, object]:
    passage = (
        f"Mill {number} stands in Arden. It was built in {1800 + number} by Ann Reyes. "
        "Its wheel is of oak."
    )
    answer = {"text": str(1800 + number), "start": passage.index(str(1800 + number))}
    return {
        "question": f"When was mill {number} of Arden built?",
        "passage": passage,
        "answers": [answer],
        "source": "qed_nq",
        "licence": "ours",
        "lang": "en",
    }


@pytest.fixture
def public(tmp_path: Path) -> Path:
    files = {
        "reader-open-00": [_line(i) for i in range(60)],
        "reader-mined-negatives-open-00": [{**_line(3), "answers": []}],
        "relevance-open-00": [{**_line(4), "relevant": 1}],
    }
    for name, lines in files.items():
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
    return tmp_path


def test_groups_come_out_the_same_and_their_labels_are_right(public: Path) -> None:
    rows = load(public, seed=1)
    assert rows == load(public, seed=1)
    assert len(rows) == 60 <= CAPS["qed_nq"][0]
    assert 0 < sum(held_out(row.passage) for row in rows) < 20
    made, again = (Groups(rows, negatives(public), seed=1) for _ in range(2))
    for number, row in enumerate(rows):
        group = made.make(number)
        assert group == again.make(number)
        gold = group.pieces[0]
        right = [
            gold.text[a:b] for (a, b), y in zip(gold.spans, gold.labels, strict=True) if y == 1
        ]
        assert [row.answers[0] in text for text in right] == [True]
        assert gold.answer and gold.text[slice(*gold.answer)] == row.answers[0]
        for piece in group.pieces[1:]:
            assert 1 not in piece.labels
            assert all(piece.text[a:b].strip() for a, b in piece.spans)


def test_the_exported_graph_says_what_the_network_says(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from safetensors.torch import load_file, save_file

    from index.export import source
    from qa.training.reader_export import export
    from qa.training.reader_measure import exact, integer
    from qa.training.reader_net import Net, Tokens

    torch.manual_seed(1)
    net = Net(source()).eval()
    state = {name: value.contiguous() for name, value in net.state_dict().items()}
    save_file(state, tmp_path / "net.safetensors")
    ids = [101, 2040, 2003, 2023, 102, 2002, 2003, 2026, 2567, 1012, 2009, 2003, 1012, 102]
    export(tmp_path / "net.safetensors", source(), [ids], tmp_path)
    piece = Tokens(ids, ((5, 10), (10, 13)), (1, 0), None)
    assert integer(tmp_path)(piece) == pytest.approx(exact(net)(piece), abs=0.05)
    again = Net(source()).eval()  # what is kept, in half precision, over what was begun with
    kept = load_file(tmp_path / "reader.safetensors")
    assert "out.weight" in kept and "body.embeddings.word_embeddings.weight" not in kept
    again.load_state_dict(kept, strict=False)
    assert exact(again)(piece) == pytest.approx(exact(net)(piece), abs=0.01)


def test_the_network_reads_each_of_several_pieces_as_transformers_reads_it() -> None:
    torch = pytest.importorskip("torch")
    from transformers import AutoModel

    from index.export import source
    from qa.training.reader_net import Net, Tokens, batch, run

    net = Net(source()).eval()
    short = Tokens([101, 2040, 102, 2026, 2567, 102], ((3, 5),), (1,), None)
    long = Tokens(
        [101, 2040, 2003, 102, 2002, 2003, 2026, 1012, 102], ((4, 6), (6, 8)), (0, 1), None
    )
    with torch.inference_mode():
        states = net.states(*batch([short, long])[:2]).split([6, 9])
        reference = AutoModel.from_pretrained(str(source()), add_pooling_layer=False).eval()
        for piece, own in zip([short, long], states, strict=True):
            told = reference(input_ids=torch.tensor([piece.ids])).last_hidden_state[0]
            torch.testing.assert_close(own, told, atol=1e-4, rtol=0)
        for piece, found in zip([short, long], run(net, [short, long]), strict=True):
            (alone,) = run(net, [piece])
            assert found.answers.shape == (len(piece.spans),)
            torch.testing.assert_close(found.answers, alone.answers, atol=1e-4, rtol=0)
            torch.testing.assert_close(found.ends, alone.ends, atol=1e-4, rtol=0)
            torch.testing.assert_close(found.verdict, alone.verdict, atol=1e-4, rtol=0)


def test_a_mean_keeps_a_share_of_the_weights_begun_with() -> None:
    torch = pytest.importorskip("torch")
    from qa.training.reader import mean

    trained = {"out": torch.tensor([4.0]), "embeddings": torch.tensor([7.0])}
    begun = {"out": torch.tensor([2.0], dtype=torch.float16)}
    assert {k: v.item() for k, v in mean(trained, begun, 0.25).items()} == {
        "out": 3.5,
        "embeddings": 7.0,
    }


def test_auc_is_the_chance_to_be_above() -> None:
    assert auc([1.0, 3.0], [0.0, 2.0]) == 0.75
    assert auc([1.0], [1.0]) == 0.5
