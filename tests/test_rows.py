from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import Library
from index.records import Block, Kind
from index.text import display
from qa.answer import answer, as_json
from qa.candidates import candidates_of
from qa.rank import Effort
from qa.reading import WINDOW, windows
from qa.retrieve import search
from qa.rows import Row, as_read, rows_of
from tests.libraries import library_of

PORT = (
    "# Port of Varn\n\n## Traffic\n\n| Year | Ships | Cargo (tonnes) | Harbour master |\n"
    "|---|---|---|---|\n"
    + "".join(
        f"| {year} | {900 + 7 * (year % 50)} | {(year * 37) % 900},000 | {name} |\n"
        for year, name in zip(range(1971, 2001), ["Falk", "Moe", "Sand"] * 10, strict=True)
    )
    + "\n## Staff\n\n| | Role |\n|---|---|\n| Ada Merrin | Pilot |\n| Jon Vik | Cook |\n"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("rows"), {"port.md": PORT})


def cells(*told: tuple[str, str]) -> Row | None:
    """The row of these (heading, words), which stand in their document with a tab between."""
    blocks, at = [], 0
    for heading, words in told:
        headings = (heading,) if heading else ()
        blocks.append(Block(Kind.TABLE_CELL, at, at + len(words), headings=headings))
        at += len(words) + 1
    return as_read(blocks, [words for _, words in told])


def test_each_cell_is_read_behind_the_heading_of_its_column() -> None:
    row = cells(("Year", "1987"), ("Ships", "1,292"), ("", "Falk"))
    assert row and row.text == "Year: 1987; Ships: 1,292; Falk"
    assert row.headings == ("Year", "Ships", "")
    assert row.cell((19, 24)) == (5, 10)  # "1,292"
    assert row.cell((12, 24)) == (5, 10)  # its heading with it
    assert row.cell((0, 4)) is None  # a heading alone


def test_the_label_of_a_row_heads_no_column() -> None:
    row = cells(("District", "Holt"), ("Holt", "691"))
    assert row and row.text == "District: Holt; 691"


@pytest.mark.parametrize(
    "told", [(("Year", "1987"),), (("", "a"), ("", "b")), (("h" * 81, "a"), ("Ships", "b"))]
)
def test_no_row_without_headings_to_read_it_by(told: tuple[tuple[str, str], ...]) -> None:
    assert cells(*told) is None


@given(st.lists(st.tuples(st.sampled_from(["", "Year", "Ships"]), st.text("ab1,", min_size=1))))
def test_every_cell_is_found_where_it_was_read(told: list[tuple[str, str]]) -> None:
    row = cells(*told)
    document = "\t".join(words for _, words in told)
    for (a, b), (start, end) in row.cells if row else ():
        assert row and row.text[a:b] == document[start:end]
        assert row.cell((a, b)) == (start, end)


def test_all_rows_of_a_passage_are_read_in_windows_that_the_reader_sees(library: Library) -> None:
    hits = search(library, "ships in Varn", 20)
    stored = library.chunks([h.chunk_id for h in hits])
    rows = rows_of(library, stored.values())
    assert len(rows) == 32
    for hit in hits:
        own = candidates_of(hit, stored[hit.chunk_id])
        found = windows(own, rows)
        assert [c.key for run, _ in found for c in run] == [c.key for c in own]
        for run, passage in found:
            assert len(run) == len(passage.sentences)
            assert len(passage.text) <= WINDOW + len(run)
            for c, (start, end) in zip(run, passage.sentences, strict=True):
                row = rows.get(c.key)
                assert passage.text[start:end] == (row.text if row else c.text)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many ships called at Varn in 1987?", "1159"),
        ("How many tonnes of cargo went through Varn in 1987?", f"{1987 * 37 % 900},000"),
        ("Who was harbour master of Varn in 1987?", "Moe"),
    ],
)
def test_the_cell_that_answers_is_marked(library: Library, question: str, told: str) -> None:
    found = as_json(answer(library, question, effort=Effort(caution=0.0)))
    first = found["sentences"][0]
    assert first["text"].startswith("1987\t")
    assert first["headings"] == ["Year", "Ships", "Cargo (tonnes)", "Harbour master"]
    text = library.text(found["citations"][0]["document"]["id"])
    assert text[first["span"]["start"] : first["span"]["end"]] == told


def test_sentences_that_are_no_rows_have_no_headings(tmp_path: Path) -> None:
    plain = library_of(tmp_path, {"a.txt": "The pier of Varn is 412 metres long."})
    (said,) = as_json(answer(plain, "How long is the pier of Varn?"))["sentences"]
    assert "headings" not in said


def test_the_cells_of_a_plain_table_are_told_apart_when_shown(tmp_path: Path) -> None:
    fees = (
        "Fees of Varn\n\nTicket      Adult    Child\n"
        "Single      12.00     6.00\nReturn      21.50    11.00\n"
    )
    (first, *_) = as_json(
        answer(library_of(tmp_path, {"fees.txt": fees}), "How much is a return ticket in Varn?")
    )["sentences"]
    assert first["text"] == "Return\t21.50\t11.00"
    assert first["headings"] == ["Ticket", "Adult", "Child"]


def test_no_bullet_in_a_cell_is_shown_and_the_first_not_cited(tmp_path: Path) -> None:
    plan = "# Varn plan\n\n| Matter | Measure |\n|---|---|\n| - Quay of Varn | - Mend its wall |\n"
    found = answer(
        library_of(tmp_path, {"plan.md": plan + "| - Pier of Varn | - Paint the rail |\n"}),
        "What measure is planned for the pier of Varn?",
        effort=Effort(caution=0.0),
    )
    said, (cited,) = found.sentences[0], found.citations
    assert said.text == "Pier of Varn\tPaint the rail"
    assert display(cited.quote) == "Pier of Varn - Paint the rail"


def test_the_cells_of_all_header_rows_head_the_table(tmp_path: Path) -> None:
    heads = "<tr><th>Region<th colspan=2>2022</tr><tr><th><th>Men<th>Women</tr>"
    rows = "<tr><td>North<td>41<td>52</tr><tr><td>South<td>43<td>58</tr>"
    made = library_of(tmp_path, {"a.html": f"<h1>Jobless</h1><table>{heads}{rows}</table>"})
    (document,) = made.documents()
    text = made.text(document.id)
    spans = made.table_headings(document.id, text.index("Region"))
    assert {"Region", "2022", "Men", "Women"} <= {text[a:b] for a, b in spans}
