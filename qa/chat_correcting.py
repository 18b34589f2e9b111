"""Corrections of the question before: "No, I meant 2022", "not the ferry but the bridge". Pure."""

from __future__ import annotations

import re

from qa.chat_replacing import is_fragment, replaced
from qa.chat_times import is_time
from qa.chat_words import ASKED, AUXILIARY, FIGURE, NAME, PREPOSITIONS, YEAR, kind_of

_SAID = r"(?:oh|ah|wait|well|no|nope|sorry|actually|rather)\b"
_MEANT = r"I\s+(?:actually\s+)?(?:meant|mean)\b(?:\s+to\s+(?:say|ask|write)\b)?[,:]?\s+"
_OPENED = re.compile(
    rf"(?:{_SAID}\s*[,.;:!–—-]+\s*)*(?:{_SAID}\s+)?(?:but\s+)?(?P<meant>{_MEANT})"
    rf"|(?:{_SAID}\s*[,.;:!–—-]+\s*)+",
    re.IGNORECASE,
)
_NOT = re.compile(
    rf"not\s+(?P<wrong>[^,;.]+?)\s*(?:[,;.–—]\s*(?:but\s+)?|\s+but\s+)(?:{_MEANT})?(?P<right>.+)",
    re.IGNORECASE,
)
_INSTEAD_OF = re.compile(
    r"(?P<right>.+?),?\s+(?:not|instead\s+of|rather\s+than)\s+(?P<wrong>.+)", re.IGNORECASE
)
_COURTESY = re.compile(r"[,\s]+(?:please|instead|of course|sorry)$", re.IGNORECASE)
_NO_PHRASE = re.compile(
    r"\b(?:other|ones?|same|former|latter|opposite|wrong|thanks?)\b", re.IGNORECASE
)
_OPENING = re.compile(rf"(?:{PREPOSITIONS})\s", re.IGNORECASE)
_QUESTION = re.compile(rf"(?:{ASKED}|{AUXILIARY})\s", re.IGNORECASE)


def corrected(asked: str, previous: str) -> str:
    """The previous question with what ``asked`` corrects; nothing where that is not plain."""
    opened = _OPENED.match(asked)
    core = _COURTESY.sub("", asked[opened.end() if opened else 0 :].rstrip("?!. "))
    if found := _NOT.fullmatch(core) or (opened and _INSTEAD_OF.fullmatch(core)):
        return _exchanged(found["wrong"], found["right"], previous.rstrip("?!. "))
    if not opened or not is_fragment(core, marked=True) or _NO_PHRASE.search(core):
        return ""
    meant, placed = bool(opened["meant"]), bool(_OPENING.match(core))
    if not (placed or _is_plain(core, previous, meant=meant)):
        return ""
    made = replaced(core, previous)
    added = made.startswith(f"{previous.rstrip('?!. ')} ")
    return "" if added and not (meant and placed) else made


def meant_question(asked: str) -> str:
    """The question behind "I meant", if it is one: "No, I meant who built it?"."""
    opened = _OPENED.match(asked)
    if not opened or not opened["meant"] or not _QUESTION.match(asked[opened.end() :]):
        return ""
    return asked[opened.end() :]


def _exchanged(wrong: str, right: str, question: str) -> str:
    """The question with the right words for the wrong ones, if it has these once."""
    if bool(_OPENING.match(wrong)) != bool(_OPENING.match(right)):
        wrong, right = _OPENING.sub("", wrong, count=1), _OPENING.sub("", right, count=1)
    found = list(re.finditer(rf"(?<!\w){re.escape(wrong)}(?!\w)", question, re.IGNORECASE))
    if len(found) != 1 or _NO_PHRASE.search(right) or not is_fragment(right, marked=True):
        return ""
    return f"{question[: found[0].start()]}{right}{question[found[0].end() :]}?"


def _is_plain(phrase: str, previous: str, *, meant: bool) -> bool:
    """Whether a phrase without a preposition can be in place of one thing alone."""
    kind = "year" if is_time(phrase) else kind_of(phrase)
    if kind == "other":
        return meant or bool(re.match(r"(?:the|a|an)\s", phrase, re.IGNORECASE))
    like = {"year": YEAR, "figure": FIGURE}.get(kind, NAME)
    return sum(1 for m in like.finditer(previous) if m.start()) == 1
