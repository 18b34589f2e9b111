"""What stands between quotation marks, and whether it is speech."""

from __future__ import annotations

import re

from index.records import Span

_PAIRS = {"“": "”", "「": "」", "『": "』", "«": "»", "„": "“", '"': '"'}
_OPENS = re.compile(r"(?:(?<=[\s(\[—–-])|^)['‘](?=[^\W_])")
_SHUTS = re.compile(r"(?<=[^\s])['’](?=[\s)\]—–,.;:!?-]|$)")
_ENDS = ",.!?…—–"
_SHORT = 40  # characters of words in single marks that need not end like a sentence
_DOT = "\ue000"  # for private use: no splitter knows it
_ABBREVIATED = re.compile(
    r"(?<![\w'’])(?:[A-Z]|Mr|Mrs|Ms|Mx|Dr|St|Jr|Sr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Capt|Cmdr|"
    r"Adm|Prof|Rev|Hon|Pres|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|Inc|Corp|Ltd|No|vs|"
    r"(?:[A-Z]\ue000)+[A-Z])\.(?=\s?[\w(])|\.(?=[,;:])"
)


def masked(text: str) -> str:
    """The text, as long as before, with the full stops of abbreviations and initials changed, so
    that they end no sentence."""
    last = ""
    while last != text:
        last, text = text, _ABBREVIATED.sub(lambda m: m.group()[:-1] + _DOT, text)
    return text


def unmasked(text: str) -> str:
    return text.replace(_DOT, ".")


def quotations(part: str) -> list[Span]:
    """What stands between quotation marks, the marks included, in order, not nested."""
    found: list[Span] = []
    at = 0
    while at < len(part):
        end = _closed(part, at)
        if end:
            found.append((at, end))
        at = end or at + 1
    return found


def _closed(part: str, at: int) -> int:
    """The end of the quotation that begins at ``at``; 0 where none begins."""
    mark = part[at]
    if mark in _PAIRS:
        end = part.find(_PAIRS[mark], at + 1)
        if end < 0 and mark == "“":
            end = part.find('"', at + 1)
        return len(part) if end < 0 else end + 1
    return _single(part, at) if _OPENS.match(part, at) else 0


def _single(part: str, at: int) -> int:
    """The end of words in single marks, which apostrophes resemble; 0 where it is not certain."""
    for m in _SHUTS.finditer(part, at + 2):
        before = part[m.start() - 1]
        if before in _ENDS or (before not in "sS" and m.end() - at <= _SHORT):
            return m.end()
    return 0


def is_speech(part: str, region: Span) -> bool:
    """Whether words in quotation marks are a clause that is spoken, and not a term or a title."""
    inside = part[region[0] + 1 : region[1] - 1]
    return len(inside.split()) >= 5 or inside.rstrip().endswith((",", ".", "!", "?"))
