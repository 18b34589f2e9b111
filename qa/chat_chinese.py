"""Follow-up questions in Chinese. Pure."""

from __future__ import annotations

import re
from typing import Protocol

from qa.chat_chinese_times import is_time, timed


class Asked(Protocol):
    """The turn before: its question is all that counts here."""

    @property
    def question(self) -> str: ...


_HAN = "\u4e00-\u9fff"
_ENDS = "？?。.！! "
_FRAGMENT = re.compile(
    r"(?:那么|那麼|那|而|还有|還有|以及)?[，,\s]*(?:在)?(?P<what>[^，,？?]{1,12}?)(?:呢|怎么样|怎麼樣|如何)[？?。\s]*"
)
_BARE = re.compile(
    r"(?:那|那么|那麼|又)?(?:是)?(?:在)?(?P<word>为什么|為什麼|为何|什么时候|什麼時候|何时|何時|哪里|哪裡|谁|誰|多少|哪一年)(?:呢)?[？?。\s]*"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?%?|第[一二三四五六七八九十百0-9]+[条條章节節]?")
_PLACE = re.compile(rf"[{_HAN}]{{1,5}}?(?:特别行政区|自治区|省|市|县|縣|区|區|州|国|國)")
_OWNER = re.compile(rf"^(?:在)?(?P<who>[{_HAN}A-Za-z]{{2,8}}?)(?=的|有|计划|計劃|是|在|共|于|於)")
_ASKED = re.compile(
    r"为什么|為什麼|为何|什么时候|什麼時候|何时|何時|哪一年|哪里|哪裡|多少|谁|誰|什么|什麼|哪些|几"
)
_PRONOUN = re.compile(r"(?<![其])(?:它们|它|他们|她们|他|她|该)(?![人山])")
_REASONS = ("为什么", "為什麼", "为何")


def chinese(asked: str, before: Asked) -> str:
    """The whole question, or nothing where ``asked`` stands alone."""
    previous = before.question.strip().rstrip(_ENDS)
    if bare := _BARE.fullmatch(asked):
        return _asked_otherwise(bare["word"], previous)
    if fragment := _FRAGMENT.fullmatch(asked):
        return _asked(_replaced(fragment["what"].strip(), previous))
    pronoun, owner = _PRONOUN.search(asked), _OWNER.match(previous)
    if pronoun and owner and not _ASKED.search(owner["who"]) and pronoun.start() <= 6:
        return asked[: pronoun.start()] + owner["who"] + asked[pronoun.end() :]
    return ""


def _asked(question: str) -> str:
    return f"{question}？" if question else ""


def _asked_otherwise(word: str, previous: str) -> str:
    found = _ASKED.search(previous)
    if word in _REASONS or not found:
        return f"{word}？{previous}？"
    return f"{previous[: found.start()]}{word}{previous[found.end() :]}？"


def _replaced(what: str, previous: str) -> str:
    """The previous question with ``what`` in place of its like; nothing where none is plain."""
    if is_time(what):
        return timed(what, previous)
    for like in (_FIGURE, _PLACE):
        if like.fullmatch(what) and (found := like.search(previous)):
            return previous[: found.start()] + what + previous[found.end() :]
    for found in filter(None, (_PLACE.match(previous), _OWNER.match(previous))):
        who = found.groupdict().get("who") or found.group()
        if not _ASKED.search(who):
            at = previous.index(who)
            return previous[:at] + what + previous[at + len(who) :]
    return f"{what}，{previous}"
