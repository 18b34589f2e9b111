"""Which figures are no sums of money: currencies are too many to list, what else is counted in most
sentences about money is not."""

from __future__ import annotations

import re

_SCALE = "(?:hundred|thousand|million|billion|trillion)"
_FIGURE = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty"
    rf"|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|third|quarter|several|{_SCALE})"
)
_COUNTED = (
    r"(?:people|persons|men|women|children|families|households|residents|inhabitants|citizens"
    r"|workers|employees|staff|jobs|posts|positions|trainees|apprentices|learners|students|pupils"
    r"|teachers|graduates|members|participants|applicants|visitors|seconds|minutes|hours|days"
    r"|weeks|months|years|decades|centuries|cities|towns|villages|counties|districts|provinces"
    r"|regions|countries|schools|companies|firms|enterprises|departments|projects|measures"
    r"|lives|met(?:re|er)s|kilomet(?:re|er)s|km|miles|hectares|acres|tons|tonnes|kilograms|kg|lit(?:re|er)s)"
)
# No word that parts the figure from what it counts ("9 euros a day", "10 for pupils").
_BETWEEN = (
    r"(?:(?:of|new|more|or|other)\s+|(?!(?:an?|per|for|to|and|or|each|every|in|on|at|from|by|of|with"
    r"|within|as|the|is|are|was|were|had|have|cents?|dollars?|euros?|pounds?|yuan)\b)[a-z][a-z-]*\s+){0,2}?"
)
_OTHER = re.compile(
    rf"\b{_FIGURE}(?:[\s-]+{_SCALE})?\s+{_BETWEEN}{_COUNTED}\b(?!['\u2019])", re.IGNORECASE
)


def sums(text: str) -> str:
    """A text without the figures that count people, time, places or measures."""
    return _OTHER.sub(" ", text)
