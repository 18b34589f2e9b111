"""The reader's training: what it is shown, how it is read, and what is written of it."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.training.reader_groups import Groups, window
from qa.training.reader_measure import auc
from qa.training.reader_questions import Setting, as_typed, change, donors
from qa.training.reader_rows import CAPS, Row, held_out, load, negatives

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


def test_a_chinese_window_is_measured_by_its_characters() -> None:
    passage = "老石桥共有九个桥孔，桥面宽六米，长一百二十米。" * 20
    size = len(passage) // 20
    spans = [(i * size, (i + 1) * size) for i in range(20)]
    sizes = set()
    for seed in range(50):
        first, last = window(passage, spans, 10, random.Random(seed))
        sizes.add(last - first + 1)
    assert min(sizes) == 1 and 8 <= max(sizes) <= 14


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
    from qa.training.reader_vocabulary import OUT

    torch.manual_seed(1)
    net = Net(source(), 3).eval()
    state = {name: value.contiguous() for name, value in net.state_dict().items()}
    save_file(state, tmp_path / "net.safetensors")
    new = net.body.embeddings.word_embeddings.num_embeddings + 2
    ids = [101, 2040, 2003, 2023, 102, 2002, 2003, 2026, new, 1012, 2009, 2003, 1012, 102]
    export(tmp_path / "net.safetensors", source(), OUT, [ids], tmp_path)
    piece = Tokens(ids, ((5, 10), (10, 13)), (1, 0), None)
    assert integer(tmp_path)(piece) == pytest.approx(exact(net)(piece), abs=0.05)
    again = Net(source(), 3).eval()  # what is kept, in half precision, over what was begun with
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


def test_a_round_reads_every_question_once_and_leaves_out_what_was_read_before() -> None:
    pytest.importorskip("torch")
    from qa.training.reader import BATCH, batches
    from qa.training.reader_net import Tokens

    def read(numbers: range, skipped: int, batches_read: int) -> list[tuple[int, ...]]:
        """(number, turn) of each group; every fourth number makes none."""

        def make(number: int, turn: int) -> list[Tokens]:
            return [] if number % 4 == 3 else [Tokens([number, turn], (), (), None)]

        stream = islice(batches(make, numbers, 3, skipped), batches_read)
        return [tuple(group[0].ids) for batch in stream for group in batch]

    two_rounds = read(range(40), 0, 60 // BATCH)
    whole = [number for number in range(40) if number % 4 != 3]
    assert sorted(two_rounds[:30]) == [(number, 0) for number in whole]
    assert sorted(two_rounds[30:]) == [(number, 1) for number in whole]
    fours = range(0, 160, 4)
    assert read(fours, 20, 20 // BATCH) == read(fours, 0, 40 // BATCH)[20:]


def test_a_round_may_hold_a_share_of_the_public_questions_and_holds_all_written_ones() -> None:
    pytest.importorskip("torch")
    from qa.training.reader import of_kind, read_in_a_round
    from qa.training.reader_rows import JAPANESE, kept_aside

    public = [Row(f"When was {n}?", f"In {n}.", (), "squad", (), ()) for n in range(100)]
    japanese = [replace(row, passage=f"{n}年。", source=JAPANESE) for n, row in enumerate(public)]
    written = [
        replace(row, document=f"bridge-{n}", headings=("石桥" if n % 2 else "A bridge",))
        for n, row in enumerate(public[:50])
    ]
    rows = [*written, *public, *japanese]
    half, whole = read_in_a_round(rows, 0.5, 0.25), read_in_a_round(rows, 1.0, 1.0)
    assert sorted(whole) == [i for i, row in enumerate(rows) if not kept_aside(row)]
    read, of_all = (Counter(of_kind(rows[i]) for i in found) for found in (half, whole))
    assert (read["written"], read["chinese"]) == (of_all["written"], of_all["chinese"])
    assert abs(2 * read["public"] - of_all["public"]) <= 1
    assert abs(4 * read["japanese"] - of_all["japanese"]) <= 2


def test_added_tokens_begin_with_what_the_encoder_knows_of_them() -> None:
    torch = pytest.importorskip("torch")
    from index.export import source
    from qa.training.reader_net import Net, batch
    from qa.training.reader_net import Tokens as Read

    net = Net(source(), 2).eval()
    last = net.body.embeddings.word_embeddings.num_embeddings
    net.inherit({2026: last + 1})
    pieces = [Read([101, i, 102], ((1, 2),), (1,), None) for i in (2026, last + 1, last)]
    with torch.inference_mode():
        known, same, other = (net.states(*batch([piece])[:2]) for piece in pieces)
    torch.testing.assert_close(known, same)
    assert not torch.allclose(known, other, atol=0.1)


def test_a_mean_of_nothing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch")
    from qa.training.reader import main

    with pytest.raises(SystemExit):
        main([str(tmp_path), "--work", str(tmp_path), "--keep", "0.5"])
    assert "--keep needs --start" in capsys.readouterr().err


def test_a_mean_keeps_a_share_of_the_weights_begun_with() -> None:
    torch = pytest.importorskip("torch")
    from qa.training.reader_state import mean

    trained = {"out": torch.tensor([4.0]), "embeddings": torch.tensor([7.0])}
    begun = {"out": torch.tensor([2.0], dtype=torch.float16)}
    assert {k: v.item() for k, v in mean(trained, begun, 0.25).items()} == {
        "out": 3.5,
        "embeddings": 7.0,
    }


def test_auc_is_the_chance_to_be_above() -> None:
    assert auc([1.0, 3.0], [0.0, 2.0]) == 0.75
    assert auc([1.0], [1.0]) == 0.5
