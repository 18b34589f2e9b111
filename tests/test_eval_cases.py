from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.cases import (
    SCHEMA,
    Case,
    Fact,
    Place,
    Wanted,
    as_line,
    assign_splits,
    load,
    of_split,
    parse,
)
from eval.commands import main
from eval.lint import Source, lint, read_sources
from eval.wording import contains, fold
from index.errors import PullquoteError

CASES = Path(__file__).parents[1] / "eval" / "cases"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
BRIDGE = Case(
    id="bridge-1",
    question="How long is the bridge?",
    facts=(Fact(("412 metres",)),),
    documents=("bridge.txt",),
    answerable=True,
    tags=("figure",),
    language="en",
    note="",
    split="tune",
)
TEXT = {"bridge.txt": Source("The bridge, opened in 1931, is 412\nmetres long.", "a" * 64)}


def test_folding_levels_case_space_quotes_and_dashes_only() -> None:
    assert fold(" “Two\n\tNotices” — it\u2019s  \u2018new\u2019 ") == "\"two notices\" - it's 'new'"
    assert fold("「一函」 3\u22124, co\u00adop") == '"一函" 3-4, coop'
    assert fold("café") != fold("cafe")


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "wording", "stands"),
    [
        ("It cost 40.5 trillion yuan.", "40.5 trillion", True),
        ("It cost 40.5 trillion yuan.", "5 trillion", False),
        ("It cost 1,200 yuan.", "200 yuan", False),
        ("About 12.5 million came.", "12", False),
        ("All of 12.", "12", True),
        ("Veterans first.", "veteran", True),
        ("They start early.", "art", False),
        ("新的Employment启航计划", "启航", True),
        ("The “One Letter”\n system", '"one letter" system', True),
        ("Anything", "", False),
    ],
)
def test_a_wording_stands_in_a_text_but_not_inside_another_figure(
    text: str, wording: str, stands: bool
) -> None:
    assert contains(text, wording) is stands


def test_any_wording_proves_a_fact() -> None:
    fact = Fact(("SMEs", "small and medium-sized enterprises"))
    assert fact.stands_in("for small and medium-sized\nenterprises")
    assert not fact.stands_in("for large enterprises")


def test_a_case_survives_its_line() -> None:
    assert parse(as_line(BRIDGE)) == BRIDGE


def test_a_file_from_windows_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + as_line(BRIDGE).encode() + b"\r\n")
    assert load(file) == (BRIDGE,)


def test_load_names_the_bad_line(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(as_line(BRIDGE) + '\n\n{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(PullquoteError, match="line 3 is not a case"):
        load(file)
    with pytest.raises(PullquoteError, match="cannot be read"):
        load(tmp_path / "absent.jsonl")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("How long is the bridge?", "it is no JSON"),
        ('["How long is the bridge?"]', "it is no JSON object"),
        ('{"id": "1", "question": "a", "facts": [], "documents": []}',
         "it lacks answerable, tags, language"),
        ('{"id": "1", "quotation": "a", "documents": []}', "it lacks verdict, tags, language"),
        ('{"id": "1", "question": "a", "facts": [{}], "documents": [], "answerable": true, '
         '"tags": [], "language": "en"}', "a part of it lacks any"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_case_is_told_what_it_lacks(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(line, "utf-8")
    with pytest.raises(PullquoteError, match=rf"line 1 is not a case: {said}\. The manual"):
        load(file)


def test_lint_finds_nothing_wrong_with_a_right_case() -> None:
    assert lint([BRIDGE], TEXT) == []


@pytest.mark.parametrize(
    ("case", "complaint"),
    [
        (replace(BRIDGE, facts=(Fact(("421 metres",)),)), "stands in none of its documents"),
        (replace(BRIDGE, facts=()), "without facts or documents"),
        (replace(BRIDGE, documents=("tunnel.txt",)), "no document tunnel.txt"),
        (replace(BRIDGE, answerable=False), "unanswerable, yet it has facts"),
        (replace(BRIDGE, split="test"), "split 'test' is not one of"),
        (replace(BRIDGE, question=" "), "no question"),
        (replace(BRIDGE, facts=(Fact(("one " * 10,)),)), "longer than 9 words"),
    ],
)
def test_lint_says_what_is_wrong(case: Case, complaint: str) -> None:
    assert any(complaint in line for line in lint([case], TEXT))


def test_every_document_named_must_hold_every_fact() -> None:
    texts = {**TEXT, "other.txt": Source("A bridge was opened in 1931.")}
    both = replace(BRIDGE, documents=("bridge.txt", "other.txt"))
    assert lint([both], texts) == ["bridge-1: other.txt holds none of ['412 metres']"]


def test_lint_finds_ids_and_questions_that_stand_twice() -> None:
    again = replace(BRIDGE, question="how long is  the bridge?")
    assert lint([BRIDGE, again], TEXT) == [
        "bridge-1: stands twice",
        "bridge-1: is asked twice, see bridge-1",
    ]


def test_lint_finds_near_twins_but_not_other_figures() -> None:
    def asked(question: str, **other: str) -> Case:
        return replace(BRIDGE, id=question, question=question, **other)

    near = [asked("How long is the Ness bridge?"), asked("How long is the Ness bridges?")]
    assert lint(near, TEXT) == [f"{near[1].id}: is nearly asked twice, see {near[0].id}"]
    assert lint([asked("What was built in 1931?"), asked("What was built in 1932?")], TEXT) == []
    follow = [asked("And how long is it?"), asked("And how long is it? ", follows="bridge-1")]
    assert lint([BRIDGE, *follow], TEXT) == []


def test_lint_finds_quotes_that_moved_and_documents_that_changed() -> None:
    def wants(place: Place) -> list[str]:
        return lint([replace(BRIDGE, spans=(Wanted((place,)),))], TEXT)

    assert wants(Place("bridge.txt", "opened in 1931")) == []
    assert "no longer stands in" in wants(Place("bridge.txt", "opened in 1932"))[0]
    assert wants(Place("bridge.txt", "", 4, 10, "a" * 64)) == []
    assert "has changed since" in wants(Place("bridge.txt", "", 4, 10, "b" * 64))[0]
    assert "has no characters" in wants(Place("bridge.txt", "", 4, 999, "a" * 64))[0]
    assert "no document" in wants(Place("tunnel.txt", "opened"))[0]


def test_a_follow_up_stands_after_what_it_follows() -> None:
    later = replace(BRIDGE, id="2", question="Since when?", follows="bridge-1")
    assert lint([BRIDGE, later], TEXT) == []
    assert lint([later, BRIDGE], TEXT) == ["2: follows bridge-1, which does not stand before it"]


def test_one_fact_is_enough_where_any_will_do() -> None:
    either = replace(BRIDGE, need="any", facts=(Fact(("1931",)), Fact(("412 metres",))))
    texts = {**TEXT, "other.txt": Source("A bridge was opened in 1931.")}
    assert lint([replace(either, documents=("bridge.txt", "other.txt"))], texts) == []
    assert parse(as_line(either)) == either


@given(st.integers(0, 60), st.integers())
def test_a_third_of_each_kind_is_held_back_and_the_same_for_the_same_seed(
    size: int, seed: int
) -> None:
    cases = [
        replace(BRIDGE, id=str(n), documents=(f"{n % 3}.txt",), answerable=n % 2 == 0)
        for n in range(size)
    ]
    split = assign_splits(cases, seed)
    assert split == assign_splits(cases, seed)
    assert [one.id for one in split] == [one.id for one in cases]
    assert abs(len(of_split(split, "held")) - size / 3) <= 1
    kind = [one for one in split if one.documents == ("0.txt",) and one.answerable]
    assert abs(len(of_split(kind, "held")) - len(kind) / 3) <= 1.5
    assert len(of_split(split, "all")) == size


def test_the_command_prints_complaints_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bridge.txt").write_text(TEXT["bridge.txt"].text, encoding="utf-8")
    file = tmp_path / "cases.jsonl"
    file.write_text(as_line(BRIDGE), encoding="utf-8")
    assert main(["lint", str(file), "--documents", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "1 cases, 1 answerable, 0 complaints\n"
    file.write_text(as_line(replace(BRIDGE, documents=("no.txt",))), encoding="utf-8")
    assert main(["lint", str(file), "--documents", str(tmp_path)]) == 1
    assert "bridge-1: no document no.txt" in capsys.readouterr().out
    assert main(["lint", str(tmp_path / "absent"), "--documents", str(tmp_path)]) == 1
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name",
    [
        "seeds.jsonl",
        "seeds-blind.jsonl",
        "seeds-chinese.jsonl",
        "shipped.jsonl",
        "shipped-quotes.jsonl",
    ],
)
def test_the_cases_have_the_published_form(name: str) -> None:
    check = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    for line in (CASES / name).read_text("utf-8").splitlines():
        check.validate(json.loads(line))
        assert as_line(parse(line)) == line


def test_the_form_refuses_what_the_lint_refuses() -> None:
    check = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    for wrong in (
        replace(BRIDGE, answerable=False),
        replace(BRIDGE, documents=()),
        replace(BRIDGE, question=" "),
        replace(BRIDGE, split="test"),
        replace(BRIDGE, facts=(Fact(()),)),
    ):
        assert not check.is_valid(json.loads(as_line(wrong)))
    assert check.is_valid(json.loads(as_line(BRIDGE)))


def _needs(folder: Path) -> None:
    if not folder.exists():
        pytest.skip(f"{folder.name}: the documents are not at {folder}")


OVER_SEEDS = ("seeds.jsonl", "seeds-blind.jsonl", "seeds-chinese.jsonl")


@pytest.mark.parametrize("name", OVER_SEEDS)
def test_the_seeds_hold_every_fact_of_their_cases(name: str) -> None:
    _needs(SEEDS)
    assert lint(load(CASES / name), read_sources(SEEDS)) == []


def test_the_cases_over_the_seeds_repeat_no_sentence_of_them() -> None:
    _needs(SEEDS)

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[n : n + 10]) for n in range(len(words) - 9)}

    seen = {run for path in SEEDS.glob("*.txt") for run in runs(path.read_text("utf-8"))}
    assert seen
    for case in (one for name in OVER_SEEDS for one in load(CASES / name)):
        for text in (case.question, case.note, *(one for fact in case.facts for one in fact.any)):
            assert not runs(text) & seen, case.id
        assert not any(place.quote for span in case.spans for place in span.any), case.id


@pytest.mark.parametrize("name", ["shipped.jsonl", "shipped-quotes.jsonl"])
def test_the_shipped_documents_hold_every_fact_of_their_cases(name: str) -> None:
    docs = Path(__file__).parents[1] / "docs"
    assert lint(load(CASES / name), read_sources(docs)) == []


def test_the_seed_cases_are_of_many_kinds() -> None:
    cases = load(CASES / "seeds.jsonl")
    assert len(cases) >= 110
    assert 0.24 < sum(not case.answerable for case in cases) / len(cases) < 0.3
    assert sum(case.language == "zh" for case in cases) >= 8
    assert {"table", "footnote", "list", "paraphrase"} <= {t for case in cases for t in case.tags}
    assert 0.3 < len(of_split(cases, "held")) / len(cases) < 0.37
    assert sum(bool(case.spans) for case in cases) >= 100
    assert all(place.sha256 for case in cases for span in case.spans for place in span.any)


def test_the_shipped_cases_are_many_and_a_quarter_has_no_answer() -> None:
    cases = load(CASES / "shipped.jsonl")
    assert len(cases) >= 150
    assert 0.24 < sum(not case.answerable for case in cases) / len(cases) < 0.3
    kinds = {"figure", "date", "who", "place", "said", "definition", "yesno", "list"}
    for tag in kinds | {"table", "numbered", "paraphrase", "gap"}:
        assert sum(tag in case.tags for case in cases) >= 5, tag
