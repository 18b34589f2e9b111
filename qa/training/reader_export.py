"""The trained reader as an ONNX graph: the encoder in integers, the small heads in floats."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file, save_file

from index.graph import bert, exact

if TYPE_CHECKING:
    from onnx import ModelProto

Weights = dict[str, NDArray[np.float32]]
WORDS = "embeddings.word_embeddings.weight"


def export(
    weights: Path, model: Path, vocabulary: Path, texts: Iterable[Sequence[int]], out: Path
) -> None:
    """Writes reader.onnx, its vocabulary tokenizer.json and its manifest reader.json; ``model`` is
    the folder trained from.

    ``texts`` are token ids as the reader gets them; some dozens show which columns are large.
    """
    config = json.loads((model / "config.json").read_text("utf-8"))
    made = graph(load_file(weights), config, texts)
    content: bytes = made.SerializeToString(deterministic=True)
    tokens = vocabulary.read_bytes()
    sums = {
        name: hashlib.sha256(data).hexdigest()
        for name, data in (("reader.onnx", content), ("tokenizer.json", tokens))
    }
    manifest = {
        "from": "all-MiniLM-L6-v2",
        "trained weights": hashlib.sha256(weights.read_bytes()).hexdigest(),
        "files": sums,
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / "reader.onnx").write_bytes(content)
    (out / "tokenizer.json").write_bytes(tokens)
    save_file(changed(load_file(weights), model), out / "reader.safetensors")
    (out / "reader.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


def changed(weights: Weights, model: Path) -> dict[str, NDArray[np.float16]]:
    """The tensors that training changed or added, in 16-bit floats: with the folder trained from,
    all that another training needs to go on (``--start``)."""
    before = load_file(model / "model.safetensors")
    return {
        name: value.astype(np.float16)
        for name, value in weights.items()
        if not np.array_equal(value, before.get(name.removeprefix("body."), np.nan))
    }


def graph(
    weights: Weights, config: dict[str, object], texts: Iterable[Sequence[int]]
) -> ModelProto:
    """The encoder's graph with one more input and other outputs.

    ``sentences`` (s, sequence) marks each sentence's tokens with 1; one sequence at a time.
    ``logits`` (s,) are the sentences', ``ends`` (sequence, 2) the tokens' as start and end,
    ``verdicts`` (1, 3) those on a claim in the question's place.
    """
    body = {k.removeprefix("body."): v for k, v in weights.items() if k.startswith("body.")}
    body[WORDS] = np.concatenate([body[WORDS], weights["added.weight"]])
    made = bert(body, config, peaks(body, config, texts))
    net = made.graph
    _heads(net, weights)
    sentences = helper.make_tensor_value_info(
        "sentences", TensorProto.FLOAT, ["sentences", "sequence"]
    )
    net.input.append(sentences)
    del net.output[:]
    shapes: dict[str, list[str | int | None]] = {
        "logits": ["sentences"],
        "ends": ["sequence", 2],
        "verdicts": [1, 3],
    }
    for name, shape in shapes.items():
        net.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
    return made


def peaks(
    body: Weights, config: dict[str, object], texts: Iterable[Sequence[int]]
) -> dict[str, NDArray[np.float32]]:
    """The largest absolute value that each column of each layer norm takes over the texts."""
    import onnxruntime

    model, norms = exact(body, config)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    outputs = [output.name for output in session.get_outputs()][1:]
    runs = [session.run(outputs, {"input_ids": np.array([ids], np.int32)}) for ids in texts]
    tops = (
        np.max([np.abs(run[i]).max(axis=(0, 1)) for run in runs], axis=0) for i in range(len(norms))
    )
    return {name: np.round(top, 1) for name, top in zip(norms, tops, strict=True)}


def _heads(net: object, weights: Weights) -> None:
    """What qa.training.reader_net.Net computes from the last states, node by node."""
    width = weights["out.weight"].shape[1]
    mix = weights["mix.weight"].T
    constants = {
        "attend": weights["attend.weight"].T,
        "mix.pooled": mix[:width],
        "mix.cls": mix[width:],
        "mix.bias": weights["mix.bias"],
        "out": weights["out.weight"].T[:, 0],
        "out.bias": weights["out.bias"],
        "span": weights["span.weight"].T,
        "span.bias": weights["span.bias"],
        "weigh": weights["weigh.weight"].T,
        "weigh.bias": weights["weigh.bias"],
        "support": weights["support.weight"].T,
        "support.bias": weights["support.bias"],
        "one": np.array(1, np.float32),
        "far": np.array(1e9, np.float32),
        "axis": np.array([0], np.int64),
        "zero.row": np.array([0], np.int64),
        "one.row": np.array([1], np.int64),
    }
    steps = (
        ("Squeeze", ("last_hidden_state", "axis"), "states"),
        ("MatMul", ("states", "attend"), "pull"),
        ("Transpose", ("pull",), "pull.row"),
        ("Sub", ("sentences", "one"), "outside"),
        ("Mul", ("outside", "far"), "pushed"),
        ("Add", ("pull.row", "pushed"), "masked"),
        ("Softmax", ("masked",), "shares"),
        ("MatMul", ("shares", "states"), "pooled"),
        ("Slice", ("states", "zero.row", "one.row"), "cls"),
        ("MatMul", ("pooled", "mix.pooled"), "of.pooled"),
        ("MatMul", ("cls", "mix.cls"), "of.cls"),
        ("Add", ("of.pooled", "of.cls"), "both"),
        ("Add", ("both", "mix.bias"), "biased"),
        ("Tanh", ("biased",), "mixed"),
        ("MatMul", ("mixed", "out"), "bare"),
        ("Add", ("bare", "out.bias"), "logits"),
        ("MatMul", ("states", "span"), "bare.ends"),
        ("Add", ("bare.ends", "span.bias"), "ends"),
        ("MatMul", ("cls", "weigh"), "bare.weighed"),
        ("Add", ("bare.weighed", "weigh.bias"), "weighed.sum"),
        ("Tanh", ("weighed.sum",), "weighed"),
        ("MatMul", ("weighed", "support"), "bare.verdicts"),
        ("Add", ("bare.verdicts", "support.bias"), "verdicts"),
    )
    for name, value in constants.items():
        net.initializer.append(  # type: ignore[attr-defined]
            numpy_helper.from_array(np.ascontiguousarray(value), f"head.{name}")
        )
    for op, inputs, output in steps:
        named = [f"head.{i}" if i in constants else i for i in inputs]
        net.node.append(helper.make_node(op, named, [output]))  # type: ignore[attr-defined]
