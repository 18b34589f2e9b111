"""Ways of ranking passages beside each other on public question sets.

python -m eval.bench.retrieval cacm clapnq drcd --data ../shared/data/dev
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from eval import metrics
from eval.sets import DATA, QuestionSet, aliases, library_of, passage_ids, read_set
from eval.table import Cell, table
from index.errors import PullquoteError
from index.library import Library
from qa.question import parse
from qa.retrieve import embed, search, wanted

DEPTH = 100  # R@100 needs as many
RRF_CONSTANT = 60

Ranked = list[tuple[str, float]]
Method = Callable[[Library, str, int], Ranked]


def pullquote(library: Library, question: str, top: int) -> Ranked:
    """As Pullquote itself ranks."""
    return [(hit.document_id, hit.score) for hit in search(library, question, top)]


def dense(library: Library, question: str, top: int) -> Ranked:
    """By the cosine of the embeddings alone; nothing for a language the embedder cannot read."""
    vector = embed(library, parse(question))
    return _documents(library, library.nearest(vector, top) if vector.any() else [])


def lexical(library: Library, question: str, top: int) -> Ranked:
    """By BM25 alone."""
    return _documents(library, library.matching(wanted(parse(question)), top))


def rrf(library: Library, question: str, top: int) -> Ranked:
    """Dense and lexical by reciprocal rank fusion: the sum of 1 / (60 + rank) (Cormack et al.
    2009)."""
    total: dict[str, float] = {}
    for ranked in (dense(library, question, top), lexical(library, question, top)):
        firsts = dict.fromkeys(document for document, _ in ranked)
        for rank, document in enumerate(firsts, 1):
            total[document] = total.get(document, 0.0) + 1 / (RRF_CONSTANT + rank)
    return sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[:top]


METHODS: dict[str, Method] = {
    "pullquote": pullquote,
    "dense": dense,
    "lexical": lexical,
    "rrf": rrf,
}


def _documents(library: Library, scored: Sequence[tuple[int, float]]) -> Ranked:
    chunks = library.chunks([chunk for chunk, _ in scored])
    return [(chunks[chunk].document_id, score) for chunk, score in scored if chunk in chunks]


def best_per_passage(ranked: Ranked, ids: Mapping[str, str], top: int) -> dict[str, float]:
    """Passage id -> a score that falls with the rank of its best chunk.

    Ranks instead of scores: they never tie, so that the order given is the order measured.
    """
    firsts = list(dict.fromkeys(ids[document] for document, _ in ranked))[:top]
    return {passage: 1 / rank for rank, passage in enumerate(firsts, 1)}


def retrieval(library: Library, set_: QuestionSet, method: Method) -> dict[str, float]:
    """Ranking figures of a method over the answerable, judged queries of a set."""
    ids, same = passage_ids(library, set_), aliases(set_.passages)
    judged = [one for one in set_.queries if one.answerable and one.relevant]
    relevant = {one.id: {same[key]: 1 for key in one.relevant if key in same} for one in judged}
    runs = {
        one.id: best_per_passage(method(library, one.question, DEPTH), ids, DEPTH) for one in judged
    }
    return {"queries": len(judged), **metrics.ranking(relevant, runs)}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.retrieval", description=__doc__)
    parser.add_argument("sets", nargs="+", help="names of sets: cacm, clapnq, cmrc2018, drcd")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder that holds the sets")
    parser.add_argument("--limit", type=int, help="ask only this many queries of each set")
    given = parser.parse_args(arguments)
    try:
        for name in given.sets:
            set_ = read_set(given.data / name, given.limit)
            with Library.open(library_of(set_)) as library:
                found = {key: retrieval(library, set_, way) for key, way in METHODS.items()}
            rows: list[list[Cell]] = [[key, *figures.values()] for key, figures in found.items()]
            print("\n".join(table([name, *found["pullquote"]], rows)), "\n")
    except PullquoteError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
