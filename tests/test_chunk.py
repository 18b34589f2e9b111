from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.chunk import Sizes, chunks, embedded
from index.records import Block, Document, Kind


def words(text: str) -> int:
    return len(text.split())


def width(text: str) -> int:
    return len(text.split()) + 2


def document(*blocks: tuple[Kind, str, tuple[str, ...]], title: str = "") -> Document:
    """A document whose blocks stand one after the other, a blank line between."""
    text, made = "", []
    for kind, body, section in blocks:
        made.append(Block(kind, len(text), len(text) + len(body), section=section))
        text += body + "\n\n"
    return Document(
        "d", title, "", "", "", "en", "default", "d.txt", "text/plain", "d" * 64, text, tuple(made)
    )


SMALL = Sizes(target=8, limit=24, context=10)


def test_a_section_is_cut_between_sentences_into_parts_of_like_size() -> None:
    made = document((Kind.PARAGRAPH, "One two three four. Five six seven. Eight nine ten.", ()))
    found = chunks(made, words, width, SMALL)
    assert [made.text[c.start : c.end] for c in found] == [
        "One two three four.",
        "Five six seven. Eight nine ten.",
    ]


def test_chunks_do_not_cross_sections_and_a_heading_opens_its_own() -> None:
    made = document(
        (Kind.HEADING, "I. Rain", ("I. Rain",)),
        (Kind.PARAGRAPH, "It rains.", ("I. Rain",)),
        (Kind.HEADING, "II. Sun", ("II. Sun",)),
        (Kind.PARAGRAPH, "It shines.", ("II. Sun",)),
        title="Weather",
    )
    found = chunks(made, words, width, SMALL)
    assert [made.text[c.start : c.end] for c in found] == [
        "I. Rain\n\nIt rains.",
        "II. Sun\n\nIt shines.",
    ]
    assert {c.context for c in found} == {"Weather"}


def test_a_later_chunk_of_a_section_carries_its_heading_as_context() -> None:
    body = "Rain falls on hills all day. Rain falls on towns all night."
    made = document((Kind.HEADING, "I. Rain", ("I. Rain",)), (Kind.PARAGRAPH, body, ("I. Rain",)))
    last = chunks(made, words, width, SMALL)[-1]
    assert last.context == "I. Rain"
    assert embedded(made.text, last) == "I. Rain\nRain falls on towns all night."


def test_a_text_without_title_or_headings_is_known_by_its_first_words() -> None:
    body = "The old ferry was built in 1931 of oak. It carried mail. It sank in a storm at sea."
    made = document((Kind.PARAGRAPH, body, ()))
    first, *later = chunks(made, words, width, Sizes(target=8, limit=24, context=10, lead=4))
    assert first.context == ""
    assert {c.context for c in later} == {"The old ferry"}
    titled = document((Kind.PARAGRAPH, body, ()), title="Ferries")
    assert {c.context for c in chunks(titled, words, width, SMALL)} == {"Ferries"}


def test_a_label_that_runs_in_with_its_paragraph_goes_with_the_next_sentence() -> None:
    bodies = ("Results. It rains. It pours.", "Funding. Belmore Foundation.")
    made = document(*((Kind.PARAGRAPH, body, ()) for body in bodies))
    units = [s for c in chunks(made, words, width, SMALL) for s in c.sentences]
    assert [made.text[s.start : s.end] for s in units] == [
        "Results. It rains.",
        "It pours.",
        "Funding. Belmore Foundation.",
    ]


def test_boilerplate_is_not_chunked_and_parts_what_it_stands_between() -> None:
    made = document(
        (Kind.PARAGRAPH, "Before it.", ()),
        (Kind.BOILERPLATE, "Advertisement", ()),
        (Kind.PARAGRAPH, "After it.", ()),
    )
    found = chunks(made, words, width, SMALL)
    assert [made.text[c.start : c.end] for c in found] == ["Before it.", "After it."]


def test_a_sentence_longer_than_the_embedder_sees_is_cut_at_a_clause() -> None:
    long = "one two three four five six seven, " * 5 + "end."
    made = document((Kind.PARAGRAPH, long, ()))
    found = chunks(made, words, width, SMALL)
    assert all(width(embedded(made.text, c)) <= SMALL.limit for c in found)
    assert made.text[found[0].start : found[0].end].endswith(",")


def test_the_cells_of_a_short_row_are_one_unit() -> None:
    text = "Hebei\t40\nHenan\t50"
    blocks = tuple(
        Block(Kind.TABLE_CELL, s, e, table=1, row=r, column=c)
        for s, e, r, c in ((0, 5, 1, 1), (6, 8, 1, 2), (9, 14, 2, 1), (15, 17, 2, 2))
    )
    made = Document("d", "", "", "", "", "en", "x", "d", "text/plain", "d", text, blocks)
    (chunk,) = chunks(made, words, width, SMALL)
    assert [text[s.start : s.end] for s in chunk.sentences] == ["Hebei\t40", "Henan\t50"]


def test_rows_under_column_headings_stay_together() -> None:
    text = "Pier\tFee\nNorth\t41\nSouth\t57"
    cells = ((0, 4, 1, 1, ()), (5, 8, 1, 2, ()), (9, 14, 2, 1, ("Pier",)))
    cells += ((15, 17, 2, 2, ("North", "Fee")), (18, 23, 3, 1, ("Pier",)))
    cells += ((24, 26, 3, 2, ("South", "Fee")),)
    blocks = tuple(
        Block(Kind.TABLE_CELL, s, e, table=1, row=r, column=c, headings=h)
        for s, e, r, c, h in cells
    )
    made = Document("d", "", "", "", "", "en", "x", "d", "text/plain", "d", text, blocks)
    (chunk,) = chunks(made, words, width, SMALL)
    assert chunk.context == "Pier | Fee"
    assert [text[s.start : s.end] for s in chunk.sentences] == [
        "Pier\tFee",
        "North\t41",
        "South\t57",
    ]


SENTENCE = st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1, max_size=40).map(
    lambda found: " ".join(found).capitalize() + "."
)
BLOCKS = st.lists(
    st.tuples(
        st.sampled_from([Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.HEADING, Kind.BOILERPLATE]),
        st.lists(SENTENCE, min_size=1, max_size=5).map(" ".join),
        st.sampled_from([(), ("A",), ("A", "B")]),
    ),
    min_size=1,
    max_size=8,
)


@given(BLOCKS, st.sampled_from(["Title of it", ""]))
def test_no_text_is_lost_doubled_or_longer_than_the_embedder_sees(
    blocks: list[tuple[Kind, str, tuple[str, ...]]], title: str
) -> None:
    made = document(*blocks, title=title)
    found = chunks(made, words, width, SMALL)
    kept = "".join("".join(made.text[s.start : s.end].split()) for c in found for s in c.sentences)
    expected = "".join("".join(t.split()) for k, t, _ in blocks if k is not Kind.BOILERPLATE)
    assert kept == expected
    for c in found:
        assert width(embedded(made.text, c)) <= SMALL.limit
        assert (c.start, c.end) == (c.sentences[0].start, c.sentences[-1].end)
