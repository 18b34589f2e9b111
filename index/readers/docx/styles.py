"""What the styles of a Word file, and those that they build on, say of paragraphs and runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Styles:
    """The ``w:style`` elements by their ids; ``normal`` is that of paragraphs that name none."""

    elements: dict[str, Any]
    normal: str = ""

    def chain(self, name: str) -> list[Any]:
        """The style of this id, then the one that it is based on, and so on."""
        found: list[Any] = []
        while (style := self.elements.get(name)) is not None and style not in found:
            found.append(style)
            name = value(style, "basedOn")
        return found

    def of_paragraph(self, paragraph: Any) -> list[Any]:
        named = value(paragraph, "pPr/pStyle")
        return self.chain(named if named in self.elements else self.normal)

    def numbering(self, paragraph: Any) -> tuple[str, str, Any | None]:
        """The list that a paragraph is of, its level in it, and the style that says so; "" for
        what is not said."""
        own, level = (value(paragraph, f"pPr/numPr/{name}") for name in ("numId", "ilvl"))
        if own:
            return ("", "", None) if own == "0" else (own, level, None)
        for style in self.of_paragraph(paragraph):
            if named := value(style, "pPr/numPr/numId"):
                level = level or value(style, "pPr/numPr/ilvl")
                return ("", "", None) if named == "0" else (named, level, style)
        return "", "", None

    def said(self, run: Any, name: str) -> Any | None:
        """What is said of a run under this name: by itself, by its style, by its paragraph's."""
        if (found := run.find(f"{W}rPr/{W}{name}")) is not None:
            return found
        styles = self.chain(value(run, "rPr/rStyle"))
        if (paragraph := next(run.iterancestors(f"{W}p"), None)) is not None:
            styles += self.of_paragraph(paragraph)
        found_in = (s.find(f"{W}rPr/{W}{name}") for s in styles)
        return next((f for f in found_in if f is not None), None)

    def is_on(self, run: Any, name: str) -> bool:
        return is_set(self.said(run, name))


def styles_of(document: WordDocument) -> Styles:
    root = document.styles.element
    elements = {s.get(f"{W}styleId", ""): s for s in root.iter(f"{W}style")}
    kept = (i for i, s in elements.items() if s.get(f"{W}type") == "paragraph")
    normal = (i for i in kept if elements[i].get(f"{W}default") in ("1", "true", "on"))
    return Styles(elements, next(normal, ""))


def is_set(found: Any | None) -> bool:
    """Whether a switch is there and on."""
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")


def value(element: Any, path: str) -> str:
    """The ``w:val`` of what stands at ``path``, "" where nothing does."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return found.get(f"{W}val", "") if found is not None else ""
