"""Formulas of a Word file (OMML) on one line, without a change of value."""

from __future__ import annotations

from typing import Any

from index.readers.formulas import joined, lowered, raised, whole

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATH = f"{_M}oMath"


def math(element: Any) -> str:
    """The formula as it is read: powers raised or behind ``^``, fractions with a slash."""
    name = str(element.tag).removeprefix(_M)
    match name:
        case "t":
            return "".join((element.text or "").split())
        case "f":
            if _value(element, "fPr/type") == "noBar":
                return f"({_part(element, 'num')} {_part(element, 'den')})"
            return f"{whole(_part(element, 'num'))}/{whole(_part(element, 'den'))}"
        case "sSup":
            return _part(element, "e") + raised(_part(element, "sup"))
        case "sSub":
            base = _part(element, "e")
            return base + lowered(_part(element, "sub"), base)
        case "sSubSup" | "sPre":
            base = _part(element, "e")
            return base + lowered(_part(element, "sub"), base) + raised(_part(element, "sup"))
        case "nary":
            return _nary(element)
        case "rad":
            root, degree = whole(_part(element, "e")), _part(element, "deg")
            return f"{root}^(1/{degree})" if degree else f"√{root}"
        case "d":
            return _delimited(element)
    return joined([math(child) for child in element if isinstance(child.tag, str)])


def _part(element: Any, name: str) -> str:
    found = element.find(_M + name)
    return math(found) if found is not None else ""


def _value(element: Any, path: str, otherwise: str = "") -> str:
    found = element.find("/".join(_M + step for step in path.split("/")))
    return str(found.get(f"{_M}val", otherwise)) if found is not None else otherwise


def _nary(element: Any) -> str:
    """A sum or an integral, with its bounds."""
    sign, below, above = (
        _value(element, "naryPr/chr", "∫"), _part(element, "sub"), _part(element, "sup")
    )  # fmt: skip
    bounds = (f"_{whole(below)}" if below else "") + (f"^{whole(above)}" if above else "")
    return f"{sign}{bounds} {_part(element, 'e')}"


def _delimited(element: Any) -> str:
    begin, end = _value(element, "dPr/begChr", "("), _value(element, "dPr/endChr", ")")
    apart = _value(element, "dPr/sepChr", "|")
    return begin + apart.join(math(e) for e in element.findall(f"{_M}e")) + end
