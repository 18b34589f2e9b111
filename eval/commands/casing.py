"""``pullquote eval lint``, ``draft`` and ``import``: cases, before they are asked."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from eval.commands.part import Part, asked_library, case_files, files
from index.errors import PullquoteError


def _lint_arguments(part: argparse.ArgumentParser) -> None:
    case_files(part, "files", nargs="*")
    part.add_argument(
        "--documents", metavar="DIR", type=Path, help="the folder (or library) they speak of"
    )


def _lint(args: argparse.Namespace) -> int:
    from eval.cases import load
    from eval.lint import lint, read_sources

    cases = [case for path in files(args.files) for case in load(path)]
    wrong = lint(cases, read_sources(args.documents or asked_library(args)))
    for complaint in wrong:
        print(complaint)
    can = sum(case.answerable for case in cases)
    print(f"{len(cases)} cases, {can} answerable, {len(wrong)} complaints")
    return 1 if wrong else 0


def _draft_arguments(part: argparse.ArgumentParser) -> None:
    part.add_argument("document", metavar="DOCUMENT", nargs="?", help="a file, or a document id")
    part.add_argument(
        "--feedback", metavar="FILE", type=Path, help="make cases of what readers said on the desk"
    )
    part.add_argument(
        "--out", metavar="FILE", type=Path, help="ask about each draft and append the kept ones"
    )


def _draft(args: argparse.Namespace) -> int:
    from eval.cases import as_line
    from eval.draft import decided, drafts, from_feedback

    if bool(args.document) == bool(args.feedback):
        raise PullquoteError("Name a document, or a file of feedback with --feedback.")
    found = from_feedback(args.feedback) if args.feedback else drafts(_document(args))
    if not args.out:
        for case in found:
            print(as_line(case))
        return 0
    kept = 0
    with args.out.open("a", encoding="utf-8") as file:
        try:
            for case in found:
                if chosen := decided(case, input):
                    file.write(as_line(chosen) + "\n")
                    file.flush()
                    kept += 1
        except EOFError:
            print()
    print(f"{kept} cases added to {args.out}")
    return 0


def _document(args: argparse.Namespace) -> Any:
    from index.library import Library
    from index.readers import read

    path = Path(args.document)
    if path.is_file():
        return read(path.read_bytes(), path.name)
    with Library.open(asked_library(args)) as library:
        return library.document(args.document)


def _import_arguments(part: argparse.ArgumentParser) -> None:
    from eval.importing import FORMATS

    part.add_argument("format", metavar="FORMAT", choices=FORMATS, help=", ".join(FORMATS))
    part.add_argument("files", metavar="FILE", type=Path, nargs="+", help="the set's files")
    part.add_argument("--out", metavar="DIR", type=Path, default=Path("imported"))


def _import(args: argparse.Namespace) -> int:
    from eval.importing import imported, write

    found = imported(args.format, args.files)
    cases = write(found, args.out)
    print(f"{len(found.cases)} cases in {cases}, {len(found.documents)} documents beside them.")
    print(f"Next: pullquote add {cases.parent / 'documents'} --library DIR")
    return 0


PARTS = (
    Part("lint", "Check cases against their documents.", _lint_arguments, _lint),
    Part("draft", "Propose cases from a document or from feedback.", _draft_arguments, _draft),
    Part("import", "Turn a public question set into cases.", _import_arguments, _import),
)
