"""Answers with their sources checked, ready to be written in any format.

Every function of this package takes several answers, so that a whole conversation can be written
as one document; the numbers of the sources run on from one answer to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from index.library import Library
from index.records import Document
from index.text import display
from qa.answer import Answer, Sentence
from qa.cite import Citation, pages
from qa.layout import lines, printed
from qa.references.record import names

MADE_BY = "Made with Pullquote. Every quotation is copied from the archived source."
SILENCE = "The documents do not say."


@dataclass(frozen=True, slots=True)
class Source:
    """A citation as it is printed under its ``number``. ``matches``: the quotation is what the
    document's text says, and the archived bytes still have the hash that they came with."""

    number: int
    citation: Citation
    matches: bool

    @property
    def title(self) -> str:
        d = self.citation.document
        authors = " and ".join(name.plain for name in names(d.author))
        return ", ".join(filter(None, (d.title or d.file, authors, d.publisher, d.date)))

    @property
    def place(self) -> str:
        c = self.citation
        path = " > ".join(" ".join(p.split()) for p in c.section[:-1])
        return ", ".join(filter(None, (path, c.locator, pages(c.page, c.printed))))

    @property
    def quote(self) -> str:
        """The quotation on one line; for showing, as line breaks of the source are spaces here."""
        return display(self.citation.quote)

    @property
    def accessed(self) -> str:
        return self.citation.document.added[:10]

    @property
    def status(self) -> str:
        if self.matches:
            return "Words match the archived source: yes"
        return "Words match the archived source: NO, do not print before this is cleared up"

    @property
    def note(self) -> str:
        """Everything on one line, for a field of notes."""
        parts = (self.place, f"“{self.quote}”", self.citation.link, f"{self.status}.")
        return " ".join(filter(None, parts))

    @property
    def archived(self) -> str:
        d = self.citation.document
        span = f"characters {self.citation.start}-{self.citation.end}"
        return f"document {d.id}, {span}, SHA-256 {d.sha256}"


@dataclass(frozen=True, slots=True)
class Refused:
    """A question of a batch that cannot be asked, and why: in the place of an answer."""

    question: str
    reason: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    disagreements: tuple[dict[str, Any], ...] = ()
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer and its sources; ``marks`` are the numbers behind each of its sentences."""

    answer: Answer | Refused
    sources: tuple[Source, ...]
    marks: tuple[tuple[int, ...], ...]

    @property
    def silence(self) -> str:
        """What stands in the place of sentences where there are none."""
        return self.answer.reason if isinstance(self.answer, Refused) else SILENCE

    @property
    def left_open(self) -> list[str]:
        """A line for each of several questions asked as one that the sources do not answer."""
        return [f"The documents do not say: {question}" for question in self.answer.unanswered]

    def lines(self) -> list[list[tuple[str, tuple[int, ...]]]]:
        """The words of each line's sentences with the numbers behind them."""
        said = self.answer.sentences
        told = lines([s.alone for s in said])
        return [
            [(printed(said[i].text, said[i].headings), self.marks[i]) for i in line]
            for line in told
        ]

    def differences(self) -> list[tuple[str, list[tuple[str, tuple[int, ...]]]]]:
        """What the sources disagree on: the matter, and each value with its numbers."""
        first = self.sources[0].number if self.sources else 1
        return [
            (
                d["about"],
                [(s["value"], tuple(first + n - 1 for n in s["citations"])) for s in d["sides"]],
            )
            for d in self.answer.disagreements
        ]


def entries(library: Library, answers: Sequence[Answer | Refused]) -> list[Entry]:
    """The answers with their sources, each checked against its archived bytes once."""
    archived: dict[str, bool] = {}
    found, count = [], 0
    for answer in answers:
        sources = []
        for c in answer.citations:
            if c.document.id not in archived:
                archived[c.document.id] = library.archived(c.document)
            matches = c.faithful and archived[c.document.id]
            sources.append(Source(count + c.n, c, matches))
        marks = tuple(tuple(count + n for n in s.citations) for s in answer.sentences)
        found.append(Entry(answer, tuple(sources), marks))
        count += len(sources)
    return found


def by_document(found: Sequence[Entry]) -> list[tuple[Document, list[Source]]]:
    """Each document once, in the order of its first citation, with what is cited from it."""
    grouped: dict[str, tuple[Document, list[Source]]] = {}
    for entry in found:
        for source in entry.sources:
            document = source.citation.document
            grouped.setdefault(document.id, (document, []))[1].append(source)
    return list(grouped.values())
