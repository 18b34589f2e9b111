"""Words of reporting in English and Chinese, and who stands beside them."""

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
PLAIN = r"said|says|noted|notes|stated|states|announced|announces|told|added|adds"
_ADVERBS = re.compile(
    r"(?:\s+(?:also|then|later|further|again|however|once|has|have|had|on [A-Z]\w+day|this week|"
    r"last week|today|yesterday|[a-z]+ly))+$"
)
PRONOUN = re.compile(r"(?:he|she|they|it|i|we|who|you|this|that|these|those|others?)$", re.I)
_NOT_A_NAME = re.compile(
    rf"\b(?:that|which|who|whom|is|are|was|were|be|been|will|would|can|could|should|may|must|do|does|did|"
    rf"if|when|while|because|although|but|so|{SAYING})\b|[\"“”:;!?]"
)
_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sir|Dame|Lord|Lady|Professor|President|Premier|Minister|Secretary|"
    r"Senator|Sen|Rep|Representative|Congressman|Congresswoman|Governor|Gov|Mayor|Chairman|"
    r"Chairwoman|Chair|Chancellor|Director|Deputy|General|Leader|Speaker|Judge|Justice|King|Queen|"
    r"Prince|Princess|Pope|Ambassador|Commissioner|Spokesman|Spokeswoman|Spokesperson|Captain|"
    r"Colonel|Sergeant|Chief|CEO|Officer|Analyst|Economist|Attorney|MP|MEP)\.?$"
)
_JOINING = words("of the and for de da van von der den bin al la le in on at du di &")
_LEAD = re.compile(
    r"^(?:(?:As|And|But|So|Yet|However|Moreover|Meanwhile|Also|Still|Later|Earlier|Then|Again|"
    r"Instead|Indeed|Finally|Today|Yesterday)\b,?\s*)+",
)
_LONGEST = 12  # words


def name(subject: str) -> str:
    """The speaker in the subject of a reporting verb, "" where it names nobody for certain.

    A name stands without its titles ("Health Minister Anna Berg" is "Anna Berg"); who is not named
    stays as described ("a police spokesman").
    """
    text = _LEAD.sub("", " ".join(subject.split()).strip(" ,—–-("))
    text = _without_apposition(text, subject.rstrip().endswith((",", "—", "–")))
    text = _ADVERBS.sub("", text)
    if not text or len(text.split()) > _LONGEST or _NOT_A_NAME.search(text):
        return ""
    if PRONOUN.match(text):
        return text.lower()
    described = re.match(
        r"(?:an?|the|one|another|some|several|two|its|his|her|their)\s", text, re.I
    )
    if not (text[0].isupper() or described or re.search(r"\s[A-Z]", text)):
        return ""
    return _proper(text)


def _without_apposition(text: str, closed: bool) -> str:
    """ "Berg, the mayor," is "Berg"; "On Monday, Berg" is "Berg"."""
    if "," not in text:
        return text
    head, _, rest = text.partition(",")
    if closed:
        if re.match(r"(?:On|In|At|During|After|Before|For|With|Since)\s", head):
            return _without_apposition(rest.strip(), closed)
        return head.strip()
    return text.rsplit(",", 1)[1].strip()


def _proper(text: str) -> str:
    """The name at the end of a description ("party deputy Lu Ann"), without titles."""
    parts = text.split()
    start = 0
    for i, word in enumerate(parts[:-1]):
        described = word[0].islower() and word not in _JOINING
        titled = _TITLE.match(word) and not _TITLE.match(parts[i + 1])
        if parts[i + 1][0].isupper() and (described or titled):
            start = i + 1
    kept = parts[start:]
    if start and all(w[0].isupper() or w in _JOINING for w in kept):
        cut = next((i for i, w in enumerate(kept) if w in ("of", "in", "at", "on", "for")), None)
        kept = kept[:cut] if cut and cut > 1 and start and _TITLE.match(parts[start - 1]) else kept
    if start == 0 and kept[0].lower() == "the" and len(kept) > 1 and kept[1][0].isupper():
        kept = kept[1:]
    return " ".join(kept).strip(" ,.")


def same(one: str, other: str) -> bool:
    """Whether two names can be the same speaker's: one has all the words of the other, titles
    aside, or is its initials."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    if a <= b or b <= a:
        return True
    if re.search(r"[\u3400-\u9fff]", one + other):
        x, y = "".join(one.split()), "".join(other.split())
        return x in y or y in x
    return (
        _initials(one) == other.replace(".", "").upper()
        or _initials(other) == one.replace(".", "").upper()
    )


def _words(text: str) -> set[str]:
    found = [w.strip(".,'’") for w in re.findall(r"[^\W_][\w.'’-]*", text)]
    kept = [w for w in found if not _TITLE.match(w.title() if w.islower() else w)]
    return {w.lower() for w in kept or found} - _JOINING - {"a", "an"}


def _initials(text: str) -> str:
    return "".join(w[0] for w in text.split() if w[0].isupper()).upper()


# -- Chinese ---------------------------------------------------------------------------------------

SAYING_CHINESE = (
    "表示|指出|强调|認為|认为|透露|介绍|告诉(?:本报|本刊|新华社|媒体)?(?:记者)?|提出|坦言|解释说?|补充说?|写道|宣布|"
    "回应称?|回答说?|呼吁|警告|承认|重申|表明|直言|感叹|建议|介绍说|表态|說|强调说|指出说|说道|说|称|道|"
    "表示说|答道|谈到|提到"
)
_ADJUNCT = re.compile(
    r"(?:在|于|近日|日前|当天|当日|昨日|昨天|今天|今日|随后|此前|同时|\d{1,4}年|\d{1,2}月|\d{1,2}日|对此|"
    r"对|向|就|还|也|则|曾|又|并|进一步|明确|公开|接受|再次|特别|多次|最后|首先)"
)
_PRONOUN_CHINESE = re.compile(r"(?:他|她|它|我|你|您|其|该|大家|有人)们?$")


def name_chinese(subject: str) -> str:
    """The speaker before a Chinese reporting verb, "" where it names nobody for certain."""
    text = re.split(r"[，。！？；：、,\s“”「」】）)]", subject.strip())[-1]
    text = re.sub(r"^(?:据|如|正如|而|但|因此|所以|对此|此外|另外|同时)", "", text)
    m = _ADJUNCT.search(text, 2)
    text = text[: m.start()] if m else text
    if not 2 <= len(text) <= 24 and not _PRONOUN_CHINESE.match(text):
        return ""
    if re.search(r"[的了着是有不]", text) or re.match(r"[这那此所可可以并]", text):
        return ""
    return text
