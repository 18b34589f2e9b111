"""tantivy: BM25 over chunks. Derived from the catalog; every segment file is immutable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from index.terms import terms

Row = tuple[int, str, str]  # chunk id, document id, text
_HEAP = 64_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("chunk", fast=True, indexed=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def update(folder: Path, rows: Iterable[Row], removed: Sequence[str] = ()) -> None:
    """Add chunks to the index in ``folder`` and drop those of removed documents; one commit."""
    index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer("whitespace", _whitespace())
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for document_id in removed:
        writer.delete_documents_by_term("document", document_id)
    for chunk_id, document_id, text in rows:
        row = tantivy.Document()
        row.add_unsigned("chunk", chunk_id)
        row.add_text("document", document_id)
        row.add_text("body", " ".join(terms(text)))
        writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()


def _whitespace() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


class Lexical:
    """An opened index. Scores are BM25 (k1 1.2, b 0.75), higher is better."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index(_schema(), path=str(folder), reuse=True)
        self._index.register_tokenizer("whitespace", _whitespace())
        self._index.reload()
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self, wanted: Sequence[str], top: int, documents: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """(chunk id, score) of the best ``top`` chunks holding any of the terms, best first."""
        should = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "body", term, "freq"))
            for term in dict.fromkeys(wanted)
        ]
        if not should or not len(self):
            return []
        query = tantivy.Query.boolean_query(should)
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
