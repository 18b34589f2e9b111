"""Words that turn the meaning of what stands beside them: negations, conditions, reservations."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|nothing|nobody|nowhere|without|cannot|hardly|barely|"
    r"scarcely|den(?:y|ies|ied)|refus(?:e|es|ed)|fail(?:s|ed)? to|\w+n['’]t)\b"
    r"|(?:并非|并不|绝不|决不|从未|尚未|没有|不再|否认|拒绝)"
    r"|不(?![断仅但同论]|过去)|(?<![并从尚])未(?!来)|没(?!收)|[无無](?![论論数數])"
    r"|非(?!常|洲|遗|物质)|[别別](?=再|去|把|说)|勿",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|until|provided|except|only|supposing|otherwise|in case|as long as)\b"
    r"|如果|假如|倘若|除非|只有|只要|一旦|若(?!干)|否则|除了",
    re.IGNORECASE,
)
_RESERVATION = re.compile(
    r"\b(?:but|however|although|though|despite|yet|nevertheless|rather than|instead|"
    r"allegedly|might|could|perhaps|possibly|maybe)\b"
    r"|但是?|然而|尽管|虽然|不过|可能|也许|或许|据称",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_KINDS = (
    ("a negation", _NEGATION),
    ("a condition", _CONDITION),
    ("a reservation", _RESERVATION),
)


def turning(text: str) -> Iterator[tuple[str, str]]:
    """(kind, word) of what in a text turns a meaning, the first of each kind."""
    for kind, pattern in _KINDS:
        if m := pattern.search(text):
            yield kind, m.group()


def left_out(text: str) -> list[str]:
    """A warning for each kind of turning word in text that a quotation leaves out."""
    return [f"What is left out holds {kind}: “{word}”." for kind, word in turning(text)]


def inserted(text: str, instead: str) -> list[str]:
    """A warning for each kind of turning word that the editor put in, and for figures that the
    editor changed."""
    found = [f"The inserted words hold {kind}: “{word}”." for kind, word in turning(text)]
    if text and set(_FIGURES.findall(text)) != set(_FIGURES.findall(instead)):
        found.append("The inserted words give other figures than the source.")
    return found


def before(text: str) -> list[str]:
    """A warning where the words right before a quotation negate it or make it conditional."""
    near = " ".join(text.split()[-4:]) if " " in text.strip() else text.strip()[-6:]
    near = re.split(r"[.!?;:。！？；：]\s*|[,，]\s+", near)[-1]
    found = [(kind, word) for kind, word in turning(near) if kind != "a reservation"]
    return [f"Right before it the source has {kind}: “{word}”." for kind, word in found]


def after(text: str) -> list[str]:
    """A warning where the sentence goes on with a condition or a reservation."""
    found = [(kind, word) for kind, word in turning(text) if kind != "a negation"]
    return [f"The source's sentence goes on with {kind}: “{word}”." for kind, word in found]
