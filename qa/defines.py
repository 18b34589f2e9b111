"""What a thing is: the sentence that says so opens with its name."""

from __future__ import annotations

import re
from functools import lru_cache

_WHAT = "(?:什[么麼]|啥)"
_WHO = "[谁誰]"
# "什么是标准杆", "标准杆是什么", "标准杆的定义"; "标准杆的作用是什么" asks for something of it.
_ASKED = re.compile(
    rf"(?:{_WHAT}是|何[谓謂]|{_WHO}是)(?P<named>[^，,；;。]+)"
    rf"|(?P<first>[^，,；;。的]+?)是?(?:指的?是?)?(?<=[是指]){_WHAT}(?:意思|东西|東西|人|样的人|樣的人)?"
    rf"|(?P<person>[^，,；;。的]+?)是(?:{_WHO}|何[许許]?人|做{_WHAT}的)"
    rf"|(?P<of>[^，,；;。什谁誰哪何]+?)的(?:定[义義]|含[义義]|概念|[职職][业業]|身份)(?:是(?:{_WHAT}|{_WHO}))?"
)
_MARKS = "\"'“”‘’「」『』《》〈〉[]【】 \t"
_SAYS = re.compile(
    r"\s*(?:[（(]|[，,](?!但|而|因|所|则|則|就|并|並)|[，,、]?\s*(?:又|亦|也|或|[简簡]|俗|通常|一般|全|原|本)?"
    r"(?:是|指|[为為]|[系係乃即]|[称稱]|名|叫))"
)


def term_of(question: str) -> str:
    """The thing that a Chinese question asks to be defined, or the person it asks about; "" for
    another question."""
    asked = _ASKED.fullmatch(question.strip().rstrip("?？。 "))
    found = next((g for g in asked.groups() if g), "") if asked else ""
    return found.strip(_MARKS).casefold()


@lru_cache(maxsize=4096)
def opens_with(term: str, sentence: str) -> bool:
    """Whether a sentence opens with the term and what it is: "标准杆，是", "标准杆（球）"."""
    told = sentence.casefold().lstrip(_MARKS)
    if not term or not told.startswith(term):
        return False
    return _SAYS.match(told[len(term) :].lstrip("\"'”’」』》〉]】 ")) is not None
