"""What kind of answer a question wants, and what no answer to it can lack."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Wants(StrEnum):
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    LIST = "list"
    SOURCE = "source"
    REASON = "reason"
    OTHER = "other"


# "How high" at the question's end; elsewhere the same letters are "many universities".
_MEASURE = r"多(?:高|长|長|远|遠|重|久|深|宽|寬|厚)(?=\W*$|时间|時間)"
_WANTS = (
    (
        Wants.SOURCE,
        r"\b(?:(?:where|what|which)\b[^?]{0,80}?\b(?:on|at|from) [^?]{0,60}?)?"
        r"\b(?:url|links?|web\s?sites?|web ?pages?|web address|hyperlink)\b"
        r"|\bwhere (?:can|could|may|do) (?:i|we|you|one|readers?|people)"
        r" (?:find|read|see|download|get|look up) (?:the |its |their )?(?:\w+ ){0,2}?"
        r"(?:text|original|document|pdf|full|version)\b"
        r"|\b(?:sources? (?:of|for|behind|link)|news sources?)\b|\breferences?\b"
        r"|\bwhere (?:do|does|did|is|are|was|were) (?:the|this|that|these|those|its) (?:\w+ )*?"
        r"(?:picture|photo|photograph|image|figures?|chart|graph|map|quote|quotation|data|numbers?)"
        r"\b[^?]* (?:come|came|taken|drawn) from\b|网址|網址|链接|連結|出处|出處|来源|來源",
    ),
    (
        Wants.NUMBER,
        r"how (?:many|much|long|old|far|large|big|high|tall|often|few|great)\b"
        r"|(?:percent|percentage|proportion|share|amount|number|rate|total|size|cost"
        r"|price|population|figure|age)\b[^?]{0,12}\bof\b"
        r"|what (?:percent|percentage|proportion|share|amount|number|figure|rate|sum)\b"
        r"|多少|几[个家名项万亿年岁种次位]|百分之|幾|いくつ|何[人回年歳個]|몇"
        rf"|{_MEASURE}",
    ),
    (
        Wants.DATE,
        r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|time|century|decade)\b"
        r"|什么时候|何时|哪[一]?年|哪[一]?天|几月|哪[一]?月|何時|什麼時候|いつ|언제",
    ),
    (Wants.PERSON, r"\bwho(?:m|se)?\b|谁|誰|哪位|何人|だれ|누구"),
    (
        Wants.PLACE,
        r"\bwhere\b|\b(?:what|which) (?:city|cities|town|province|state|country"
        r"|countries|place|region|county|island|continent)\b"
        r"|哪里|哪裡|何处|何地|哪[个個]?(?:国|國|省|市|地|城)|どこ|어디",
    ),
    (Wants.REASON, r"\bwhy\b|\bfor what reason|为什么|為什麼|为何|為何|なぜ|왜"),
    (
        Wants.LIST,
        r"\b(?:what|which) are\b|\b(?:list|name|enumerate)\b (?:the|all|every)"
        r"|\b(?:what|which) (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d\d?) \w"
        r"|\b(?:what|which) (?:\w+ ){0,3}(?:measures|steps|ways|aspects|areas|groups"
        r"|kinds|types|principles|goals|reasons|factors|parts|tasks|points)\b"
        r"|哪些|哪几|哪[两三四五六七八九十]",
    ),
)
_WANTS_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _WANTS)


_ASKS = re.compile(r"\b(?:what|which|how|why)\b")
_ASKING = re.compile(r"\b(?:what|which|who(?:m|se)?|when|where|why|how)\b")
# "Was the 80 per cent pension adopted?", but not "Can you tell me what it costs?".
_YES_OR_NO = re.compile(
    r"^(?:(?:and|but|so) )?(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|may"
    r"|must|should)\b(?!\s+(?:you|we|anyone|anybody|one)\b)"
)
_RELATIVE = re.compile(r"(?<!\band)(?<!\bor)(?<!,) (?:when|where|whose)\b")


def _asked(text: str) -> str:
    """A folded question without the words that open clauses in it: "What counts when ...?". Not
    without "who": "the name of the man who" is a person's."""
    asks = _ASKS.search(text)
    return text[: asks.end()] + _RELATIVE.sub(" ", text[asks.end() :]) if asks else text


@lru_cache(maxsize=64)
def wants(text: str) -> Wants:
    """The kind of answer that a question is after: what it asks for first."""
    folded = _asked(text.casefold())
    places = [(m.start(), kind) for kind, p in _WANTS_COMPILED if (m := p.search(folded))]
    return min(places, key=lambda p: p[0])[1] if places else Wants.OTHER


# What follows is a verb, not a noun that is meant instead ("which age groups").
_DOES = (
    r"(?=\W*$|\s+(?:is|are|was|were|be|do|does|did|will|would|can|could|may|might|must|should|shall"
    r"|has|have|had|of|per|in|at|for|under|gave|began|won|wrote|held|became|took|made|led|\w{3,}ed)\b)"
)
_AMOUNT = (
    r"(?:wages?|salary|salaries|price|costs?|fine|fee|subsidy|subsidies|loan|pension|budget|rate|age"
    r"|population|temperature|height|depth|length|width|speed|distance|capacity|score|income"
    r"|revenue|sum|size)"
)
# With no more than one word before it: "what kind of fee" asks for no sum.
_SUM = (
    r"(?:(?!(?:is|are|was|were|kinds?|types?|year|country|fund)\b)\w+ )?"
    r"(?:wages?|salary|salaries|price|cost|fine|fee|fare|subsidy|subsidies|loan|pension|budget|income"
    r"|revenue|sum)\b(?! per\b)"
)
# Not "the income tax", "the budget office".
_SUM_ITSELF = (
    r"(?:wages?|salary|salaries|price|costs?|fine|fee|fare|subsidy|subsidies|grant|loan|pension"
    r"|budget|income|revenue|deficit|debt|fund)\b"
    r"(?=\W*$|\s+(?:of|for|in|at|to|that|which|who|paid|under|given|set|this|last|now)\b)"
)
_NAMED = (
    r"(?:city|cities|town|towns|province|provinces|country|countries|university|newspaper|company"
    r"|minister|official|spokes(?:man|woman|person)|president|director|author|actor|actress)"
)
# What is asked for by "which" alone, and has a name of its own; a "firm", not "firms" of a kind.
_CALLED = (
    r"(?:agency|airline|association|authority|broadcaster|church|club|college|county|district|film"
    r"|firm|magazine|museum|novel|party|song|team|village)"
)
_CALLED_ONES = (
    r"(?:airlines|banks|cities|counties|countries|islands|provinces|states|towns|universities)"
)
_PAYING = (
    r"(?:costs?|spends?|spent|pays?|paid|charged?|earn(?:s|ed)?|worth)\b"
    r"(?!\s+(?:of|attention|heed|tribute|leave|holidays?|vacations?|days?|hours?|time|rises?)\b)"
)
_CHANGING = (
    r"(?:rise|risen|rose|fall|fallen|fell|grown?|grew|increased?|decreased?|drop|dropped|changed?"
    r"|declined?|shrink|shrunk|differ|vary|varied|more|less)\b"
)
_DOING = (
    r"(?:do|does|did|will|would|can|could|should|must|may|might|is|are|was|were|has|have|had)\b"
)
_COSTING = (
    r"[^?]*(?<!\bthe )\b(?:costs?|earn)"
    r"(?=\W*$|\s+(?:to|per|each|every|in|now|last|this|today|before|after|for)\b)"
)
_NEEDS = (
    (
        "share",
        re.compile(
            r"(?<!\d )\b(?:percent|percentage|per cent|proportion|portion|fraction)\b"
            rf"|\b(?:what|which|how (?:large|big|great|high) an?) (?:\w+ )?share\b{_DOES}|百分之几"
        ),
    ),
    (
        "name",
        re.compile(
            rf"^(?:(?:in|at|from|to|of|for|by|on) )?(?:(?:what|which) (?:\w+ )?{_NAMED}"
            rf"|which (?:[\w-]+ ){{0,3}}?(?:{_CALLED}|{_NAMED}))\b{_DOES}"
            rf"|^(?:(?:in|at|from|to|of|for|by|on) )?which (?:[\w-]+ ){{0,3}}?{_CALLED_ONES}\b"
        ),
    ),
    (
        "money",
        re.compile(
            rf"\bhow much (?:money\b|{_DOING}(?![^?]*\b{_CHANGING})[^?]*\b{_PAYING})"
            rf"|^(?:(?:and|so) )?what (?!is|are|was|were){_DOING}{_COSTING}"
            rf"|^(?:(?:for|at) )?(?:what|which) {_SUM}{_DOES}"
            rf"|\bhow (?:big|high|large|great) {_DOING} (?:\w+ ){{0,5}}?{_SUM_ITSELF}"
        ),
    ),
    (
        "leader",
        re.compile(
            r"^who (?:heads|headed|leads|led|chairs|chaired|directs|directed|commands|commanded"
            r"|presides|presided)\b"
        ),
    ),
    ("year", re.compile(r"\b(?:which|what) year\b|哪[一]?年|何年")),
    (
        "date",
        re.compile(r"\b(?:which|what|exact) (?:date|day|month)\b|哪[一]?[天日]|几月|哪[一]?月"),
    ),
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|high|tall|large|big(?!\s+an?\b)"
            r"|far(?![^?]*\b(?:go|gone|come|get|got)\b))\b|多少|"
            rf"{_MEASURE}"
            r"|(?<!\bin )\b(?:what|which) "
            rf"(?:amount|number|(?:(?!is|are|was|were)\w+ ){{0,3}}{_AMOUNT})\b{_DOES}"
        ),
    ),
    ("age", re.compile(rf"\bhow old\b|\b(?:what|which) age\b{_DOES}")),
)


def needs(text: str) -> str:
    """ "share", "name", "money", "leader", "year", "date", "number" or "age" where no sentence
    without one can be the answer to a question, else ""."""
    first = _first_asked(text.casefold())
    return next((kind for kind, p in _NEEDS if p.search(first)), "")


def _first_asked(text: str) -> str:
    """A folded question without the questions in it: "How often do they report how many came?"."""
    if _YES_OR_NO.search(text):
        return ""
    asks = [m.start() for m in _ASKING.finditer(text)]
    return text[: asks[1]] if len(asks) > 1 else text
