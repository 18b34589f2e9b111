"""Who has the office by which a question calls somebody: "What did the mayor say ...?"."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.attributed import STATING, another_speaks
from qa.quotes.names import same
from qa.quotes.reporting import SAYING, TITLE
from qa.turns import PERSON

_OTHER_TITLE = re.compile(
    "(?:Coach|Editor|Engineer|Founder|Headteacher|Lawyer|Manager|Owner|Principal|Referee"
    "|Researcher|Scientist|Treasurer)$"
)
_CALLED = re.compile(
    rf"\b(?:(?:did|does|do|has|had|would)\s+the\s+(?P<subject>[A-Za-z]+(?:\s[A-Za-z]+)?)\s+{STATING}\b"
    r"|[Aa]ccording\s+to\s+the\s+(?P<source>[A-Za-z]+(?:\s[A-Za-z]+)?)(?=\s*[,?]|\s*$))"
)
_NOT_IN_IT = r"(?<![\w-])(?<!deputy\s)(?<!vice\s)(?<!former\s)"
_NAME = rf"(?-i:{PERSON}|[A-Z][a-z'\u2019-]+)\b"


@lru_cache(maxsize=64)
def role(question: str) -> str:
    """The title by which a question calls the one whose words it asks for, "" where there is none
    or a name beside it."""
    found = _CALLED.search(question)
    called = next(filter(None, found.groups())) if found else ""
    last = called.rpartition(" ")[2].capitalize()
    return called if TITLE.match(last) or _OTHER_TITLE.match(last) else ""


def holder(question: str, document: str) -> str:
    """Whom a document names with that title, which stays before the name; "" where it names nobody
    or several."""
    if not (called := role(question)):
        return ""
    title = _NOT_IN_IT + re.escape(called).replace("\\ ", r"\s+")
    named = rf"{title}\s({_NAME})|({_NAME}),\s(?:the\s)?{title}\sof\b"
    found = {
        re.sub("['\u2019]s?$", "", m[1] or m[2])
        for m in re.finditer(named, document, re.IGNORECASE)
    }
    full = max(found, key=len, default="")
    return f"{called.title()} {full}" if full and all(same(full, one) for one in found) else ""


def another_than(holder: str, question: str, text: str, before: str = "") -> bool:
    """Whether a sentence gives the words of another than the holder of the title in a question: of
    somebody named, and not of "the mayor"."""
    called = re.escape(role(question))
    ahead = rf"\bthe\s+{called}\s+(?:\w+\s+)?{STATING}\b"
    behind = rf"[,.?!][\"\u201d]\s+(?:{SAYING})\s+the\s+{called}\b"
    if not holder or re.search(f"{ahead}|{behind}", text, re.IGNORECASE):
        return False
    return another_speaks(f"What did {holder} say?", text, before)
