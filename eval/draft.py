"""Cases proposed from a document, or from what readers said of answers; a person decides."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.cases import Case, Fact, Place, Wanted, numbered
from eval.lint import LONGEST_FACT
from eval.wording import contains
from index.errors import PullquoteError
from index.records import Block, Document, Kind
from index.terms import is_cjk
from index.text import display, sentences

_FIGURE = re.compile(
    r"[$€£¥]?\d[\d,.]*\d?(?:\s?%| percent| per cent| (?:million|billion|trillion)(?: \w+)?)?"
)
_DATE = re.compile(
    r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)(?: \d{1,2},?)?(?: \d{4})?\b"
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: (?:(?:of|and|the|for) )*[A-Z][\w’'-]+)+")
_QUOTED = re.compile(r"[“\"]([^”\"]{4,60})[”\"]")
_KINDS = (("date", _DATE), ("figure", _FIGURE), ("who", _NAME), ("said", _QUOTED))
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
GAP = "____"
PROSE = (Kind.PARAGRAPH, Kind.LIST_ITEM)


def drafts(document: Document) -> Iterator[Case]:
    """A case for each fact that a sentence states: the sentence with the fact left out, for a
    person to word as a question; and, where a year is named, its neighbour that the document does
    not speak of, as an unanswerable one."""
    file = Path(document.file).name
    for block in document.blocks:
        if block.kind not in PROSE:
            continue
        for start, end in sentences(document.text, block.start, block.end):
            yield from _drafts(document, file, block, (start, end))


def _drafts(document: Document, file: str, block: Block, span: tuple[int, int]) -> Iterator[Case]:
    quote = document.text[span[0] : span[1]]
    found = _fact(quote)
    if found is None:
        return
    tag, match = found
    wording = match.group(match.lastindex or 0).strip(" ,.")
    blank = display(quote[: match.start()] + GAP + quote[match.end() :])
    drafted = Case(
        id=_id(file, span[0]),
        question=f"What stands in the gap: {blank}",
        facts=(Fact((wording,)),),
        documents=(file,),
        answerable=True,
        tags=(tag,),
        language=document.language[:2] or "en",
        note="draft: word it as a question; " + " > ".join(block.section[-1:]),
        split="tune",
        spans=(Wanted((Place(file, "", *span, document.sha256),)),),
    )
    yield drafted
    year = _YEAR.search(blank)
    if year:
        other = next(y for y in _years(int(year.group())) if y not in document.text)
        yield replace(
            drafted,
            id=drafted.id + "-other",
            question=drafted.question.replace(year.group(), other),
            facts=(),
            documents=(),
            spans=(),
            answerable=False,
            note=f"draft: {other} does not stand in the document",
        )


def _fact(quote: str) -> tuple[str, re.Match[str]] | None:
    """The tag and place of what the sentence states, if it is worth asking for."""
    for tag, pattern in _KINDS:
        match = _best(list(pattern.finditer(quote)))
        if match and match.start() > 0 and len(match.group().split()) <= LONGEST_FACT:
            wording = match.group(match.lastindex or 0).strip(" ,.")
            if contains(quote, wording) and len(quote.split()) > 5:
                return tag, match
    return None


def _best(matches: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The first that is more than a year, else the first: what happened is asked before when."""
    more = (one for one in matches if not _YEAR.fullmatch(one.group().strip(" ,.")))
    return next(more, next(iter(matches), None))


def _years(year: int) -> Iterator[str]:
    for gap in range(1, 60):
        yield str(year - gap)
        yield str(year + gap)
    yield "1492"


def _id(file: str, number: int) -> str:
    return f"{Path(file).stem}-{number}"


def from_feedback(path: Path) -> Iterator[Case]:
    """A case for each line {"time", "question", "verdict", "note", "answer"} that the desk wrote.

    An answer called right must be cited from the same words again; of one called wrong a person
    must say what is right, which ``accept`` asks for."""
    seen: set[str] = set()
    for number, line in numbered(path):
        try:
            drafted = _from_row(json.loads(line))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise PullquoteError(
                f"{path}, line {number} is not feedback ({error!r}). Mend or delete that line."
            ) from error
        if drafted.id not in seen:
            seen.add(drafted.id)
            yield drafted


def _from_row(row: Mapping[str, Any]) -> Case:
    question, verdict, answer = str(row["question"]), str(row["verdict"]), row["answer"]
    key = hashlib.sha256(f"{row['time']} {question} {verdict}".encode()).hexdigest()[:8]
    note = f"feedback of {row['time']}: {verdict}. {row.get('note') or ''}".strip()
    language = "zh" if is_cjk(question) else "en"
    drafted = Case(
        f"feedback-{key}", question, (), (), False, ("feedback",), language, note, "tune"
    )
    if verdict != "right" or answer["status"] != "answered":
        return drafted
    quotes = [
        Wanted((Place(Path(one["document"]["file"]).name, str(one["quote"])),))
        for one in answer["citations"]
    ]
    files = dict.fromkeys(span.any[0].document for span in quotes)
    return replace(drafted, answerable=True, documents=tuple(files), spans=tuple(quotes))


Ask = Callable[[str], str]


def decided(case: Case, ask: Ask) -> Case | None:
    """What a person makes of a draft: kept, kept in other words, or None when dropped.

    ``ask`` shows a prompt and gives the line typed. Raises EOFError when the person stops."""
    said = ask(
        f"\n{case.question}\n  wanted: {_wanted(case)}\n  {case.note}\n"
        "Enter keeps it, d drops it, q stops; or type the question in your words: "
    ).strip()
    if said in ("d", "q"):
        if said == "q":
            raise EOFError
        return None
    worded = replace(case, question=said) if said else case
    if case.answerable or not case.note.startswith("feedback") or "right." in case.note:
        return worded
    facts = ask("Words that a right answer must hold (; between; empty: there is no answer): ")
    if not facts.strip():
        return worded
    files = ask("File names of the documents that say so (; between): ")
    return replace(
        worded,
        answerable=True,
        facts=tuple(Fact((one.strip(),)) for one in facts.split(";") if one.strip()),
        documents=tuple(one.strip() for one in files.split(";") if one.strip()),
    )


def _wanted(case: Case) -> str:
    facts = "; ".join(" or ".join(fact.any) for fact in case.facts)
    spans = "; ".join(place.quote for span in case.spans for place in span.any if place.quote)
    return facts or spans or "no answer"
