from __future__ import annotations

from pathlib import Path

import pytest

from index.library import Library
from index.text import display
from qa.answer import Answer, answer, as_json
from qa.rank import Effort
from tests.libraries import library_of

TEXTS = {
    "ferry.txt": "The ferry to Sollen Island leaves at seven. It costs four crowns for a "
    "bicycle.\n\n"
    "The harbour office of Sollen Island has twelve clerks.",
    "council.txt": "The council of Marrow Bay voted on the seawall. The seawall of Marrow Bay will "
    "cost 12 million crowns and be built by 2031.",
    "gazette.txt": "Readers write that the fair was wet. The seawall of Marrow Bay will cost 12 "
    "million crowns and be built by 2031.",
    "rival.txt": "A rival paper says otherwise. The seawall of Marrow Bay will cost 15 million "
    "crowns and be built by 2031.",
    "plan.md": "# Orchard plan\n\nThe orchard plan of Tilby names three measures:\n\n"
    "1. Graft old pear trees.\n2. Dig a second pond.\n3. Pay pickers by the hour.\n\n"
    "Nobody objected to the plan.\n",
    "table.md": "# Fees\n\n| Pier | Daily fee |\n|---|---|\n| North Quillon | 41 crowns |\n"
    "| South Quillon | 57 crowns |\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("answers"), TEXTS)


def test_who_asks_for_one_item_of_a_list_gets_no_other(library: Library) -> None:
    found = answer(
        library, "What are pond diggers told by measure two of the orchard plan of Tilby?"
    )
    assert [s.text for s in found.sentences] == ["2. Dig a second pond."]
    whole = answer(library, "Which three measures does the orchard plan of Tilby name?")
    assert all(item in whole.text for item in ("Graft", "Dig", "Pay"))


def files(library: Library, found: Answer, marks: tuple[int, ...]) -> set[str]:
    return {found.citations[n - 1].document.file for n in marks}


def test_every_citation_is_a_pointer_into_its_document(library: Library) -> None:
    for question in ("What will the seawall of Marrow Bay cost?", "What does Tilby's plan name?"):
        found = answer(library, question)
        assert found.sentences
        for c in found.citations:
            assert library.text(c.document.id)[c.start : c.end] == c.quote


def test_the_same_statement_in_two_sources_is_given_once_with_both(library: Library) -> None:
    found = answer(library, "When will the seawall of Marrow Bay be built?")
    texts = [s.text for s in found.sentences]
    assert sum("12 million" in t for t in texts) <= 1
    both = next(s for s in found.sentences if "crowns and be built" in s.text and "12" in s.text)
    assert files(library, found, both.citations) == {"council.txt", "gazette.txt"}


def test_a_contradicting_figure_is_told(library: Library) -> None:
    found = as_json(answer(library, "How much will the seawall of Marrow Bay cost?"))
    sides = {s["value"] for d in found["disagreements"] for s in d["sides"]}
    assert sides == {"12 million", "15 million"}
    for d in found["disagreements"]:
        for side in d["sides"]:
            (n,) = side["citations"]
            assert side["value"] in found["citations"][n - 1]["quote"]


def test_a_sentence_that_points_back_brings_what_it_points_to(library: Library) -> None:
    found = answer(library, "How many crowns does a bicycle cost on the ferry to Sollen Island?")
    assert found.sentences[0].text.startswith(
        "The ferry to Sollen Island leaves at seven. It costs"
    )


def test_a_list_question_gets_the_list(library: Library) -> None:
    found = answer(library, "Which three measures does the orchard plan of Tilby name?")
    said = " ".join(s.text for s in found.sentences)
    assert all(w in said for w in ("pear trees", "second pond", "by the hour"))
    assert "Nobody objected" not in said


def test_a_short_list_is_one_sentence_with_the_words_that_introduce_it(library: Library) -> None:
    for question in ("Which three measures does the orchard plan of Tilby name?", TILBY):
        found = answer(library, question)
        first = found.sentences[0]
        assert first.text.startswith("The orchard plan of Tilby names three measures: 1. Graft")
        assert first.text.endswith("Pay pickers by the hour.")
        (cited,) = first.citations
        assert found.citations[cited - 1].quote.count("\n") >= 3


TILBY = "What does the orchard plan of Tilby name?"


def test_a_scrap_of_a_list_is_not_an_answer(library: Library, tmp_path: Path) -> None:
    (tmp_path / "ward.md").write_text(
        "# Ward rules\n\nWhoever visits the ward of Quarrel Hill must bring:\n\n"
        "- a mask of cloth;\n- a permit signed by the matron;\n- clean shoes.\n"
    )
    library.add([tmp_path / "ward.md"])
    found = answer(library, "What signed permit must visitors of the Quarrel Hill ward bring?")
    assert found.sentences[0].text.startswith("Whoever visits the ward of Quarrel Hill must bring:")
    assert "signed by the matron" in found.sentences[0].text


def test_of_a_long_list_only_the_first_item_stands_with_the_introduction(
    library: Library, tmp_path: Path
) -> None:
    items = "\n".join(f"- The lamp of Cape {n} {'burns through the night ' * 3}." for n in "ABCDEF")
    (tmp_path / "lamps.md").write_text(f"# Lamps\n\nOddly Sound has six lamps:\n\n{items}\n")
    library.add([tmp_path / "lamps.md"])
    found = answer(library, "Which six lamps does Oddly Sound have?")
    assert found.sentences[0].text.startswith("Oddly Sound has six lamps: The lamp of Cape A")
    assert [s.text[:18] for s in found.sentences[1:]] == [f"The lamp of Cape {n}" for n in "BCDEF"]


RESERVE = (
    "Rules for the Lingfield reserve\n\nThe reserve is open from March to November. Dogs must be "
    "kept on a lead.\n\nBeaches where bathing is forbidden\n1. Ras Halim\n2. Wadi Sabra\n\n"
    "Birds that breed in the reserve\n- little tern\n- avocet\n\n"
    "Camping is not allowed anywhere in the reserve.\n"
)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "Where is bathing forbidden?",
            "Beaches where bathing is forbidden 1. Ras Halim 2. Wadi Sabra",
        ),
        (
            "Which birds breed in the reserve?",
            "Birds that breed in the reserve - little tern - avocet",
        ),
    ],
)
def test_a_line_above_a_list_introduces_it_without_a_colon(
    tmp_path: Path, asked: str, said: str
) -> None:
    own = library_of(tmp_path, {"reserve.txt": RESERVE})
    assert [s.text for s in answer(own, asked).sentences] == [said]


LAMP = "The lamp of Cape {} has burned through every night of every winter since they built it."


@pytest.mark.parametrize(
    ("below", "first"),
    [
        ("\n".join(f"- {LAMP.format(n)}" for n in "ABCDEFG"), LAMP.format("A")),
        ("(i) trimming wicks;\n(ii) filling tanks;\n(iii) keeping the log.", "(i) trimming wicks;"),
        ("“Nobody goes up without a rope.” The keepers obey.", "“Nobody goes up without a rope.”"),
    ],
    ids=["a long list", "a list in one block", "a sentence"],
)
def test_words_that_announce_bring_what_stands_next(
    library: Library, tmp_path: Path, below: str, first: str
) -> None:
    (tmp_path / "mole.md").write_text(
        f"# Mole\n\nFor the keepers of Anstrand mole this holds:\n\n{below}\n"
    )
    own = Library.open(tmp_path / "library", create=True)
    own.add([tmp_path / "mole.md"])
    found = answer(own, "What holds for the keepers of Anstrand mole?")
    announced = "For the keepers of Anstrand mole this holds: "
    assert found.sentences[0].text.startswith(announced + first)
    assert found.citations[0].faithful


def test_a_question_in_the_text_brings_its_reply(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(
        "Jane Oddy spoke with the keeper Ada Merrin on the mole.\n\n"
        "Jane Oddy: What will you do when you leave the mole in 2032?\n\nAda Merrin: Sail. Alone.\n"
    )
    own = Library.open(tmp_path / "library", create=True)
    own.add([tmp_path / "talk.txt"])
    question = "What will Ada Merrin do when she leaves the mole?"
    found = answer(own, question, effort=Effort(caution=0))
    (said, *_), (cited, *_) = found.sentences, found.citations
    assert said.text.endswith("2032? Ada Merrin: Sail.") and cited.faithful
    assert said.span and "Sail" in own.text(cited.document.id)[slice(*said.span)]


def test_a_row_is_followed_by_no_row_that_nobody_asked_for(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "lights.md").write_text(
        "# Lights of Varn Sound\n\n| Light of Varn Sound | Keepers |\n|---|---|\n"
        "| Ember Rock | 14 keepers |\n| Gull Rock | 9 keepers |\n| Long Rock | 3 keepers |\n"
    )
    library.add([tmp_path / "lights.md"])
    found = answer(library, "How many keepers has the light of Ember Rock in Varn Sound?")
    assert [s.text for s in found.sentences] == ["Ember Rock\t14 keepers"]
    (cited,) = found.citations
    assert display(cited.quote) == "Ember Rock 14 keepers"


def test_the_row_that_heads_a_table_has_bars_like_the_others(tmp_path: Path) -> None:
    (tmp_path / "tolls.md").write_text(
        "# Tolls\n\n| Gate of Sarn | Toll keeper | Daily toll |\n|---|---|---|\n"
        "| North | Ada Merrin | 4 crowns |\n| South | Tom Quill | 3 crowns |\n"
    )
    own = Library.open(tmp_path / "library", create=True)
    own.add([tmp_path / "tolls.md"])
    found = answer(own, "List the gates of Sarn.", effort=Effort(caution=0))
    said = [s.text for s in found.sentences]
    assert "Gate of Sarn\tToll keeper\tDaily toll" in said and "North\tAda Merrin\t4 crowns" in said


def test_a_bullet_before_an_enumerator_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "papers.txt").write_text(
        "The papers of Orrin Bay on eels are these:\n\n- (5) Eels of Orrin Bay and their weirs\n\n"
        "- (6) Weirs of Orrin Bay and their keepers\n"
    )
    own = Library.open(tmp_path / "library", create=True)
    own.add([tmp_path / "papers.txt"])
    found = answer(own, "Which paper of Orrin Bay is on weirs and their keepers?")
    assert not [s.text for s in found.sentences if s.text.startswith("-")]
    assert found.citations[0].faithful


def test_a_minus_is_no_bullet(tmp_path: Path) -> None:
    (tmp_path / "frost.txt").write_text("-12 degrees was the coldest night of Orrin Bay. Why?")
    own = Library.open(tmp_path / "library", create=True)
    own.add([tmp_path / "frost.txt"])
    found = answer(own, "How many degrees was the coldest night of Orrin Bay?")
    assert found.sentences[0].text.startswith("-12 degrees")


def test_no_answer_goes_on_with_words_that_only_announce(library: Library, tmp_path: Path) -> None:
    (tmp_path / "skerry.md").write_text(
        "# Skerry plan\n\n## Schools\n\nPoint 6 of the Skerry plan helps the fishers with schools."
        "\n\n## Careers\n\nPoint 8 of the Skerry plan helps the fishers by these means:\n\n"
        "- A title for master hands.\n- A prize for young hands.\n"
    )
    library.add([tmp_path / "skerry.md"])
    found = answer(library, "How does the Skerry plan help the fishers?")
    assert "Point 6" in found.sentences[0].text
    assert not [s.text for s in found.sentences if s.text.endswith(":")]


def test_a_sentence_in_another_script_is_no_answer(library: Library, tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("加大宣传力度。报告已发布。")
    library.add([tmp_path / "zh.txt"])
    for question in ("When was the leaflet translated?", "Who translated it?"):
        assert not any("。" in s.text for s in answer(library, question).sentences)


def test_a_numbered_place_is_answered_by_what_stands_there(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "code.md").write_text(
        "# Harbour code of Olmsted\n\n(11) Boats tie up at the north quay.\n\n"
        "(12) Nets are dried on the racks of the west mole.\n\n(13) Fires are put out at dusk.\n"
    )
    library.add([tmp_path / "code.md"])
    found = answer(library, "What does point 12 of the harbour code of Olmsted say?")
    assert "west mole" in found.sentences[0].text
    assert found.confidence <= 0.99
    none = answer(library, "What does point 14 of the harbour code of Olmsted say?")
    assert none.status == "not_found" and none.confidence < found.confidence


def test_a_row_of_a_table_is_one_citation(library: Library) -> None:
    found = answer(library, "What is the daily fee at South Quillon pier?")
    assert "South Quillon" in found.sentences[0].text and "57 crowns" in found.sentences[0].text
    assert "table 1, row" in found.citations[found.sentences[0].citations[0] - 1].locator


@pytest.mark.parametrize(
    "question",
    [
        "What will the seawall of Ostend cost?",
        "How many clerks did the harbour office of Sollen Island have in 1987?",
        "What did Archibald Penhaligon say about the seawall?",
        "how do i bake sourdough bread",
    ],
)
def test_another_place_year_or_person_is_not_answered(library: Library, question: str) -> None:
    found = answer(library, question)
    assert found.status == "not_found" and found.text == "" and found.passages


def test_the_marks_in_the_answer_are_those_of_its_sentences(library: Library) -> None:
    found = answer(library, "What will the seawall of Marrow Bay cost?")
    expected = " ".join(
        s.text + " " + "".join(f"[{n}]" for n in s.citations) for s in found.sentences
    )
    assert as_json(found)["answer"] == expected


def test_asking_twice_gives_the_same(library: Library) -> None:
    def told(found: Answer) -> dict[str, object]:
        return {k: v for k, v in as_json(found).items() if k != "timings_ms"}

    question = "What will the seawall of Marrow Bay cost?"
    assert told(answer(library, question)) == told(answer(library, question))


def test_a_document_cut_by_a_footnote_is_quoted_whole(library: Library, tmp_path: Path) -> None:
    text = (
        "The lighthouse keepers of Cape Orrin keep a log of every ship that passes the\n\n"
        "1. Reference: https://example.org/log\n\npoint at night. The log is blue.\n"
    )
    (tmp_path / "cape.txt").write_text(text)
    library.add([tmp_path / "cape.txt"])
    found = answer(library, "What do the lighthouse keepers of Cape Orrin keep?")
    assert "ship that passes the point at night." in found.sentences[0].text
