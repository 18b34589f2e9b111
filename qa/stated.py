"""What a document states of itself: when and by whom it was published, who wrote or edited it.

These lines stand in no passage, since they answer nothing else; who asks for them means them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.library import Library
from index.readers.facts import iso_date
from index.records import Block, Document, Hit, Kind, Span
from index.scripts import HAN
from index.terms import content, terms

_ITSELF = (
    r"article|story|news\s+(?:item|story|report|article)|(?:web\s?)?page|(?:blog\s+)?post|piece"
    r"|press\s+release"
)
_OTHER = (
    r"report|document|text|announcement|notice|bulletin|paper|brief|interview|statement"
    r"|agreement|contract|lease|treaty|letter"
)
_MAIL = r"e-?mail|message"
# News is headed by what these say, too; only a text that is headed "Opinions on ..." is one.
_RULES = r"opinions?|guidelines?|regulations?"
# "the Town Times article": no preposition before the noun, else it is of something in the article.
_NOUN = (
    r"(?:the|this|that)\s+(?:(?!(?:in|of|from|by|on|about|to|with|for|and)\b)[\w'\u2019.&-]+\s+){0,4}?"
    rf"(?P<noun>{_ITSELF}|{_OTHER}|{_MAIL}|{_RULES})\b"
)
_OUT = (
    r"(?:published|posted|released|printed|dated|made\s+public|put\s+(?:out|online)|appear(?:ed)?"
    r"|come\s+out|came\s+out|go\s+online|went\s+online)"
)
_OUTLET = (
    r"(?:newspaper|paper|outlet|publication|publisher|(?:web\s?)?site|magazine|(?:news\s+)?agency"
    r"|broadcaster|medium)"
)
# The same in Chinese: what any text may be called, and what its title calls it.
_ANY_CHINESE = "文章|报道|報道|新闻|新聞"
_CHINESE = "通知|公告|通告|公报|公報|报告|報告|文件|声明|聲明"
_ISSUED = "(?:发布|發布|发表|發表|印发|印發|发出|發出)"
_BODY = "(?:单位|單位|机构|機構|机关|機關|部门|部門)"
_WHO = f"(?:[谁誰]|(?:哪|什[么麼])[个個家一]?{_BODY})"
_WHEN = "(?:什[么麼][时時]候|何[时時]|哪一?[天日年])"
_NAMED = f"(?P<topic>.*?)的?(?P<noun>{_ANY_CHINESE}|{_CHINESE})"
_ASKED = (
    (
        "date",
        rf"\b(?:when|(?:what|which)\s+(?:date|day|month|year))\s+(?:was|were|is|did|has|have)\s+{_NOUN}.*\b{_OUT}\b",
    ),
    # At the end of the question, else it is of something in the document.
    (
        "date",
        rf"\b(?:when|(?:what|which)\s+(?:date|day|month|year))\s+(?:was|were|has|have)\s+{_NOUN}[^?]*"
        r"\b(?P<done>issued|updated|modified|signed|sent)(?:\s+by\b[^?]*)?\W*$",
    ),
    (
        "date",
        r"\b(?:what|which)\s+(?:is|was)\s+the\s+(?:(?:publication|issue)\s+)?date\s+of\s+"
        rf"(?:(?:publication|issue)\s+of\s+)?{_NOUN}",
    ),
    (
        "publisher",
        rf"\b(?:who|(?:what|which)\s+{_OUTLET})\s+(?:published|posted|printed|ran|carried|released"
        rf"|issued|put\s+out)\s+{_NOUN}",
    ),
    ("publisher", rf"\b(?:where|by\s+whom)\s+(?:was|did)\s+{_NOUN}.*\b{_OUT}\b"),
    ("publisher", rf"\bwho\s+(?:is|was)\s+the\s+publisher\s+of\s+{_NOUN}"),
    (
        "credit",
        r"\bwho(?:m)?\s+(?:is|are|was|were)\s+(?:the\s+)?(?P<noun>(?:\w+\s+){0,2}"
        rf"(?:editor|translator|photographer|illustrator)s?)\b.*\b(?:{_ITSELF}|{_OTHER})\b",
    ),
    (
        "credit",
        r"^(?:关于|關於|有关|有關|[这這本该該]篇?)?(?P<topic>.*?)的?(?:文章|报道|報道|新闻|新聞|稿).*?(?P<noun>"
        r"(?:微信|网络|網絡|责任|責任|值班)?(?:编辑|編輯|译者|譯者|翻译|翻譯|摄影|攝影))\w{0,3}是[谁誰]",
    ),
    ("publisher", rf"^{_NAMED}是?由?{_WHO}{_ISSUED}的?\W*$"),
    ("publisher", rf"^{_WHO}{_ISSUED}了?{_NAMED}\W*$"),
    ("publisher", rf"^{_NAMED}的{_ISSUED}(?:{_BODY}|[者人])是{_WHO}\W*$"),
    ("date", rf"^{_NAMED}是?在?{_WHEN}{_ISSUED}的?\W*$"),
    ("date", rf"^{_NAMED}的{_ISSUED}(?:日期|[时時][间間])是.{{0,4}}\W*$"),
    ("author", rf"\bwho\s+(?P<done>sent)\s+(?:the|this|that)\s+(?P<noun>{_MAIL})\b"),
    ("author", rf"\bwho\s+(?:wrote|authored|(?:is|was)\s+the\s+author\s+of)\s+{_NOUN}"),
)
_COMPILED = tuple((fact, re.compile(pattern, re.IGNORECASE)) for fact, pattern in _ASKED)
_PUTTING = frozenset(
    terms("publish published publication post posted print printed online public issued")
)
# The label of a line that tells when a text was changed, signed or sent; others tell when it was
# issued.
_UPDATED = re.compile(r"(?:.*[|·]\s*)?(?:last\s+)?(?:updated|modified)\b", re.IGNORECASE)
_DONE = {
    "updated": _UPDATED,
    "modified": _UPDATED,
    "signed": re.compile(r"signed\b", re.IGNORECASE),
    "sent": re.compile(r"sent\b", re.IGNORECASE),
}
_REPORTED = re.compile("发布|發布|发出|發出|出台")  # by the news, of the notice of another
_LONGEST = 120
_FROM = re.compile(r"from\s*[:\uff1a]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """A document's line, with the title where that stands right beside it. ``covered``: the share,
    0..1, of what the question names that the document's title and nearest passage hold."""

    document_id: str
    line: Span
    span: Span
    covered: float


def stated(library: Library, question: str, hits: Sequence[Hit]) -> Stated | None:
    """The line of the nearest document that states what is asked of it, if it is asked and the
    question is about that document for the greater part."""
    asked = next(((f, m) for f, p in _COMPILED if (m := p.search(question))), None)
    if asked is None or not hits:
        return None
    fact, found = asked
    document = library.headers([hits[0].document_id])[hits[0].document_id]
    noun, done = found["noun"], found.groupdict().get("done", "") or ""
    if fact != "credit" and not _may_be(library, document, noun):
        return None
    chunk = library.chunks([hits[0].chunk_id])[hits[0].chunk_id]
    held = set(terms(f"{document.title}\n{document.publisher}\n{document.author}\n{chunk.text}"))
    topic = (
        set(content(terms(found.groupdict().get("topic", question)))) - set(terms(noun)) - _PUTTING
    )
    topic -= set(terms(f"last {done}")) if done else set()
    topic -= set(terms("date day month year newspaper outlet site author wrote publisher"))
    covered = len(topic & held) / len(topic) if topic else float(len(library.documents()) == 1)
    line = (
        _credited(library, document, _credit(noun))
        if fact == "credit"
        else _line(library, document, fact, done.casefold())
    )
    return Stated(document.id, *line, covered) if line and covered >= 0.5 else None


def _may_be(library: Library, document: Document, noun: str) -> bool:
    """Whether a document may be what the question calls it: its head is that of an e-mail, its
    title calls it a notice or the like; an article may be any."""
    if re.fullmatch(_MAIL, noun, re.IGNORECASE):
        return _is_mail(library, document)
    if re.fullmatch(_CHINESE, noun):
        named = re.search(rf"{noun}(?![{HAN}])", document.title)
        return named is not None and not _REPORTED.search(document.title)
    if re.fullmatch(_RULES, noun, re.IGNORECASE):
        return _is_headed(library, document, noun)
    other = re.fullmatch(_OTHER, noun, re.IGNORECASE) is not None
    return not (other and set(terms(noun)).isdisjoint(terms(document.title)))


def _is_headed(library: Library, document: Document, noun: str) -> bool:
    """Whether one of a document's headings opens with what it is: "Opinions of ..."."""
    text = library.text(document.id)
    headed = re.compile(
        rf"(?:\w+:\s)?(?:Guiding\s)?{noun.rstrip('sS')}s?\s(?:of|on|for|concerning|regarding)\b",
        re.IGNORECASE,
    )
    return any(
        block.kind is Kind.HEADING and headed.match(text, block.start, block.end)
        for block in library.blocks(document.id)
    )


def _is_mail(library: Library, document: Document) -> bool:
    text = library.text(document.id)
    return any(
        block.kind is Kind.BOILERPLATE and _FROM.match(text, block.start, block.end)
        for block in library.blocks(document.id)
    )


_ROLES = (
    ("editor", "编辑", "編輯"),
    ("photograph", "photo", "摄影", "攝影"),
    ("illustrat", "插图", "插圖"),
    ("translator", "译", "譯"),
)
_KINDS = (
    ("wechat", "微信"),
    ("web", "online", "网络", "網絡"),
    ("duty", "值班"),
    ("responsible", "责任", "責任"),
)


def _credit(noun: str) -> re.Pattern[str]:
    """A line that credits those of a role, of the kind named: "Web editor: ..." """
    names = next(n for n in _ROLES if any(name in noun.casefold() for name in n))
    kind = next((k for k in _KINDS if any(name in noun.casefold() for name in k)), ("",))
    label = rf"(?:{'|'.join(kind)})\s*(?:{'|'.join(names)})\w*"
    return re.compile(rf"{label}\s*[:：|丨]\s*\S", re.IGNORECASE)


def _credited(
    library: Library, document: Document, credit: re.Pattern[str]
) -> tuple[Span, Span] | None:
    text = library.text(document.id)
    spans = [
        (block.start, block.end)
        for block in library.blocks(document.id)
        if block.kind is Kind.BOILERPLATE and credit.search(text, block.start, block.end)
    ]
    return (spans[0], spans[0]) if len(spans) == 1 else None


def _line(library: Library, document: Document, fact: str, done: str) -> tuple[Span, Span] | None:
    """The line that states a fact, and the same with the title before it."""
    text, blocks = library.text(document.id), library.blocks(document.id)
    if done in _DONE and not (done == "sent" and _is_mail(library, document)):
        lines = [i for i, block in enumerate(blocks) if _tells(text, block, _DONE[done])]
        lines = lines if len(lines) == 1 else []
    else:
        lines = _stating(text, blocks, fact, str(getattr(document, fact)))
        if done:
            lines = [i for i in lines if not _UPDATED.match(text, blocks[i].start, blocks[i].end)]
    if not lines:
        return None
    full = [document.date, document.publisher, document.author]
    told = {i: _told(text[blocks[i].start : blocks[i].end]) for i in lines}
    at = max(lines, key=lambda i: sum(w != "" and w in told[i] for w in full))
    line, before = blocks[at], blocks[max(at - 1, 0)]
    headed = before.kind is Kind.HEADING and text[before.start : before.end] == document.title
    return (line.start, line.end), (before.start if headed else line.start, line.end)


def _stating(text: str, blocks: Sequence[Block], fact: str, wanted: str) -> list[int]:
    return [
        i
        for i, block in enumerate(blocks)
        if wanted
        and block.kind is Kind.BOILERPLATE
        and _says(text[block.start : block.end], fact, wanted)
    ]


def _tells(text: str, block: Block, label: re.Pattern[str]) -> bool:
    """Whether a short line with the label says a date."""
    line = text[block.start : block.end]
    return len(line) <= _LONGEST and label.match(line) is not None and iso_date(line) != ""


def _says(line: str, fact: str, wanted: str) -> bool:
    return iso_date(line) == wanted if fact == "date" else wanted in line


def _told(line: str) -> str:
    """A line with its date in ISO 8601."""
    return f"{line} {iso_date(line)}"
