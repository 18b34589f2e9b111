"""The figures of eval/README.md: measured here and put there, never typed.

    python -m eval.figures                 all of them, some 15 minutes on two cores
    python -m eval.figures own ablation    only these
    python -m eval.figures --prepare       only make the libraries, which no retraining changes

The documents in ../shared are needed for all but ``ablation``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval import ablation, measures, metrics, public
from eval.bench import claims as to_be_found
from eval.bench import overhead, retrieval, support, wikipedia, written
from eval.cases import FOLDER
from eval.ending import exit_status
from eval.fill import README, fill
from eval.provenance import commit
from eval.results import Run
from eval.runner import plan, run_and_load
from eval.sets import DATA, library_of, read_set
from eval.summary import calibration, figures
from eval.table import Cell, table
from eval.variants import of_documents
from index.errors import PullquoteError
from index.library import Library

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
COLUMNS = (
    "right",
    "fact in answer",
    "fact in first",
    "span recall",
    "citation validity",
    "citation recall",
    "citation precision",
    "answered",
    "no-answer accuracy",
    "verdict",
    "words",
)
SETS = ("clapnq", "cacm", "cmrc2018", "drcd")
ENOUGH = {"drcd": 1000}  # the first of its queries; the interval of a share is then under .06
PUBLISHED = {
    "drcd": "Published, on the dev part with the gold paragraph given (EM / F1): RoBERTa-wwm-large "
    "89.6 / 94.8; over the whole of Wikipedia with CMRC's script: 55.4 / 67.7.",
    "cmrc2018": "Published, on the dev part (this is the trial part): BERT with the gold paragraph "
    "given 63.5 / 83.6; over the whole of Wikipedia 49.2 / 65.4.",
    "clapnq": "Nothing is published for this pool of passages.",
    "cacm": "Published for the judgements as published: Anserini's BM25, MAP .3123 and P@30 .1942; "
    "55 of those judgements name no document of the corpus.",
    "wice": "Published, on the test part (this is the dev part), by claim, F1 / accuracy: T5-3B "
    "trained on it 80.0 / 85.5 (all 358 claims), GPT-4 61 / 77 (the first 100).",
}


@dataclass(frozen=True, slots=True)
class Given:
    """Where the data and the runs are, and how many queries of a public set to ask (None: all)."""

    data: Path
    seeds: Path
    out: Path
    limit: int | None


def own(given: Given) -> list[str]:
    """Our own questions, over the seeds and over what ships."""
    seeds = of_documents(_texts(given), given.out / "libraries")
    shipped = of_documents(ROOT / "docs", given.out / "libraries")
    asked = (
        ("real documents, held back", seeds, "seeds", "held"),
        ("real documents, to work with", seeds, "seeds", "tune"),
        ("real documents, asked by another", seeds, "seeds-blind", "all"),
        ("real documents, asked in Chinese", seeds, "seeds-chinese", "all"),
        ("shipped, held back", shipped, "shipped", "held"),
        ("shipped, to work with", shipped, "shipped", "tune"),
        ("shipped, quotations", shipped, "shipped-quotes", "all"),
    )
    rows = []
    for name, library, cases, split in asked:
        wanted = plan([FOLDER / f"{cases}.jsonl"], split)
        rows.append([name, *_figures(run_and_load(library, wanted, given.out))])
    heads = ["set", "cases", *COLUMNS, "calibration error", "AUC of confidence", "median ms"]
    turned = [list(row) for row in zip(heads, *rows, strict=True)]
    return table(turned[0], turned[1:])


def _texts(given: Given) -> Path:
    """The seeds alone: what stands beside them is no document."""
    paths = sorted(given.seeds.glob("*.txt"))
    if not paths:
        raise PullquoteError(f"{given.seeds} holds no documents. Name their folder with --seeds.")
    place = given.out / "seeds"
    place.mkdir(parents=True, exist_ok=True)
    for path in paths:
        shutil.copyfile(path, place / path.name)
    return place


def _figures(run: Run) -> list[Cell]:
    """A mean with its 95 % interval for each column."""
    found = {one.name: one for one in figures(run.results)}
    cells: list[Cell] = [len(run.results)]
    for name in COLUMNS:
        one = found.get(name)
        digits = 1 if name in measures.LOWER else 3
        interval = (
            f"{one.mean:.{digits}f} ({one.low:.{digits}f} to {one.high:.{digits}f})"
            if (one and one.low < one.high)
            else (f"{one.mean:.{digits}f}" if one else None)
        )
        cells.append(interval)
    measured = calibration(run.results)
    told = bool(measured.bins)
    taken = [one["total"] for one in run.timings["cases"].values()]
    return [
        *cells,
        measured.error if told else None,
        measured.area if told else None,
        metrics.median(taken),
    ]


def ablated(given: Given) -> list[str]:
    """What each part of the shipped method adds."""
    library = of_documents(ROOT / "docs", given.out / "libraries")
    return ablation.measured(library, FOLDER / "shipped.jsonl", given.out)


def ranking(given: Given) -> list[str]:
    """Ways of ranking passages, on the English sets and on claims."""
    lines: list[str] = []
    for name in ("clapnq", "cacm"):
        set_ = read_set(given.data / name, given.limit)
        with Library.open(library_of(set_)) as library:
            lines += [*retrieval.compared(library, set_), ""]
            if name == "cacm":
                judged = retrieval.as_published(given.data / name)
                lines += [*retrieval.published(library, set_, judged), ""]
    return [*lines, PUBLISHED["cacm"], "", *to_be_found.measured(limit=given.limit)]


def beside(given: Given) -> list[str]:
    """What a run costs beside its answers, as shipped and where they are quickest."""
    library = of_documents(ROOT / "docs", given.out / "libraries")
    return overhead.measured(library, given.limit or 1000, ("default", "none"))


def set_named(name: str) -> Callable[[Given], list[str]]:
    def measured(given: Given) -> list[str]:
        set_ = read_set(given.data / name, given.limit or ENOUGH.get(name))
        with Library.open(library_of(set_)) as library:
            found = public.measure(library, set_, "pullquote")
        return [*public.lines(name, found), PUBLISHED[name]]

    return measured


def open_wikipedia(given: Given) -> list[str]:
    return wikipedia.measured(given.data.parent / "train", given.limit)


def of_written(kind: str) -> Callable[[Given], list[str]]:
    return lambda given: written.measured(kind=kind, limit=given.limit)


def claims(given: Given) -> list[str]:
    found = support.measured(given.data)
    return [*table(["wice", ""], list(found.items())), "", PUBLISHED["wice"]]


def prepare(given: Given) -> None:
    """Make every library that the blocks ask, once for as long as index/ stays as it is."""
    of_documents(_texts(given), given.out / "libraries")
    of_documents(ROOT / "docs", given.out / "libraries")
    for name in SETS:
        library_of(read_set(given.data / name))
    library_of(wikipedia.question_set(given.data.parent / "train"))
    for chinese in (False, True):
        library_of(written.question_set(chinese=chinese))
    library_of(to_be_found.question_set())


BLOCKS: dict[str, Callable[[Given], list[str]]] = {
    "own": own,
    "ablation": ablated,
    "ranking": ranking,
    "clapnq": set_named("clapnq"),
    "wikipedia": open_wikipedia,
    "written": of_written("english"),
    "written-zh": of_written("chinese"),
    "tables": of_written("tables"),
    "foreign": of_written("foreign"),
    "cmrc2018": set_named("cmrc2018"),
    "drcd": set_named("drcd"),
    "wice": claims,
    "overhead": beside,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.figures", description=__doc__)
    parser.add_argument("blocks", nargs="*", help=f"which of {', '.join(BLOCKS)}; all of them")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the public sets")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="the folder of real documents")
    parser.add_argument("--out", type=Path, default=Path("build/eval"), help="where runs are kept")
    parser.add_argument("--page", type=Path, default=README, help="the page that is filled")
    parser.add_argument("--limit", type=int, help="ask only this many queries of a public set")
    parser.add_argument("--prepare", action="store_true", help="only make the libraries")
    args = parser.parse_args(arguments)
    given = Given(args.data, args.seeds, args.out, args.limit)

    def run() -> None:
        if args.prepare:
            prepare(given)
            return
        for name in args.blocks or BLOCKS:
            if name not in BLOCKS:
                raise PullquoteError(f"There is no block {name}. Blocks: {', '.join(BLOCKS)}.")
            began = time.perf_counter()
            lines = BLOCKS[name](given)
            fill(args.page, name, [*lines, "", f"Commit {commit()}."])
            print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)

    return exit_status(run)


if __name__ == "__main__":
    sys.exit(main())
