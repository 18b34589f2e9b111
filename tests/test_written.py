"""Documents written for training, with the questions asked of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.reader import VERDICTS
from qa.training.reader_claims import Claim, Claims, written_claims
from qa.training.reader_groups import Groups
from qa.training.reader_rows import (
    HELD_OUT_WRITTEN,
    held_out,
    kept_aside,
    neighbours,
    unread,
    written_rows,
)
from qa.training.written import (
    WRITTEN,
    Fault,
    faults,
    fitted,
    load,
    main,
    markdown,
    parse,
    table,
)

HARBOUR = """\
# The harbour plan

## Money
The plan costs 40 million crowns, of which the city pays 12 million.
It was signed in May 1998 by Ana Rell. The port signed in May 1999.
? How much of the cost does the city bear? | 12 million
? when did the port sign | signed in [May 1999]
! How much does the state pay?
= The city bears less than a third of the cost.
^ The port signed before Ana Rell.
~ Ana Rell, the mayor, signed in May 1998.

## Work
- Two piers are built.
- A crane is bought.
? What is bought? | A crane
! Who builds the piers?
"""
HARBOUR_READ = parse(HARBOUR, "harbour")


def test_an_answer_is_a_place_in_its_section() -> None:
    document = HARBOUR_READ
    money, work = document.sections
    assert (document.title, money.heading, work.heading) == ("The harbour plan", "Money", "Work")
    assert money.text.endswith("in May 1999.") and work.text.startswith("- Two piers")
    asked = [(a.question, a.answer and money.text[slice(*a.answer)]) for a in money.asked]
    assert asked == [
        ("How much of the cost does the city bear?", "12 million"),
        ("when did the port sign", "May 1999"),
        ("How much does the state pay?", None),
    ]


def test_a_claim_comes_with_its_section_and_verdict() -> None:
    claims = written_claims([HARBOUR_READ])
    assert [VERDICTS[c.verdict] for c in claims] == ["supports", "refutes", "insufficient"]
    assert all(c.evidence.endswith("The port signed in May 1999.") for c in claims)
    public = [Claim("A bridge was built.", "The bridge was built.", 0)]
    drawn = {Claims(public, 1, claims).draw(n)[0].text for n in range(30)}
    assert {c.text for c in [*claims, *public]} <= drawn


def test_a_claim_that_bears_on_its_section_is_set_beside_another() -> None:
    claims = Claims([Claim("A bridge was built.", "It was.", 0)], 1, written_claims([HARBOUR_READ]))
    drawn = [d for n in range(40) for d in [claims.draw(n)] if d[0].beside]
    pairs = [d for d in drawn if len(d) > 1]
    assert pairs and any(d[0].bears is None for d in drawn)
    for own, away in pairs:
        assert own.bears and "port signed" in own.evidence and own.heading in ("", "Money")
        assert away.bears is False and away.verdict is None and away.text == own.text
        assert away.evidence != own.evidence
    assert "- Two piers are built. - A crane is bought." in {away.evidence for _, away in pairs}


def test_only_questions_that_say_of_what_are_asked_of_a_library(tmp_path: Path) -> None:
    (tmp_path / "within").mkdir()
    for n in range(40):
        (tmp_path / "within" / f"a{n}.md").write_text(HARBOUR)
        (tmp_path / f"b{n}.md").write_text(HARBOUR)
    documents = load(tmp_path)
    assert [d.within for d in documents] == [True] * 40 + [False] * 40
    kept = [d.name for d in documents if held_out(d.name, HELD_OUT_WRITTEN)]
    assert {name[0] for name in kept} == {"a", "b"}
    assert [d.name for d in unread(documents)] == [name for name in kept if name[0] == "b"]


def test_weights_are_fitted_on_a_half_that_a_new_document_leaves_as_it_is() -> None:
    documents = [parse(HARBOUR, f"harbour-{n}") for n in range(100)]
    half = fitted(documents)
    assert 35 < len(half) < 65
    assert fitted([parse(HARBOUR, "a-new-one"), *documents])[-len(half) :] == half


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# The harbour plan", "The harbour plan", "'# Title'"),
        ("| 12 million", "| 13 million", "stand 0 times"),
        ("signed in [May 1999]", "May", "stand 2 times"),
        (" | A crane", "", "'? question | answer'"),
        ("Who builds the piers?", "Who builds? | the port", "no '|'"),
        ("signed in [May 1999]", "signed in [May 1999", "one '['"),
    ],
)
def test_a_wrong_line_is_named(old: str, new: str, said: str) -> None:
    wrong = HARBOUR.replace(old, new)
    assert [said in fault for fault in faults(wrong)] == [True]
    with pytest.raises(Fault, match=r"^harbour: "):
        parse(wrong, "harbour")


def test_the_command_counts_and_names_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "harbour.md").write_text(HARBOUR)
    assert main([str(tmp_path)]) == 0
    assert "3 questions with an answer, 2 without; 0 faults" in capsys.readouterr().out
    (tmp_path / "wrong.md").write_text("No title")
    assert main([str(tmp_path)]) == 1
    assert "wrong.md: " in capsys.readouterr().out


def test_a_row_brings_the_questions_that_its_section_only_seems_to_answer() -> None:
    document = parse(HARBOUR, "harbour")
    rows = list(written_rows([document]))
    assert [r.answers for r in rows] == [("12 million",), ("May 1999",), ("A crane",)]
    assert [r.right for r in rows] == [(0,), (2,), (1,)]
    assert rows[0].unanswered == ("How much does the state pay?",)
    assert len({kept_aside(row) for row in rows}) == 1, "a document is kept aside whole"
    groups = Groups(rows, neighbours([document]), seed=1)
    read = [piece for turn in range(20) for piece in groups.make(0, turn).pieces]
    kinds = {piece.kind for piece in read}
    assert {"gold", "unanswered", "other"} <= kinds
    for piece in read:
        assert (1 in piece.labels) is (piece.kind == "gold")
        if piece.kind == "unanswered":
            assert "state pay" in piece.question
        if piece.kind == "other":
            assert "Two piers are built" in piece.text or "A crane is bought" in piece.text


def test_what_ships_is_without_fault() -> None:
    documents = load(WRITTEN)
    assert len(documents) > 100
    names = [d.name for d in documents]
    assert len(set(names)) == len(names)


WAGES = "District: Holt; Wage: 29,465; Share: 3.5 %. District: Skye; Wage: 9,872; Share: 1.0 %."


def test_what_is_written_out_as_rows_is_a_table() -> None:
    assert table(WAGES) == [
        ["District", "Wage", "Share"],
        ["Holt", "29,465", "3.5 %"],
        ["Skye", "9,872", "1.0 %"],
    ]
    nameless = table("Holt; Wage: 29,465. Skye; Wage: 9,872.")
    assert nameless == [["", "Wage"], ["Holt", "29,465"], ["Skye", "9,872"]]
    shown = markdown(parse(f"# Wages\n## By district\n{WAGES}\n! Who pays?\n", "wages"))
    assert shown.endswith(
        "| District | Wage | Share |\n|---|---|---|\n| Holt | 29,465 | 3.5 % |\n"
        "| Skye | 9,872 | 1.0 % |\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "The plan costs 40 million; the city pays. It was signed in May; the port signed later.",
        "District: Holt; Wage: 29,465.",
        "District: Holt; Wage: 29,465. District: Skye; Pay: 9,872.",
        "",
    ],
)
def test_other_text_is_no_table(text: str) -> None:
    assert table(text) == []
