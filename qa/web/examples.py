"""Questions to begin with, made from the library's own headings and tried before they are shown."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

from index.errors import PullquoteError
from index.library import Library
from index.records import Document, Kind
from index.terms import is_cjk
from qa.answer import answer
from qa.chat_words import PREPOSITIONS

SHOWN = 4
_TRIED = 12  # questions at most: each takes as long as a reader's
_NUMBERED = re.compile(r"^[\W\d_]*(?:\(?[IVXLCivxlc\d一二三四五六七八九十]+[).、.:：]\s*)*")
_ENOUGH = 0.5  # confidence


class Examples:
    """The examples of a library, made anew when it changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._state = ""
        self._found: list[str] = []
        self._guard = threading.Lock()

    def found(self) -> list[str]:
        with self._guard:
            state = self._library.indexes().state
            if state != self._state:
                self._found, self._state = _tried(self._library), state
            return self._found


def _tried(library: Library) -> list[str]:
    """Questions that the library answers well, of different documents."""
    found: list[str] = []
    documents = library.documents()[-12:]
    candidates = [_of(library, document) for document in documents]
    for _ in range(_TRIED):
        if len(found) == SHOWN or not any(candidates):
            break
        candidates = [c for c in candidates if c]
        questions = candidates.pop(0)
        question = questions.pop(0)
        if _answered(library, question):
            found.append(question)
            questions = questions[:2]
        candidates.append(questions)
    return found


def _of(library: Library, document: Document) -> list[str]:
    """Questions about a document's headings, those of middling length first."""
    text = library.text(document.id)
    blocks = [b for b in library.blocks(document.id) if b.kind is Kind.HEADING and b.start > 0]
    headings = [_plain(text[b.start : b.end]) for b in blocks]
    return list(dict.fromkeys(_questions(headings)))[:6]


def _plain(heading: str) -> str:
    return _NUMBERED.sub("", " ".join(heading.split())).strip(" .:：。")


def _questions(headings: list[str]) -> Iterator[str]:
    for heading in headings:
        if is_cjk(heading):
            if 4 <= len(heading) <= 24:
                yield f"关于“{heading}”，文件说了什么？"
        elif 2 <= len(heading.split()) <= 9 and not heading.isupper():
            if heading.endswith("?"):
                yield heading
            elif re.match(r"(?:how|what|where|when|why|which)\b", heading, re.IGNORECASE):
                continue  # "How an answer is made" is no question
            elif re.match(r"who ", heading, re.IGNORECASE):
                yield f"{heading[0].upper()}{heading[1:]}?"
            elif not re.match(rf"(?:{PREPOSITIONS})\s", heading, re.IGNORECASE):
                yield f"What is said about {_lowered(heading)}?"


def _lowered(heading: str) -> str:
    """The heading inside a sentence: its first letter small unless the word is a name's."""
    first, *others = heading.split()
    titled = sum(w[0].isupper() for w in others) > len(others) / 2
    return heading if titled or not first[1:].islower() else heading[0].lower() + heading[1:]


def _answered(library: Library, question: str) -> bool:
    try:
        found = answer(library, question)
    except PullquoteError:
        return False
    return found.status == "answered" and found.confidence >= _ENOUGH
