"""The words of a Word paragraph as they are seen: raised figures, symbols, nothing hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from index.readers.docx.changes import has_no_end
from index.readers.docx.formulas import MATH, math
from index.readers.docx.numbers import Numbers
from index.readers.docx.styles import Styles, W
from index.readers.formulas import SUPERSCRIPT

_UNREAD = frozenset(["txbxContent", "pPr", "rPr"])
_GONE = frozenset(["del", "moveFrom"])
_CHARACTERS = {"br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad", "ptab": "\t"}
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SIGNS = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…│─↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
_FONTS: dict[str, dict[int, str]] = {
    "symbol": {c: chr(c) for c in b"!#%&()+,./0123456789:;<=>?[]_{|}"}
    | dict(zip(_LATIN.encode(), _GREEK, strict=True))
    | dict(enumerate(_SIGNS, 0xA1))
    | {0x2D: "−", 0x40: "≅", 0x5E: "⊥", 0x7E: "∼", 0xE5: "∑", 0xF2: "∫"},
    "wingdings": {0x6F: "☐", 0x78: "☒", 0xA8: "☐", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
    | {0x6C: "●", 0x6E: "■", 0xA7: "▪", 0xE0: "→"},
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"},
}


def is_read(name: str) -> bool:
    """Whether an element of this name says what the document says: it is neither deleted nor there
    for programs that cannot show what stands beside it."""
    return name not in _GONE and "Fallback" not in name


@dataclass(frozen=True, slots=True)
class Words:
    """Reads paragraphs whose looks ``styles`` tells, each once and in their order."""

    styles: Styles
    numbers: Numbers
    marks: Mapping[tuple[str, str], str]  # of notes, by kind and id

    def of(self, paragraph: Any) -> str:
        """The number of a ``w:p`` and its words, also of inserted and linked runs; not those of
        boxes in it."""
        label, words = self.apart(paragraph)
        return f"{label} {words}" if label and words else words

    def apart(self, paragraph: Any) -> tuple[str, str]:
        """The number that Word sets before a paragraph, and its words."""
        parts: list[str] = []
        self._collect(paragraph, parts)
        said = "".join(parts).strip()
        gone = not said and has_no_end(paragraph)
        return "" if gone else self.numbers.label(paragraph), said

    def _collect(self, element: Any, parts: list[str]) -> None:
        for child in element:
            name = str(child.tag).removeprefix(W)
            if name == "t":
                parts.append(child.text or "")
            elif name in _CHARACTERS:
                parts.append(_CHARACTERS[name])
            elif name == "tab" and element.tag == f"{W}r":
                parts.append("\t")
            elif name == "sym":
                parts.append(_symbol(child.get(f"{W}font", ""), child.get(f"{W}char", "")))
            elif name in ("footnoteReference", "endnoteReference"):
                key = name.removesuffix("Reference"), child.get(f"{W}id", "")
                parts.append(self.marks.get(key, ""))
            elif name == MATH:
                parts.append(math(child))
            elif name == "r":
                self._run(child, parts)
            elif name not in _UNREAD and is_read(name):
                self._collect(child, parts)

    def _run(self, run: Any, parts: list[str]) -> None:
        if self.styles.is_on(run, "vanish"):
            return
        said: list[str] = []
        self._collect(run, said)
        look = self.styles.said(run, "vertAlign")
        raised = look is not None and look.get(f"{W}val") == "superscript"
        parts += map(_raised, said) if raised else said


def _raised(words: str) -> str:
    """Raised figures as such: a note's mark or an exponent is not part of the number before it."""
    bare = words.strip("[]")
    figures = re.search(r"\d|^[+−-]$", bare) and not re.search(r"[^\W\d_]{3}", bare)
    return bare.translate(SUPERSCRIPT) if figures else words


def _symbol(font: str, char: str) -> str:
    """What a ``w:sym`` shows, "" where the font is not known: its codes are of its own."""
    try:
        code = int(char, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.strip().lower())
    if known is not None:
        return known.get(code & 0xFF, "")
    return "" if 0xE000 <= code <= 0xF8FF or not 0x20 <= code <= 0xFFFF else chr(code)
