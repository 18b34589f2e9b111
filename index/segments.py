"""What the tantivy indexes share: terms come parted by spaces, and a change is one commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

_HEAP = 64_000_000


def write(
    folder: Path,
    schema: tantivy.Schema,
    rows: Iterable[tantivy.Document],
    removed: Sequence[str] = (),
) -> None:
    """Drop the rows whose field "document" is one of ``removed``, add ``rows``; one commit."""
    index = tantivy.Index(schema, path=str(folder))
    index.register_tokenizer("whitespace", _whitespace())
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for document_id in removed:
        writer.delete_documents_by_term("document", document_id)
    for row in rows:
        writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()


def read(folder: Path, schema: tantivy.Schema) -> tantivy.Index:
    """The index in ``folder`` as it was last committed."""
    index = tantivy.Index(schema, path=str(folder), reuse=True)
    index.register_tokenizer("whitespace", _whitespace())
    index.reload()
    return index


def _whitespace() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
