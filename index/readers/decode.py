"""Bytes to text: marks first, then UTF-8, then the best guess."""

from __future__ import annotations

import codecs
import re

from index.readers.encodings import guessed

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_.:-]{3,30})""", re.IGNORECASE
)
# What the web means by a name: the larger encoding of the same family.
_MEANT = {
    **dict.fromkeys(("ascii", "iso8859-1"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **{"iso8859-9": "cp1254", "tis-620": "cp874", "iso8859-11": "cp874"},
    **{"shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"},
}
_EAST_ASIAN = ("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")
_JAPANESE_MAIL = re.compile(rb"\x1b\$[@B]")
# Controls that text never holds; tab, line feed, form feed, return and escape may occur.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_INVISIBLE = re.compile("^[\u200b\u2060\ufeff]+|[\u200b\u2060\ufeff]+$", re.MULTILINE)
_ALPHABETS = re.compile("[\u0370-\u06ff\u0900-\u0e7f]")
_STRANGE = re.compile("[\udc80-\udcff]")
_STRANGE_RUN = re.compile("[\udc80-\udcff]+")
_CUT = re.compile(rb"[\xe0-\xf4][\x80-\xbf]{1,2}")  # the begin of a character in UTF-8
_UTF8_FOR_STRANGE = 2  # characters beyond ASCII for each byte that is no UTF-8
_FEW_WIDE = 0.1  # of the characters: below that all of them must be everyday ones


def decode(data: bytes, declared: str = "") -> str | None:
    """The text of ``data`` with line ends as ``\\n`` and no byte order mark; None if it is no text.

    Valid UTF-8 is taken as UTF-8; no other encoding is asked then. ``declared`` is the encoding
    that came with the bytes; it goes before one that they name themselves. What fills the end of
    a file goes, and so do characters without width at the ends of lines; other zeros are blanks.
    """
    text = _decoded(data, declared)
    text = text.rstrip("\x00\x1a") if text else text
    if text is None or _share_of_controls(text) > 0.02:
        text = _wide_utf16(data)
    if text is None:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")
    return _INVISIBLE.sub("", text)


def _decoded(data: bytes, declared: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _attempt(data, encoding)
    if (wide := _unmarked_utf16(data)) is not None:
        return wide
    if _JAPANESE_MAIL.search(data) and (mail := _attempt(data, "iso2022_jp")) is not None:
        return mail
    text = _attempt(data, "utf-8") or _damaged_utf8(data)
    if text is None and declared:
        text = _as_meant(data, declared)
    if text is None:
        text = _declared(data)
    return text if text is not None else _guessed(data)


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few bytes that are none: cut off at its end, or with words from elsewhere."""
    text = data.decode("utf-8", "surrogateescape")
    strange = len(_STRANGE.findall(text))
    beyond = sum(c > "\x7f" for c in text) - strange
    if not strange or beyond < _UTF8_FOR_STRANGE * strange:
        return None
    return _STRANGE_RUN.sub(_from_elsewhere, text)


def _from_elsewhere(strange: re.Match[str]) -> str:
    """Western characters, or the mark of one that is missing where it is cut in its middle."""
    data = strange.group().encode("utf-8", "surrogateescape")
    if strange.end() == len(strange.string) or _CUT.fullmatch(data):
        return "\ufffd"
    return data.decode("cp1252", "replace")


def _declared(data: bytes) -> str | None:
    """By the encoding that a page or an XML file names in its head."""
    m = _CHARSET.search(data[:2048]) if data.lstrip()[:1] == b"<" else None
    return _as_meant(data, m.group(1).decode("ascii")) if m else None


def _as_meant(data: bytes, name: str) -> str | None:
    try:
        meant = _MEANT.get(codecs.lookup(name).name)
    except LookupError:
        return None
    text = _attempt(data, meant) if meant else None
    return text if text is not None else _attempt(data, name)


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Western text is zero."""
    sample = data[:2000]
    if len(data) % 2 or not any(sample):
        return None
    half = max(1, len(sample) // 2)
    low, high = sample[0::2], sample[1::2]
    for encoding, zeros, others in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        if zeros.count(0) > 0.4 * half > 4 * others.count(0):
            return _attempt(data, encoding)
    return None


def _wide_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, in a script of which few bytes are zero."""
    for encoding in ("utf-16-le", "utf-16-be") if len(data) % 2 == 0 else ():
        text = _attempt(data, encoding)
        wide = [c for c in (text or "")[:20_000] if c > "\x7f"]
        common = sum(_everyday(c) or _ALPHABETS.match(c) is not None for c in wide)
        if text and common > 0.8 * len(wide) > 0 and not _share_of_controls(text):
            return text
    return None


def _guessed(data: bytes) -> str | None:
    """Old encodings. East Asian ones are accepted only where the result reads as such a text."""
    if _share_of_controls(data.rstrip(b"\0\x1a").decode("latin_1")) > 0.02:
        return None
    if text := _east_asian(data):
        return text
    return guessed(data)


def _east_asian(data: bytes) -> str | None:
    """The decoding with the highest share of everyday characters among its wide ones.

    Each of these encodings decodes much of the others' text into rare characters, and Western text
    into few wide ones; so ideographs of the two most used blocks of the standard's first level,
    kana and Hangul are counted.
    """
    scored = []
    for order, encoding in enumerate(_EAST_ASIAN):
        text = _attempt(data, encoding)
        if text is None:
            continue
        wide = [c for c in text[:20_000] if ord(c) > 0x7F]
        if len(wide) < 4 and len(wide) < _FEW_WIDE * len(text):
            continue
        common = sum(map(_everyday, wide)) / max(1, len(wide))
        if common < 0.95 and len(wide) < _FEW_WIDE * len(text[:20_000]):
            continue
        score = common + _own_letters(wide, encoding)
        scored.append((score, -order, text))
    best = max(scored, default=None)
    return best[2] if best and best[0] > 0.7 else None


def _own_letters(wide: list[str], encoding: str) -> float:
    """1 for kana in a Japanese encoding and Hangul in the Korean one: kana stand at the same
    codes in the Chinese ones, but no Chinese text has many of them."""
    if encoding in ("shift_jis", "euc_jp"):
        return float(sum("\u3041" <= c <= "\u30fe" for c in wide) > 0.2 * len(wide))
    hangul = sum("\uac00" <= c <= "\ud7a3" for c in wide)
    return float(encoding == "euc_kr" and hangul > 0.85 * len(wide))


def _everyday(c: str) -> bool:
    if (
        "\u3041" <= c <= "\u30fe"
        or "\uac00" <= c <= "\ud7a3"
        or c in "，。、；：？！“”（）《》「」『』・"
    ):
        return True
    if not "\u4e00" <= c <= "\u9fff":
        return False
    # The first level of GB 2312 and of Big5 holds the everyday characters.
    return any(
        _first_level(c, *level)
        for level in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("shift_jis", 0x88, 0x97))
    )


def _first_level(c: str, encoding: str, first: int, last: int) -> bool:
    try:
        return first <= c.encode(encoding)[0] <= last
    except UnicodeEncodeError:
        return False


def _share_of_controls(text: str) -> float:
    return len(_CONTROLS.findall(text)) / max(1, len(text))
