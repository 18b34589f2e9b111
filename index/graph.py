"""A BERT encoder's weights as an ONNX graph with 7-bit integer matrix products.

The graph is written node by node instead of traced: it takes a second and no torch, and each node
is the one that onnxruntime runs fastest on a CPU. Measured with ``python -m eval.bench.encode``.

Three things decide speed and quality:

- Weights are rounded per output column to -64..64. The eighth bit would buy nothing: processors
  without VNNI add two products of an unsigned and a signed byte in 16 bits, which then saturate.
  So the vectors are the same on every machine.
- onnxruntime quantises activations with one scale per tensor. In the two feed-forward products a
  few tokens are many times larger than the rest and would take all the precision, so each row is
  divided by its largest value first and multiplied back afterwards.
- ``Add`` and ``LayerNormalization`` are left apart: their fusion (``SkipLayerNormalization``) has a
  scalar kernel that takes a quarter of all time.
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

LEVELS = 64

Array = NDArray[np.float32]
Weights = Mapping[str, Array]
_MICROSOFT = "com.microsoft"


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
    """Writes the layers; ``weights`` are named as transformers names them."""

    weights: Weights
    heads: int
    epsilon: float
    build: _Builder = field(default_factory=_Builder)

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

    def norm(self, x: str, name: str) -> str:
        gain = self.build.constant(f"{name}.weight", self.weights[f"{name}.weight"])
        bias = self.build.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.build.node("LayerNormalization", x, gain, bias, epsilon=self.epsilon)

    def product(self, x: str, names: Sequence[str]) -> str:
        """x W + b, with the weights of ``names`` side by side."""
        bias = np.concatenate([self.weights[f"{n}.bias"] for n in names])
        return self.whole(x, names, self.build.constant(f"{names[0]}.bias", bias))

    def whole(self, x: str, names: Sequence[str], *bias: str) -> str:
        b, name = self.build, names[0]
        matrix, scale = by_column(np.concatenate([self.weights[f"{n}.weight"].T for n in names], 1))
        matrix_name = b.constant(f"{name}.matrix", matrix)
        scale_name = b.constant(f"{name}.scale", scale)
        zero_name = b.constant(f"{name}.zero", np.zeros(scale.shape, np.int8))
        return b.node("DynamicQuantizeMatMul", x, matrix_name, scale_name, zero_name, *bias)

    def levelled(self, x: str, name: str) -> str:
        """x W + b, every row of x brought to a largest absolute value of 1 on the way."""
        b = self.build
        last = b.constant("last", np.array([-1], np.int64))
        least = b.constant("least", np.array(1e-6, np.float32))
        top = b.node("Max", b.node("ReduceMax", b.node("Abs", x), last, keepdims=1), least)
        y = b.node("Mul", self.whole(b.node("Div", x, top), [name]), top)
        return b.node("Add", y, b.constant(f"{name}.bias", self.weights[f"{name}.bias"]))

    def layer(self, x: str, p: str) -> str:
        b = self.build
        names = [f"{p}.attention.self.{part}" for part in ("query", "key", "value")]
        parts = b.many("Split", [self.product(x, names)], 3, axis=-1, num_outputs=3)
        mixed = b.node("MultiHeadAttention", *parts, "", "attention_mask", num_heads=self.heads)
        mixed = self.product(mixed, [f"{p}.attention.output.dense"])
        x = self.norm(b.node("Add", x, mixed), f"{p}.attention.output.LayerNorm")
        wide = b.node("Gelu", self.levelled(x, f"{p}.intermediate.dense"))
        narrow = self.levelled(wide, f"{p}.output.dense")
        return self.norm(b.node("Add", x, narrow), f"{p}.output.LayerNorm")


def by_column(matrix: Array) -> tuple[NDArray[np.int8], Array]:
    """(in, out) weights as whole numbers in -LEVELS..LEVELS and the scale of each column (out,)."""
    scale = np.maximum(np.abs(matrix).max(axis=0) / LEVELS, 1e-9).astype(np.float32)
    return np.rint(matrix / scale).astype(np.int8), scale


def by_row(table: Array) -> tuple[NDArray[np.int8], Array]:
    """(rows, width) embeddings as whole numbers in -127..127, and each row's scale (rows, 1)."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, 1e-9).astype(np.float32)
    return np.rint(table / scale).astype(np.int8), scale


def bert(weights: Weights, config: Mapping[str, Any]) -> ModelProto:
    """The graph: int32 ``input_ids`` and ``attention_mask`` (batch, sequence) to float32
    ``last_hidden_state`` (batch, sequence, width). ``config`` is transformers' config.json.
    """
    if config["model_type"] != "bert" or config["hidden_act"] != "gelu":
        raise ValueError("only BERT encoders with the exact GELU can be written as a graph")
    net = _Bert(weights, config["num_attention_heads"], config["layer_norm_eps"])
    x = net.embed("embeddings")
    for number in range(config["num_hidden_layers"]):
        x = net.layer(x, f"encoder.layer.{number}")
    net.build.nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"], "output"))
    axes = ["batch", "sequence"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT32, axes)
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info(
        "last_hidden_state", TensorProto.FLOAT, [*axes, config["hidden_size"]]
    )
    graph = helper.make_graph(
        net.build.nodes, "encoder", inputs, [output], list(net.build.constants.values())
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)
