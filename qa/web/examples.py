"""Questions to begin with, made from the library's own words and tried before they are shown."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from index.errors import PullquoteError
from index.library import Library
from index.records import Document, Kind
from index.terms import is_cjk
from index.text import sentences
from qa.answer import answer
from qa.chat_words import PREPOSITIONS
from qa.web.suggesting import questions

SHOWN = 4
_READ = 60  # paragraphs of a document
_TRIED = 12  # questions at most: each takes as long as a reader's
_NUMBERED = re.compile(r"^[\W\d_]*(?:\(?[IVXLCivxlc\d一二三四五六七八九十]+[).、.:：]\s*)*")
_ENOUGH = 0.5  # confidence
_PATIENCE = 10  # seconds that a try waits for readers' questions
KEPT = "examples.json"
_MADE = "What is said about "


class Examples:
    """The examples of a library, made anew when it changes and kept beside it. ``busy`` tells
    whether readers' questions are being answered: a try waits for them."""

    def __init__(self, library: Library, busy: Callable[[], bool] = lambda: False) -> None:
        self._library = library
        self._busy = busy
        self._guard = threading.Lock()

    def found(self) -> list[str]:
        with self._guard:
            state, kept = self._library.indexes().state, self._library.path / KEPT
            with suppress(OSError, ValueError, KeyError, TypeError):
                known = json.loads(kept.read_text("utf-8"))
                if known["state"] == state:
                    return [str(question) for question in known["questions"]]
            found = _tried(self._library, self._busy)
            draft = kept.with_suffix(".new")
            with suppress(OSError):  # a full or read-only disk
                draft.write_text(json.dumps({"state": state, "questions": found}), "utf-8")
                os.replace(draft, kept)
            return found


def _tried(library: Library, busy: Callable[[], bool]) -> list[str]:
    """Questions that the library answers well, of different documents."""
    found: list[str] = []
    documents = library.documents()[-12:]
    candidates = [c for document in documents if (c := _of(library, document))]
    candidates.sort(key=lambda own: own[0].startswith(_MADE))
    for _ in range(_TRIED):
        if len(found) == SHOWN or not any(candidates):
            break
        _wait(busy)
        candidates = [c for c in candidates if c]
        own = candidates.pop(0)
        question = own.pop(0)
        if _answered(library, question):
            found.append(question)
            own = own[:2]
        candidates.append(own)
    return found


def _wait(busy: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while busy() and time.monotonic() < until:
        time.sleep(0.05)


def _of(library: Library, document: Document) -> list[str]:
    """Questions that a document's sentences answer; then about its headings."""
    text = library.text(document.id)
    blocks = [b for b in library.blocks(document.id) if b.kind is Kind.HEADING and b.start > 0]
    headings = [_plain(text[b.start : b.end]) for b in blocks]
    about = sorted(_questions(headings or [document.title]), key=lambda q: q.startswith(_MADE))
    return list(dict.fromkeys([*_told(library, document, text), *about]))[:6]


def _told(library: Library, document: Document, text: str) -> list[str]:
    """Questions that the sentences of the first paragraphs answer."""
    blocks = [b for b in library.blocks(document.id) if b.kind is Kind.PARAGRAPH][:_READ]
    spans = [span for b in blocks for span in sentences(text, b.start, b.end)]
    return [q for start, end in spans for q in questions(text[start:end])][:3]


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
                yield f"{_MADE}{_lowered(heading)}?"


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
