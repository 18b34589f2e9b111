"""A quotation beside its source, what differs told apart in both. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from index.records import Span
from index.wording import Wording, wording

Pieces = list[tuple[bool, str]]
_ENDINGS = (".", ",", "。", "，")


def beside(quote: str, source: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces, True for the words that the other one does not have there. The pieces
    of each, joined, are that text. Words are the same that a check of a quotation takes for it;
    as there, a comma or full stop at the end of the quotation is not compared."""
    ours, theirs = _ended(wording(quote)), _ended(wording(source))
    matcher = SequenceMatcher(None, ours.keys, theirs.keys, autojunk=False)
    changed = [op[1:] for op in matcher.get_opcodes() if op[0] != "equal"]
    return (
        apart(quote, [_span(ours, a, b) for a, b, _, _ in changed if a < b]),
        apart(source, [_span(theirs, a, b) for _, _, a, b in changed if a < b]),
    )


def apart(text: str, spans: Sequence[Span]) -> Pieces:
    """``text`` in pieces, True for those in ``spans``, which rise and do not overlap."""
    out: Pieces = []
    at = 0
    for start, end in spans:
        out += [(False, text[at:start]), (True, text[start:end])]
        at = max(at, end)
    out.append((False, text[at:]))
    return [(told, piece) for told, piece in out if piece]


def _ended(words: Wording) -> Wording:
    """The words without the comma or full stop that the newspaper puts at the end."""
    last = words.keys[-1] if len(words) else ""
    return words.part(0, len(words) - 1) if last in _ENDINGS else words


def _span(words: Wording, first: int, last: int) -> Span:
    return words.starts[first], words.ends[last - 1]
