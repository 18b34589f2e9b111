"""Text to unit vectors with onnxruntime. Neither torch nor transformers is imported.

A text is run by itself, never padded into a batch: integer activations are scaled by the largest
value of the tensor, so in a batch a text's vector would depend on its neighbours. Several texts
are run at once instead, one thread each; that is also faster, for nothing is spent on padding.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.errors import PullquoteError
from index.records import Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

MODEL = "all-MiniLM-L6-v2"
KIND = "int8-1"  # the number rises when index.graph would give other vectors from these weights
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PARTS = ("model.onnx", "tokenizer.json")

Vectors = NDArray[np.float32]
Spans = Sequence[Span]
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Encoder:
    """The embedding model. ``name`` and ``sha256`` (of the weights) say which vectors it makes:
    a library that holds vectors of another name or sum must be embedded again.

    ``limit`` is the longest text in tokens, [CLS] and [SEP] included.
    """

    name: str
    sha256: str
    dimensions: int
    limit: int
    threads: int
    _tokenizer: Tokenizer = field(repr=False)
    _session: InferenceSession = field(repr=False)

    @classmethod
    def load(cls, threads: int = 0) -> Encoder:
        """The default model with ``threads`` texts at once (0: one for each processor).

        The first time on a machine the model is exported, which takes some seconds and is said in
        one line on stderr. Raises PullquoteError when its weights are missing.
        """
        folder = find() or _export()
        manifest = json.loads((folder / "manifest.json").read_bytes())
        return cls(
            name=f"{MODEL}:{KIND}",
            sha256=manifest["weights"],
            dimensions=manifest["dimensions"],
            limit=manifest["limit"],
            threads=threads or _processors(),
            _tokenizer=open_tokenizer(folder / "tokenizer.json"),
            _session=open_session(folder / "model.onnx"),
        )

    def tokens(self, text: str) -> int:
        """How many tokens ``text`` is to this model, [CLS] and [SEP] included, nothing cut."""
        return len(self._tokenizer.encode(text).ids)

    def encode(self, texts: Sequence[str], *, truncate: bool = False) -> Vectors:
        """(n, dimensions) unit vectors: the mean over all tokens, as sentence-transformers does.

        A text of more than ``limit`` tokens raises ValueError, or is cut when ``truncate``.
        """
        encodings = [self._tokens(text, truncate) for text in texts]
        vectors = self._each(lambda encoding: _unit(self._states(encoding).mean(axis=0)), encodings)
        return np.array(vectors, np.float32).reshape(len(texts), self.dimensions)

    def encode_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Vectors, list[Vectors]]:
        """The texts' vectors as ``encode`` gives them, and for text i (len(spans[i]), dimensions):
        the unit mean of the tokens that lie in each span of characters, read in their context.

        A span without a token gets the text's vector. Raises ValueError as ``encode`` does.
        """
        pairs = [
            (self._tokens(text, truncate=False), wanted)
            for text, wanted in zip(texts, spans, strict=True)
        ]
        made = self._each(lambda pair: _pool(pair[0], self._states(pair[0]), pair[1]), pairs)
        whole = np.array([row[0] for row in made], np.float32).reshape(len(texts), self.dimensions)
        return whole, [row[1:] for row in made]

    def _tokens(self, text: str, truncate: bool) -> Encoding:
        encoding = self._tokenizer.encode(text)
        if len(encoding.ids) > self.limit:
            if not truncate:
                raise ValueError(f"{len(encoding.ids)} tokens, at most {self.limit} can be seen")
            # cut the text and read it again, so that [SEP] is the last token as in training
            end = encoding.offsets[self.limit - 2][1]
            encoding = self._tokenizer.encode(text[:end])
        return encoding

    def _states(self, encoding: Encoding) -> Vectors:
        """(tokens, dimensions): the last layer's state of every token."""
        ids = np.array([encoding.ids], np.int32)
        states: Vectors = self._session.run(["last_hidden_state"], {"input_ids": ids})[0][0]
        return states

    def _each(self, make: Callable[[_Given], _Made], given: Sequence[_Given]) -> list[_Made]:
        if self.threads == 1 or len(given) < 2:
            return [make(one) for one in given]
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(min(self.threads, len(given))) as pool:
            return list(pool.map(make, given))


def places() -> Iterator[Path]:
    """Where an exported model may lie, first choice first."""
    if chosen := os.environ.get("PULLQUOTE_MODELS"):
        yield Path(chosen).expanduser()
    yield Path(sys.prefix, "share", "pullquote")
    from platformdirs import user_cache_path

    yield user_cache_path("pullquote", appauthor=False)


def find() -> Path | None:
    """The folder of an exported model that is whole and current, or None."""
    return next((r / MODEL for r in places() if whole(r / MODEL)), None)


def whole(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        if manifest["kind"] != KIND or manifest["weights"] != WEIGHTS_SHA256:
            return False
        return all(manifest["files"][name] == _sum(folder / name) for name in PARTS)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _export() -> Path:
    """Runs index.export in a process of its own, so that the weights' memory is given back."""
    import subprocess

    print("Preparing the embedding model: only this once, a few seconds.", file=sys.stderr)
    # -P: a folder called "index" in the current directory must not be taken for this package
    root = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-P", "-m", "index.export"],
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    folder = find()
    if done.returncode or folder is None:
        last = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        reason = last.removeprefix("pullquote: ")
        raise PullquoteError(f"the embedding model could not be prepared: {reason}")
    return folder


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()  # the file asks for a cut at 128 tokens and for padding
    tokenizer.no_padding()
    return tokenizer


def open_session(path: Path) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # texts are shared out among threads, not one text's products
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # the graph is written as it should run; further fusions were slower
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _pool(encoding: Encoding, states: Vectors, spans: Spans) -> Vectors:
    """(1 + len(spans), dimensions): the text's vector, then one for each span."""
    rows: list[Any] = [_unit(states.mean(axis=0))]
    offsets = np.array(encoding.offsets)
    real = np.array(encoding.special_tokens_mask) == 0
    for start, end in spans:
        inside = real & (offsets[:, 0] < end) & (offsets[:, 1] > start) & (start < end)
        rows.append(_unit(states[inside].mean(axis=0)) if inside.any() else rows[0])
    return np.array(rows, np.float32)


def _unit(vector: Vectors) -> Vectors:
    made: Vectors = vector / np.linalg.norm(vector)
    return made
