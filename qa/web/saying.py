"""Who the source says is speaking in a sentence that was cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.errors import PullquoteError
from index.library import Library
from qa.quote import check
from qa.quotes.records import Match

_QUOTED = re.compile(r"[“\"«「『](.{8,}?)[”\"»」』]", re.DOTALL)


def who_said(library: Library, sentence: str, document: str) -> Match | None:
    """The place of the sentence in the document, with whoever speaks there; None where it does not
    stand there."""
    stands: Match | None = None
    for part in _parts(sentence):
        found = _place(library, part, document)
        if found and found.attribution:
            return found
        stands = stands or found
    return stands


def _parts(sentence: str) -> Iterator[str]:
    """What the sentence quotes, the sentence, and each side of a comma or colon, one of which may
    say who speaks on the other."""
    yield from _QUOTED.findall(sentence)
    yield sentence
    for mark in re.finditer(r"[,:，：]", sentence):
        for part in (sentence[: mark.start()], sentence[mark.end() :]):
            if len(part) > len(sentence) / 3:
                yield part


def _place(library: Library, words: str, document: str) -> Match | None:
    try:
        matches = check(library, words).matches
    except PullquoteError:  # no word in it
        return None
    return next((m for m in matches if m.document.id == document), None)
