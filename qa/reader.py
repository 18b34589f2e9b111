"""A small trained reader: does this sentence answer this question? English only.

It reads ``[CLS] question [SEP] window [SEP]``, the window being the sentence in a little of what
stands around it, and gives one logit for the sentence. qa/data/READER.md says how it was made.
Each window is run by itself, never in a batch, so that its logit depends on nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import PullquoteError
from index.export import source

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

QUESTION_TOKENS = 40
WINDOW_TOKENS = 144  # question and window together, [CLS] and both [SEP] included
CONTEXT_WORDS, BEFORE_WORDS = 6, 8  # time goes with length: a little context is enough
SENTENCE_WORDS = 80

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence to judge. ``context`` is the title or the heading above it, ``before`` what stands
    before it in the document. Both may be empty; what is too long is cut, of ``before`` the
    beginning and of the others the end."""

    context: str
    before: str
    sentence: str

    def text(self) -> tuple[str, tuple[int, int]]:
        """What is read, and where in it the sentence stands."""
        lead = _first(self.context, CONTEXT_WORDS)
        lead = f"{lead}: " if lead else ""
        before = " ".join(self.before.split()[-BEFORE_WORDS:])
        lead += f"{before} " if before else ""
        sentence = _first(self.sentence, SENTENCE_WORDS)
        end = len(lead) + len(sentence)
        return f"{lead}{sentence}", (len(lead), end)


@dataclass(frozen=True, slots=True)
class Reader:
    """``threads`` windows are read at once, one thread each."""

    sha256: str
    threads: int
    _tokenizer: Tokenizer = field(repr=False)
    _session: InferenceSession = field(repr=False)

    @classmethod
    def load(cls, folder: Path | None = None, threads: int = 0) -> Reader:
        """The reader that ships, or the one in ``folder`` (threads 0: one for each processor).

        Raises PullquoteError when its file is missing or is not the one its manifest names.
        """
        place = folder or Path(str(files("qa") / "data"))
        manifest = json.loads(_read(place / "reader.json"))
        model, vocabulary = _read(place / "reader.onnx"), _read(source() / "tokenizer.json")
        for name, content in (("reader.onnx", model), ("tokenizer.json", vocabulary)):
            if hashlib.sha256(content).hexdigest() != manifest["files"][name]:
                raise PullquoteError(f"{name} is damaged or of another version: {_REMEDY}")
        return cls(
            sha256=manifest["files"]["reader.onnx"],
            threads=threads or _processors(),
            _tokenizer=_tokenizer(vocabulary),
            _session=_session(model),
        )

    def score(self, question: str, windows: Sequence[Window]) -> Array:
        """(len(windows),) logits that the window's sentence answers; higher is likelier.

        They can be compared across questions. A question's last words count when it is long.
        """
        asked = cut_question(self._tokenizer, question, QUESTION_TOKENS)
        if self.threads == 1 or len(windows) < 2:
            return np.array([self._one(asked, w) for w in windows], np.float64)
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(min(self.threads, len(windows))) as pool:
            made = pool.map(lambda w: self._one(asked, w), windows)
            return np.array(list(made), np.float64)

    def _one(self, question: str, window: Window) -> float:
        text, span = window.text()
        encoding = self._tokenizer.encode(question, text)
        inside = _inside(encoding, span)[:WINDOW_TOKENS]
        if not inside.any():  # nothing of the sentence is left to judge
            return -20.0
        return float(run(self._session, encoding.ids[:WINDOW_TOKENS], inside[None])[0])


def run(session: InferenceSession, ids: Sequence[int], spans: NDArray[Any]) -> NDArray[np.float32]:
    """(s,) logits of the sentences whose tokens ``spans`` (s, tokens) marks with 1."""
    given = np.array([ids], np.int32)
    inputs = {
        "input_ids": given,
        "sentences": spans.astype(np.float32),
    }
    logits: NDArray[np.float32] = session.run(["logits"], inputs)[0]
    return logits


def cut_question(tokenizer: Tokenizer, question: str, most: int) -> str:
    """The last ``most`` tokens of a question: a long one asks at its end."""
    encoding = tokenizer.encode(question, add_special_tokens=False)
    if len(encoding.ids) <= most:
        return question
    return question[encoding.offsets[-most][0] :]


_REMEDY = "run `pip install --force-reinstall pullquote`, or `make` in a checkout"


def _first(text: str, words: int) -> str:
    return " ".join(text.split()[:words])


def _inside(encoding: Encoding, span: tuple[int, int]) -> NDArray[np.bool_]:
    offsets = np.array(encoding.offsets)
    second = np.array([s == 1 for s in encoding.sequence_ids])
    found: NDArray[np.bool_] = second & (offsets[:, 0] < span[1]) & (offsets[:, 1] > span[0])
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PullquoteError(f"{path.name} of the reader cannot be read: {_REMEDY}") from error


def _tokenizer(content: bytes) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_buffer(content)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _session(model: bytes) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # windows are shared out among threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
