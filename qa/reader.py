"""A small trained reader: which sentence of a passage answers a question, with which words, and
whether a passage supports a claim. Trained on English, and less on Chinese and Japanese.

It reads ``[CLS] question [SEP] passage [SEP]`` once and gives a logit for each sentence, and the
likeliest words of an answer inside it. qa/data/READER.md says how it was made. Each passage is run
by itself, never in a batch, so that its logits depend on nothing else.
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
from index.records import Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

QUESTION_TOKENS = 40
CLAIM_TOKENS = 96
VERDICTS = ("supports", "refutes", "insufficient")
WINDOW_TOKENS = 304  # question and passage together, [CLS] and both [SEP] included
CONTEXT_WORDS = 8
ANSWER_TOKENS = 20  # the longest answer that is marked inside a sentence
PER_TOKEN = 0.03  # logits taken from an answer for each token after its first
PAIRS = tuple(zip('"“‘(（《「『【', '"”’)）》」』】', strict=True))
UNREAD = -20.0  # the logit of a sentence of which nothing is left to judge

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Passage:
    """``sentences`` are the spans of ``text`` to judge, in order; ``context`` is the title or the
    heading above, of which the end is cut when it is long. Both it and ``text`` may be empty."""

    context: str
    text: str
    sentences: tuple[Span, ...]

    def lead(self) -> str:
        """What is read before ``text``."""
        words = " ".join(self.context.split()[:CONTEXT_WORDS])
        return f"{words}: " if words else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """``logits`` (s,) that a sentence answers, higher is likelier, comparable across questions;
    ``answers`` the likeliest words of an answer in each sentence, as a span of the passage's text,
    None where nothing of the sentence was read."""

    logits: Array
    answers: tuple[Span | None, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """``threads`` passages are read at once, one thread each."""

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
        contents = {name: _read(place / name) for name in ("reader.onnx", "tokenizer.json")}
        for name, content in contents.items():
            if hashlib.sha256(content).hexdigest() != manifest["files"][name]:
                raise PullquoteError(f"{name} is damaged or of another version: {_REMEDY}")
        return cls(
            sha256=manifest["files"]["reader.onnx"],
            threads=threads or _processors(),
            _tokenizer=_tokenizer(contents["tokenizer.json"]),
            _session=_session(contents["reader.onnx"]),
        )

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """What each passage says to the question. A long question's last words count."""
        asked = cut_question(self._tokenizer, question, QUESTION_TOKENS)
        if self.threads == 1 or len(passages) < 2:
            return [self._one(asked, p) for p in passages]
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(min(self.threads, len(passages))) as pool:
            return list(pool.map(lambda p: self._one(asked, p), passages))

    def weigh(self, claim: str, evidence: str) -> Array:
        """The probabilities (3,) of ``VERDICTS``: what the evidence says to the claim."""
        asked = cut_question(self._tokenizer, claim, CLAIM_TOKENS)
        ids = self._tokenizer.encode(asked, evidence).ids[:WINDOW_TOKENS]
        inputs = {"input_ids": np.array([ids], np.int32), "sentences": np.ones((1, len(ids)), "f")}
        logits = self._session.run(["verdicts"], inputs)[0][0].astype(np.float64)
        shares = np.exp(logits - logits.max())
        return np.asarray(shares / shares.sum())

    def _one(self, question: str, passage: Passage) -> Reading:
        lead = passage.lead()
        encoding = self._tokenizer.encode(question, lead + passage.text)
        offsets = np.array(encoding.offsets[:WINDOW_TOKENS]) - len(lead)
        second = np.array([s == 1 for s in encoding.sequence_ids[:WINDOW_TOKENS]])
        spans = np.array(passage.sentences).reshape(-1, 2)
        inside = second & (offsets[:, 0] < spans[:, 1:]) & (offsets[:, 1] > spans[:, :1])
        kept = np.flatnonzero(inside.any(1))
        logits = np.full(len(spans), UNREAD)
        answers: list[Span | None] = [None] * len(spans)
        if len(kept):
            logits[kept], ends = run(self._session, encoding.ids[:WINDOW_TOKENS], inside[kept])
            for k in kept:
                first, last = likeliest(ends, np.flatnonzero(inside[k]))
                start, end = passage.sentences[k]
                found = max(start, int(offsets[first, 0])), min(end, int(offsets[last, 1]))
                answers[k] = paired(passage.text, found, (start, end))
        return Reading(logits, tuple(answers))


def likeliest(ends: NDArray[np.float32], places: NDArray[np.int64]) -> tuple[int, int]:
    """The first and last token of the likeliest answer among the tokens ``places``, which follow
    each other: the largest sum of a start logit ``ends[:, 0]`` and an end logit ``ends[:, 1]`` not
    before it and at most ``ANSWER_TOKENS`` long, less ``PER_TOKEN`` for each further token: the
    two are judged apart, so a far end would be as good as a near one."""
    start, end = ends[places, 0], ends[places, 1]
    apart = np.arange(len(places))[None, :] - np.arange(len(places))[:, None]
    sums = start[:, None] + end - PER_TOKEN * apart
    sums[(apart < 0) | (apart >= ANSWER_TOKENS)] = -np.inf
    first, last = np.unravel_index(int(np.argmax(sums)), sums.shape)
    return int(places[first]), int(places[last])


def paired(text: str, found: Span, within: Span) -> Span:
    """The span with the other quotation mark or bracket of a pair of which it holds one, where
    that stands right beside it."""
    start, end = found
    for opening, closing in PAIRS:
        words = text[start:end]
        lone = words.count(opening) - words.count(closing)
        if opening == closing and words.count(opening) % 2:
            lone = 1 if text[end : end + 1] == closing else -1
        if lone == 1 and text[end : end + 1] == closing and end < within[1]:
            end += 1
        elif lone == -1 and text[max(start - 1, 0) : start] == opening and start > within[0]:
            start -= 1
    return start, end


def run(
    session: InferenceSession, ids: Sequence[int], spans: NDArray[Any]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(s,) logits of the sentences whose tokens ``spans`` (s, tokens) marks with 1, and (tokens, 2)
    logits of an answer's first and last token."""
    inputs = {"input_ids": np.array([ids], np.int32), "sentences": spans.astype(np.float32)}
    logits, ends = session.run(["logits", "ends"], inputs)
    return logits, ends


def cut_question(tokenizer: Tokenizer, question: str, most: int) -> str:
    """The last ``most`` tokens of a question: a long one asks at its end."""
    encoding = tokenizer.encode(question, add_special_tokens=False)
    if len(encoding.ids) <= most:
        return question
    return question[encoding.offsets[-most][0] :]


_REMEDY = "run `pip install --force-reinstall pullquote`, or `make` in a checkout"


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
    options.intra_op_num_threads = 1  # passages are shared out among threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
