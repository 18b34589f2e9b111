"""Answers against gold strings, as the SQuAD and CMRC 2018 evaluation scripts compare them."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

from eval.metrics import f_measure

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_HAN = re.compile("[\u4e00-\u9fa5]")
_MARKS = re.compile(r"[^\w\s]|_")
_TOKEN = re.compile(r"\w+(?:[.,]\w+)*|[^\w\s]")
# As the script lists them: ASCII full stop and comma stay, a two-character ellipsis never matches.
_CMRC_DROPPED = frozenset(
    "-:_*^/\\~`+=\uff0c\u3002\uff1a\uff1f\uff01\u201c\u201d\uff1b\u2019\u300a\u300b\u00b7\u3001"
    "\u300c\u300d\uff08\uff09\uff0d\uff5e\u300e\u300f"
)


def squad_normalise(text: str) -> str:
    """Lower case, no ASCII punctuation, no articles, single spaces: evaluate-v1.1.py of SQuAD
    (Rajpurkar et al. 2016)."""
    kept = "".join(mark for mark in text.lower() if mark not in string.punctuation)
    return " ".join(_ARTICLES.sub(" ", kept).split())


def squad_exact(prediction: str, gold: Sequence[str]) -> float:
    """1.0 where the normalised prediction equals any normalised gold answer (SQuAD "EM")."""
    return float(squad_normalise(prediction) in {squad_normalise(one) for one in gold})


def squad_f1(prediction: str, gold: Sequence[str]) -> float:
    """Word-bag F1 of the normalised strings, the best over the gold answers (SQuAD "F1").

    As in SQuAD 2.0, where either side has no words, it is 1 if both have none and else 0.
    """
    found = squad_normalise(prediction).split()
    return max((_bag_f1(found, squad_normalise(one).split()) for one in gold), default=0.0)


def _bag_f1(found: Sequence[str], gold: Sequence[str]) -> float:
    if not found or not gold:
        return float(found == gold)
    shared = sum((Counter(found) & Counter(gold)).values())
    return f_measure(shared / len(found), shared / len(gold))


def cmrc_normalise(text: str) -> str:
    """Lower case, trimmed, without the marks that the CMRC 2018 script (Cui et al. 2019) drops."""
    return "".join(mark for mark in text.lower().strip() if mark not in _CMRC_DROPPED)


def cmrc_exact(prediction: str, gold: Sequence[str]) -> float:
    """1.0 where the normalised prediction equals any normalised gold answer (CMRC 2018 "EM")."""
    return float(cmrc_normalise(prediction) in {cmrc_normalise(one) for one in gold})


def cmrc_f1(prediction: str, gold: Sequence[str]) -> float:
    """F1 over the longest common run of tokens, the best over the gold answers (CMRC 2018 "F1").

    Unlike SQuAD's, the shared part is one contiguous run, not a bag. A token is a Chinese
    character or, between them, a word or a mark (the script takes NLTK's English words there;
    only contractions such as "isn't" come out differently).
    """
    found = cmrc_tokens(prediction)
    return max((_run_f1(found, cmrc_tokens(one)) for one in gold), default=0.0)


def cmrc_tokens(text: str) -> list[str]:
    """Chinese characters one by one, words between them; marks are dropped before, so that
    "2-4" is "24", as in the script."""
    return _TOKEN.findall(_HAN.sub(lambda found: f" {found.group()} ", cmrc_normalise(text)))


def _run_f1(found: Sequence[str], gold: Sequence[str]) -> float:
    run = longest_common_run(found, gold)
    if not run:
        return 0.0
    return f_measure(run / len(found), run / len(gold))


def longest_common_run(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest contiguous run that stands in both."""
    best, above = 0, [0] * (len(other) + 1)
    for left in one:
        row = [0]
        row += [above[i] + 1 if left == right else 0 for i, right in enumerate(other)]
        best, above = max(best, *row), row
    return best


def holds_words(text: str, gold: Sequence[str]) -> bool:
    """Whether the words of any gold answer stand in a row in ``text``: the "has answer" of open
    question answering (Chen et al. 2017, DrQA). Words as SQuAD normalises them, or parted by marks
    as DrQA's tokenizer does, so that "Ada's" and "boats—Ada" hold "Ada"."""
    ways = (squad_normalise, _parted)
    return any(
        (wanted := way(one)) and f" {wanted} " in f" {way(text)} " for way in ways for one in gold
    )


def _parted(text: str) -> str:
    return squad_normalise(_MARKS.sub(" ", text))


def holds_characters(text: str, gold: Sequence[str]) -> bool:
    """The same for text without word gaps: letters and digits only, lower case, in a row."""
    bare = letters(text)
    return any(one and one in bare for one in map(letters, gold))


def letters(text: str) -> str:
    """Letters and digits of a text, lower case, without anything between."""
    return "".join(mark for mark in text.lower() if mark.isalnum())
