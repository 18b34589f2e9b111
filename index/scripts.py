"""Scripts: which of them carries a text, and which language's punctuation rules fit it."""

from __future__ import annotations

import re

HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
KANA = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
LOWERED = str.maketrans(RAISED, "0123456789")
HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
_HAN, _KANA = re.compile(f"[{HAN}]"), re.compile(f"[{KANA}]")
_HANGUL = re.compile(f"[{HANGUL}]")
CJK = re.compile(f"[{HAN}{KANA}{HANGUL}]")
_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W\d_]+")


def words(listed: str) -> frozenset[str]:
    """A set of words from a line of them."""
    return frozenset(listed.split())


# Function words that no other language of the table shares; they only choose abbreviation lists.
_COMMON_WORDS: dict[str, frozenset[str]] = {
    "en": words("the of and to is was for that with are"),
    "de": words("der die das und ist nicht mit von den auf ein eine zu im"),
    "fr": words("le la les des et est une dans pour que qui du au"),
    "es": words("el los las y una por con para del se su"),
    "it": words("il gli di che è per non sono della nel"),
    "pt": words("o os uma não com do da em para"),
    "nl": words("het een van en niet zijn voor dat op"),
}
_SCRIPTS = (
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)


def is_cjk(text: str) -> bool:
    """True where Chinese, Japanese or Korean characters carry the text.

    One such character says about as much as two letters of an alphabet, and is weighed so.
    """
    cjk = len(CJK.findall(text))
    return cjk > 0 and 3 * cjk >= len(_LETTERS.findall(text))


def cjk_language(text: str) -> str:
    """ "zh", "ja" or "ko" by script where :func:`is_cjk` holds, else ""."""
    if not is_cjk(text):
        return ""
    han, kana, hangul = (len(p.findall(text)) for p in (_HAN, _KANA, _HANGUL))
    if hangul > han + kana:
        return "ko"
    return "ja" if 10 * kana > han + kana else "zh"


def language_hint(text: str) -> str:
    """The language whose punctuation rules fit best, "en" where nothing speaks for another."""
    sample = text[:1500]
    if cjk := cjk_language(sample):
        return cjk
    found = [w.lower() for w in _WORDS.findall(sample)]
    counts = {lang: sum(w in known for w in found) for lang, known in _COMMON_WORDS.items()}
    best = max(counts, key=lambda lang: counts[lang])
    if counts[best] > 1 + counts["en"]:
        return best
    letters = _LETTERS.findall(sample)
    return next(
        (lang for lang, pattern in _SCRIPTS if 2 * len(pattern.findall(sample)) > len(letters)),
        "en",
    )
