from __future__ import annotations

from pathlib import Path

import pytest

from index.library import Library
from qa.answer import answer
from qa.asked_rows import Told, beside, figure
from qa.candidates import candidates_of
from qa.question import parse
from qa.rank import Effort
from qa.retrieve import search
from qa.rows import rows_of
from tests.libraries import library_of

WAGES = """# Wages by district

| District | Median wage | Jobless rate | Apprentices |
|---|---|---|---|
| Arden | 22,743 | 5.4 % | 540 |
| Holt | 29,465 | 12.5 % | 691 |
| Skye | 9,872 | 3.5 % | 876 |
| Tarn | 23,262 | -1.0 % | 876 |
| All districts | 85,342 | 20.4 % | 2,983 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("asked_rows"), {"wages.md": WAGES})


def left(library: Library, question: str) -> list[str]:
    """The districts whose rows may answer."""
    hits = search(library, "wages of the districts", 5)
    stored = library.chunks([h.chunk_id for h in hits])
    rows = rows_of(library, stored.values())
    told, names = {}, {}
    for hit in hits:
        for c in candidates_of(hit, stored[hit.chunk_id]):
            if row := rows.get(c.key):
                name = row.text[slice(*row.cells[0][0])]
                told[len(told)] = Told(hit.document_id, row, frozenset(name.lower().split()))
                names[len(names)] = name
    out = set(beside(library, parse(question), told))
    return [name for key, name in names.items() if key not in out]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the median wage in Holt?", ["Holt"]),
        ("Is the median wage higher in Holt or in Skye?", ["Holt", "Skye"]),
        ("What is the median wage in Orrin?", ["Arden", "Holt", "Skye", "Tarn", "All districts"]),
        ("Which district has the highest jobless rate?", ["Holt"]),
        ("Where is the median wage lowest?", ["Skye"]),
        ("Which district has the lowest jobless rate?", ["Tarn"]),
        ("Which district has the most apprentices?", ["Skye", "Tarn"]),
        ("Which district has the highest rent?", []),
        ("Which district has a higher jobless rate than Holt, the highest?", []),
    ],
)
def test_only_the_rows_that_are_asked_about_may_answer(
    library: Library, question: str, expected: list[str]
) -> None:
    assert left(library, question) == expected


def test_the_row_with_the_most_answers(library: Library) -> None:
    found = answer(
        library, "Which district has the highest jobless rate?", effort=Effort(caution=0)
    )
    assert [s.text for s in found.sentences] == ["Holt\t29,465\t12.5 %\t691"]


def test_a_table_of_another_document_is_left_as_it_is(tmp_path: Path) -> None:
    both = library_of(tmp_path, {"a.md": WAGES, "b.md": WAGES.replace("Holt", "Quay")})
    found = left(both, "What is the median wage in Holt?")
    assert sorted(found) == ["All districts", "Arden", "Holt", "Quay", "Skye", "Tarn"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,292", 1292.0),
        ("12.4 %", 12.4),
        ("\u22123.5", -3.5),
        ("$3.20", 3.2),
        ("EUR 40", 40.0),
        ("3 million", 3.0),
        ("2014-2021", None),
        ("1.2.3", None),
        ("n/a", None),
        ("", None),
    ],
)
def test_the_value_of_a_cell(cell: str, value: float | None) -> None:
    assert figure(cell) == value
