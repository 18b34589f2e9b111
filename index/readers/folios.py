"""The page numbers that are printed on the pages of a PDF, or that it names for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.readers.numerals import roman_value

_FOLIO = re.compile(
    r"(?:[-–—·|]\s*)?(?:(?:page|p\.|seite|página)\s*)?(?P<number>\d{1,4}|[ivxlc]{1,8})"
    r"(?:\s*(?:/|of|von|de)\s*\d{1,4})?(?:\s*[-–—·|])?|第\s*(?P<cjk>\d{1,4})\s*页(?:.{0,8}页)?",
    re.IGNORECASE,
)
_ENDS = re.compile(r"^(\d{1,4})\s{2,}\S|\S\s{2,}(\d{1,4})$|^(\d{1,4})\t|\t(\d{1,4})$")
FEWEST = 3  # pages that must agree before a number in the margin counts as a page number


def page_labels(stated: Sequence[str], margins: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Of each page, the number that its readers know it by; empty where that is not certain or is
    the page's place in the file.

    ``stated`` holds the labels that the PDF itself gives its pages (empty where it gives none),
    ``margins`` of each page the lines in its margins. Numbers in the margins count where at least
    three pages in a row are counted up by one; a label that they contradict is dropped.
    """
    printed = _printed([{n for line in lines for n in numbers(line)} for lines in margins])
    return tuple(_label(i, stated[i], printed.get(i, "")) for i in range(len(margins)))


def _label(index: int, stated: str, printed: str) -> str:
    if stated and printed and stated.lower() != printed.lower():
        return ""
    found = stated or printed
    return "" if found == str(index + 1) else found


def numbers(line: str) -> set[str]:
    """The numbers that this line may state as its page's."""
    text = line.strip()
    if m := _FOLIO.fullmatch(text):
        return {m["number"] or m["cjk"]}
    return {n for m in _ENDS.finditer(text) for n in m.groups() if n}


def _printed(found: Sequence[set[str]]) -> dict[int, str]:
    """Page index -> number, where runs of pages count up by one and each page has one such."""
    runs: dict[tuple[bool, int], list[int]] = {}
    words: dict[tuple[int, bool, int], str] = {}
    for index, numbers in enumerate(found):
        for number in numbers:
            roman = not number.isdigit()
            value = roman_value(number.lower()) if roman else int(number)
            if value:
                runs.setdefault((roman, value - index), []).append(index)
                words[index, roman, value - index] = number
    out: dict[int, list[str]] = {}
    for (roman, offset), pages in runs.items():
        for run in _unbroken(pages):
            if len(run) >= FEWEST:
                for index in run:
                    out.setdefault(index, []).append(words[index, roman, offset])
    return {index: numbers[0] for index, numbers in out.items() if len(numbers) == 1}


def _unbroken(pages: Sequence[int]) -> list[list[int]]:
    """Runs of pages; one page in between may lack its number, as those with a full picture do."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page - runs[-1][-1] <= 2:
            runs[-1].append(page)
        else:
            runs.append([page])
    return runs
