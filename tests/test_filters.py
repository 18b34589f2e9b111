from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.library import Library
from index.rows import Filters
from qa.filters import unmet
from qa.retrieve import search
from tests.libraries import library_of

PRESS = {
    "ferry.txt": "The ferry is late\n2024-05-03\n\nThe ferry to the island was late again on "
    "Monday. The harbour master gave no reason for it.",
    "tram.txt": "Trams are full\nPublisher: The Coast Gazette\n2025-02-01\n\nThe trams were full "
    "all morning. People walked to the market instead.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("press"), PRESS) as made:
        yield made


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(collection="Default"), "is in the collection 'Default' (there are: default)"),
        (Filters(publisher="Coast Gazette"), "(there are: The Coast Gazette)"),
        (Filters(language="zh"), "is in the language 'zh' (there are: en)"),
        (Filters(since="2030-01-01"), "2030-01-01 or later (there are: 2024-05-03 to 2025"),
        (Filters(until="1990-12-31"), "is dated 1990-12-31 or earlier"),
        (Filters(publisher="the coast gazette", until="2024-12-31"), "filters together"),
    ],
)
def test_what_leaves_nothing_to_search_is_named(
    library: Library, filters: Filters, said: str
) -> None:
    assert said in unmet(library, filters)


def test_what_a_document_passes_is_no_fault(library: Library) -> None:
    for filters in (Filters(), Filters(language="EN"), Filters(publisher="the coast gazette")):
        assert unmet(library, filters) == "" and search(library, "trams", filters=filters)


def test_an_empty_library_has_no_faulty_filter(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Library.open(tmp_path_factory.mktemp("none"), create=True) as empty:
        assert unmet(empty, Filters(collection="press")) == ""
