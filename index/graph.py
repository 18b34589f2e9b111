"""A BERT encoder's weights as an ONNX graph with 8-bit integer matrix products.

The graph is written node by node instead of traced: it takes a second and no torch, and each node
is the one that onnxruntime runs fastest on a CPU. ``python -m eval.bench.encode`` measures it.

What keeps the vectors near the exact ones, although onnxruntime quantises every activation with
one scale for the whole tensor:

- A few columns of a layer norm's output are ten times larger than the rest and would take all the
  precision. Such a column is split into equal parts, each with the same weights (outlier channel
  splitting, Zhao et al. 2019). Which columns, ``exact`` tells by running some texts.
- After the GELU it is a few tokens that are too large, so there each row is divided by its largest
  value and multiplied back afterwards.

And what keeps them the same on every machine: see ``by_column``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

EXTRA = 8  # columns added to a layer norm's output; 4 was a little worse, 16 no better

Array = NDArray[np.float32]
Weights = Mapping[str, Array]
Counts = NDArray[np.intp]
_MICROSOFT = "com.microsoft"


def exact(weights: Weights, config: Mapping[str, Any]) -> tuple[ModelProto, list[str]]:
    """The graph in fp32, and the names of its layer norms, which are outputs too."""
    net = _Bert(weights, config["num_attention_heads"], config["layer_norm_eps"], None)
    return net.model(config, list_norms=True), list(net.norms)


def bert(weights: Weights, config: Mapping[str, Any], peaks: Mapping[str, Array]) -> ModelProto:
    """The quantised graph: int32 ``input_ids`` (texts, tokens), all texts of the same length, to
    float32 ``last_hidden_state`` (texts, tokens, width).

    ``config`` is transformers' config.json; ``peaks`` (width,) the largest absolute value in each
    column of each layer norm's output.
    """
    counts = {name: parts(peak, EXTRA) for name, peak in peaks.items()}
    net = _Bert(weights, config["num_attention_heads"], config["layer_norm_eps"], counts)
    return net.model(config, list_norms=False)


def parts(peaks: Array, extra: int) -> Counts:
    """(width,) into how many parts each column is split, ``extra`` columns being added in all so
    that the largest part is as small as can be.
    """
    counts = np.ones(len(peaks), np.intp)
    for _ in range(extra):
        counts[np.argmax(peaks / counts)] += 1
    return counts


def by_column(matrix: Array) -> tuple[NDArray[np.int8], Array]:
    """(in, out) weights as whole numbers in -127..127, and the scale of each column (out,).

    Processors without VNNI add the products of two neighbouring inputs (unsigned bytes) with their
    weights in 16 bits, where they would saturate. So two neighbouring weights of the same sign sum
    to 128 at most: 255 * 128 < 2**15, and every processor gets the same result.
    """
    pairs = matrix.reshape(-1, 2, matrix.shape[1])
    sums = np.maximum(np.maximum(pairs, 0).sum(axis=1), np.maximum(-pairs, 0).sum(axis=1))
    scale = np.maximum(sums.max(axis=0) / 127, 1e-9).astype(np.float32)
    return np.rint(matrix / scale).astype(np.int8), scale


def by_row(table: Array) -> tuple[NDArray[np.int8], Array]:
    """(rows, width) embeddings as whole numbers in -127..127, and each row's scale (rows, 1)."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, 1e-9).astype(np.float32)
    return np.rint(table / scale).astype(np.int8), scale


@dataclass
class _Builder:
    nodes: list[NodeProto] = field(default_factory=list)
    constants: dict[str, Any] = field(default_factory=dict)

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def many(self, op: str, inputs: Sequence[str], count: int, **attributes: Any) -> list[str]:
        domain = _MICROSOFT if op in {"DynamicQuantizeMatMul", "MultiHeadAttention", "Gelu"} else ""
        number = len(self.nodes)
        outputs = [f"{op}_{number}_{i}" for i in range(count)]
        self.nodes.append(
            helper.make_node(op, inputs, outputs, f"{op}_{number}", domain=domain, **attributes)
        )
        return outputs

    def node(self, op: str, *inputs: str, **attributes: Any) -> str:
        return self.many(op, inputs, 1, **attributes)[0]


@dataclass(frozen=True)
class _Bert:
    """Writes the layers. ``weights`` are named as transformers names them; ``counts`` says into
    how many parts the columns of each layer norm are split, None writes the exact fp32 graph.
    """

    weights: Weights
    heads: int
    epsilon: float
    counts: Mapping[str, Counts] | None
    norms: dict[str, str] = field(default_factory=dict)
    build: _Builder = field(default_factory=_Builder)

    def model(self, config: Mapping[str, Any], list_norms: bool) -> ModelProto:
        if config["model_type"] != "bert" or config["hidden_act"] != "gelu":
            raise ValueError("only BERT encoders with the exact GELU can be written as a graph")
        x = self.embed("embeddings")
        for number in range(config["num_hidden_layers"]):
            x = self.layer(x, f"encoder.layer.{number}")
        nodes, constants = self.build.nodes, list(self.build.constants.values())
        nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"], "output"))
        axes = ["texts", "tokens"]
        ids = helper.make_tensor_value_info("input_ids", TensorProto.INT32, axes)
        names = ["last_hidden_state", *(self.norms.values() if list_norms else ())]
        shape = [*axes, config["hidden_size"]]
        outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n in names]
        graph = helper.make_graph(nodes, "encoder", [ids], outputs, constants)
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)

    def embed(self, prefix: str) -> str:
        b, w = self.build, self.weights
        words, scale = by_row(w[f"{prefix}.word_embeddings.weight"])
        token = b.node("Gather", b.constant("words", words), "input_ids")
        size = b.node("Gather", b.constant("words.scale", scale), "input_ids")
        token = b.node("Mul", b.node("Cast", token, to=TensorProto.FLOAT), size)
        # every token is of the first segment, so its vector is added to the positions beforehand
        places = w[f"{prefix}.position_embeddings.weight"]
        places = places + w[f"{prefix}.token_type_embeddings.weight"][0]
        length = b.node("Shape", "input_ids", start=1, end=2)
        zero = b.constant("zero", np.zeros(1, np.int64))
        place = b.node("Slice", b.constant("places", places), zero, length)
        return self.norm(b.node("Add", token, place), f"{prefix}.LayerNorm")

    def layer(self, x: str, p: str) -> str:
        b = self.build
        names = [f"{p}.attention.self.{part}" for part in ("query", "key", "value")]
        joined = self.product(self.widened(x), names)
        split = b.many("Split", [joined], 3, axis=-1, num_outputs=3)
        # no mask: with one, onnxruntime leaves its blockwise attention for a slower one
        mixed = b.node("MultiHeadAttention", *split, num_heads=self.heads)
        mixed = self.product((mixed, None), [f"{p}.attention.output.dense"])
        # Add and LayerNormalization stay apart: the kernel that fuses them is scalar and slow
        x = self.norm(b.node("Add", x, mixed), f"{p}.attention.output.LayerNorm")
        wide = b.node("Gelu", self.product(self.widened(x), [f"{p}.intermediate.dense"]))
        narrow = self.levelled(wide, f"{p}.output.dense")
        return self.norm(b.node("Add", x, narrow), f"{p}.output.LayerNorm")

    def norm(self, x: str, name: str) -> str:
        gain = self.build.constant(f"{name}.weight", self.weights[f"{name}.weight"])
        bias = self.build.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        made = self.build.node("LayerNormalization", x, gain, bias, epsilon=self.epsilon)
        self.norms[name] = made
        return made

    def widened(self, x: str) -> tuple[str, Counts | None]:
        """A layer norm's output with its large columns in parts, and the column of each part."""
        if self.counts is None:
            return x, None
        name = next(name for name, output in self.norms.items() if output == x)
        counts, b = self.counts[name], self.build
        every = np.arange(len(counts))
        columns = np.concatenate([every, np.repeat(every, counts - 1)])
        added = b.constant(f"{name}.added", columns[len(counts) :])
        shares = b.constant(f"{name}.shares", (1 / counts[columns]).astype(np.float32))
        both = b.node("Concat", x, b.node("Gather", x, added, axis=-1), axis=-1)
        return b.node("Mul", both, shares), columns

    def product(self, given: tuple[str, Counts | None], names: Sequence[str]) -> str:
        """x W + b, with the weights of ``names`` side by side."""
        x, columns = given
        bias = np.concatenate([self.weights[f"{n}.bias"] for n in names])
        return self.multiply(x, names, columns, self.build.constant(f"{names[0]}.bias", bias))

    def levelled(self, x: str, name: str) -> str:
        """x W + b after a GELU, the rows of x divided by their largest value on the way."""
        if self.counts is None:
            return self.product((x, None), [name])
        b = self.build
        last = b.constant("last", np.array([-1], np.int64))
        # a GELU is never below -0.17: from 0.2 on, its largest value is the largest in size
        least = b.constant("least", np.array(0.2, np.float32))
        top = b.node("Max", b.node("ReduceMax", x, last, keepdims=1), least)
        y = b.node("Mul", self.multiply(b.node("Div", x, top), [name], None), top)
        return b.node("Add", y, b.constant(f"{name}.bias", self.weights[f"{name}.bias"]))

    def multiply(self, x: str, names: Sequence[str], columns: Counts | None, *bias: str) -> str:
        b, name = self.build, names[0]
        matrix = np.concatenate([self.weights[f"{n}.weight"].T for n in names], axis=1)
        if self.counts is None:
            return b.node("Add", b.node("MatMul", x, b.constant(name, matrix)), *bias)
        whole, scale = by_column(matrix if columns is None else matrix[columns])
        matrix_name = b.constant(f"{name}.matrix", whole)
        scale_name = b.constant(f"{name}.scale", scale)
        zero_name = b.constant(f"{name}.zero", np.zeros(scale.shape, np.int8))
        return b.node("DynamicQuantizeMatMul", x, matrix_name, scale_name, zero_name, *bias)
