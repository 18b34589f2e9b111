"""Furniture of pages: navigation, comment forms, advertisements, credits, page numbers.

The tables name wordings that many sites and publishers share, in English, Chinese and Japanese, and
nothing of any one document.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE

# A whole line that says only this (with a trailing mark or a count) is furniture.
_LINES = re.compile(
    r"""(?:
    advertisements?|sponsored(?:\ content)?|promoted|ad|skip\ to\ (?:main\ )?content|
    leave\ a\ (?:reply|comment)|post\ (?:a\ )?comment|(?:\d+|no)\ comments?(?:\ yet)?|comments?|
    (?:log|sign)\ (?:in|up)(?:\ to\ \w+)?|register|subscribe(?:\ (?:now|today|here|to\ .{0,60}))?|
    (?:share|like|follow|tweet|print|email|e-mail|save|bookmark)
        (?:\ (?:this|us|on|via|it)\b.{0,60})?|
    share\ on\ .{0,40}|see\ also|continue\ reading.{0,60}|(?:click|tap)\ here.{0,60}|
    read\ (?:more|next|also|the\ full\ (?:story|article))
        (?:\s*[:：»].{0,80}|\ (?:about|on|at)\ .{0,60})?|
    learn\ more|load\ more|show\ more|view\ all|
    you\ (?:may|might)\ (?:have\ missed|also\ (?:like|enjoy|be\ interested\ in)|like).{0,30}|
    (?:related|recommended|suggested|popular|trending|latest|more|most\ read|further|top)\ 
        (?:articles?|posts?|stories|news|reading|reads?|links?|topics?|content|videos?)
        (?:\ (?:from|on|in)\ .{0,40})?|
    recommended(?:\ for\ you)?|trending(?:\ now)?|most\ (?:read|popular|viewed)|
    editor'?s'?\ picks?|(?:back\ to\ )?top|(?:previous|next)(?:\ (?:post|article|page|story))?|
    home(?:\ page)?|menu|search|navigation|breadcrumbs?|
    (?:cookie|privacy)\ (?:policy|notice|settings)|
    terms\ (?:of\ (?:use|service)|and\ conditions)|accept\ (?:all\ )?cookies|
    all\ rights\ reserved|contact\ us|about\ us|site\ ?map|disclaimer|newsletter|
    广告|推荐阅读|相关阅读|延伸阅读|相关新闻|相关文章|热门文章|猜你喜欢|阅读原文|阅读更多|查看更多|
    返回顶部|发表评论|我要评论|网友评论|评论|分享(?:到|至)?.{0,10}|点赞|收藏|打印(?:本页)?|关闭窗口|
    上一篇.{0,60}|下一篇.{0,60}|首页|登录|注册|扫一扫.{0,20}|関連記事|おすすめ記事|広告|コメント|シェア
    )\s*[:：»›>→|…*.]*\s*(?:\(\d+\)|\d+)?""",
    _I | re.VERBOSE,
)

# Of these, the ones that may also be what a section of running text is about.
_SUBJECTS = re.compile(
    r"(?:search|comments?|menu|home|navigation|register|print|save|share|like|follow|top|next|"
    r"previous|e-?mail|评论|注册|收藏|分享|コメント|シェア)",
    _I,
)

# A line of a comment or of the buttons below it.
_OF_COMMENTS = re.compile(
    r"(?:reply|(?:\d+\s+)?(?:likes?|replies)|report(?:\ abuse)?|.{1,60}\bsays?\s*:|"
    r".{0,60}\b\d+\s+(?:minute|hour|day|week|month|year)s?\s+ago|回复|赞|举报)\s*(?:\(\d+\)|\d+)?",
    _I,
)

# A sentence that asks the reader for something.
_ASKS = re.compile(
    r"\b(?:you|your|please|(?:log|logged|sign|signed)\s+in|be\s+the\s+first)\b|您|请", _I
)

# A credit names people: no sentence, no question.
_NAMES = r"(?:\b[^\W\d_]\.|[^.?!。？！]){1,80}$"
_EDITOR = r"(?:web|wechat|online|copy|managing|duty|responsible|executive)\s+editors?\s*[:：|丨]"

# A line that opens with this is furniture, whatever follows on the line.
_STARTS = re.compile(
    rf"""(?:
    your\ e-?mail\ address\ will\ not\ be\ published|required\ fields\ are\ marked|
    save\ my\ name,?\ e-?mail|(?:we|this\ (?:web)?site|our\ (?:web)?site)\ uses?\ cookies|
    by\ (?:using|continuing\ to\ use)\ (?:this|our)\ (?:web)?site|
    (?:copyright|©|\(c\)|版权所有|著作权)\s*(?:©|\(c\))?\s*(?:\d{{4}}|by\b|[:：]|,)|©|
    all\ rights\ reserved|(?:word|character)\ count\s*[:：]|(?:estimated\ )?reading\ time\b|
    \d+\ min(?:ute)?s?\ read\b|(?:{_EDITOR}|editors?\s*[:：|]|edited\ by\s*[:：]){_NAMES}|
    (?:tags?|categor(?:y|ies)|filed\ under|posted\ in|tagged|keywords)\s*[:：]|
    (?:subscribe|sign\ up)\ (?:to|for)\ (?:our|the)\b|follow\ us\b|share\ this\b|
    (?:previous|next)\ (?:post|article)\s*[:：]|read\ (?:more|also|next)\s*[:：]|
    字数\s*[:：]?|阅读时间|阅读量|(?:责任|网络|微信|本文)?编辑\s*[:：|丨]{_NAMES}|
    (?:责编|校对|审核|监制|值班编委)\s*[:：|丨]{_NAMES}|(?:分享|扫码|扫描二维码|长按识别)|
    (?:免责声明|版权声明)\s*[:：]|ICP备|京ICP|本网站使用\s?cookies?
    )""",
    _I | re.VERBOSE,
)

# Behind one of these only comment forms, teasers and footers follow.
_TAIL = re.compile(
    r"""(?:leave\ a\ (?:reply|comment)|post\ a\ comment|
    you\ (?:may|might)\ (?:have\ missed|also\ (?:like|enjoy)|like)|
    (?:related|recommended|suggested|popular|trending|further)\ 
        (?:articles?|posts?|stories|news|reading|reads)|
    recommended(?:\ for\ you)?|read\ (?:more|next)|more\ (?:stories|news|articles)|
    推荐阅读|相关阅读|延伸阅读|相关新闻|相关文章|热门文章|猜你喜欢|发表评论|網友評論|网友评论|関連記事|
    おすすめ記事)\s*[:：»›>→|…*.]*""",
    _I | re.VERBOSE,
)

CREDIT_END = re.compile(
    rf"""\s+(?=[(（]?(?:{_EDITOR}|editors?\s*[:：|丨]
    |(?:责任|网络|微信)?编辑\s*[:：|丨]|责编\s*[:：|丨]){_NAMES})""",
    _I | re.VERBOSE,
)

# Lines around what a press office or a news agency releases.
_RELEASE = re.compile(
    r"(?:for\ )?immediate\ release|(?:press|news|media)\ release|for\ release\b.{0,40}|"
    r"(?:under\ )?(?:strict\ )?embargo(?:ed)?\b[^.]{0,60}|ends?|more|通稿|新闻通稿",
    _I | re.VERBOSE,
)
_CONTACT = re.compile(
    r"(?:(?:media|press)\s+)?(?:contacts?|enquiries|inquiries)\b[^:：]{0,30}[:：]"
    r"|(?:tel(?:ephone)?|phone|mobile|fax|e-?mail)\s*[:：.]|联系人\s*[:：]|电话\s*[:：]",
    _I,
)

# By which a news agency files what it sends: "BC-PORT-STRIKE", "PORT-STRIKE/UPDATE 2".
_SLUG = re.compile(
    r"[A-Z]{2,}(?:--?[A-Z]{2,})+(?:/[A-Z]+(?: [A-Z0-9]+)*)?|[A-Z]{2,}/[A-Z]{2,}(?: \d+)?"
)

PAGE_NUMBER = re.compile(
    r"(?:[-–—·|]\s*)?(?:(?:page|p\.|seite|página)\s*)?\d{1,4}"
    r"(?:\s*(?:/|of|von|de)\s*\d{1,4})?(?:\s*[-–—·|])?|第\s*\d{1,4}\s*页(?:.{0,8}页)?",
    _I,
)
PAGE_WORD = re.compile(
    r"(?:page|p\.|seite|página|第)\s*\d|\d\s*(?:/|of)\s*\d|[-–—]\s*\d+\s*[-–—]", _I
)


def is_furniture(line: str) -> bool:
    """Whether a whole line is navigation, a comment form, an advertisement mark and the like."""
    s = line.strip().strip('()（）[]【】-–—|·•*#>»"“” \t')
    if not any(c.isalnum() for c in s):
        return True
    if len(s) > 400:
        return False
    return bool(_LINES.fullmatch(s) if len(s) < 90 else None) or bool(_STARTS.match(s))


def is_release(line: str) -> bool:
    """Whether a whole line only says that something is released, until when, or that it ends."""
    return _RELEASE.fullmatch(line.strip("()[]-–—*#: \t")) is not None


def is_slug(line: str) -> bool:
    """Whether a line looks like the word under which a news agency files a text."""
    return _SLUG.fullmatch(line) is not None


def is_contact(line: str) -> bool:
    """Whether a line says whom to ask, or how: "Contact: ...", "Tel: ..."."""
    return _CONTACT.match(line) is not None


def opens_tail(line: str) -> bool:
    """Whether only comment forms, teasers and footers can be expected below this line."""
    return (
        len(line) < 60
        and _TAIL.fullmatch(line.strip().strip('()（）[]【】-–—|·•*#"“” \t')) is not None
    )


def may_name_a_subject(line: str) -> bool:
    """Whether a line of furniture may as well be the heading of what the text is about."""
    return _SUBJECTS.fullmatch(line.strip().strip("# :：")) is not None


def is_of_comments(line: str) -> bool:
    """Whether a line stands among readers' comments: who says it, when, or a button."""
    return _OF_COMMENTS.fullmatch(line.strip()) is not None


def asks_the_reader(line: str) -> bool:
    """Whether a line speaks to whoever reads it, as forms do: "Please log in to comment."."""
    return _ASKS.search(line) is not None
