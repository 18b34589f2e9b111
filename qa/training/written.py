"""Documents written for training, each section followed by questions asked of it and claims.

# Title
## Heading
Sentences of the section.
? a question that the section answers | the words of it that are the answer
! a question that looks as if it did

python -m qa.training.written FOLDER      says what is wrong with the files of a folder

In the folder ``within`` are documents whose questions often do not say of what they ask ("How many
signed it?"): the reader, which is given the document, learns from them; nobody could find it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from index.records import Span

WRITTEN = Path(__file__).parent / "documents"
WITHIN = "within"
CLAIMS = {"=": "supports", "^": "refutes", "~": "insufficient"}


@dataclass(frozen=True, slots=True)
class Asked:
    """``answer`` is its place in the section's text; None where the document does not tell."""

    question: str
    answer: Span | None


@dataclass(frozen=True, slots=True)
class Section:
    """``claims`` with the names of their verdicts, as in qa.reader.VERDICTS."""

    heading: str
    text: str
    asked: tuple[Asked, ...]
    claims: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """``within``: its questions are asked by somebody who has the document before him."""

    name: str
    title: str
    sections: tuple[Section, ...]
    within: bool = False


class Fault(ValueError):
    """A line of a written document that cannot be used; the message names the line."""


def load(folder: Path) -> list[Written]:
    """The documents of a folder, in the order of their names. Raises Fault."""
    paths = sorted(folder.rglob("*.md"), key=lambda path: path.name)
    return [
        replace(parse(path.read_text("utf-8"), path.stem), within=path.parent.name == WITHIN)
        for path in paths
    ]


def fitted(documents: Sequence[Written]) -> list[Written]:
    """About every other one, by its name, so that a document more moves no other. Of the documents
    that the reader has not read, weights are fitted on these and figures taken on the rest."""
    return [d for d in documents if sha256(d.name.encode()).digest()[-1] % 2 == 0]


def markdown(document: Written) -> str:
    """The document without its questions and claims; what is written out as rows is a table."""
    sections = [f"## {s.heading}\n\n{_laid_out(s.text)}\n" for s in document.sections]
    return "\n".join([f"# {document.title}\n", *sections])


def _laid_out(text: str) -> str:
    found = table(text)
    if not found:
        return text
    lines = [f"| {' | '.join(cells)} |" for cells in found]
    return "\n".join([lines[0], "|" + "---|" * len(found[0]), *lines[1:]])


def table(text: str) -> list[list[str]]:
    """The headings and the rows' cells of a section that is rows, each written out as
    "District: Holt; Wage: 29,465.", the first heading left out where it is empty; else nothing."""
    rows = [re.split(r"; ", row) for row in re.split(r"\.(?:\s+|$)", text.strip()) if row]
    cells = [[cell.partition(": ") for cell in row] for row in rows]
    heads = {tuple(head if mark else "" for head, mark, _ in row) for row in cells}
    if len(rows) < 2 or len(heads) != 1 or not all((*heads,)[0][1:]) or len(rows[0]) < 2:
        return []
    return [list(*heads), *([words or head for head, _, words in row] for row in cells)]


def parse(text: str, name: str) -> Written:
    """Raises Fault at the first line that is wrong."""
    for fault in faults(text):
        raise Fault(f"{name}: {fault}")
    title, *parts = re.split(r"^## ", text, flags=re.M)
    return Written(name, title.strip().removeprefix("# ").strip(), tuple(map(_section, parts)))


def faults(text: str) -> Iterator[str]:
    """What is wrong, a line for each fault."""
    title, *parts = re.split(r"^## ", text, flags=re.M)
    if not re.fullmatch(r"# .+", title.strip()):
        yield "the first line is not '# Title', alone before the first '## Heading'"
    if not parts:
        yield "no '## Heading'"
    for part in parts:
        section = _section(part)
        if not section.text:
            yield f"## {section.heading}: no text"
        if not section.asked:
            yield f"## {section.heading}: no questions"
        for line in part.splitlines():
            if line.startswith("?"):
                yield from _wrong(line, section.text)
            elif line.startswith("!") and "|" in line:
                yield f"{line}: a question without an answer has no '|'"


def _wrong(line: str, text: str) -> Iterator[str]:
    question, bar, answer = line[1:].partition("|")
    found = text.count(answer.strip().replace("[", "").replace("]", "")) if answer.strip() else 0
    if not bar or not question.strip() or not answer.strip():
        yield f"{line}: write '? question | answer'"
    elif found != 1:
        yield (
            f"{line}: these words stand {found} times in the section; they must stand there once: "
            "'words before [answer] words after' says which place is meant"
        )
    elif answer.count("[") != answer.count("]") or answer.count("[") > 1:
        yield f"{line}: one '[' and one ']'"


def _section(part: str) -> Section:
    heading, _, body = part.partition("\n")
    lines = [line.strip() for line in body.splitlines()]
    text = "\n".join(line for line in lines if line and line[0] not in "?!=^~")
    asked = [_asked(line, text) for line in lines if line and line[0] in "?!"]
    claims = [(line[1:].strip(), CLAIMS[line[0]]) for line in lines if line[:1] in CLAIMS]
    return Section(heading.strip(), text, tuple(asked), tuple(claims))


def _asked(line: str, text: str) -> Asked:
    if line[0] == "!":
        return Asked(line[1:].strip(), None)
    question, _, given = (part.strip() for part in line[1:].partition("|"))
    before, opened, rest = given.partition("[")
    answer, _, after = rest.partition("]") if opened else (given, "", "")
    start = text.find((before if opened else "") + answer + after)
    start += len(before) if opened else 0
    return Asked(question, (start, start + len(answer)))


def main(given: Sequence[str] | None = None) -> int:
    folder = Path((given or sys.argv[1:])[0])
    wrong = [
        f"{path.name}: {fault}"
        for path in sorted(folder.rglob("*.md"))
        for fault in faults(path.read_text("utf-8"))
    ]
    print("\n".join(wrong))
    asked = [
        a
        for path in sorted(folder.rglob("*.md"))
        if not list(faults(path.read_text("utf-8")))
        for section in parse(path.read_text("utf-8"), path.stem).sections
        for a in section.asked
    ]
    told = sum(1 for a in asked if a.answer)
    print(f"{told} questions with an answer, {len(asked) - told} without; {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
