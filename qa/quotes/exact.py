"""Where the words of a quotation stand, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.records import Span
from index.scripts import RAISED, words
from index.wording import Wording
from qa.quotes.marks import Part, Quotation

# Half of such a compound says something else: "profit" of "non-profit", "carbon" of "carbon-free".
_NEGATING = words("non un anti ex half quasi pseudo counter semi pre post former in dis mis vice")
_DEPRIVING = words("free less proof")
_NUMBERS = words(
    "one two three four five six seven eight nine first second third fourth fifth sixth seventh "
    "eighth ninth twenty thirty forty fifty sixty seventy eighty ninety"
)
_CJK_DIGITS = frozenset("零〇一二三四五六七八九两")
_CJK_SCALES = frozenset("十百千万亿萬億")
_HYPHENS = frozenset("-‐‑–−‒")
_CURRENCIES, _UNITS = frozenset("$€£¥₩₹₽₺"), frozenset("%‰°")


def standing(part: Part, source: Wording, text: str, since: int = 0) -> Iterator[Span]:
    """Ranges of ``source.keys`` that say the part word for word, between whole words.

    ``text`` is what ``source`` was made from.
    """
    for reading in part.readings:
        for start in _runs(reading.keys, source.keys, part.stem, since):
            end = start + len(reading)
            if opens(source, text, start) and closes(source, text, end):
                yield start, end


def _runs(keys: Sequence[str], within: Sequence[str], stem: bool, since: int) -> Iterator[int]:
    size, fixed = len(keys), tuple(keys[:-1]) if stem else tuple(keys)
    if not size:
        return
    at = since
    while at + size <= len(within):
        if fixed:
            try:
                at = within.index(fixed[0], at, len(within) - size + 1)
            except ValueError:
                return
        if tuple(within[at : at + len(fixed)]) == fixed and (
            not stem or within[at + size - 1].startswith(keys[-1])
        ):
            yield at
        at += 1


def edited(quotation: Quotation, source: Wording, text: str) -> Iterator[list[Span]]:
    """Ranges of ``source.keys`` for each part, in order and no further apart than their marks
    allow; the closest for each place where the first part stands."""
    dead: set[Span] = set()
    for first in standing(quotation.parts[0], source, text):
        found = _follow(quotation, source, text, [first], dead)
        if found:
            yield found


def _follow(
    quotation: Quotation, source: Wording, text: str, found: list[Span], dead: set[Span]
) -> list[Span] | None:
    """``dead`` collects (parts found, end of the last) from which nothing leads on: without it,
    short words between many marks would be tried in every combination."""
    here = len(found), found[-1][1]
    if len(found) == len(quotation.parts):
        return found
    if here in dead:
        return None
    gap, end = quotation.gaps[len(found) - 1], found[-1][1]
    far = _after(source, end, gap.most) + 1
    for span in standing(quotation.parts[len(found)], source, text, end):
        if span[0] > far:
            break
        rest = _follow(quotation, source, text, [*found, span], dead)
        if rest:
            return rest
    dead.add(here)
    return None


def _after(source: Wording, at: int, words: int) -> int:
    """The index of the first key behind so many words; marks in between are free."""
    while at < len(source) and (words > 0 or not source.keys[at][0].isalnum()):
        words -= source.keys[at][0].isalnum()
        at += 1
    return at


def opens(source: Wording, text: str, at: int) -> bool:
    """Whether a quotation may begin at this key without cutting a word, a number or its sign."""
    if not at or source.ends[at - 1] != source.starts[at]:
        return True
    key, before = source.keys[at], source.keys[at - 1]
    if before == "-" and text[source.starts[at - 1]] in _HYPHENS:
        joined = at > 1 and source.ends[at - 2] == source.starts[at - 1]
        head = source.keys[at - 2] if joined and source.keys[at - 2][0].isalnum() else ""
        if key[0].isdigit():
            return not (head == "" or head[-1].isdigit())
        return head not in _NEGATING and not (head in _NUMBERS and key in _NUMBERS)
    return not _one_number(before, key) and not (before in _CURRENCIES and key[0].isdigit())


def closes(source: Wording, text: str, at: int) -> bool:
    """Whether a quotation may end before this key, see :func:`opens`."""
    if at >= len(source) or source.ends[at - 1] != source.starts[at]:
        return True
    last, key = source.keys[at - 1], source.keys[at]
    if key == "-" and text[source.starts[at]] in _HYPHENS and at + 1 < len(source):
        after = source.keys[at + 1] if source.starts[at + 1] == source.ends[at] else ""
        if last[-1].isdigit() and after[:1].isdigit():
            return False
        return after not in _DEPRIVING and not (last in _NUMBERS and after in _NUMBERS)
    if key[0] in RAISED:
        return False
    return not _one_number(last, key) and not (last[-1].isdigit() and key in _UNITS)


def _one_number(left: str, right: str) -> bool:
    """Whether two neighbouring characters are parts of one Chinese number."""
    both = _CJK_DIGITS | _CJK_SCALES
    if left in both and right in both:
        return left in _CJK_SCALES or right in _CJK_SCALES
    return left[-1].isdigit() and right in _CJK_SCALES
