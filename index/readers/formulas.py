"""MathML on one line of text, without a change of value: 10 to the 6th is never 106."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

SUPERSCRIPT = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_UNSEEN = frozenset(["annotation", "annotation-xml", "mphantom", "none", "mprescripts"])


def formula(element: HtmlElement) -> str:
    """The formula as it is read: powers raised or behind ``^``, fractions with a slash."""
    inner = [formula(c) for c in element if isinstance(c.tag, str) and c.tag not in _UNSEEN]
    if element.tag == "mfrac" and len(inner) == 2:
        return f"{whole(inner[0])}/{whole(inner[1])}"
    if element.tag in ("msup", "mover") and len(inner) == 2:
        return inner[0] + raised(inner[1])
    if element.tag in ("msub", "munder") and len(inner) == 2:
        return inner[0] + lowered(inner[1], inner[0])
    if element.tag in ("msubsup", "munderover") and len(inner) == 3:
        return inner[0] + lowered(inner[1], inner[0]) + raised(inner[2])
    if element.tag == "mroot" and len(inner) == 2:
        return f"{whole(inner[0])}^(1/{inner[1]})"
    text = joined(["".join((element.text or "").split()), *inner])
    return f"√{whole(text)}" if element.tag == "msqrt" else text


def joined(parts: list[str]) -> str:
    """The parts in one, with a space where two numbers would run into one."""
    text = ""
    for part in parts:
        text += " " * (text[-1:].isdigit() and part[:1].isdigit()) + part
    return text


def raised(power: str) -> str:
    if not any(c.isalnum() for c in power):  # a prime, a bar, a percent sign
        return power
    raised = power.translate(SUPERSCRIPT)
    return f"^{whole(power)}" if any(a == b for a, b in zip(power, raised, strict=True)) else raised


def lowered(index: str, base: str) -> str:
    plain = index.isalnum() and not base[-1:].isdigit()
    return index if plain else f"_{whole(index)}"


def whole(part: str) -> str:
    one = len(part) == 1 or re.fullmatch(r"\d[\d.,]*", part)
    return part if one else f"({part})"
