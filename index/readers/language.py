"""Which language a text is in: by script, then by function words, then by py3langid."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from index.scripts import cjk_language, words

_CLEAR = {
    "en": words("the of and to in is was for that with as by on are from"),
    "de": words("der die das und ist nicht mit von den auf ein eine zu im"),
    "fr": words("le la les des et est une dans pour que qui du au sur"),
    "es": words("el la los las y en que una por con para del se su"),
}
# The model knows hundreds; rare ones win on short English texts.
_OFFERED = sorted(
    words(
        "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv "
        "mk ms nl no pl pt ro ru sk sl sq sr sv sw ta th tr uk ur vi zh "
    )
)
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """An ISO 639-1 code, or "" where the text is too short to tell."""
    sample = text[:2500]
    if cjk := cjk_language(sample):
        return cjk
    found = [w.lower() for w in _WORD.findall(sample)]
    counts = sorted(
        ((sum(w in known for w in found), lang) for lang, known in _CLEAR.items()), reverse=True
    )
    if counts[0][0] >= max(2, 0.08 * len(found)) and counts[0][0] >= 2.5 * counts[1][0]:
        return counts[0][1]
    return _classified(sample) if len(found) >= 3 else ""


def _classified(sample: str) -> str:
    code, _ = _identifier()(sample)
    return str(code)


@lru_cache(maxsize=1)
def _identifier() -> Callable[[str], tuple[str, float]]:
    """py3langid's classifier, restricted; restricting it takes as long as a hundred texts."""
    import py3langid

    py3langid.set_languages(_OFFERED)
    classify: Callable[[str], tuple[str, float]] = py3langid.classify
    return classify
