"""Settings side by side, and the plots."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import svg
from eval.cases import as_line
from eval.commands import main
from eval.commands.running import kept
from eval.metrics import Bin
from eval.results import Run
from eval.runner import plan
from eval.sweep import Point, best, grid, html, rows
from index.errors import PullquoteError
from index.library import Library
from tests.test_eval_observe import LONG, TEXT, case, payload, seen

RUN = Run("x", {}, (seen(case(), payload(LONG)), seen(case(), payload())), {})


def point(label: str, quality: float, milliseconds: float) -> Point:
    return Point(label, RUN, quality, milliseconds, 200.0)


def test_a_grid_has_what_ships_first_and_nothing_twice() -> None:
    assert grid(["reader=default,none", "top=10,5"]) == [
        [],
        ["reader=default", "top=5"],
        ["reader=none", "top=10"],
        ["reader=none", "top=5"],
    ]
    assert grid([]) == [[]]
    with pytest.raises(PullquoteError, match="no setting"):
        grid(["colour=red"])


def test_the_front_by_hand() -> None:
    points = [point("a", 0.9, 40), point("b", 0.8, 10), point("c", 0.8, 20), point("d", 0.7, 9)]
    assert [one.label for one in best(points)] == ["a", "b", "d"]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), min_size=1, max_size=8))
def test_no_point_of_the_front_is_beaten(pairs: list[tuple[int, int]]) -> None:
    points = [point(str(n), q, ms) for n, (q, ms) in enumerate(pairs)]
    front = best(points)
    assert front
    for one in points:
        beaten = any(
            o.quality >= one.quality
            and o.milliseconds <= one.milliseconds
            and (o.quality, o.milliseconds) != (one.quality, one.milliseconds)
            for o in front
        )
        assert beaten is (one not in front)


def test_times_are_ratios_to_the_first() -> None:
    heads, cells = rows([point("a", 0.5, 40), point("b", 0.5, 10)])
    assert [row[heads.index("time")] for row in cells] == [1.0, 0.25]
    assert [row[heads.index("p")] for row in cells] == [1.0, 1.0]
    assert [row[heads.index("Pareto")] for row in cells] == ["", "yes"]


def test_the_page_draws_the_front() -> None:
    page = html([point("a<b", 0.5, 40), point("b", 0.6, 10)])
    assert "a&lt;b" in page and not re.search(r"<script|https?://", page)
    assert page.count("<circle") == 2 and page.count("<tr>") == 3 == page.count("</tr>")


def test_a_sweep_runs_each_way_in_its_own_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ness.txt").write_text(TEXT)
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([tmp_path / "ness.txt"])
    cases = tmp_path / "cases.jsonl"
    cases.write_text(as_line(case()) + "\n" + as_line(replace(case(), id="h", split="held")))
    words = ["sweep", "--library", str(tmp_path / "library"), "--cases", str(cases)]
    words += ["--out", str(tmp_path / "runs"), "--html", str(tmp_path / "sweep.html")]
    assert main([*words, "--vary", "reader=none", "--vary", "target=20"]) == 0
    told = capsys.readouterr().out
    assert "| default " in told and "| reader=none,target=20" in told
    assert (tmp_path / "sweep.html").read_text().count("<circle") == 2
    names = [path.name for path in (tmp_path / "runs").glob("*.jsonl")]
    assert len(names) == 2 and all(name.startswith("cases-tune-") for name in names)


def test_a_run_of_no_case_is_said(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", create=True):
        pass
    cases = tmp_path / "cases.jsonl"
    cases.write_text(as_line(case()))
    wanted = plan([cases], "held")
    with pytest.raises(PullquoteError, match="There is no case in cases-held"):
        kept(tmp_path / "library", wanted, tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_labels_do_not_cover_each_other() -> None:
    dots = [svg.Dot(n, 1.0, f"search=words,reader={n}") for n in range(6)]
    drawn = ET.fromstring(svg.scatter(dots, "x", "y"))
    texts = [t for t in drawn.iter("text") if str(t.text).startswith("search")]
    places = [(float(t.attrib["x"]), float(t.attrib["y"])) for t in texts]
    wide = svg.LETTER * len(dots[0].label)
    assert len(places) == 6 and all(0 <= x <= svg.WIDE - wide for x, _ in places)
    for n, (x, y) in enumerate(places):
        assert all(abs(x - a) >= wide or abs(y - b) >= svg.LINE for a, b in places[:n])


def test_plots_are_well_formed_whatever_the_values() -> None:
    bins = [Bin(0.0, 0.1, 3, 0.05, 0.0), Bin(0.9, 1.0, 1, 1.0, 1.0)]
    ranges = [svg.Range("<a>", 0.5, 0.4, 0.6, "0.5"), svg.Range("b", 1.0, 1.0, 1.0, "1")]
    for drawn in (
        svg.reliability(bins),
        svg.reliability([]),
        svg.scatter([svg.Dot(1, 1, "<one>")], "x", "y"),
        svg.scatter([], "x", "y"),
        svg.ranges(ranges),
        svg.ranges(ranges, -1, 1),
        svg.ranges([]),
    ):
        root = ET.fromstring(drawn)
        assert root.tag == "svg"
        wide, high = map(float, str(root.get("viewBox")).split()[2:])
        for dot in root.iter("circle"):
            assert 0 <= float(dot.attrib["cx"]) <= wide and 0 <= float(dot.attrib["cy"]) <= high
