"""Sentences of a text; with :mod:`index.fold` and :mod:`index.scripts` all that is done to text.

Every function is pure and works on code points. Sentences come from ``sentencex`` (a maintained
rule-based splitter for many languages) and are mended here where its rules and printed text part:
quotations of several sentences, closing marks and note numbers after the full stop, enumerators,
sentences that run into a bullet, abbreviations and ordinals that it does not know.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sentencex import segment  # type: ignore[import-untyped]

from index.fold import Folded, display, fold
from index.records import Span
from index.scripts import CJK, HAN, cjk_language, is_cjk, language_hint

__all__ = [
    "HAN",
    "Folded",
    "cjk_language",
    "display",
    "fold",
    "is_cjk",
    "language_hint",
    "sentences",
]

# Pairs of marks make sentencex keep a quotation of ten sentences whole; it never sees them.
# An apostrophe inside a word is no quotation mark. Nor does it see bullets and the brackets of an
# enumerator: behind "(IV)" it takes a whole paragraph for one list item.
_MASK = re.compile(r"""[“”„‟«»‹›"「」『』`•▪●]|(?<!\w)['‘’‚]|['‘’](?!\w)|\s""")
_MASK_BRACKETS = re.compile(r"[(（](\w{1,5})[)）]")
_CLOSING = re.compile(
    r"""(?:[)\]}”’»›」』】》〉）"'\u00b9\u00b2\u00b3\u2070-\u2079*†‡]|\[\d{1,3}\]|[“‘]+(?=[\s)\]]|$))+"""
)
_LONE_CLOSER = re.compile(r"""\s+(?:''|["'”’])(?=\s|$)""")
# Either of a pair may open: »so«, or « so » with a space inside.
_GUILLEMETS = {"«": "»", "»": "«", "‹": "›", "›": "‹"}
_GUILLEMET_BEHIND = re.compile(r"[«‹]|\s+[»›](?!\w)")
_EXTRA_BREAK = re.compile(
    r"""[.!?。！？](?:[)"”’']*\s+(?=[-•▪●·–*]\s?[^\W_])|(?=[(（]\w{1,5}[)）]\s?[^\W\d_]))"""
    r"""|(?<=[^\W\d_]{2})[.!?]["”]\s+(?=[“‘"(]?[^\W\d_a-z])"""
    r"""|(?<=\bMay)\.\)?\s+(?=[“‘"'(]?[^\W\d_a-z])"""  # the month or the name is no abbreviation
    r"""|[。！？｡][」』”’）]*(?=\d[\d.,]*[^\s\d])"""  # a note's number is followed by a space
)
_ENUMERATOR = (
    r"(?:[(（](?:\d{1,3}|[IVXLC]{1,6}|[ivx]{1,5}|[A-Za-z])[)）]"
    r"|(?:\d{1,3}|[IVXLC]{1,6}|[A-Za-z])[.)])"
)
_ONLY_ENUMERATOR = re.compile(rf"[\W_]*{_ENUMERATOR}\s*")
_STARTS_ENUMERATOR = re.compile(rf"{_ENUMERATOR}\s+\S")
_TAIL_ENUMERATOR = re.compile(r"(?<=[:;：；])\s+(?:\d{1,2}[.)])\s*$")
_LOWER_WORD = re.compile(r"""[\s“‘„«"'(\[…–—-]*[^\W\d_]+""")
# How a sentence that only seems to end ends, and how what belongs to it begins.
_GOING_ON = tuple(
    (re.compile(rf"{end}$"), re.compile(begin))
    for end, begin in (
        (  # titles and the like, before a name
            r"(?<!\w)(?<!\d\s)(?:M[rsx]|Mrs|MM|Mmes?|Mlles?|Mdm|Messrs|Dr|Prof|Gov|Sen|Rep|Sgt|Cpl"
            r"|Capt|Cpt|Col|Gen|Cmdr|Lt|Rev|Amb|Atty|Cllr|Ft|Fa|Sra|Srta|Dña)\.",
            r"[“‘„«\"'(]?[^\W\d_]",
        ),
        (  # what is counted, before its number
            r"(?<!\w)(?:[Vv]ols?|[Cc]hs?|Chaps?|Figs|Eqs?|[Pp]aras?|Sect|Inv)\.",
            r"\d|[IVXLC]+\b",
        ),
        (  # what a number follows: telephones, opening hours, addresses, limits
            r"(?<!\w)(?:[Tt]el|[Ff]ax|[Mm]ob|[Ee]st|[Pp]op|[Mm]ax|[Mm]in|Apt|Ste|Mon|Tues?|Wed|Thurs?"
            r"|Thu|Fri|Sat|Sun)\.",
            r"[(+]?\d",
        ),
        (r"(?<!\w)[Aa]pprox\.", r"\S"),
        (  # German ordinals and dates
            r"(?<!\S)(?:[Dd](?:er|en|em|es|ie|as)|[Zz]u[mr]|[Vv]om|[Bb]eim|[Ii]m|(?<!I\s)[Aa]m)"
            r"\s\d{1,2}\.",
            r"[A-ZÄÖÜ]",
        ),
        (r"(?<!\S)\d{1,2}\.", r"(?:Januar|Jänner|Februar|März|Mai|Juni|Juli|Oktober|Dezember)\b"),
        (
            r"(?<!\S)(?:[Bb]is|[Ss]eit|[Aa]b|\w+tag,|Mittwoch,)\s\d{1,2}\.",
            r"(?:April|August|September|November)\b",
        ),
    )
)
# Where no space follows: "U." / "S."; Japanese particles that quote what stands before them.
_GLUED_ON = tuple(
    (re.compile(rf"{end}$"), re.compile(begin))
    for end, begin in (
        (r"(?<![A-Za-z])[A-Z]\.", r"[A-Z](?![a-z])"),
        (rf"[{HAN}]\.", r"(?:[A-Z]{2,}|[a-z]+)(?![A-Za-z])"),  # "是个.NET程序库"
        (
            r"[」』]",
            r"と(?!ころ|ても|にかく|もかく|りあえず|きどき|きに|うとう|くに|はいえ|もあれ|たん|っさ|っくに|もだち)"
            r"|って|など[とのを]|を",
        ),
    )
)


def sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of ``text[start:end]`` as absolute spans, trimmed, in order, disjoint.

    Together they hold every character of the range that is not white space. A line break, also an
    empty line, is white space like any other: hand over one block at a time.
    """
    part = text[start:end]
    if not part.strip():
        return []
    spans: list[Span] = []
    for span in _trimmed(part, _cuts(part)):
        if spans and _continues(part, spans[-1], span):
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
    return [(start + a, start + b) for a, b in spans]


def _cuts(part: str) -> list[int]:
    """Positions in ``part`` where sentencex or :data:`_EXTRA_BREAK` see a sentence end."""
    masked = _MASK_BRACKETS.sub(r" \1 ", _MASK.sub(" ", part))
    guillemets = _closing_guillemets(part)
    cuts, at = [m.end() for m in _EXTRA_BREAK.finditer(part)], 0
    for piece in segment(language_hint(part), masked):
        at += len(piece)
        full_stop = at - (len(piece) - len(piece.rstrip()))
        cuts.append(_after_closing(part, full_stop, guillemets) if at < len(part) else at)
    return sorted(set(cuts))


def _closing_guillemets(part: str) -> frozenset[int]:
    """Where a guillemet closes a quotation that its partner opened before."""
    found: list[int] = []
    opened: Counter[str] = Counter()
    for m in re.finditer("[«»‹›]", part):
        partner = _GUILLEMETS[m.group()]
        if opened[partner]:
            opened[partner] -= 1
            found.append(m.start())
        else:
            opened[m.group()] += 1
    return frozenset(found)


def _after_closing(part: str, full_stop: int, guillemets: frozenset[int]) -> int:
    """Move a cut behind closing marks, note numbers and the like that hang on the full stop."""
    at = full_stop
    while (m := _GUILLEMET_BEHIND.match(part, at)) and m.end() - 1 in guillemets:
        at = m.end()
    if m := _CLOSING.match(part, at) or _LONE_CLOSER.match(part, at):
        return m.end()
    return at


def _trimmed(part: str, cuts: Sequence[int]) -> Iterator[Span]:
    """Spans between the cuts without the white space at their ends; an enumerator that the full
    stop tore off ("three rules: 1." / "Be kind.") goes to the sentence it counts."""
    at = 0
    for cut in [*cuts, len(part)]:
        if m := _TAIL_ENUMERATOR.search(part, at, cut):
            cut = m.start()
        piece = part[at:cut]
        if piece.strip():
            yield at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())
            at = cut


def _continues(part: str, before: Span, after: Span) -> bool:
    """Whether ``after`` belongs to the sentence of ``before`` in spite of the cut between them. In
    Chinese "．" parts a name's words ("圣若望．玛达") where "。" ends sentences."""
    head, tail = part[before[0] : before[1]], part[after[0] : after[1]]
    if not any(c.isalnum() for c in tail) or not any(c.isalnum() for c in head):
        return True
    if _ONLY_ENUMERATOR.fullmatch(head) or (head[-1] == "\uff0e" and "。" in part):
        return True
    if any(
        begin.match(tail) and end.search(head[-24:])
        for end, begin in (_GLUED_ON if before[1] == after[0] else _GOING_ON)
    ):
        return True
    if (
        CJK.match(tail)
        or _STARTS_ENUMERATOR.match(tail)
        or (not head[-1:].isascii() and head[-1] in "。！？｡")
    ):
        return False
    word = _LOWER_WORD.match(tail)
    return word is not None and word.group().islower()
