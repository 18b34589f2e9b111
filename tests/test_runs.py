from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import Library
from qa.candidates import Candidate, candidates_of
from qa.retrieve import search
from qa.runs import LONGEST, runs, words
from tests.libraries import library_of

FILLER = "The council of Marrow Bay met in the old hall and spoke of eels, nets, oars and salt. "
THEY = "They ate late and spoke of the eels, nets, oars and salt of the old hall of Marrow Bay."
TEXTS = {
    "wall.txt": "Deputy Ada Merrin spoke for an hour. She wants a wall of stone. "
    "The hall was cold. It rained on the wall.",
    "pier.txt": "Jane Oddy told the council that the pier leaks. Boats are rare. Rain is not. "
    "She wants a pier of iron. The council of Marrow Bay adjourned.",
    "long.txt": f"Tom Quill spoke of the wall and of {'eels and ' * 55}salt. "
    "He wants a wall of oak.",
    "halves.txt": FILLER * 5 + f"{THEY} " + FILLER * 14,
    "plan.md": "The wall needs three things:\n\n- stone;\n- oak;\n- money.\n",
    "talk.md": "# Talk\n\n## Jane Oddy: Will the wall hold?\n\nAda Merrin: No. The stone is soft."
    "\n\n## Jane Oddy: What of the pier?\n\nAda Merrin: It will hold for a year.\n\n"
    "Jane Oddy: And the toll?\n\nAda Merrin: None. The wall: It is old.\n",
    "jury.txt": "The jury of Marrow Bay looks at the wall. It meets in October. It rests in May. "
    "Its word is final.",
    "ask.md": "# Tenants\n\nQ: When is the rent due? A: On the third working day of a month.\n\n"
    "A: So said the landlord in a letter.\n",
    "debate.txt": "Ms Jane Oddy: The wall is old. It leaks. Stone is dear. We vote for oak. "
    "Oak is cheap.\n\nMr Tom Quill (Greens): The council of Marrow Bay sleeps. "
    "The oak will rot.\n\nI thank the council of Marrow Bay.",
    "quay.txt": "The wall of Marrow Bay is old. Owner Lena Falk paid for the wall. Rain fell. "
    '"The council gave me nothing," she said. "I sold my car." It rained.\n\n'
    '"The wall is a shame."\n\nQuill came late. "I was ill," he said. "Nobody called."',
    "notes.md": "# Wall\n\nOskar Lind paid for the wall.\n\n# Thanks\n\nHe was thanked.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("runs"), TEXTS)


@pytest.fixture(scope="module")
def by_file(library: Library) -> dict[str, list[Candidate]]:
    """Every sentence of each document, in its order."""
    found: dict[str, list[Candidate]] = {name: [] for name in TEXTS}
    hits = search(library, "the wall, the council, thanks", 100)
    stored = library.chunks([h.chunk_id for h in hits])
    for hit in sorted(hits, key=lambda h: h.start):
        name = library.headers([hit.document_id])[hit.document_id].file
        found[name] += candidates_of(hit, stored[hit.chunk_id])
    return found


def shown(library: Library, chosen: list[Candidate]) -> list[list[str]]:
    return [[c.text for c in run] for run in runs(library, chosen)]


def test_who_she_is_stands_before_what_she_wants(
    library: Library, by_file: dict[str, list[Candidate]]
) -> None:
    ada, she, cold, rained = by_file["wall.txt"]
    together = ["Deputy Ada Merrin spoke for an hour.", "She wants a wall of stone."]
    assert shown(library, [she]) == [together]
    assert shown(library, [she, ada]) == [together]
    assert shown(library, [ada, cold, she]) == [together, ["The hall was cold."]]
    assert shown(library, [ada, cold]) == [[ada.text], [cold.text]]
    assert shown(library, [rained]) == [[cold.text, rained.text]]


def test_she_is_looked_for_further_back(
    library: Library, by_file: dict[str, list[Candidate]]
) -> None:
    jane, rare, rain, she, adjourned = by_file["pier.txt"]
    whole = [c.text for c in (jane, rare, rain, she)]
    assert shown(library, [she]) == [whole]
    assert shown(library, [rare, she]) == [whole]
    assert shown(library, [adjourned, jane, she]) == [[adjourned.text], whole]


def test_what_is_pointed_back_to_may_be_too_long(
    library: Library, by_file: dict[str, list[Candidate]]
) -> None:
    tom, he = by_file["long.txt"]
    assert words(tom.text) > LONGEST
    assert shown(library, [he]) == [[he.text]]


def test_it_may_stand_in_the_passage_before(
    library: Library, by_file: dict[str, list[Candidate]]
) -> None:
    sentences = by_file["halves.txt"]
    they = next(c for c in sentences if c.text == THEY)
    assert they.place == 0 and they.chunk.id != sentences[0].chunk.id
    assert shown(library, [they]) == [[FILLER.strip(), THEY]]


def test_what_it_points_back_to_may_point_back_itself(
    library: Library, by_file: dict[str, list[Candidate]]
) -> None:
    jury, meets, rests, final = by_file["jury.txt"]
    assert shown(library, [rests]) == [[jury.text, meets.text, rests.text]]
    assert shown(library, [final]) == [[c.text for c in (jury, meets, rests, final)]]


def test_but_not_under_another_heading(
    library: Library, by_file: dict[str, list[Candidate]]
) -> None:
    he = by_file["notes.md"][-1]
    assert shown(library, [he]) == [["He was thanked."]]


def test_a_bare_reply_stands_with_its_question(
    library: Library, by_file: dict[str, list[Candidate]]
) -> None:
    _, wall, no, soft, pier, it, toll, none, old = by_file["talk.md"]
    assert shown(library, [no]) == [[wall.text, "Ada Merrin: No."]]
    assert shown(library, [no, soft]) == [[wall.text, no.text], [soft.text]]
    assert shown(library, [it]) == [[pier.text, it.text]]
    assert shown(library, [toll, none]) == [[toll.text, none.text]]
    assert shown(library, [old]) == [[old.text]]


def test_who_speaks_in_the_first_person_stands_before_it(
    library: Library, by_file: dict[str, list[Candidate]]
) -> None:
    jane, leaks, stone, vote, cheap, _, rot, thanks = by_file["debate.txt"]
    assert shown(library, [vote]) == [[c.text for c in (jane, leaks, stone, vote)]]
    assert shown(library, [cheap]) == [[cheap.text]]
    assert shown(library, [rot]) == [[rot.text]]
    assert shown(library, [thanks]) == [[thanks.text]]


def test_a_quotation_stands_with_who_says_it(
    library: Library, by_file: dict[str, list[Candidate]]
) -> None:
    old, lena, rain, nothing, car, _, shame, quill, ill, called = by_file["quay.txt"]
    whole = [c.text for c in (lena, rain, nothing, car)]
    assert shown(library, [nothing]) == [whole[:-1]]
    assert shown(library, [car]) == [whole]
    assert shown(library, [nothing, lena]) == [whole[:-1]]
    assert shown(library, [lena, old, car]) == [whole, [old.text]]
    assert shown(library, [shame]) == [[shame.text]]
    assert shown(library, [called]) == [[quill.text, ill.text, called.text]]


def test_what_is_marked_as_an_answer_stands_with_its_question(
    library: Library, by_file: dict[str, list[Candidate]]
) -> None:
    _, due, third, letter = by_file["ask.md"]
    assert shown(library, [third]) == [[due.text, third.text]]
    assert shown(library, [letter]) == [[letter.text]]


def test_a_short_list_stands_with_what_introduces_it(
    library: Library, by_file: dict[str, list[Candidate]]
) -> None:
    needs, stone, oak, money = by_file["plan.md"]
    assert shown(library, [needs, stone, oak, money]) == [
        ["The wall needs three things:", "stone;", "oak;", "money."]
    ]


@given(st.data())
def test_every_sentence_is_shown_once_and_no_run_has_a_gap(
    library: Library, by_file: dict[str, list[Candidate]], data: st.DataObject
) -> None:
    every = by_file[data.draw(st.sampled_from(sorted(by_file)))]
    chosen = data.draw(st.lists(st.sampled_from(every), unique_by=lambda c: c.key, max_size=6))
    found = runs(library, chosen)
    counted = Counter(c.key for run in found for c in run)
    assert counted.keys() >= {c.key for c in chosen}
    assert max(counted.values(), default=1) == 1
    for run in found:
        text = library.text(run[0].chunk.document_id)
        for one, other in pairwise(run):
            between = text[one.sentence.end : other.sentence.start]
            assert one.chunk.document_id == other.chunk.document_id
            assert not any(mark.isalnum() for mark in between)
