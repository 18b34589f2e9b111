"""The numbers that Word sets before paragraphs: "1.", "2.3", "Article 4", "第五条"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from index.readers.docx.styles import Styles, W, value
from index.readers.numerals import roman
from index.scripts import words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_CJK = "〇一二三四五六七八九"
_CJK_FORMATS = words(
    "chineseCounting chineseCountingThousand taiwaneseCounting taiwaneseCountingThousand"
    " japaneseCounting"
)
_CIRCLED = frozenset(["decimalEnclosedCircle", "decimalEnclosedCircleChinese"])


@dataclass(slots=True)
class Numbers:
    """Counts as Word does, which goes through the paragraphs once, in their order."""

    styles: Styles
    lists: dict[str, Any]
    formats: dict[str, Any]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, paragraph: Any) -> str:
        """The number with what stands around it, counted on; "" for none, a bullet, or a number
        of a kind that is not known."""
        name, level = self._place(paragraph)
        outline = self._outline(name)
        if outline is None or not 0 <= level < 9:
            return ""
        key = outline.get(f"{W}abstractNumId", "")
        counts = self.counts.setdefault(key, {})
        if name not in self.begun:
            self.begun.add(name)
            for at, start in self._restarts(name).items():
                counts[at] = start - 1
        counts[level] = counts.get(level, self._start(name, level) - 1) + 1
        for deeper in [d for d in counts if d > level and self._begins_again(name, d, level)]:
            del counts[deeper]
        return self._written(name, level, counts)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list that a paragraph is numbered by and its level in it; ("", 0) for none."""
        name, level, style = self.styles.numbering(paragraph)
        if style is not None:
            level = level or self._linked(name, style)
        return name, int(level) if level.isdigit() else 0

    def _linked(self, name: str, style: Any) -> str:
        """The level of a list that names the style as its own."""
        outline = self._outline(name)
        levels = outline.findall(f"{W}lvl") if outline is not None else []
        named = style.get(f"{W}styleId")
        found = (v.get(f"{W}ilvl", "") for v in levels if value(v, "pStyle") == named)
        return next(found, "")

    def _outline(self, name: str) -> Any | None:
        found = self.lists.get(name)
        outline = self.formats.get(value(found, "abstractNumId")) if found is not None else None
        if outline is not None and (linked := value(outline, "numStyleLink")):
            shared = (f for f in self.formats.values() if value(f, "styleLink") == linked)
            return next(shared, outline)
        return outline

    def _overrides(self, name: str) -> dict[int, Any]:
        found = self.lists[name].findall(f"{W}lvlOverride")
        return {int(o.get(f"{W}ilvl", "0")): o for o in found}

    def _restarts(self, name: str) -> dict[int, int]:
        starts = {i: value(o, "startOverride") for i, o in self._overrides(name).items()}
        return {i: int(s) for i, s in starts.items() if s.isdigit()}

    def _level(self, name: str, level: int) -> Any | None:
        override = self._overrides(name).get(level)
        if override is not None and (own := override.find(f"{W}lvl")) is not None:
            return own
        outline = self._outline(name)
        levels = outline.findall(f"{W}lvl") if outline is not None else []
        return next((v for v in levels if v.get(f"{W}ilvl") == str(level)), None)

    def _start(self, name: str, level: int) -> int:
        found = self._level(name, level)
        start = value(found, "start") if found is not None else ""
        return int(start) if start.isdigit() else 1

    def _begins_again(self, name: str, deeper: int, level: int) -> bool:
        found = self._level(name, deeper)
        after = value(found, "lvlRestart") if found is not None else ""
        return not after.isdigit() or (after != "0" and level < int(after))

    def _written(self, name: str, level: int, counts: dict[int, int]) -> str:
        found = self._level(name, level)
        if found is None or value(found, "numFmt") == "bullet":
            return ""
        plain = found.find(f"{W}isLgl") is not None
        text = value(found, "lvlText")
        numbers = {}
        for mark in set(re.findall(r"%([1-9])", text)):
            at = int(mark) - 1
            upper = self._level(name, at)
            style = "decimal" if plain or upper is None else value(upper, "numFmt") or "decimal"
            written = counted(counts.get(at, self._start(name, at)), style)
            if written is None:
                return ""
            numbers[mark] = written
        return re.sub(r"%([1-9])", lambda m: numbers[m[1]], text).strip()


def numbers_of(document: WordDocument, styles: Styles) -> Numbers:
    from lxml import etree

    part = next((r for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
    if part is None or part.is_external:
        return Numbers(styles, {}, {})
    root = etree.fromstring(part.target_part.blob, etree.XMLParser(resolve_entities=False))
    lists = {n.get(f"{W}numId", ""): n for n in root.iter(f"{W}num")}
    return Numbers(
        styles, lists, {a.get(f"{W}abstractNumId", ""): a for a in root.iter(f"{W}abstractNum")}
    )


def counted(number: int, style: str) -> str | None:
    """``number`` in one of Word's formats, None in one that is not known."""
    if style == "none":
        return ""
    if style == "decimalZero":
        return f"{number:02}"
    if style == "decimal" or number < 1:
        return str(number) if style == "decimal" else None
    if style in ("upperRoman", "lowerRoman"):
        return _cased(roman(number), style)
    if style in ("upperLetter", "lowerLetter"):
        return _cased(chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1), style)
    if style == "ideographDigital":
        return "".join(_CJK[int(d)] for d in str(number))
    if style in _CJK_FORMATS and number < 100:
        return _cjk(number)
    return chr(0x245F + number) if style in _CIRCLED and number <= 20 else None


def _cased(written: str, style: str) -> str:
    return written.upper() if style.startswith("upper") else written


def _cjk(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _CJK[tens] + "十"
    return head + (_CJK[ones] if ones else "")
