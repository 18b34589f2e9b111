"""tantivy: BM25 over chunks. Derived from the catalog; every segment file is immutable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from index.segments import read, write
from index.terms import terms

Row = tuple[int, str, str]  # chunk id, document id, text


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("chunk", fast=True, indexed=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def update(folder: Path, rows: Iterable[Row], removed: Sequence[str] = ()) -> None:
    """Add chunks to the index in ``folder`` and drop those of removed documents; one commit."""
    write(folder, _schema(), map(_document, rows), removed)


def _document(row: Row) -> tantivy.Document:
    chunk_id, document_id, text = row
    made = tantivy.Document()
    made.add_unsigned("chunk", chunk_id)
    made.add_text("document", document_id)
    made.add_text("body", " ".join(terms(text)))
    return made


class Lexical:
    """An opened index. Scores are BM25 (k1 1.2, b 0.75), higher is better."""

    def __init__(self, folder: Path) -> None:
        self._index = read(folder, _schema())
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self, wanted: Sequence[str], top: int, documents: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """(chunk id, score) of the best ``top`` chunks holding any of the terms, best first."""
        return self._best([self._term(term) for term in dict.fromkeys(wanted)], top, documents)

    def either(
        self,
        wanted: Sequence[Sequence[Iterable[str]]],
        top: int,
        documents: Sequence[str] | None = None,
    ) -> list[tuple[int, float]]:
        """As ``search``; of each word wanted there are several renderings, each of some terms, and
        the one that scores best counts."""
        return self._best([self._rendering(word) for word in wanted if word], top, documents)

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "body", term, "freq")

    def _rendering(self, word: Sequence[Iterable[str]]) -> tantivy.Query:
        every = (
            tantivy.Query.boolean_query([(tantivy.Occur.Must, self._term(t)) for t in rendering])
            for rendering in word
        )
        return tantivy.Query.disjunction_max_query([*every])

    def _best(
        self, any_of: Sequence[tantivy.Query], top: int, documents: Sequence[str] | None
    ) -> list[tuple[int, float]]:
        if not any_of or not len(self):
            return []
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in any_of])
        if documents is not None:
            inside = tantivy.Query.term_set_query(self._schema, "document", list(documents))
            filtered = tantivy.Query.const_score_query(inside, 0.0)
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, filtered)]
            )
        found = self._searcher.search(query, top, count=False).hits
        ids = self._searcher.fast_field_values("chunk", [address for _, address in found])
        ranked = [(int(i or 0), float(score)) for i, (score, _) in zip(ids, found, strict=True)]
        return sorted(ranked, key=lambda pair: (-pair[1], pair[0]))

    def all_of(self, wanted: Sequence[str], most: int = 10_000) -> list[int]:
        """Chunk ids of up to ``most`` chunks that hold every one of the terms."""
        must = [
            (tantivy.Occur.Must, tantivy.Query.term_query(self._schema, "body", term, "basic"))
            for term in dict.fromkeys(wanted)
        ]
        if not must or not len(self):
            return []
        found = self._searcher.search(tantivy.Query.boolean_query(must), most, count=False).hits
        return [
            int(i or 0) for i in self._searcher.fast_field_values("chunk", [a for _, a in found])
        ]

    def frequency(self, term: str) -> int:
        """In how many chunks the term stands."""
        return int(self._searcher.doc_freq("body", term))
