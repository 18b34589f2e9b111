"""Ask every case and keep what came of it; a run that was stopped goes on where it was."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.cases import Case, load, of_split
from eval.observe import TextOf, observe, observe_quotation, texts_of
from eval.provenance import header
from eval.results import (
    Result,
    Run,
    as_line,
    load_run,
    result_line,
    result_of,
    timings_of,
    whole_lines,
)
from eval.settings import Settings, asking, open_library
from index.errors import PullquoteError
from index.library import Library
from qa import quote
from qa.answer import Answer, as_json
from qa.chat import Turn, Understood, standalone

Tell = Callable[[int, int], None]  # (cases done, cases in all)
Ask = Callable[[Library, str, Understood], Answer]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: the cases, the names of their files, and how to answer."""

    cases: tuple[Case, ...]
    sets: tuple[str, ...]
    settings: Settings


def plan(files: Sequence[Path], split: str = "all", settings: Settings | None = None) -> Plan:
    """The cases of all files; raises PullquoteError where two have the same id."""
    cases = tuple(case for path in files for case in of_split(load(path), split))
    ids = [case.id for case in cases]
    if len(set(ids)) < len(ids):
        twice = next(one for one in ids if ids.count(one) > 1)
        raise PullquoteError(f"Two cases have the id {twice}. Give every case an id of its own.")
    names = tuple(path.stem + ("" if split == "all" else f"-{split}") for path in files)
    return Plan(cases, names, settings or Settings())


def name_of(head: Mapping[str, Any], settings: Settings) -> str:
    """ "shipped-default-19cd74a": the cases, the method and the commit."""
    return "-".join([*head["cases"]["files"], settings.label, head["code"]["commit"]])


def run(library_path: Path, wanted: Plan, folder: Path, tell: Tell = lambda *_: None) -> Path:
    """Ask the cases of the library at ``library_path`` and write the result file; returns its
    path. Where a run with the same header was stopped, only what is missing is asked."""
    ask = asking(wanted.settings)
    with open_library(library_path, wanted.settings) as library:
        head = header(wanted.cases, wanted.sets, wanted.settings, library)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name_of(head, wanted.settings)}.jsonl"
        draft = Draft(path, as_line(head))
        left = [case for case in wanted.cases if case.id not in draft.done]
        with suppress(PullquoteError):  # the first question would be timed with the start
            ask(library, left[0].question if left else "", Understood(""))
        asker = Asker(library, ask, texts_of(library), draft.done)
        for case in left:
            draft.add(*asker.asked(case))
            tell(len(draft.done), len(wanted.cases))
        draft.finish()
    return path


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks cases; ``done`` are the results so far by id, which follow-ups lean on."""

    library: Library
    ask: Ask
    text_of: TextOf
    done: Mapping[str, Result]

    def asked(self, case: Case) -> tuple[Result, Any]:
        """The result of a case and its times."""
        began = time.perf_counter()
        result, times = (self._checked if case.verdict else self._answered)(case)
        wall = round(1000 * (time.perf_counter() - began), 2)
        return result, {"id": case.id, **times, "wall": wall}

    def _answered(self, case: Case) -> tuple[Result, Any]:
        meant = standalone(case.question, turn(self.done.get(case.follows)))
        try:
            question = meant.question if case.follows else case.question
            payload = as_json(self.ask(self.library, question, meant))
        except PullquoteError:
            payload = REFUSED
        result = observe(case, payload, self.text_of)
        asked = meant.question if case.follows else ""
        return replace(result, asked=asked), payload["timings_ms"]

    def _checked(self, case: Case) -> tuple[Result, Any]:
        began = time.perf_counter()
        try:
            payload = quote.as_json(quote.check(self.library, case.question, case.speaker or None))
        except PullquoteError:
            payload = {"verdict": "refused", "matches": []}
        total = round(1000 * (time.perf_counter() - began), 2)
        return observe_quotation(case, payload, self.text_of), {"total": total}


def turn(before: Result | None) -> Turn | None:
    """What a follow-up follows; a document's id is the beginning of its file's SHA-256."""
    if before is None:
        return None
    sentence = before.sentences[0].text if before.sentences else ""
    document = before.citations[0].sha256[:16] if before.citations else ""
    return Turn(before.asked or before.question, sentence, document)


REFUSED: dict[str, Any] = {
    "status": "refused",
    "sentences": [],
    "citations": [],
    "passages": [],
    "confidence": 0.0,
    "timings_ms": {"total": 0.0},
}


class Draft:
    """A result file in the making, a line a case, beside one with the times of each."""

    def __init__(self, path: Path, head: str) -> None:
        self.path = path
        self._parts = [path.with_suffix(suffix) for suffix in (".part", ".part-times")]
        lines, times = (_kept(part) for part in self._parts)
        if lines[:1] != [head]:
            lines, times = [head], []
        number = min(len(lines) - 1, len(times))
        lines, times = lines[: number + 1], times[:number]
        found = [result_of(json.loads(line)) for line in lines[1:]]
        self.done = {one.id: one for one in found}
        for part, kept in zip(self._parts, (lines, times), strict=True):
            part.write_text("".join(kept), "utf-8")
        self._results, self._times = (part.open("a", encoding="utf-8") for part in self._parts)

    def add(self, result: Result, times: Mapping[str, Any]) -> None:
        self._results.write(result_line(result))
        self._results.flush()
        self._times.write(as_line(times))
        self._times.flush()
        self.done[result.id] = result

    def finish(self) -> None:
        for file in (self._results, self._times):
            os.fsync(file.fileno())
            file.close()
        rows = [json.loads(line) for line in _kept(self._parts[1])]
        times = {"peak_mb": peak_mb(), "cases": {row.pop("id"): row for row in rows}}
        timings_of(self.path).write_text(json.dumps(times, indent=0) + "\n", "utf-8")
        os.replace(self._parts[0], self.path)
        self._parts[1].unlink()


def _kept(part: Path) -> list[str]:
    with suppress(OSError, UnicodeDecodeError):
        return list(whole_lines(part.read_text("utf-8")))
    return []


def peak_mb() -> float:
    """The most memory this process has held, in MB (Linux counts in KiB, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def run_and_load(library_path: Path, wanted: Plan, folder: Path) -> Run:
    return load_run(run(library_path, wanted, folder))
