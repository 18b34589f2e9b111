"""How long the check of a quotation takes beside many passages.

    python -m eval.bench.quote --passages 100000

The passages are made up: chains of neighbouring words of the shipped collection, so that words and
pairs are as common and as rare as in print. They are stored in a library of their own without
being embedded, which a check does not need. Making them takes some minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from eval.table import Cell, table
from index.ingest import Commit, Prepared
from index.library import Library
from index.records import Block, Chunk, Document, Kind, Sentence
from index.rows import Embedded
from index.shipped import collection
from qa.quote import check

WORDS = 90  # of a passage
A_DOCUMENT, A_COMMIT = 40, 20_000  # passages
DIMENSIONS = 384
Kinds = dict[str, Callable[[random.Random, Sequence[str]], str]]


def chains(folder: Path) -> dict[str, list[str]]:
    """Each word of the documents with the words that follow it, as often as they do."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.md")):
        words = re.findall(r"[\w'’%.,-]*\w", path.read_text("utf-8"))
        for word, after in pairwise(words):
            found[word].append(after)
    return dict(found)


def passage(draw: random.Random, follows: dict[str, list[str]], starts: Sequence[str]) -> str:
    """``WORDS`` words; every now and then the chain begins anew, or a number stands in it."""
    words = [draw.choice(starts)]
    while len(words) < WORDS:
        after = follows.get(words[-1])
        lucky = draw.random()
        if lucky < 0.02:
            words.append(str(draw.randrange(2, 20_000)))
        words.append(draw.choice(after if after and lucky < 0.8 else starts))
    return " ".join(words).capitalize() + "."


def document(number: int, paragraphs: Sequence[str]) -> Prepared:
    """A document of these paragraphs, a chunk each, with empty vectors."""
    text = "\n\n".join(paragraphs)
    data = text.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    blocks = tuple(Block(Kind.PARAGRAPH, a, b) for a, b in spans)
    empty = np.zeros(DIMENSIONS, dtype=np.float32)
    chunks = tuple(
        Embedded(Chunk(a, b, "", (Sentence(a, b, Kind.PARAGRAPH),)), empty, empty[None])
        for a, b in spans
    )
    name = f"{number}.txt"
    made = Document(
        id=sha256[:16], title=f"Document {number}", publisher="", date="", url="", language="en",
        collection="bench", file=name, media_type="text/plain", sha256=sha256, text=text,
        blocks=blocks, added="2025-01-01T00:00:00Z",
    )  # fmt: skip
    return Prepared(data, made, chunks)


def fill(library: Library, passages: Sequence[str]) -> None:
    """Store the passages, in few commits."""
    for start in range(0, len(passages), A_COMMIT):
        stop = min(start + A_COMMIT, len(passages))
        documents = [
            document(i, passages[i : min(i + A_DOCUMENT, stop)])
            for i in range(start, stop, A_DOCUMENT)
        ]
        library.store(Commit(documents))  # nobody else knows of this library: no lock is needed


def _cut(draw: random.Random, passages: Sequence[str], least: int, most: int) -> list[str]:
    words = draw.choice(passages).split()
    size = draw.randint(least, most)
    at = draw.randrange(len(words) - size)
    return words[at : at + size]


def _verbatim(draw: random.Random, passages: Sequence[str]) -> str:
    return " ".join(_cut(draw, passages, 6, 40))


def _altered(draw: random.Random, passages: Sequence[str]) -> str:
    words = _cut(draw, passages, 10, 40)
    words[draw.randrange(1, len(words) - 1)] = draw.choice(["not", "12,345", "whales"])
    return " ".join(words)


def _elided(draw: random.Random, passages: Sequence[str]) -> str:
    words = _cut(draw, passages, 16, 40)
    return " ".join([*words[:6], "…", *words[-6:]])


def _stitched(draw: random.Random, passages: Sequence[str]) -> str:
    return " ".join(_cut(draw, passages, 8, 15) + _cut(draw, passages, 8, 15))


def _absent(draw: random.Random, passages: Sequence[str]) -> str:
    return " ".join(draw.choice(passages).split()[draw.randrange(WORDS)] for _ in range(20))


KINDS: Kinds = {
    "verbatim": _verbatim,
    "altered": _altered,
    "elided": _elided,
    "stitched": _stitched,
    "absent": _absent,
}


def timed(library: Library, quotations: Sequence[str]) -> Iterator[tuple[float, float, str]]:
    """(wall, processor) milliseconds and the verdict of each check."""
    for quotation in quotations:
        wall, cpu = time.perf_counter(), time.process_time()
        verdict = check(library, quotation).verdict
        yield 1e3 * (time.perf_counter() - wall), 1e3 * (time.process_time() - cpu), verdict


def measured(library: Library, passages: Sequence[str], each: int) -> list[str]:
    """The lines of a table: milliseconds of each kind of quotation and of all."""
    draw, rows = random.Random(7), list[list[Cell]]()
    everything: list[tuple[float, float, str]] = []
    list(timed(library, [_verbatim(draw, passages)]))  # opens the indexes
    for kind, make in KINDS.items():
        found = list(timed(library, [make(draw, passages) for _ in range(each)]))
        everything += found
        rows.append(_row(kind, found))
    heads = ["quotation", "checks", "median ms", "p95 ms", "median CPU ms", "as meant"]
    return table(heads, [*rows, _row("all", everything)])


def _row(kind: str, found: Sequence[tuple[float, float, str]]) -> list[Cell]:
    wall = sorted(w for w, _, _ in found)
    meant = {"absent": "not_found"}.get(kind, kind)
    right = sum(v == meant for _, _, v in found) if kind != "all" else None
    p95 = wall[int(0.95 * (len(wall) - 1))]
    cpu = statistics.median(c for _, c, _ in found)
    return [kind, len(found), statistics.median(wall), p95, cpu, right]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.quote", description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=60, help="quotations of each kind")
    args = parser.parse_args(argv)
    draw, follows = random.Random(20250605), chains(collection())
    starts = [word for after in follows.values() for word in after]
    passages = [passage(draw, follows, starts) for _ in range(args.passages)]
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder) / "library", create=True) as library,
    ):
        start = time.perf_counter()
        fill(library, passages)
        print(f"{len(passages):,} passages stored in {time.perf_counter() - start:.0f} s")
        print("\n".join(measured(library, passages, args.each)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
