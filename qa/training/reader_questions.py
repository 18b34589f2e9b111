"""Questions changed so that a sentence which answered them no longer does.

The change is one word or name exchanged for another of its kind, so that question and sentence
still share nearly everything: what is left to tell them apart is what was asked.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.terms import STOPWORDS, stem, terms

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<=[^\W\d_A-Z.?!][ ,])\s?[A-Z][\w’-]+(?: [A-Z][\w’-]+)*")


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MONTHS = _split(
    "January February March April May June July August September October November December"
)
_PEOPLES = _split(
    "American British French German Italian Spanish Russian Chinese Japanese Indian Canadian"
    " Australian Brazilian Mexican Turkish Greek Polish Dutch Swedish Irish Scottish African"
    " European Asian Korean Egyptian Roman Persian Portuguese Norwegian Danish Swiss Austrian"
)
_ROLES = _split(
    "president minister king queen mayor governor director manager coach captain singer actor"
    " author writer composer teacher doctor professor engineer scientist mother father brother"
    " sister son daughter wife husband chairman founder editor producer bishop general judge"
)
_PLACES = _split(
    "city town country state province river mountain island school university company church"
    " hospital museum airport station bridge castle village county district street"
)
_KINDS = (_MONTHS, _PEOPLES, _ROLES, _PLACES)
_OPPOSITES = _split("""
increase/decrease increased/decreased rise/fall rose/fell first/last before/after import/export
imports/exports imported/exported men/women man/woman male/female boys/girls urban/rural
north/south east/west northern/southern eastern/western largest/smallest highest/lowest
longest/shortest oldest/youngest most/least more/fewer higher/lower larger/smaller older/younger
early/late earliest/latest earlier/later won/lost win/lose began/ended begin/end start/finish
started/stopped open/close opened/closed buy/sell bought/sold join/leave joined/left
support/oppose supported/opposed allowed/forbidden legal/illegal public/private domestic/foreign
national/local rich/poor old/new good/bad strong/weak hot/cold summer/winter spring/autumn
morning/evening day/night left/right inside/outside above/below minimum/maximum best/worst
advantages/disadvantages benefits/costs causes/effects cause/prevent caused/prevented
accepted/rejected accept/reject children/adults students/teachers husband/wife brother/sister
father/mother son/daughter king/queen parents/children employer/employee buyer/seller past/future
success/failure supply/demand income/spending profits/losses entered/left arrived/departed
birth/death born/died full/empty heavy/light positive/negative primary/secondary
""")
_OPPOSITE = {a: b for pair in _OPPOSITES for x, y in [pair.split("/")] for a, b in ((x, y), (y, x))}
_HOLDS = {
    "when": re.compile(
        r"\d{3,4}|\d(?:st|nd|rd|th)|century|year|day|week|month|today|" + "|".join(_MONTHS), re.I
    ),
    "where": re.compile(r"\b(?:in|at|near|from|to|of|on|into|through|across)\s+(?:the\s+)?[A-Z]"),
    "why": re.compile(r"\b(?:because|since|due|owing|so|therefore|reason|cause|for|to)\b", re.I),
    "how many": re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|hundred)"),
}


@dataclass(frozen=True, slots=True)
class Donors:
    """What other questions ask about: names, figures, and words by their ending."""

    names: Sequence[str]
    figures: Sequence[str]
    words: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Setting:
    """A question, the sentence that answers it, and the passage that the sentence stands in."""

    question: str
    sentence: str
    passage: str


@dataclass(frozen=True, slots=True)
class Changed:
    """``kind`` names the change; ``new`` is what was put in ("" where nothing can be named)."""

    question: str
    kind: str
    new: str


def donors(questions: Iterable[str]) -> Donors:
    """What can be drawn on for exchanges, from a set of questions."""
    names: list[str] = []
    figures: list[str] = []
    words: dict[str, list[str]] = defaultdict(list)
    for question in questions:
        names += [m.strip(" ,") for m in _NAME.findall(question)]
        figures += _FIGURE.findall(question)
        for word in _telling(question):
            words[_ending(word)].append(word)
    return Donors(names, figures, words)


def change(setting: Setting, pool: Donors, draw: random.Random) -> Changed | None:
    """One change that leaves ``setting.sentence`` without the answer, or None if none was found."""
    ways = list(_WAYS)
    while ways:
        kind, way, _ = way_drawn = draw.choices(ways, [w for *_, w in ways])[0]
        ways.remove(way_drawn)
        made = way(setting, pool, draw)
        if made is not None:
            return Changed(made[0], kind, made[1])
    return None


def as_typed(draw: random.Random) -> Callable[[str], str]:
    """How a user would type: a way of writing to use for a question and its changed versions."""
    lower, bare, short = draw.random() < 0.5, draw.random() < 0.5, draw.random() < 0.08

    def write(text: str) -> str:
        text = " ".join(text.split())
        if short:
            kept = [w for w in text.split() if stem(w.strip("?,.").lower()) not in STOPWORDS]
            text = " ".join(kept) if len(kept) > 1 else text
        text = text.rstrip(" ?？") if bare else text
        return text.lower() if lower else text

    return write


Made = tuple[str, str]


def _figure(setting: Setting, pool: Donors, draw: random.Random) -> Made | None:
    found = _FIGURE.findall(setting.question)
    if not found:
        return None
    old = draw.choice(found)
    others = [f for f in _FIGURE.findall(setting.passage) if len(f) == len(old)]
    if old.isdigit():
        near = int(old) + draw.choice([-30, -20, -10, -5, -4, -3, -2, -1, 1, 2, 3, 5, 10, 20])
        others.append(str(max(near, int(old) % 7 + 1)))
    alike = [
        f for f in draw.sample(pool.figures, min(200, len(pool.figures))) if len(f) == len(old)
    ]
    return _exchange(setting, old, [*others, *alike[:1]], draw)


def _name(setting: Setting, pool: Donors, draw: random.Random) -> Made | None:
    mine = _names_asked(setting)
    if not mine:
        return None
    old = draw.choice(mine)
    there = [n.strip(" ,") for n in _NAME.findall(setting.passage)]
    length = len(old.split())
    there = [n for n in there if abs(len(n.split()) - length) < 2]
    if there and draw.random() < 0.6:
        made = _exchange(setting, old, there, draw)
        if made:
            return made
    alike = [
        n for n in draw.sample(pool.names, min(60, len(pool.names))) if len(n.split()) == length
    ]
    return _exchange(setting, old, alike[:3], draw)


def _names_asked(setting: Setting) -> list[str]:
    """Names in the question; in one of small letters, words with capitals in the passage."""
    found = [m.strip(" ,") for m in _NAME.findall(setting.question)]
    if not found:
        there = {w.lower() for n in _NAME.findall(setting.passage) for w in n.split()}
        found = [
            w
            for w in _WORD.findall(setting.question)
            if w.lower() in there and len(w) > 3 and not _stop(w)
        ]
    return found


def _listed(setting: Setting, pool: Donors, draw: random.Random) -> Made | None:
    for kind in draw.sample(_KINDS, len(_KINDS)):
        known = {w.lower() for w in kind}
        mine = [w for w in _WORD.findall(setting.question) if w.lower() in known]
        if mine:
            return _exchange(setting, draw.choice(mine), kind, draw)
    return None


def _opposite(setting: Setting, pool: Donors, draw: random.Random) -> Made | None:
    mine = [w for w in _WORD.findall(setting.question) if w.lower() in _OPPOSITE]
    if not mine:
        return None
    old = draw.choice(mine)
    return _exchange(setting, old, [_OPPOSITE[old.lower()]], draw)


def _word(setting: Setting, pool: Donors, draw: random.Random) -> Made | None:
    mine = _telling(setting.question)
    if len(mine) < 2:
        return None
    old = draw.choice(mine)
    there = [w for w in _telling(setting.passage) if _ending(w) == _ending(old) and len(w) > 3]
    alike = pool.words.get(_ending(old), ())
    options = [
        *draw.sample(there, min(2, len(there))),
        *(draw.choice(alike) for _ in range(3) if alike),
    ]
    return _exchange(setting, old, options, draw)


_AUXILIARY = re.compile(r"\b(is|are|was|were|did|does|do|has|have|can|could|will|would|should)\b")
_NOT = re.compile(r"\b(?:not|never)\s|n't\b")


def _negation(setting: Setting, pool: Donors, draw: random.Random) -> Made | None:
    question = setting.question
    if _NOT.search(question):
        return _NOT.sub("", question, count=1), ""
    if _NOT.search(setting.sentence) or not _AUXILIARY.search(question):
        return None
    made = re.sub(_AUXILIARY.pattern + r"(\s+(?:the\s+)?[\w'’-]+)", r"\1\2 not", question, count=1)
    return (made, "") if made != question else None


def _asking(setting: Setting, pool: Donors, draw: random.Random) -> Made | None:
    found = re.match(
        r"(when|where|why)\b|how (?=(?:is|are|was|were|did|does|do)\b)", setting.question, re.I
    )
    if not found:
        return None
    old = found.group().strip()
    others = [
        w
        for w in ("when", "where", "why")
        if w != old.lower() and not _HOLDS[w].search(setting.sentence)
    ]
    if not others:
        return None
    new = draw.choice(others)
    return _cased(new, old) + setting.question[len(old) :], ""


_WAYS: tuple[tuple[str, Callable[[Setting, Donors, random.Random], Made | None], float], ...] = (
    ("figure", _figure, 8.0),
    ("name", _name, 4.0),
    ("listed", _listed, 4.0),
    ("opposite", _opposite, 4.0),
    ("word", _word, 3.0),
    ("negation", _negation, 0.25),
    ("asking", _asking, 1.5),
)


def _exchange(
    setting: Setting, old: str, options: Sequence[str], draw: random.Random
) -> Made | None:
    """``old`` for one of ``options`` that neither the question nor the sentence speaks of."""
    spoken = {*terms(setting.question), *terms(setting.sentence)}
    usable = [o for o in options if (t := terms(o)) and not set(t) & spoken]
    if not usable:
        return None
    new = draw.choice(usable)
    pattern = rf"(?<!\w){re.escape(old)}(?!\w)"
    made = re.sub(pattern, lambda m: _cased(new, m.group()), setting.question, count=1)
    return (made, new) if made != setting.question else None


def _cased(new: str, old: str) -> str:
    if old.islower():
        return new.lower()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def _telling(text: str) -> list[str]:
    return [w for w in _WORD.findall(text) if w.islower() and len(w) > 2 and not _stop(w)]


def _stop(word: str) -> bool:
    return stem(word.lower()) in STOPWORDS


def _ending(word: str) -> str:
    for ending in ("ing", "ed", "ion", "ly", "est", "er", "al", "s"):
        if word.endswith(ending):
            return ending
    return ""
