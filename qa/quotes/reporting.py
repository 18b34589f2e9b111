"""Words of reporting in English, and who stands beside them."""

from __future__ import annotations

import re

from index.scripts import words

# With these, what follows or precedes is what somebody said.
SAYING = (
    r"said|says|told|tells|noted|notes|stated|states|added|adds|stressed|stresses|"
    r"emphasi[sz]ed|emphasi[sz]es|explained|explains|argued|argues|claimed|claims|announced|"
    r"announces|warned|warns|insisted|insists|pointed out|points out|declared|declares|"
    r"remarked|remarks|observed|observes|wrote|writes|tweeted|replied|replies|responded|responds|"
    r"acknowledged|acknowledges|admitted|admits|conceded|concedes|confirmed|confirms|testified|"
    r"testifies|recalled|recalls|concluded|concludes|commented|comments|asked|asks|continued|"
    r"continues|reiterated|reiterates|revealed|reveals|disclosed|discloses|quipped|asserted|"
    r"asserts|maintained|maintains|reported|reports|believes|believed|predicted|predicts|"
    r"pledged|pledges|vowed|vows|promised|promises|urged|urges|introduced|suggested|suggests|"
    r"proposed|proposes|hoped|hopes|estimated|estimates|contended|contends|cautioned|cautions|"
    r"read|reads|explicitly states"
)
# Of these alone an indirect sentence without "that" is speech for certain.
PLAIN = r"said|says"
_ADVERBS = re.compile(
    r"(?:\s+(?:also|then|later|further|again|however|once|has|have|had|on [A-Z]\w+day|this week|"
    r"last week|today|yesterday|[a-z]+ly))+$"
)
PRONOUN = re.compile(r"(?:he|she|they|it|i|we|who|you|this|that|these|those|others?)$", re.I)
_NOT_A_NAME = re.compile(
    rf"\b(?:that|which|who|whom|is|are|was|were|be|been|will|would|can|could|should|may|must|do|does|did|"
    rf"if|when|while|because|although|but|so|{SAYING})\b|[\"“”:;!?]"
)
_NOT_SAID = re.compile(
    r"\b(?:not|never|neither|nor|nobody|none|if|unless|whether|hardly|\w+n['’]t)\b"
    r"|^(?:when|while|what|after|before|because|although|though|once|since|no one|few|who|how)\b",
    re.IGNORECASE,
)
_SETTING = (
    "On|In|At|During|After|Before|For|With|Since|Under|By|From|Despite|About|Speaking|Writing|"
    "Asked|Citing|Amid|Following|Like|Unlike|To|Of"
)
_FULL = (
    r"[A-Z][\w'’.\ue000-]*(?:\s(?:[A-Z][\w'’.\ue000-]*|de|van|von|der|den|da|bin|al|la|le)){0,4}"
)
ORGANISATION = re.compile(
    r"\b(?:Department|Ministry|Bank|University|Court|Office|Bureau|Agency|Council|Committee|Board|"
    r"Institute|Association|Union|Unions|Federation|Party|Church|House|Chamber|Cent(?:er|re)|School|"
    r"College|Congress|Parliament|Government|Commission|Organi[sz]ation|Society|League|Alliance|"
    r"Republic|Army|Corps|Academy|Authority|Foundation|Trust|Times|Post|News|Fund|Group|States|"
    r"Nations|Kingdom|Secretary|Minister|Conference|Confederation|Chambers|Museum|Hospital)\b"
)
TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sir|Dame|Lord|Lady|Professor|President|Premier|Minister|Secretary|"
    r"Senator|Sens?|Reps?|Representative|Congressman|Congresswoman|Governor|Gov|Mayor|Chairman|"
    r"Chairwoman|Chair|Chancellor|Director|Deputy|General|Leader|Speaker|Judge|Justice|King|Queen|"
    r"Prince|Princess|Pope|Ambassador|Commissioner|Spokesman|Spokeswoman|Spokesperson|Captain|"
    r"Colonel|Sergeant|Major|Lieutenant|Commander|Sheriff|Detective|Bishop|Archbishop|Cardinal|Imam|"
    r"Rabbi|Councillor|Councilman|Councilwoman|Assemblyman|Assemblywoman|Baroness|Baron|Chief|CEO|Officer|Analyst|Economist|Attorney|MP|MEP)[.\ue000]?$"
)
JOINING = words("of the and for de da van von der den bin al la le in on at du di &")
_LEAD = re.compile(
    r"^(?:(?:As|And|But|So|Yet|However|Moreover|Meanwhile|Also|Still|Later|Earlier|Then|Again|"
    r"Instead|Indeed|Finally|Today|Yesterday)\b,?\s*)+",
)
_DESCRIBED = re.compile(
    r"(?:an?|the|one|another|some|several|two|its|his|her|their)\s", re.IGNORECASE
)
_FIGURES = re.compile(
    r"^(?:the\s)?(?:latest\s|new\s|official\s)*(?:information|data|figures|statistics|numbers|estimates)\s"
    r"(?:\w+ed\s)?(?:from|by|of)\s",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:the|an?|its|his|her|their|this|one|some)", re.IGNORECASE)
_FROM = words("of for from at in on")
_LONGEST = 12  # words


def name(subject: str) -> str:
    """The speaker in the subject of a reporting verb, "" where it names nobody for certain.

    A name stands without its titles ("Health Minister Anna Berg" is "Anna Berg"); who is not named
    stays as described ("a police spokesman").
    """
    text = re.sub(r"\s*\([^()]*\)", "", " ".join(subject.split()))
    text = _LEAD.sub("", text.strip(" ,—–-("))
    text = _without_apposition(text, subject.rstrip().endswith((",", "—", "–")))
    text = _ADVERBS.sub("", text)
    if not text or len(text.split()) > _LONGEST or _NOT_A_NAME.search(text):
        return ""
    if _NOT_SAID.search(text) or re.match(rf"(?:{_SETTING})\s", text):
        return ""
    if PRONOUN.match(text):
        return text.lower()
    text = _FIGURES.sub("", text)
    if not (text[0].isupper() or _DESCRIBED.match(text) or re.search(r"\s[A-Z]", text)):
        return ""
    return "" if _ARTICLE.fullmatch(text) else _proper(text)


def is_described(text: str) -> bool:
    """Whether a subject says what somebody is and not what his name is ("Berg's lawyer")."""
    last = text.split()[-1:] or [""]
    role = re.match(r"(?:[Aa]n?|[Tt]he|[Oo]ne|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s+[a-z]", text.strip())
    return (last[0][:1].islower() or role is not None) and not PRONOUN.match(text)


def _without_apposition(text: str, closed: bool) -> str:
    """ "Berg, the mayor," is "Berg"; "the mayor, Berg," and "On Monday, Berg" are "Berg"."""
    if "," not in text:
        return text
    head, _, rest = text.partition(",")
    if not closed:
        if is_described(head) and re.fullmatch(_FULL, rest.strip()):
            return rest.strip()
        return text.rsplit(",", 1)[1].strip()
    if re.match(rf"(?:{_SETTING})\s", head):
        return _without_apposition(rest.strip(), closed)
    if re.search(r"\band\s+(?:[A-Z]|h(?:er|is)\b|the(?:ir)?\b|its\b)", text):  # who of the two?
        return ""
    named = re.match(rf"\s*({_FULL})(?:\s(?:of|from|for|at)\s[^,]*)?\s*(?:,|$)", rest)
    return named[1] if named and is_described(head) else head.strip()


def _proper(text: str) -> str:
    """The name at the end of a description ("party deputy Lu Ann"), without titles."""
    parts = text.split()
    start = 0
    for i, word in enumerate(parts[:-1]):
        described = word[0].islower() and word not in JOINING
        titled = TITLE.match(word) and not TITLE.match(parts[i + 1])
        if parts[i + 1][0].isupper() and parts[-1][0].isupper() and (described or titled):
            start = i + 1
    kept = parts[start:]
    if "and" in parts[:start]:  # one of two speakers
        return ""
    if not _FROM.isdisjoint(parts[: start - 1]):  # "point VI of the party Programme"
        kept = parts
    if start and all(w[0].isupper() or w in JOINING for w in kept):
        cut = next((i for i, w in enumerate(kept) if w in ("of", "in", "at", "on", "for")), None)
        kept = kept[:cut] if cut and cut > 1 and start and TITLE.match(parts[start - 1]) else kept
    if start == 0 and kept[0].lower() == "the" and len(kept) > 1 and kept[1][0].isupper():
        kept = kept[1:]
    found = " ".join(kept).strip(" ,.")
    whose = re.match(rf"({_FULL}) (?:of|from|for|at) (?:the )?[A-Z]", found)
    one = whose is not None and " " in whose[1] and not ORGANISATION.search(whose[1])
    return whose[1] if whose and one else found
