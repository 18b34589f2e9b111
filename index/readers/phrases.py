"""Conventions of print: notes, captions, bullets, and how sentences and titles look.

The tables name wordings that many sites and publishers share, in English and Chinese, and nothing
of any one document.
"""

from __future__ import annotations

import re

from index.scripts import HAN, words

_I = re.IGNORECASE
SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074-\u2079"
_URL = r"(?:https?://|www\.)[^\s<>]+"
URL_ONLY = re.compile(rf"<?{_URL}>?[.,;]?")
URL = re.compile(_URL)

CAPTION = re.compile(
    r"""(?:table|figure|fig\.|chart|exhibit|graph|map|photo|plate|diagram|box|abbildung|abb\.|tabelle|tableau)\s*
        (?:\d{1,3}(?:[.-]\d{1,3})?|[IVX]{1,5}|[A-Z]\d{0,2}(?=[:.]))\s*(?:[:.：—–-]\s|\s(?=(?-i:[A-Z“"])))
      |[图圖表]\s*[\d一二三四五六七八九十]{1,3}(?:[-.]\d{1,2})?\s*[:：.、\s]""",
    _I | re.VERBOSE,
)
# "Ann Lee for the Daily News | AP", not "residents show smoke".
_CREDITED = (
    r"(?:\s+(?-i:[^\Wa-z_][^\s.]*|@[^\s.]+|[|&/–—-]"
    r"|of|the|and|for|via|an?|in|at|d[aeiu]|des|von|van|der|l[ae]))+"
)
PHOTO_CREDIT = re.compile(
    rf"""(?:^|[.)。]\s*)[(（\[]?(?:photos?|images?|pictures?|photographs?|illustration|graphic)(?:\s+credits?)?
        (?:(?:\s*[:：/]\s?|\s+courtesy\b)[^.]{{0,80}}|\s+(?:by|from)[:：]?{_CREDITED})[.)\]）]?$
      |[)）。]?\s*(?:新华社|图源|图片来源|摄影)[^。]{{0,30}}[)）]?$|[(（/／\s][^\s。]{{2,12}}\s?摄[)）]?$""",
    _I | re.VERBOSE,
)

_NOTE_WORD = (
    r"(?:references?|refs?\.|(?:image|photo|picture|data)?\s*sources?|notes?|see|ibid|cf\.|op\.\s?cit|cited|"
    r"available|retrieved|accessed|quelle|参考|來源|来源|资料来源|数据来源|图片来源|注释|注|见|出典)"
)
NOTE_NUMBERED = re.compile(rf"[\[(]?(\d{{1,3}})(?:[.)\]、:：]|\s)\s*{_NOTE_WORD}(?![a-z])", _I)
NOTE_WORDED = re.compile(
    r"(?:sources?|notes?|references?|(?:image|photo|data)\s+sources?|资料来源|数据来源|图片来源|注|注释)\s*[:：]\s*\S",
    _I,
)
NOTE_MARKED = re.compile(
    rf"(?:[{SUPERSCRIPTS}]{{1,3}}|\[\^[^\]\s]{{1,40}}\]:|[*†‡]{{1,3}})\s*(?=[^\W_]|<?http|[“\"‘'(])"
)
NUMBERED = re.compile(r"[\[(]?(\d{1,3})[.)\]]\s*")
NOTE_REFERENCE = re.compile(rf"(?<=\S)[{SUPERSCRIPTS}]{{1,3}}")

HEADING_SIGN = re.compile(r"(#{1,6})[ \t]+(?=\S)")
BULLET = re.compile(r"(?:[•▪■●◦‣⁃◆►➢✓✔○·]|[-–—*+](?=\s|[A-Z\u4e00-\u9fff]))\s*(?=\S)")


_SMALL = words(
    "a an and as at but by for from in into nor of on onto or over per the to up via "
    "vs with within without than that is are be"
)
_JOINING = words(
    "a an and as at but by for from in into nor of on onto or over the to upon via "
    "with within without than that which who whose is are was were be been has have "
    "had their its his her our this these those such not more most including between "
    "among"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FINISHED = re.compile(
    rf"""[.!?…:;。！？：；|*](?:["”’»›」』)\]）】'*\s{SUPERSCRIPTS}]|\[\d{{1,3}}\]|(?<=[^\W\d_][.!?”"’])\d{{1,2}}$)*$"""
)


def is_finished(s: str) -> bool:
    """Whether ``s`` ends as a sentence, a lead-in or a clause of a list does."""
    return _FINISHED.search(s[-24:]) is not None


def leads_in(s: str, after: str) -> bool:
    """Whether ``s`` ends in a dash above what it defines: "In this Act—", "“pier” means"."""
    return s[-1:] == "—" and after[:1] in "“‘\"'"


def ends_joining(s: str) -> bool:
    """Whether ``s`` breaks off: behind a comma, a hyphen, an open bracket or a function word."""
    tail = s.rstrip()
    if tail[-1:] == "“" and tail.count("“") % 2 == 0:  # a closing mark set the wrong way round
        tail = tail[:-1].rstrip()
    if tail[-1:] in ",，、-‐–—(（“‘/&":
        return True
    words = _WORD.findall(tail[-30:])
    return bool(words) and tail.endswith(words[-1]) and words[-1] in _JOINING


def capital_share(s: str) -> float:
    """The share of capitalised words among the words that Title Case capitalises."""
    words = [w for w in _WORD.findall(s) if w.lower() not in _SMALL]
    return sum(w[0].isupper() for w in words) / len(words) if words else 0.0


def starts_lower(s: str) -> bool:
    """Whether ``s`` opens in the middle of a sentence: a small letter or a closing mark."""
    head = s.lstrip(" \t\"“‘'(（[")
    if s[:1] in ",.;:)]}，。；：）、”’" and s[:1]:
        return True
    return (
        head[:1].islower() and (m := _WORD.match(head)) is not None and m.group()[1:].islower()
    ) or (len(head) > 1 and head[0].islower() and not head[1].isalnum())


def has_han(s: str) -> bool:
    return re.search(f"[{HAN}]", s) is not None
