"""The exported embedder against sentence-transformers, in torch and 32-bit floats."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.bench.encode import agreement, cosines, ndcg, ranked
from eval.sets import DATA, Passage, Query, QuestionSet, read_set
from index import export
from index.encode import Encoder
from index.shipped import collection
from tests.test_encode import SMALL, VARIED

T = TypeVar("T")
Vectors = NDArray[np.float32]
Reference = Callable[[Sequence[str]], Vectors]
CLAPNQ = DATA / "clapnq"

# In a process of its own: torch's memory and warnings stay there.
REFERENCE = """
import json, sys
import numpy as np
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu")
texts = json.load(open(sys.argv[2], encoding="utf-8"))
np.save(sys.argv[3], model.encode(texts, normalize_embeddings=True))
"""


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """Texts -> (n, 384) unit vectors by sentence-transformers in torch fp32, all made in one
    process: most of its time goes into starting."""
    made = theirs(compared(), tmp_path_factory.mktemp("reference"))

    def find(texts: Sequence[str]) -> Vectors:
        return np.stack([made[text] for text in texts])

    return find


def theirs(texts: Sequence[str], folder: Path) -> dict[str, Vectors]:
    given, made = folder / "texts.json", folder / "vectors.npy"
    given.write_text(json.dumps(list(texts)), "utf-8")
    quiet = {**os.environ, "HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1"}
    command = [sys.executable, "-c", REFERENCE, str(export.source()), str(given), str(made)]
    subprocess.run(command, env=quiet, capture_output=True, check=True)
    return dict(zip(texts, np.load(made), strict=True))


def compared() -> list[str]:
    """Every text whose vector is compared, once."""
    found = [*VARIED, *long_enough(), *texts_of(own_set())]
    if CLAPNQ.exists():
        found += texts_of(public_set())
    return list(dict.fromkeys(found))


def texts_of(set_: QuestionSet) -> list[str]:
    """Its questions, then its passages."""
    return [*(query.question for query in set_.queries), *(p.text for p in set_.passages)]


def own_paragraphs() -> list[str]:
    """The lines of the shipped collection, some joined to passages near the limit."""
    pages = [page.read_text("utf-8") for page in sorted(collection().rglob("*.md"))]
    lines = [line.strip() for page in pages for line in page.split("\n") if len(line) > 25]
    return [*lines[::2], *("\n".join(lines[i : i + 6]) for i in range(0, len(lines), 12))]


def some(things: Sequence[T], most: int) -> list[T]:
    """At most ``most`` of them, from the first to the last: torch is slow."""
    return list(things[:: -(-len(things) // most)])


def long_enough() -> list[str]:
    own = own_paragraphs()
    return some([text for text in own if SMALL.tokens(text) <= SMALL.limit], 300)


def public_set() -> QuestionSet:
    """A set with hundreds of questions: of fifty, one that turns moves the mean too far."""
    set_ = read_set(CLAPNQ)
    asked = tuple(query for query in set_.queries if query.relevant)
    wanted = {id for query in asked for id in query.relevant}
    passages = tuple(passage for passage in set_.passages if passage.id in wanted)
    assert len(asked) >= 300 and len(passages) >= 290
    return QuestionSet(set_.name, passages, asked)


def own_set() -> QuestionSet:
    """Each paragraph of the shipped collection is looked for by its own first half."""
    texts = some([text for text in own_paragraphs() if "\n" not in text], 300)
    passages = tuple(Passage(str(i), text, ()) for i, text in enumerate(texts))
    queries = tuple(
        Query(f"q{i}", text[: len(text) // 2], (), (str(i),), True, ())
        for i, text in enumerate(texts)
    )
    return QuestionSet("own", passages, queries)


def test_vectors_agree_with_sentence_transformers(encoder: Encoder, reference: Reference) -> None:
    texts = [*VARIED, *long_enough()]
    assert len(texts) >= 300
    likeness = cosines(encoder.encode(texts), reference(texts))
    worst = int(likeness.argmin())
    assert likeness[worst] >= 0.99, texts[worst]
    assert likeness.mean() >= 0.998


@pytest.mark.usefixtures("shared")
def test_public_ranking_figures_agree(encoder: Encoder, reference: Reference) -> None:
    assert_rankings_agree(encoder, reference, public_set())


def test_own_ranking_figures_agree(encoder: Encoder, reference: Reference) -> None:
    assert_rankings_agree(encoder, reference, own_set())


def assert_rankings_agree(encoder: Encoder, reference: Reference, set_: QuestionSet) -> None:
    asked, texts = len(set_.queries), texts_of(set_)
    vectors = encoder.encode(texts, truncate=True), reference(texts)
    orders = [ranked(v[:asked], v[asked:]) for v in vectors]
    assert abs(ndcg(set_, orders[0]) - ndcg(set_, orders[1])) <= 0.005
    assert agreement(orders[0], orders[1]) >= 0.9
