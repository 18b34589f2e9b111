"""The gate of the shipped collection must stop each fault planted here, naming the cases, and
must stay silent on what changes no answer. The faults are real: the documents, the library, the
settings or a copy of the code are spoiled, and the cases are asked again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from eval.cases import as_line, load
from eval.compare import compare
from eval.gate import Broken, Gate, broken, load_gate
from eval.observe import observe, texts_of
from eval.results import Run, load_run
from eval.results import as_line as row_line
from eval.runner import Plan, plan, run_and_load
from eval.settings import Settings, asking, with_changes
from eval.variants import build, for_settings
from index import ingest
from index.chunk import Sizes
from index.errors import PullquoteError
from index.library import Library
from qa.answer import as_json
from qa.chat import Understood

ROOT = Path(__file__).parents[1]
BRIEFS = ROOT / "docs" / "briefs"
USED = (  # two would say too little, all five take longer than the faults need
    "hr-manufacturing-pilot-cities.md",
    "hr-services-for-manufacturing-opinions.md",
    "human-resources-trends-2025.md",
)
QUICK = ["reader=none"]  # four times as fast; what is tested is the gate, not the reader


@dataclass(frozen=True, slots=True)
class World:
    """The briefs as a library, cases over them, and the baseline of their answers."""

    folder: Path
    texts: Path
    library: Path
    cases: Path
    baseline: Run

    def plan(self, *changes: str) -> Plan:
        return plan([self.cases], "all", with_changes(Settings(), [*QUICK, *changes]))

    def ask(self, library: Path, *changes: str) -> Run:
        return run_and_load(library, self.plan(*changes), self.folder / "runs")

    def add(self, name: str, *paths: Path) -> Path:
        place = self.folder / name
        for path in paths:
            with Library.open(place, create=True) as library:
                assert {one.status for one in library.add([path])} == {"added"}
        return place

    def copied(self, name: str) -> Path:
        shutil.copytree(self.library, self.folder / name)
        return self.folder / name


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("gate")
    texts = folder / "texts"
    texts.mkdir()
    for name in USED:
        shutil.copyfile(BRIEFS / name, texts / name)
    shipped = load(ROOT / "eval" / "cases" / "shipped.jsonl")
    chosen = [case for case in shipped if set(USED).issuperset(case.documents)]
    cases = folder / "briefs.jsonl"
    cases.write_text("".join(as_line(case) + "\n" for case in chosen), "utf-8")
    library = build(folder / "library", texts, Sizes())
    settings = with_changes(Settings(), QUICK)
    baseline = run_and_load(library, plan([cases], "all", settings), folder / "baseline")
    return World(folder, texts, library, cases, baseline)


@pytest.fixture(scope="module")
def gate() -> Gate:
    return load_gate(ROOT / "eval" / "gate.toml")


def named(faults: list[Broken]) -> set[str]:
    return {case for one in faults for case in one.cases}


# -- what it must stop -------------------------------------------------------------------------


def in_a_copy(world: World, spoil: Callable[[Path], None], *, added_there: bool = False) -> Run:
    """The cases asked by a copy of the code that ``spoil`` has changed, in a process of its own;
    of the same library, or of one that the copy has made of the same texts."""
    copy = world.folder / f"code-{len(list(world.folder.iterdir()))}"
    for package in ("index", "qa", "eval"):
        shutil.copytree(
            ROOT / package,
            copy / package,
            copy_function=os.link,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    spoil(copy)
    library = copy / "library" if added_there else world.library
    if added_there:
        _in(copy, "qa.cli", "add", str(world.texts), "--library", str(library))
    places = ["--library", str(library), "--cases", str(world.cases), "--out", "runs"]
    options = [word for one in QUICK for word in ("--set", one)]
    told = _in(copy, "eval.commands", "run", *places, *options)
    return load_run(Path(copy, told.splitlines()[-1]))


def _in(copy: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        capture_output=True,
        text=True,
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    """The file with another text; unlinked first, since the copy is made of hard links."""
    before = path.read_text("utf-8")
    assert change(before) != before
    path.unlink()
    path.write_text(change(before), "utf-8")


def test_citations_shifted_by_one_character(world: World, gate: Gate) -> None:
    def shifted(copy: Path) -> None:
        rewrite(
            copy / "qa" / "answer.py",
            lambda code: code.replace('"start": c.start,', '"start": c.start + 1,').replace(
                '"end": c.end,', '"end": c.end + 1,'
            ),
        )

    faults = broken(gate, compare(world.baseline, in_a_copy(world, shifted)))
    assert "floor of citation validity" in {one.rule for one in faults}
    assert {one.id for one in world.baseline.results if one.citations} <= named(faults)


def test_lexical_search_off(world: World, gate: Gate) -> None:
    faults = broken(gate, compare(world.baseline, world.ask(world.library, "search=meaning")))
    assert named(faults)


def test_abstention_off(world: World, gate: Gate) -> None:
    faults = broken(gate, compare(world.baseline, world.ask(world.library, "caution=0")))
    silent = {one.id for one in world.baseline.results if one.right and not one.answerable}
    assert named(faults) & silent


def test_a_document_removed(world: World, gate: Gate) -> None:
    place = world.copied("removed")
    with Library.open(place) as library:
        gone = library.documents()[0]
        library.remove(gone.id)
    found = compare(world.baseline, world.ask(place))
    wrong = {one.id for one in world.baseline.results if one.right and gone.file in one.documents}
    assert len(wrong) > 5
    assert wrong <= named(broken(gate, found))
    assert any(f"{gone.file} is gone" in one.sources for one in found.changes)


def test_a_figure_changed_in_a_document(world: World, gate: Gate) -> None:
    texts = world.folder / "altered"
    shutil.copytree(world.texts, texts)
    path = texts / "hr-services-for-manufacturing-opinions.md"
    rewrite(path, lambda text: text.replace("69,900", "96,900"))
    place = build(world.folder / "altered-library", texts, Sizes())
    with Library.open(place) as library:
        later = {one.file: library.text(one.id) for one in library.documents()}
    found = compare(world.baseline, world.ask(place), later)
    asked = {one.id for one in world.baseline.results if ("69,900",) in one.wanted and one.right}
    assert asked and asked <= named(broken(gate, found))
    told = [line for one in found.changes if one.after.id in asked for line in one.sources]
    assert any("“69,900” became “96,900”" in line for line in told)


def test_chunks_cut_to_half(world: World, gate: Gate) -> None:
    whole = Sizes()
    half = [f"{name}={getattr(whole, name) // 2}" for name in ("target", "limit", "context")]
    wanted = world.plan(*half)
    place = for_settings(world.library, wanted.settings, world.folder / "libraries")
    found = compare(world.baseline, run_and_load(place, wanted, world.folder / "runs"))
    faults = {one.rule: one for one in broken(gate, found)}
    assert faults["settings"].cases and "target was 160, then 80" in faults["settings"].why


def test_two_answers_swapped(world: World, gate: Gate) -> None:
    one, other = [r for r in world.baseline.results if r.right and r.answerable][:2]
    cases = {case.id: case for case in world.plan().cases}
    ask = asking(with_changes(Settings(), QUICK))
    with Library.open(world.library) as library:
        given = {
            asked.id: observe(
                cases[asked.id],
                as_json(ask(library, answered.question, Understood(""))),
                texts_of(library),
            )
            for asked, answered in ((one, other), (other, one))
        }
    results = tuple(given.get(r.id, r) for r in world.baseline.results)
    faults = broken(gate, compare(world.baseline, replace(world.baseline, results=results)))
    assert {one.id, other.id} == named(faults)


def test_the_model_exchanged(world: World, gate: Gate) -> None:
    def other(copy: Path) -> None:
        def change(code: str) -> str:
            weights = json.loads(code)
            for model in weights["models"].values():
                model["sentence"] = {key: -value for key, value in model["sentence"].items()}
            return json.dumps(weights)

        rewrite(copy / "qa" / "data" / "composer.json", change)

    faults = broken(gate, compare(world.baseline, in_a_copy(world, other)))
    assert {"models", "newly wrong"} <= {one.rule for one in faults}
    assert len(named(faults)) > 10


# -- what it must be silent on -----------------------------------------------------------------


def passes(world: World, gate: Gate, run: Run) -> None:
    found = compare(world.baseline, run)
    assert broken(gate, found) == []
    assert not found.documents.removed and not found.documents.changed


def test_a_reindex(world: World, gate: Gate) -> None:
    place = world.copied("reindexed")
    with Library.open(place) as library:
        library.rebuild()
    passes(world, gate, world.ask(place))


def test_another_order_of_adding(world: World, gate: Gate) -> None:
    paths = sorted(world.texts.glob("*.md"), reverse=True)
    passes(world, gate, world.ask(world.add("backwards", *paths)))


def test_another_batch_size(world: World, gate: Gate) -> None:
    def small(copy: Path) -> None:
        one = f"BATCH = {ingest.BATCH}"
        rewrite(copy / "index" / "ingest.py", lambda code: code.replace(one, "BATCH = 5"))

    passes(world, gate, in_a_copy(world, small, added_there=True))


def test_the_rounding_of_a_second_machine(world: World, gate: Gate) -> None:
    """Every state that the embedding model gives is off by up to a part in 10,000, for documents
    and questions alike: a thousand times what single precision rounds away."""

    def rounded(copy: Path) -> None:
        def change(code: str) -> str:
            other = "states *= (1 + 1e-4 * np.sin(1e4 * states)).astype(np.float32)"
            return code.replace(
                "        return states\n", f"        {other}\n        return states\n"
            )

        rewrite(copy / "index" / "encode.py", change)

    run = in_a_copy(world, rounded, added_there=True)
    was, now = ([one.confidence for one in r.results] for r in (world.baseline, run))
    assert was != now
    passes(world, gate, run)


# -- the rules one by one ----------------------------------------------------------------------


def test_the_same_again_passes_every_rule(world: World) -> None:
    strict = Gate(0, 0, 0, 0, True, True, 0.05, {"citation validity": 1.0}, {"right": 0.0})
    assert broken(strict, compare(world.baseline, world.baseline)) == []


def test_each_rule_says_what_it_found(world: World) -> None:
    worse = replace(
        world.baseline,
        results=tuple(
            replace(one, status="not_found", sentences=(), citations=())
            for one in world.baseline.results[1:]
        ),
    )
    strict = Gate(0, 0, 3, 0, True, True, 0.05, {"answered": 0.9}, {"fact recall": 0.1})
    rules = {one.rule: one for one in broken(strict, compare(world.baseline, worse))}
    assert rules["gone"].cases == (world.baseline.results[0].id,)
    assert rules["floor of answered"].why == "0.000, at least 0.9 is wanted"
    assert "at most 3 may be" in rules["changed"].why
    assert rules["fall of fact recall"].cases
    assert "p = 0.0" in rules["right is worse"].why
    assert "fall of words" not in rules


def test_a_gate_file_with_a_word_that_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    for text in ("[gate]\nnewly_rong = 1", "[floor]\nquality = 1", "[gate]\nmodels = 'one'", "["):
        path.write_text(text)
        with pytest.raises(PullquoteError, match="is not a gate"):
            load_gate(path)


def test_the_command_accepts_then_passes_then_breaks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from eval.commands import main

    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "ness.txt").write_text("The Ness bridge is 412 metres long.")
    asked = {
        "id": "bridge",
        "question": "How long is the Ness bridge?",
        "facts": [{"any": ["412 metres"]}],
        "documents": ["ness.txt"],
        "answerable": True,
        "tags": ["figure"],
        "language": "en",
    }
    (tmp_path / "cases.jsonl").write_text(row_line(asked))
    gate = tmp_path / "gate.toml"
    gate.write_text('[run]\ncases = ["cases.jsonl"]\ndocuments = "texts"\nset = ["reader=none"]\n')
    command = ["gate", str(gate), "--out", str(tmp_path / "out")]
    assert main(command) == 1 and "no baseline" in capsys.readouterr().err
    assert main([*command, "--accept"]) == 0
    assert main(command) == 0 and "lets it pass" in capsys.readouterr().out
    (tmp_path / "texts" / "ness.txt").write_text("The Ness bridge is 421 metres long.")
    page, junit, notes = (tmp_path / name for name in ("gate.html", "gate.xml", "gate.md"))
    outputs = ["--html", str(page), "--junit", str(junit), "--markdown", str(notes)]
    assert main([*command, *outputs]) == 1
    told = capsys.readouterr().out
    assert "The gate is broken: newly wrong" in told and "Cases: bridge" in told
    assert "“412” became “421”" in told
    assert "newly wrong" in junit.read_text() and "“412” became “421”" in notes.read_text()
    assert "<del>412</del>" in page.read_text() and "<ins>421</ins>" in page.read_text()
