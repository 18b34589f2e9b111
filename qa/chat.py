"""Follow-up questions: made whole from the conversation, by rule and without a language model.

``standalone`` changes a question only where it plainly leans on the one before: a bare "why?", a
"and in Spain?", a pronoun that nothing before it in the question can explain. Everything else is
left as it was asked. What was understood is meant to be shown and edited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.terms import is_cjk
from qa.chat_chinese import chinese
from qa.chat_correcting import corrected, meant_question
from qa.chat_replacing import is_fragment, replaced
from qa.chat_words import (
    ASKED,
    AUXILIARY,
    NAME,
    WHERE_SAID,
    WHO_SAID,
    YEAR,
    capital,
    named,
    topic,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked, whole; the first sentence of its answer; and the document cited for it.
    The latter two are empty where there was no answer."""

    question: str
    sentence: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that stands alone. ``document`` is the id of the only document that can answer
    it, else empty; ``changed`` tells whether anything was read into it."""

    question: str
    document: str = ""
    changed: bool = False


def standalone(question: str, before: Turn | None) -> Understood:
    """``question`` as it is meant after ``before``, the turn it follows."""
    asked = " ".join(question.split())
    if before is None or not asked or not before.question.strip():
        return Understood(asked)
    if before.sentence and (WHO_SAID.fullmatch(asked) or WHERE_SAID.fullmatch(asked)):
        return _said(asked, before)
    same = is_cjk(asked) == is_cjk(before.question)
    meant = (chinese if is_cjk(asked) else _english)(asked, before) if same else ""
    return Understood(meant or asked, changed=bool(meant) and meant != asked)


def _said(asked: str, before: Turn) -> Understood:
    """A question about the words just cited; only their document can answer it."""
    words = before.sentence.strip().rstrip(".。")
    if is_cjk(asked):
        opening = "谁说" if WHO_SAID.fullmatch(asked) else "哪里说"
        return Understood(f"{opening}“{words}”？", before.document, True)
    opening = "Who said" if WHO_SAID.fullmatch(asked) else "Where is it said"
    return Understood(f"{opening}: “{words}”?", before.document, True)


def _english(asked: str, before: Turn) -> str:
    """The whole question, or nothing where ``asked`` stands alone."""
    previous = before.question.strip()
    if bare := _BARE.fullmatch(asked):
        return _asked_otherwise(bare["word"], previous)
    if mended := corrected(asked, previous):
        return mended
    if whole := capital(meant_question(asked)):
        return _english(whole, before) or whole
    marker = _MARKER.match(asked)
    rest = asked[marker.end() :] if marker else asked
    what = rest.rstrip("?!. ")
    if is_fragment(what, marked=bool(marker)):
        return replaced(what, previous)
    resolved = _resolved(capital(rest), before) if len(what.split()) > 1 else ""
    if resolved:
        return resolved
    about = topic(previous)
    longer = len(what.split()) > 1 and not _WEATHER.search(rest)
    if marker and longer and about and not named(capital(rest)) and not YEAR.search(rest):
        return f"About {about}: {rest[0].lower()}{rest[1:]}"
    return ""


# --- "why?" -------------------------------------------------------------------------------------

_WH = (
    r"(?:since |until |by )?(?:why|when|where|who|whom|how|how many|how much|how long|how old"
    r"|how far|how often|how high|what for|which year|what year|what date|which date)"
)
_BARE = re.compile(
    rf"(?:(?:and|but|so|ok|okay)[,\s]+)?(?P<word>{_WH})"
    r"(?: (?:exactly|so|then|(?:is|was) that))?\W*",
    re.IGNORECASE,
)
_OPENING = re.compile(
    rf"(?:(?:in|on|by|at|for|since)\s+)?(?P<wh>{ASKED})(?:\s+(?:many|much))?"
    rf"(?P<noun>(?:\s+(?!(?:{AUXILIARY})\b)[\w'’-]+){{0,4}}?)"
    rf"\s+(?P<helper>{AUXILIARY})\s+(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SUBJECT = re.compile(
    r"(?:who|what|which [\w-]+)\s+(?P<verb>\w+ed|built|made|wrote|said|gave|set|put|held|led|won"
    r"|found|sold|paid|drew|chose|cut)\s+(?P<object>(?:(?:the|a|an|its|their)\b|[A-Z])[^?]*)",
    re.IGNORECASE,
)
_PARTICIPLES = {"wrote": "written", "gave": "given", "drew": "drawn", "chose": "chosen"}
_ADVERBS = ("long", "old", "far", "often", "high", "tall", "big", "large")


def _asked_otherwise(word: str, previous: str) -> str:
    """The previous question with another question word."""
    body = previous.rstrip("?!. ")
    if body.lower().startswith(word.lower()):
        return ""
    made = ""
    if found := _SUBJECT.fullmatch(body):
        verb = found["verb"].lower()
        made = f"was {found['object'].strip()} {_PARTICIPLES.get(verb, verb)}"
    elif found := _OPENING.fullmatch(body):
        noun = "" if found["noun"].strip() in _ADVERBS else found["noun"]
        made = f"{found['helper']}{noun} {found['rest']}"
    if word.lower() in ("who", "whom"):
        word = "by whom" if re.match(r"(?:was|were|is|are) .*\w(?:ed|en)\b", made) else word
        made = made if word == "by whom" else ""
    word = capital(word.lower())
    return f"{word} {made}?" if made else f"{word}? {body}?"


# --- "and in Spain?" ----------------------------------------------------------------------------

_MARKER = re.compile(
    r"(?:(?:and|but|so|ok|okay)[,\s]+)?(?:(?:what|how) about|what of|also)\s+"
    r"|(?:and|but|so|ok|okay)[,\s]+",
    re.IGNORECASE,
)


# --- "who built it?" ----------------------------------------------------------------------------

_THING = re.compile(r"\b(it|its|they|them|their|these|those|this one|that one)\b", re.IGNORECASE)
_PERSON = re.compile(r"\b(he|him|his|she|her|hers)\b", re.IGNORECASE)
_DEGREE = r"(?:(?:also|really|actually|still|often|ever|always|very|so|too|that|get|getting)\s+)*"
_SKY = "hot|cold|warm|chilly|sunny|cloudy|windy|foggy|stormy|rainy|snowy|humid|dark"
_WEATHER = re.compile(
    rf"\bit\s+(?:(?:going\s+to|be|been)\s+)*{_DEGREE}"
    rf"(?:(?:rain|snow|drizzl|thunder)(?:s|ed|e|ing)?|hailing|freezing|{_SKY})\b"
    rf"|\b(?:{_SKY})\s+(?:{AUXILIARY})\s+it\b",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    rf"\bit\s+{_DEGREE}(?:take|true|possible|likely|necessary|important|legal|safe|be|is|was)\b"
    r"|\b(?:is|was) it (?:\w+ly )?(?:im|un|il)?(?:possible|likely|legal|known|clear|certain|right"
    r"|wrong|fair|common|normal|usual|hard|difficult|easy|worth|allowed|permitted|forbidden)"
    r"\s+(?:that|to|for|how|why|what|who|when|where|whether|if|\w+ing)\b"
    r"|\b(?:these|those) \w|\bit (?:say|says|said|mean|mentioned?)\b",
    re.IGNORECASE,
)
_THERE = re.compile(r"\bthere\b(?=\W*$)|\bthen\b(?=\W*$)|\bthat year\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:the|a|an)\s+\w", re.IGNORECASE)


def _resolved(asked: str, before: Turn) -> str:
    made = asked
    if (person := _PERSON.search(made)) and not _explained(made, person):
        names = [n for n in named(before.sentence) if " " in n] or named(before.question)
        made = _put(made, person, names[0]) if names else made
    elif (thing := _THING.search(made)) and not _explained(made, thing):
        empty = _EMPTY_IT.search(made) or _WEATHER.search(made)
        about = "" if empty else topic(before.question)
        made = _put(made, thing, about) if about else made
    if where := _THERE.search(made):
        like = NAME if where.group().lower() == "there" else YEAR
        found = [m for m in like.finditer(before.question) if m.start()]
        made = (
            f"{made[: where.start()]}in {found[-1].group()}{made[where.end() :]}" if found else made
        )
    return made if made != asked else ""


def _explained(question: str, pronoun: re.Match[str]) -> bool:
    """Whether something earlier in the question itself can be what the pronoun means."""
    ahead = question[: pronoun.start()]
    return bool(_OWN.search(ahead) or named(ahead))


def _put(question: str, pronoun: re.Match[str], what: str) -> str:
    owner = pronoun.group().lower() in ("its", "their", "his", "hers")
    if pronoun.group().lower() == "her":
        owner = bool(re.match(r"\s+\w", question[pronoun.end() :]))
    ending = ("’" if what.endswith("s") else "’s") if owner else ""
    made = f"{question[: pronoun.start()]}{what}{ending}{question[pronoun.end() :]}"
    return capital(made)
