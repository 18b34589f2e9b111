"""The embedding model beside sentence-transformers on the same passages: speed and likeness.

python -m eval.bench.encode --data ../shared/data/dev

Both run with their defaults, in turns, in one process; the best of each is taken, for another
process on the machine can only slow one down. Without the data the shipped collection is used.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from eval import metrics
from eval.sets import DATA, QuestionSet, read_set
from eval.table import Cell, table
from index.encode import Encoder
from index.export import source
from index.shipped import collection

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
LENGTH = 200  # tokens of a passage, [CLS] and [SEP] included
# VmHWM is this program's own peak; ru_maxrss would count the process that started it
ASKING = """
from index.encode import Encoder
import faiss, tantivy
encoder = Encoder.load()
for question in {questions!r}:
    encoder.encode([question])
print(*[l.split()[1] for l in open("/proc/self/status") if l.startswith("VmHWM")])
"""
QUESTION = "How many cities join the pilot, and how long will it run?"


def passages(encoder: Encoder, texts: Sequence[str], count: int) -> list[str]:
    """``count`` passages of at most LENGTH tokens, from the longest texts."""
    fitting = [shortened(encoder, text) for text in texts]
    return sorted(fitting, key=lambda text: (-encoder.tokens(text), text))[:count]


def shortened(encoder: Encoder, text: str) -> str:
    """The first words of ``text`` that make at most LENGTH tokens."""
    words = text.split()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if encoder.tokens(" ".join(words[:middle])) <= LENGTH:
            low = middle
        else:
            high = middle - 1
    return " ".join(words[:low])


def speed(ways: dict[str, Embed], texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Passages a second, the best of ``rounds`` turns."""
    best = dict.fromkeys(ways, 0.0)
    for _ in range(rounds):
        for name, embed in ways.items():
            started = time.perf_counter()
            embed(texts)
            best[name] = max(best[name], len(texts) / (time.perf_counter() - started))
    return best


def cosines(ours: Vectors, theirs: Vectors) -> Vectors:
    """(n,) cosine of each pair of unit vectors."""
    products: Vectors = np.einsum("nd,nd->n", ours, theirs)
    return products


def ranked(questions: Vectors, texts: Vectors, top: int = 100) -> NDArray[np.intp]:
    """(questions, top) numbers of the nearest texts, nearest first."""
    order: NDArray[np.intp] = np.argsort(-(questions @ texts.T), axis=1, kind="stable")
    return order[:, :top]


def agreement(one: NDArray[np.intp], other: NDArray[np.intp], top: int = 10) -> float:
    """The mean share of the first ``top`` that two rankings have in common."""
    pairs = zip(one[:, :top], other[:, :top], strict=True)
    return float(np.mean([len(set(a) & set(b)) / len(a) for a, b in pairs]))


def ndcg(set_: QuestionSet, order: NDArray[np.intp]) -> float:
    """nDCG@10 of a ranking of the set's passages, over the queries with a relevant one."""
    runs = {
        query.id: {set_.passages[i].id: 1 / place for place, i in enumerate(row, start=1)}
        for query, row in zip(set_.queries, order, strict=True)
    }
    relevant = {q.id: dict.fromkeys(q.relevant, 1) for q in set_.queries if q.relevant}
    return metrics.ranking(relevant, runs, ["nDCG@10"])["nDCG@10"]


def one_process(questions: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak MB of a fresh process with all that asking needs (Linux only)."""
    started = time.perf_counter()
    command = [sys.executable, "-c", ASKING.format(questions=list(questions))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - started, int(done.stdout) / 1024


def question_times(encoder: Encoder, questions: Sequence[str]) -> list[float]:
    """Milliseconds of each question by itself."""
    taken = []
    for question in questions:
        started = time.perf_counter()
        encoder.encode([question], truncate=True)
        taken.append(1000 * (time.perf_counter() - started))
    return taken


def reference() -> Embed:
    """sentence-transformers in torch fp32 with its own batch size, unit vectors."""
    os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", TQDM_DISABLE="1")
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(source()), device="cpu")
    return lambda texts: np.asarray(model.encode(list(texts), normalize_embeddings=True))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--passages", type=int, default=128)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sets", nargs="*", default=[], help="compare rankings, as: cacm clapnq")
    args = parser.parse_args(arguments)
    encoder, theirs = Encoder.load(), reference()
    texts, questions = _texts(args.data)
    chosen = passages(encoder, texts, args.passages)
    rates = speed({"ours": encoder.encode, "torch": theirs}, chosen, args.rounds)
    print("\n".join(_speed_table(encoder, chosen, questions, rates)), end="\n\n")
    print("\n".join(_likeness_table(encoder, theirs, chosen, questions)), end="\n\n")
    sets = [read_set(args.data / name) for name in args.sets]
    if sets:
        print("\n".join(_ranking_table(encoder, theirs, sets)))
    return 0


def _texts(data: Path) -> tuple[list[str], list[str]]:
    if (data / "clapnq").is_dir():
        set_ = read_set(data / "clapnq")
        return [p.text for p in set_.passages], [q.question for q in set_.queries]
    pages = [p.read_text("utf-8") for p in sorted(collection().rglob("*.md"))]
    lines = [line for page in pages for line in page.split("\n") if len(line) > 20]
    return ["\n".join(lines[i : i + 12]) for i in range(0, len(lines), 12)], lines


def _speed_table(
    encoder: Encoder, chosen: Sequence[str], questions: Sequence[str], rates: dict[str, float]
) -> list[str]:
    loaded, _ = one_process([])
    first, peak = one_process([QUESTION])
    return table(
        ["measured here", "figure"],
        [
            ["tokens a passage", float(np.mean([encoder.tokens(text) for text in chosen]))],
            ["passages a second, torch fp32", rates["torch"]],
            ["passages a second, ours", rates["ours"]],
            ["ratio", rates["ours"] / rates["torch"]],
            ["one question, ms (median)", median(question_times(encoder, questions[:200]))],
            ["fresh process until loaded, s", loaded],
            ["fresh process with one question, s", first],
            ["its peak memory, MB", peak],
        ],
    )


def _likeness_table(
    encoder: Encoder, theirs: Embed, chosen: Sequence[str], questions: Sequence[str]
) -> list[str]:
    rows: list[list[Cell]] = []
    for name, texts in (("passages", chosen), ("questions", questions[:300])):
        likeness = cosines(encoder.encode(texts, truncate=True), theirs(texts))
        rows.append([name, len(texts), float(likeness.min()), float(likeness.mean())])
    return table(["cosine with torch fp32", "texts", "least", "mean"], rows)


def _ranking_table(encoder: Encoder, theirs: Embed, sets: Sequence[QuestionSet]) -> list[str]:
    rows: list[list[Cell]] = []
    for set_ in sets:
        texts = [passage.text for passage in set_.passages]
        questions = [query.question for query in set_.queries]
        ours = ranked(
            encoder.encode(questions, truncate=True), encoder.encode(texts, truncate=True)
        )
        others = ranked(theirs(questions), theirs(texts))
        rows.append([set_.name, ndcg(set_, ours), ndcg(set_, others), agreement(ours, others)])
    return table(["ranking by cosine alone", "ours nDCG@10", "torch nDCG@10", "same of 10"], rows)


if __name__ == "__main__":
    sys.exit(main())
