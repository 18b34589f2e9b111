"""Chinese words and what they are in English, from a list of our own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from index.scripts import HAN

if TYPE_CHECKING:
    from opencc import OpenCC

NONE = "-"
_PIECE = re.compile(rf"[{HAN}]+|[^{HAN}\s]+")
_ALONE = 1.3  # what a word of one character costs; two of them are rather one word
_UNKNOWN = 2.0
_LONGEST = 12  # characters of a word


@lru_cache(maxsize=1)
def listed() -> Mapping[str, str]:
    """Chinese word -> its English renderings as they stand in the list."""
    text = files("qa").joinpath("data", "words-zh-en.tsv").read_text("utf-8")
    return dict(line.split("\t", 1) for line in text.splitlines())


def renderings(word: str) -> tuple[str, ...]:
    """A word's English renderings, the usual one first; none for a word that is not listed, or that
    says nothing in a search."""
    found = listed().get(word, NONE)
    return () if found == NONE else tuple(found.split("; "))


def simplified(text: str) -> str:
    """A text in simplified characters."""
    return str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    from opencc import OpenCC  # only Chinese questions need it

    return OpenCC("t2s")


def cut(text: str) -> list[str]:
    """A text as words: the fewest of the list that it is made of, what is not Chinese in one."""
    return [word for piece in _PIECE.findall(text) for word in _cut(piece)]


def _cut(piece: str) -> list[str]:
    if not re.match(f"[{HAN}]", piece):
        return [piece]
    known = listed()
    costs, starts = [0.0], [0]
    for end in range(1, len(piece) + 1):
        options = (
            (costs[start] + _cost(piece[start:end], known), start)
            for start in range(max(0, end - _LONGEST), end)
            if end - start == 1 or piece[start:end] in known
        )
        cost, start = min(options)
        costs.append(cost)
        starts.append(start)
    words, end = [], len(piece)
    while end:
        words.append(piece[starts[end] : end])
        end = starts[end]
    return words[::-1]


def _cost(word: str, known: Mapping[str, str]) -> float:
    if len(word) > 1:
        return 1.0
    return _ALONE if word in known else _UNKNOWN
