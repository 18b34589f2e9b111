"""A quotation beside its source, what differs told apart in both. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher

from index.wording import Wording, wording

Pieces = list[tuple[bool, str]]


def beside(quote: str, source: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces, True for the words that the other one does not have there. The pieces
    of each, joined, are that text. Words are the same that a check of a quotation takes for it."""
    ours, theirs = wording(quote), wording(source)
    matcher = SequenceMatcher(None, ours.keys, theirs.keys, autojunk=False)
    changed = [op[1:] for op in matcher.get_opcodes() if op[0] != "equal"]
    return (
        _pieces(quote, ours, [(a, b) for a, b, _, _ in changed]),
        _pieces(source, theirs, [(a, b) for _, _, a, b in changed]),
    )


def _pieces(text: str, words: Wording, ranges: list[tuple[int, int]]) -> Pieces:
    out: Pieces = []
    at = 0
    for first, last in ranges:
        if first == last:
            continue
        start, end = words.starts[first], words.ends[last - 1]
        out += [(False, text[at:start]), (True, text[start:end])]
        at = end
    out.append((False, text[at:]))
    return [(changed, piece) for changed, piece in out if piece]
