"""The passage most like a quotation, and the differences word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from index.records import Span
from index.scripts import is_cjk
from index.wording import Wording, is_word
from qa.quotes.exact import closes, opens
from qa.quotes.marks import Part
from qa.quotes.numbers import goes_on, same_value

_MARK = 0.2  # what a changed punctuation mark weighs beside a changed word
_UNIT = 3  # words at most that a number goes on with
_OUTSIDE = 4  # words at most that a range is widened by, to the word that the quotation ends with
_FIRST, _MORE = 0.7, 0.2  # what it costs to leave words out, and each of them
Weights = NDArray[np.float64]
Weighted = tuple[NDArray[np.int64], Weights]


@dataclass(frozen=True, slots=True)
class Difference:
    """``replace``: the quotation says ``quote`` for the source's ``source``; ``insert``: it adds
    ``quote``; ``delete``: it lacks ``source``. ``same_value``: a number, written otherwise."""

    kind: str
    quote: str
    source: str
    same_value: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """A part beside the keys ``start`` to ``end`` of a source. ``likeness`` is 1 for the same
    words, 0 for none in common; ``foreign`` are the ranges of the part's keys that the source
    lacks there, or has only outside the likest stretch."""

    start: int
    end: int
    likeness: float
    differences: tuple[Difference, ...]
    foreign: tuple[Span, ...]


def align(part: Part, source: Wording, text: str, within: Span | None = None) -> Alignment | None:
    """The stretch of the source with the fewest changed words; None where no word is the same.

    ``text`` is what ``source`` was made from, ``within`` a range of its keys to stay in. The
    distance is the edit distance over words (Sellers 1980: free ends in the source) with affine
    costs for words of the source that are left out in a row (Gotoh 1982), a punctuation mark
    counting a fifth of a word.
    """
    words = part.readings[0]
    low, high = within or (0, len(source))
    keys = source.keys[max(0, low) : high]
    if not len(words) or not keys:
        return None
    numbers = {key: n for n, key in enumerate(dict.fromkeys((*words.keys, *keys)))}
    a, b = (np.array([numbers[k] for k in row]) for row in (words.keys, keys))
    wa, wb = _weights(words.keys), _weights(keys)
    cost, end = _best_end((a, wa), (b, wb), np.zeros(len(b) + 1))
    before = wb[:end][::-1]
    _, length = _best_end((a[::-1], wa[::-1]), (b[:end][::-1], before), _run(before))
    if not length or cost >= float(wa.sum()):
        return None
    low = max(0, low)
    end += low
    start, end = _without_marks(words, source, (end - length, end))
    likeness = 1.0 - cost / float(wa.sum())
    inner = _finished(source, text, (start, end))
    left, right = _anchored(words, source.part(low, high), text, (start - low, end - low))
    start, end = _finished(source, text, (left + low, right + low))
    differences, foreign = _differences(part, words, source.part(start, end), text)
    if inner != (start, end):
        foreign = _differences(part, words, source.part(*inner), text)[1]
    return Alignment(start, end, likeness, differences, foreign)


def _finished(source: Wording, text: str, span: Span) -> Span:
    """The range with whole words at its ends, and with what a number goes on with."""
    start, end = _whole_words(source, text, *span)
    return start, end + goes_on(source.keys[end - 1], source.keys[end : end + _UNIT])


def _weights(keys: Sequence[str]) -> Weights:
    return np.array([1.0 if is_word(k) else _MARK for k in keys])


def _run(weights: Weights) -> Weights:
    """What the first so many keys weigh together."""
    return np.concatenate([[0.0], np.cumsum(weights)])


def _best_end(a: Weighted, b: Weighted, row: Weights) -> tuple[float, int]:
    """(distance, end) of the stretch of ``b`` nearest to ``a``; the longest one of equals. ``row``
    is what it costs to begin at each place of ``b``."""
    (keys, weights), (others, wb) = a, b
    run = _run(wb)
    for key, weight in zip(keys, weights, strict=True):
        unlike = np.where(wb == weight, weight, weight + wb)  # a word is no mark
        step = row + weight
        step[1:] = np.minimum(step[1:], row[:-1] + np.where(others == key, 0.0, unlike))
        one_by_one = np.minimum.accumulate(step - run) + run
        in_a_row = np.minimum.accumulate(step - _MORE * run) + _MORE * run + _FIRST
        row = np.minimum(one_by_one, in_a_row)
    end = len(row) - 1 - int(np.argmin(np.round(row[::-1], 6)))
    return float(row[end]), end


def _without_marks(words: Wording, source: Wording, span: Span) -> Span:
    """The range without punctuation at its ends where the quotation has a word."""
    start, end = span
    while is_word(words.keys[0]) and start + 1 < end and not is_word(source.keys[start]):
        start += 1
    while is_word(words.keys[-1]) and start + 1 < end and not is_word(source.keys[end - 1]):
        end -= 1
    return start, end


def _anchored(words: Wording, source: Wording, text: str, span: Span) -> Span:
    """The range widened to the quotation's own first and last word, where it has another word in
    their place and they stand a little further out: "not support" to "We do not support"."""
    start, end = span
    first, last = words.keys[0], words.keys[-1]
    changed = _runs(_changed(words, source.part(start, end)), False)
    if is_word(first) and changed and changed[0][2] == 0 < changed[0][3]:
        start = _outside(source, text, start, first, -1)
    if is_word(last) and changed and changed[-1][2] < changed[-1][3] == len(words):
        end = _outside(source, text, end - 1, last, 1) + 1
    return start, end


def _outside(source: Wording, text: str, at: int, key: str, step: int) -> int:
    """Where a word stands from ``at`` outwards in the same clause, perhaps in two ("per cent");
    ``at`` if it does not."""
    joined = source.keys[at]
    for i in range(at + step, at + step * (_OUTSIDE + 1), step):
        if not 0 <= i < len(source) or _parted(source, text, min(i, i - step)):
            return at
        joined = joined + source.keys[i] if step > 0 else source.keys[i] + joined
        if source.keys[i] == key or joined == key:
            return i
    return at


def _parted(source: Wording, text: str, at: int) -> bool:
    """Whether a mark or a paragraph's end stands between a key and the next."""
    between = text[source.ends[at] : source.starts[at + 1]]
    marks = not (is_word(source.keys[at]) and is_word(source.keys[at + 1]))
    return marks or bool(between.strip()) or "\n\n" in between


def _whole_words(source: Wording, text: str, start: int, end: int) -> Span:
    """The range widened to where a quotation may begin and end ("profit" to "non-profit")."""
    while start > 0 and not (opens(source, text, start) and _is_apart(source, text, start)):
        hyphen = source.keys[start - 1] == "-" and start > 1
        start -= 2 if hyphen and source.ends[start - 2] == source.starts[start - 1] else 1
    while end < len(source) and not (closes(source, text, end) and _is_apart(source, text, end)):
        end += 2 if source.keys[end] == "-" and end + 1 < len(source) else 1
    return start, end


def _is_apart(source: Wording, text: str, at: int) -> bool:
    """Whether no hyphen joins the words on both sides of a place."""
    return not any(
        0 < hyphen < len(source) - 1
        and text[source.ends[hyphen - 1] : source.starts[hyphen + 1]] in ("-", "‐", "‑")
        for hyphen in (at - 1, at)
    )


def _changed(words: Wording, source: Wording) -> list[tuple[int, int, int, int]]:
    """The ranges (of the source, of the quotation) that are not the same. By the longest common
    subsequence: a word that stands in both is never shown as changed for a shorter list."""
    numbers = {key: n for n, key in enumerate(dict.fromkeys((*words.keys, *source.keys)))}
    ops = Indel.opcodes([numbers[k] for k in source.keys], [numbers[k] for k in words.keys])
    return [
        (op.src_start, op.src_end, op.dest_start, op.dest_end) for op in ops if op.tag != "equal"
    ]


def _differences(
    part: Part, words: Wording, source: Wording, text: str
) -> tuple[tuple[Difference, ...], tuple[Span, ...]]:
    changed = _changed(words, source)
    joined = _runs(changed, is_cjk(part.text))
    found = [
        replace(
            _difference(_slice(part.text, words, c, d), _slice(text, source, a, b)),
            same_value=same_value(
                _with_number(part.text, words, c, d), _with_number(text, source, a, b)
            ),
        )
        for a, b, c, d in joined
    ]
    equal = [(c, d) for (_, _, c, d), f in zip(joined, found, strict=True) if f.same_value]
    foreign = [(c, d) for _, _, c, d in changed if d > c]
    return tuple(found), tuple(
        (c, d) for c, d in foreign if not any(a <= c and d <= b for a, b in equal)
    )


def _runs(
    changed: Sequence[tuple[int, int, int, int]], characters: bool
) -> list[tuple[int, int, int, int]]:
    """Differences that touch as one; in Chinese and Japanese also those one character apart."""
    out: list[tuple[int, int, int, int]] = []
    for a, b, c, d in changed:
        near = int(characters and bool(out) and out[-1][1] > out[-1][0] and b > a)
        if out and a - out[-1][1] <= near and c - out[-1][3] <= near:
            out[-1] = (out[-1][0], b, out[-1][2], d)
        else:
            out.append((a, b, c, d))
    return out


def _slice(text: str, words: Wording, start: int, end: int) -> str:
    return text[words.starts[start] : words.ends[end - 1]] if end > start else ""


def _with_number(text: str, words: Wording, start: int, end: int) -> str:
    """The slice, with the number right before it."""
    return _slice(text, words, start - int(start > 0 and words.keys[start - 1][0].isdigit()), end)


def _difference(quote: str, source: str) -> Difference:
    kind = "replace" if quote and source else "insert" if quote else "delete"
    return Difference(kind, quote, source)
