"""Which words of a question are names, years, figures, and what the question is about."""

from __future__ import annotations

import re

from index.terms import STOPWORDS, stem

ASKED = "who|whom|whose|what|which|when|where|why|how"
PREPOSITIONS = "in|on|at|by|of|for|from|to|during|since|until|before|after|under|with|about"
AUXILIARY = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must"
YEAR = re.compile(r"\b(?:1[5-9]|20|21)\d\d\b")
FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*%?(?![\w])")
_CAPITAL = r"[A-Z][\w&'’.-]*[\w&]|[A-Z]"
NAME = re.compile(
    rf"(?:{_CAPITAL})(?:\s+(?:of\s+(?:the\s+)?|de\s+|da\s+|von\s+|van\s+)?(?:{_CAPITAL}|\d+\b))*"
)
WHO_SAID = re.compile(
    r"(?:and |but |so )?(?:who (?:said|says|say|wrote|claims|claimed|stated|states)"
    r" (?:that|this|so|it)|says who|according to whom?)\W*"
    r"|(?:这|那|這)?(?:话|話)?(?:是)?(?:谁|誰)(?:这么|這麼|那么)?(?:说|說|讲|講)(?:的)?(?:呢)?\W*",
    re.IGNORECASE,
)
WHERE_SAID = re.compile(
    r"(?:and )?(?:where (?:does|did) (?:it|they|he|she) say (?:that|this|so)"
    r"|(?:which|what) (?:document|source|report|paper|article) (?:says|said) (?:that|this|so)"
    r"|where is (?:that|this) (?:said|from|written)|(?:the )?sources?)\W*"
    r"|(?:出处|出處|来源|來源)(?:是)?(?:什么|什麼|哪里|哪裡)?\W*",
    re.IGNORECASE,
)


def kind_of(phrase: str) -> str:
    """ "year", "figure", "name" or "other"; small letters may yet be a name typed in haste."""
    if YEAR.fullmatch(phrase):
        return "year"
    if FIGURE.fullmatch(phrase):
        return "figure"
    return "name" if phrase[:1].isupper() else "other"


def named(text: str) -> list[str]:
    """The names in a sentence; its first word counts only where another capital follows."""
    found = []
    for match in NAME.finditer(text):
        name = match.group()
        first, _, rest = name.partition(" ")
        if match.start() == 0 or text[: match.start()].rstrip()[-1:] in '.!?:“"':
            if stem(first.lower()) in STOPWORDS or first.lower() in _OPENERS:
                name = rest
            elif not rest and not first.isupper():
                name = ""
        if name.strip():
            found.append(name.strip())
    return found


_OPENERS = frozenset(
    [*ASKED.split("|"), *f"{AUXILIARY}|be|been".split("|"), "list", "name", "tell", "give"]
)
_CUT = re.compile(
    rf"\b(?:{ASKED}|{AUXILIARY}|be|been|{PREPOSITIONS}|and|or|but|that|than|as|not|there|it|they)\b"
    r"|[,;:?!()“”\"]",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"\b(?:the|a|an)\s+[\w'’-]+(?:\s+(?!(?:the|a|an)\b)[\w'’-]+){0,4}", re.IGNORECASE
)
_HELPED = re.compile(r"\b(?:do|does|did|can|could|will|would|should|may|might|must)\b", re.I)
_BEING = re.compile(r"\b(?:is|are|was|were|been|be|has|have|had)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\w+(?:ed|en|ing)|built|made|held|set|put|cut|paid|sold|won|led|found")


def topic(question: str) -> str:
    """What a question is about, in its own words: "the iron bridge"; empty where it is not plain.

    The last phrase with an article before any preposition; else the first name.
    """
    helped, being = _HELPED.search(question), _BEING.search(question)
    for piece in _pieces(question):
        found = list(_DETERMINED.finditer(piece))
        if not found:
            continue
        words = found[-1].group().split()
        verb_last = being and _PARTICIPLE.fullmatch(words[-1])
        if len(words) > 2 and (verb_last or (helped and len(found) == 1)):
            words.pop()
        words[0] = "the"
        return " ".join(words)
    names = named(question)
    return names[0] if names else ""


def _pieces(question: str) -> list[str]:
    return [piece.strip() for piece in _CUT.split(question) if piece and piece.strip()]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
