"""Ways of ranking passages beside each other on public question sets.

python -m eval.bench.retrieval cacm clapnq drcd --data ../shared/data/dev
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from eval import metrics
from eval.ending import exit_status
from eval.sets import DATA, QuestionSet, aliases, library_of, passage_ids, read_set, rows
from eval.table import Cell, table
from index.library import Library
from qa import rerank, retrieve
from qa.question import parse
from qa.retrieve import embed, wanted

DEPTH = 100  # R@100 needs as many
DEEP = 1000  # of the published figures
PUBLISHED = ("AP", "P@30")
RRF_CONSTANT = 60

Ranked = list[tuple[str, float]]
Method = Callable[[Library, str, int], Ranked]


def pullquote(library: Library, question: str, top: int) -> Ranked:
    """As ``pullquote search`` ranks."""
    return [(hit.document_id, hit.score) for hit in rerank.search(library, question, top)]


def fused(library: Library, question: str, top: int) -> Ranked:
    """The same without the reader: what an answer is chosen from."""
    return [(hit.document_id, hit.score) for hit in retrieve.search(library, question, top)]


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
    "fused": fused,
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


def compared(library: Library, set_: QuestionSet) -> list[str]:
    """The lines of a table: each method's figures."""
    found = {key: retrieval(library, set_, way) for key, way in METHODS.items()}
    rows: list[list[Cell]] = [[key, *figures.values()] for key, figures in found.items()]
    return table([set_.name, *found["pullquote"]], rows)


def as_published(folder: Path) -> dict[str, dict[str, int]]:
    """A set's judgements as they were published, with those of documents that it lacks."""
    return {
        str(row["id"]): dict.fromkeys(map(str, row["relevant_as_published"]), 1)
        for row in rows(folder / "queries.jsonl.gz")
        if row.get("relevant_as_published")
    }


def published(
    library: Library, set_: QuestionSet, judged: Mapping[str, Mapping[str, int]]
) -> list[str]:
    """The same methods by average precision and P@30 over the judgements as published, to depth
    1,000, as trec_eval has them."""
    ids, found = passage_ids(library, set_), list[list[Cell]]()
    for name, method in METHODS.items():
        runs = {
            one.id: best_per_passage(method(library, one.question, DEEP), ids, DEEP)
            for one in set_.queries
            if one.id in judged
        }
        figures = metrics.ranking({key: judged[key] for key in runs}, runs, PUBLISHED)
        found.append([name, len(runs), *figures.values()])
    return table([f"{set_.name}, judged as published", "queries", *PUBLISHED], found)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.retrieval", description=__doc__)
    parser.add_argument("sets", nargs="+", help="names of sets: cacm, clapnq, cmrc2018, drcd")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder that holds the sets")
    parser.add_argument("--limit", type=int, help="ask only this many queries of each set")
    given = parser.parse_args(arguments)

    def run() -> None:
        for name in given.sets:
            set_ = read_set(given.data / name, given.limit)
            with Library.open(library_of(set_)) as library:
                print("\n".join(compared(library, set_)), "\n")

    return exit_status(run)


if __name__ == "__main__":
    sys.exit(main())
