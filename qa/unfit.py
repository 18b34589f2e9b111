"""Sentences that cannot answer a question, however like it they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.scripts import is_cjk
from index.terms import content, terms
from index.text import sentences
from qa.another import another_body, another_level, another_office
from qa.attributed import another_speaks, beside_the_point, points_back, speaker
from qa.counts import LINK
from qa.deeds import untold
from qa.kinds import another_year, names, supplies, tells_nothing
from qa.planned import only_planned
from qa.question import Question
from qa.roles import another_than
from qa.turns import label
from qa.wants import Wants

NEAR = 120  # characters before a sentence that may say what it is about
LABEL = 3  # words that may stand before a web address and tell nothing


@dataclass(frozen=True, slots=True)
class Around:
    """Where a sentence stands: what is stated above its passage, the text before the passage, the
    passage, the offset of the sentence in it, the terms of the sentence, whether it stands directly
    above an item of a list, whether as a line that introduces it, whom its document names with the
    title that a question has, and whether it is itself an item, a cell or a heading."""

    context: str
    earlier: str
    passage: str
    start: int
    words: Sequence[str]
    above_item: bool = False
    above_list: bool = False
    holder: str = ""
    listed: bool = False


def unfit(question: Question, text: str, covered: float, around: Around) -> bool:
    """Whether a sentence, which covers so much (0..1) of a question, is in a script that the
    question is not in and holds less than half of its words; gives another person's words or
    another year, level, office or body than it asks for, or words about something else; stands
    where a deed asked about is not told; only repeats it; lacks what no answer to it can lack;
    tells only a goal, where it asks what came of it; is a web address that nobody asked for; or
    names one thing at most where three are asked for."""
    if is_cjk(text) and not question.cjk and covered < 0.5:
        return True
    before = f"{around.earlier} {around.passage[: around.start]}"
    whole = f"{around.context}\n{around.passage}"
    return (
        _beside_the_point(question, text, before, around)
        or another_speaks(question.text, text, before)
        or another_than(around.holder, question.text, text, before)
        or another_year(question.text, text, whole)
        or another_level(question.text, text, around.context)
        or another_office(question.text, text)
        or another_body(question.text, text, whole)
        or untold(question.text, whole)
        or (tells_nothing(question.text, text, around.words) and not _leads(question, text, around))
        or (_only_counts(question.text, text) and not around.above_item)
        or (_one_thing(question.text, text) and not (around.above_item or around.listed))
        or not supplies(question, text)
        or only_planned(question, text)
        or _only_links(question.text, text)
    )


def _only_counts(question: str, text: str) -> bool:
    """Whether a question asks which departments did something, and a sentence says as much of "five
    departments" or "several departments" without a name or a list."""
    asked = _WHICH_ONES.match(question)
    counted = asked and re.search(
        rf"\b{_COUNT}\s+(?:[\w-]+\s+)??{re.escape(asked[1])}\b(?P<rest>.*)", text, _DOTTED
    )
    if not counted or (_LISTS.match(counted["rest"]) and not _ENDS.match(counted["rest"])):
        return False
    return not names(question, text)


def _one_thing(question: str, text: str) -> bool:
    """Whether a question asks which three there are, and nothing in a sentence parts one thing from
    another."""
    return _SOME.match(question) is not None and _PARTS.search(text) is None


_DOTTED = re.IGNORECASE | re.DOTALL
_COUNT = (
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|various|multiple|many"
    r"|some|a\s+number\s+of)"
)
_WHICH_ONES = re.compile(
    rf"\W*(?:what|which)\s+(?:{_COUNT}\s+)?(?!(?:is|was|has|does|its)\b)([a-z]+s)\s+"
    rf"(?:(?:(?:have|had|has|jointly)\s+)*\w+ed\b|(?:are|were)\s+the\s+{_COUNT}\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:[;.]|$)")
_SOME = re.compile(
    r"\W*(?:(?:in|at|on|from|to|of|for|by|with|under)\s+)?(?:what|which)\s+"
    r"(?:(?:are|were)\s+(?:the|its|their|these|those)\s+)?(?:(?:the|other)\s+)?"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1\d)\s+"
    r"(?!(?:thirds?|quarters?|fifths?|per|hundred|thousand|million|billion)\b)[a-z]"
    r"|.*哪[两二三四五六七八九十\d]{1,2}",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"[,;:&\t/|、，；：\u2013\u2014\u2022\n]|\b(?:and|or|both|nor|plus|with|as well)\b"
    r"|[和与與及跟或]|」「"
)
# What tells which they are: a list, or at once "of", "that", "with" ...
_LISTS = re.compile(
    r"\s+(?:of|in|from|for|at|by|on|that|which|who|whose|with|where|near)\b|.*[,:;(\u2013\u2014\t\n]"
)


def _only_links(question: str, text: str) -> bool:
    """Whether a sentence is a web address, with a label such as "Image source:" at most, and the
    question is not one that an address can answer."""
    rest, found = _LINK.subn(" ", text)
    if not found or len(_LETTERS.findall(rest)) > LABEL:
        return False
    return not _LINKED.search(question)


_LINK = re.compile(LINK, re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LINKED = re.compile(
    r"\b(?:url|(?:hyper)?links?|web\w*|sites?|pages?|online|address|sources?|references?"
    r"|(?:foot)?notes?|cite[ds]?|where|how|contact|find|download|apply|register|doi)\b"
    r"|网|網|链|連結|出处|出處|来源|來源|脚注|注释|哪|怎|如何",
    re.IGNORECASE,
)


def _beside_the_point(question: Question, text: str, before: str, around: Around) -> bool:
    """Whether words are about something else than what a person is asked for: in a transcript the
    turn and the question before it tell what, and before the turn comes to that, they are not."""
    turn = label(f"{before}{text}", len(before))
    replies = turn and before[: turn[0]].rstrip().endswith(("?", "\uff1f"))
    opens = turn[0] if turn and not replies else 0
    near = f"{before[opens:][-NEAR:]} {text}"
    if turn and beside_the_point(question.text, near):
        later = around.passage[around.start + len(text) :].partition("\n")[0]
        if not beside_the_point(question.text, later):
            return True
    return beside_the_point(question.text, near, _further(question, text, around))


def _leads(question: Question, text: str, around: Around) -> bool:
    """Whether a sentence leads to what is asked for: to the list below it, or by a pronoun to who
    is named before it."""
    if question.wants is Wants.PERSON:
        return points_back(text) and around.start > 0
    if question.wants is Wants.OTHER:
        return around.above_list and _asks_for(question.text, text, around.words)
    return question.wants is Wants.LIST and around.above_item


def _asks_for(question: str, line: str, words: Sequence[str]) -> bool:
    """Whether a question asks what, or for the things that a line of these terms names first:
    "Which birds" for those of "Birds that breed here", not of "Birds that do not"."""
    asked = _WHICH.match(question)
    things = content(terms(asked[1])) if asked else []
    if asked is None or things not in ([], content(list(words))[:1]):
        return False
    return bool(_DENIES.search(question)) is bool(_DENIES.search(line))


_WHICH = re.compile(r"\W*(?:(?:in|at|on|to|of|for|from|by) )?(?:what|which) (\w+)", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not?|never|none|cannot)\b|n['\u2019]t\b", re.IGNORECASE)


def _further(question: Question, text: str, around: Around) -> str:
    """Where a question asks for a person's words: the headings, the paragraph before a sentence as
    far as nobody else speaks in it, and the next sentence of the same paragraph."""
    if not speaker(question.text):
        return ""
    whole, end = around.passage, around.start + len(text)
    opens = max(0, whole.rfind("\n\n", 0, around.start))
    closes = whole.find("\n\n", end)
    found = [around.context]
    for a, b in reversed(sentences(whole, opens, around.start)):
        if another_speaks(question.text, whole[a:b], whole[opens:a]):
            break
        found.append(whole[a:b])
    for a, b in sentences(whole, end, closes if closes > 0 else len(whole))[:1]:
        if not another_speaks(question.text, whole[a:b]):
            found.append(whole[a:b])
    return "\n".join(found)
