"""What a paragraph of a Word file is: by its style, by those that it builds on, by its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from index.readers.building import open_piece
from index.readers.docx.styles import Styles, W, value
from index.readers.pieces import Piece
from index.records import Kind

_CONTENTS = re.compile(r"toc (?:\d|heading)|table of figures|contents \d")
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|nagłówek|заголовок|标题|標題|見出し|제목)"
    r"\s*(\d)"
)


def like(paragraph: Any, styles: Styles) -> Piece:
    """The kind and level of the piece that the paragraph becomes; open where nothing tells."""
    chain = styles.of_paragraph(paragraph)
    names = [value(style, "name").lower() for style in chain]
    if any(map(_CONTENTS.match, names)) or _in_contents(paragraph) or _is_prompt(paragraph):
        return open_piece(Kind.BOILERPLATE)
    if (level := _level(paragraph, chain)) is not None:
        return open_piece(Kind.HEADING, level)
    if "caption" in names:
        return open_piece(Kind.CAPTION)
    named = any(n.startswith("list") and n != "list paragraph" for n in names)
    if named or styles.numbering(paragraph)[0]:
        return open_piece(Kind.LIST_ITEM)
    noted = any("footnote" in n or "endnote" in n for n in names)
    return open_piece(Kind.FOOTNOTE if noted else None)


def _is_prompt(paragraph: Any) -> bool:
    """Whether nobody has filled in the content control that the paragraph stands in."""
    controls = paragraph.iterancestors(f"{W}sdt")
    return any(c.find(f"{W}sdtPr/{W}showingPlcHdr") is not None for c in controls)


def _in_contents(paragraph: Any) -> bool:
    """Whether the paragraph is of a table of contents that a program keeps."""
    galleries = (
        value(c, "sdtPr/docPartObj/docPartGallery") for c in paragraph.iterancestors(f"{W}sdt")
    )
    return "Table of Contents" in galleries


def _level(paragraph: Any, chain: Sequence[Any]) -> int | None:
    """The level of a heading, 0 of the title; None where the nearest that tells calls it text."""
    own = value(paragraph, "pPr/outlineLvl")
    for style in chain:
        name = value(style, "name").lower()
        if name == "title":
            return 0
        if m := _HEADING.fullmatch(name):
            return int(m[1])
        if said := own or value(style, "pPr/outlineLvl"):
            return _outlined(said)
    return _outlined(own)


def _outlined(said: str) -> int | None:
    return int(said) + 1 if said.isdigit() and int(said) < 9 else None
