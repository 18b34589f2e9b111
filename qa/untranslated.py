"""What to do where question and documents are in different languages: a Chinese question is put
into English word by word, and nothing else is translated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.records import Document
from index.scripts import cjk_language

_NAMES = {"zh": "Chinese", "ja": "Japanese", "ko": "Korean"}


def remedy(
    question: str, nearest: Sequence[str], documents: Iterable[Document], asked_as: str = ""
) -> str:
    """A line for silence where the question is in Chinese, Japanese or Korean and none of the
    nearest passages is, or where there is none, no document; or where all passages are and the
    question is not. Else "". ``asked_as`` as in ``qa.answer.Answer``."""
    if asked_as:
        return f"It was asked word by word as “{asked_as}” Ask in English to be surer."
    asked = cjk_language(question)
    told = [cjk_language(text) for text in nearest]
    if not told and asked and not any(d.language == asked for d in documents):
        told = [""]
    if not told or any(bool(one) == bool(asked) for one in told):
        return ""
    if asked == "zh":
        return "Too few of its words are known in English: ask in the documents' language."
    if asked:
        return f"Nothing is translated: ask in the documents' language, not in {_NAMES[asked]}."
    return f"Nothing is translated: ask in {_NAMES[told[0]]}, as these are written."
