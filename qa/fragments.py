"""A span of a page -> the part of a link that lets a browser jump to these very words.

The syntax is that of the URL Fragment Text Directives draft of the WICG:
``#:~:text=[prefix-,]start[,end][,-suffix]``. A browser takes the first place where ``start``
stands, as whole words and within one block, behind ``prefix``; then the first ``end`` behind it
that ``suffix`` follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from index.records import Span
from index.scripts import HAN, KANA

LONGEST = 150  # characters that are given in full; of longer ones the first and last words
ENDS = (5, 9)  # words of the beginning and end of a long span: few first, more if they recur
CONTEXT = (3, 6, 12)  # words before and after it, where it stands more than once

_WIDE = rf"{HAN}{KANA}\u3000-\u303f\uff00-\uffef"
# Words of scripts that have spaces; clauses of those that have none, since a browser wants terms
# to end where its dictionary ends a word.
_TOKEN = re.compile(rf"[^\s{_WIDE}]+|[{HAN}{KANA}]+[^\s\w]*|[{_WIDE}]")
# A term may not cross the edge of a block, nor hold a figure that the page writes as a note's
# number or an exponent.
_EDGE = re.compile(r"[\n\t]|\S*[⁰¹²³⁴-⁹⁺⁻ⁿ]\S*")


def directive(text: str, start: int, end: int) -> str:
    """``text=...`` for ``text[start:end]``, percent-encoded, or "" where no such directive leads
    to these words and to no others before them."""
    span = _whole_words(text, start, end)
    for first, last in _terms(text, span):
        for words in (0, *CONTEXT):
            before = _before(text, first[0], words)
            after = _after(text, last[1], words)
            parts = [text[a:b] for a, b in (before, first, last, after)]
            if last == first:
                parts[2] = ""
            if _leads_to(text, parts) == (first[0], last[1]):
                return _written(parts)
    return ""


def with_directive(url: str, found: str) -> str:
    """The address with a text directive behind its fragment; one that it brings goes."""
    base = url.split(":~:")[0]
    if not found:
        return base.removesuffix("#")
    return f"{base if '#' in base else f'{base}#'}:~:{found}"


def _whole_words(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends, widened to whole words."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while 0 < start < len(text) and _inside_word(text, start):
        start -= 1
    while 0 < end < len(text) and _inside_word(text, end):
        end += 1
    return start, end


def _inside_word(text: str, at: int) -> bool:
    pair = text[at - 1 : at + 1]
    return pair.isalnum() and not re.search(f"[{_WIDE}]", pair)


def _terms(text: str, span: Span) -> Iterator[tuple[Span, Span]]:
    """What to look for, the best first: the whole span twice, or its beginning and its end."""
    runs = list(_runs(text, *span))
    if not runs:
        return
    if len(runs) == 1 and runs[0][1] - runs[0][0] <= LONGEST:
        yield runs[0], runs[0]
        return
    for words in ENDS:
        first = _tokens(text, *runs[0])[:words]
        last = _tokens(text, *runs[-1])[-words:]
        if first[-1][1] <= last[0][0]:
            yield (first[0][0], first[-1][1]), (last[0][0], last[-1][1])
    if len(runs) == 1:
        yield runs[0], runs[0]


def _runs(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretches of a range that a term may cover, trimmed."""
    at = start
    for m in [*_EDGE.finditer(text, start, end), None]:
        stop = m.start() if m else end
        tokens = _tokens(text, at, stop)
        if any(c.isalnum() for c in text[at:stop]):
            yield tokens[0][0], tokens[-1][1]
        at = m.end() if m else end


def _tokens(text: str, start: int, end: int) -> list[Span]:
    return [m.span() for m in _TOKEN.finditer(text, start, end)]


def _before(text: str, at: int, words: int) -> Span:
    """The words in front of a place, as far as they stand in one run; empty for none."""
    lines = list(_runs(text, max(0, at - 400), at)) if words else []
    if not lines or text[lines[-1][1] : at].strip():
        return at, at
    tokens = _tokens(text, *lines[-1])[-words:]
    return tokens[0][0], tokens[-1][1]


def _after(text: str, at: int, words: int) -> Span:
    """The words behind a place, as far as they stand in one run; empty for none."""
    lines = list(_runs(text, at, min(len(text), at + 400))) if words else []
    if not lines or text[at : lines[0][0]].strip():
        return at, at
    tokens = _tokens(text, *lines[0])[:words]
    return tokens[0][0], tokens[-1][1]


def _leads_to(text: str, parts: list[str]) -> Span | None:
    """Where a browser would jump to in this text; None where nothing fits, or where the beginning
    stands at more than one place, since a page may hold more than was read of it."""
    prefix, start, end, suffix = parts
    behind = rf"\s*{_pattern(suffix)}" if suffix else ""
    front = rf"{_pattern(prefix)}\s*" if prefix else ""
    if not end:
        whole = re.compile(f"{front}({_pattern(start)})(?={behind})", re.IGNORECASE)
        found = list(whole.finditer(text))
        return found[0].span(1) if len(found) == 1 else None
    firsts = list(re.compile(f"{front}({_pattern(start)})", re.IGNORECASE).finditer(text))
    if len(firsts) != 1:
        return None
    ending = re.compile(f"({_pattern(end)})(?={behind})", re.IGNORECASE)
    last = ending.search(text, firsts[0].end(1))
    return (firsts[0].start(1), last.end(1)) if last else None


def _pattern(term: str) -> str:
    """A regular expression for a term as a browser looks for it: any white space, whole words."""
    body = r"\s+".join(re.escape(word) for word in term.split())
    return f"{_boundary(term[0], before=True)}{body}{_boundary(term[-1], before=False)}"


def _boundary(edge: str, *, before: bool) -> str:
    if not edge.isalnum() or re.match(f"[{_WIDE}]", edge):
        return ""
    return r"(?<!\w)" if before else r"(?!\w)"


def _written(parts: list[str]) -> str:
    prefix, start, end, suffix = (_encoded(part) for part in parts)
    shown = [f"{prefix}-" if prefix else "", start, end, f"-{suffix}" if suffix else ""]
    return f"text={','.join(filter(None, shown))}"


def _encoded(term: str) -> str:
    """Percent-encoded; hyphens too, since one at an end would make a prefix or suffix of it."""
    return quote(" ".join(term.split()), safe="").replace("-", "%2D")
