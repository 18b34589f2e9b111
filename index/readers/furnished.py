"""Parts of a text that are furniture for where they stand: under its headings, behind its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.readers import furniture
from index.readers.facts import line_date
from index.readers.pieces import Piece
from index.records import Kind
from index.scripts import HAN

_WORD = re.compile(rf"[{HAN}]|[^\W\d_]+")
_SENTENCE_WORDS = 8  # fewer say "No comments yet."


def furnished(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with those marked as furniture that stand under or behind furniture."""
    return _sections(text, _tail(text, pieces))


def _tail(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Mark what stands behind a comment form or a list of other articles at the end as furniture:
    all of it where little is left, else the lines up to the next running text."""
    out = list(pieces)
    for i, piece in enumerate(pieces):
        if piece.kind is not Kind.BOILERPLATE or piece.start <= 0.6 * len(text):
            continue
        if not furniture.opens_tail(text[piece.start : piece.end]):
            continue
        short = len(text) - piece.end < 0.15 * len(text)
        for j in range(i + 1, len(pieces)):
            line = text[pieces[j].start : pieces[j].end]
            if len(line) > 400 or (not short and line[-1] in ".。" and pieces[j].kind is None):
                break
            out[j] = replace(pieces[j], kind=Kind.BOILERPLATE)
    return out


def _sections(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Mark what stands under a marked heading such as "Related articles", up to the next heading
    of its level or above, unless it is running text."""
    out, i = list(pieces), 0
    while i < len(out):
        level, stop = out[i].level, i + 1
        if level is not None and furniture.is_furniture(text[out[i].start : out[i].end]):
            while stop < len(out) and not (
                out[stop].kind is Kind.HEADING and (out[stop].level or 0) <= level
            ):
                stop += 1
            if not _is_content(text, out[i:stop]):
                out[i:stop] = [replace(p, kind=Kind.BOILERPLATE, level=None) for p in out[i:stop]]
        i = stop
    return out


def _is_content(text: str, section: Sequence[Piece]) -> bool:
    """Whether a heading with what stands under it is no furniture: it holds long text, or it may
    name a subject, and sentences without the marks of comments follow."""
    lines = [text[p.start : p.end] for p in section]
    if any(len(line) > 400 for line in lines):
        return True
    return (
        furniture.may_name_a_subject(lines[0])
        and any(_is_sentence(line) for line in lines[1:])
        and not any(line_date(line) or furniture.is_furniture(line) for line in lines[1:])
        and not any(furniture.is_of_comments(line) for line in lines[1:])
    )


def _is_sentence(line: str) -> bool:
    """Whether a line ends as running text does and is none of the sentences that forms hold."""
    return (
        line[-1] in ".。"
        and len(_WORD.findall(line)) >= _SENTENCE_WORDS
        and not furniture.asks_the_reader(line)
    )
