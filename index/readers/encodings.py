"""Old encodings of one byte for each character, told apart by the letters of languages."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

_MARKS = frozenset("“”„‚‘’‹›–—…•·§™±€¥¢№¼¾×†‡¶\xa0\xad")
_IN_WORDS = frozenset("’‘–—·\xa0\xad")
_AFTER_WORDS, _AT_WORDS = frozenset("¹²³®©°½"), frozenset("«»µ£")
_HIGH = re.compile("[^\x00-\x7f]")
_LAST_LATIN = "\u024f"
_TAG = re.compile(rb"<[^<>]*>")
_LETTER = re.compile(rb"[A-Za-z]")
_SAMPLE, _MOST = 200_000, 4000
_SAYS = {".": 0.5, "²": 0.9, "": 0.0}  # for an encoding, where a letter says 0.6 to 1
_SURE = 1.0  # so much more than Western must another encoding explain
_MAC = 0.5  # its letters are the quotation marks of the others

# The letters of languages beyond ASCII, the most frequent first.
_WESTERN = (
    "éèïöêçñüàâôóáíœ éèàêçôâîûùïëœÿü üäößé óíáéñ¿¡úüºªç ãçáéóíõêâúàôºª èàùòìéî äåöé øåæéöóò "
    "äöåšž áíðöéóþúýæ ëéïèöüêó éàèíóòçúïü ëç äõüöšž áéíóú áøíðóýúæ"
)
_CENTRAL = "łąężśćóńź íáéěřžýčšůúťďňó áíéčšžýľúťňäôďóĺŕ áéöóőíüúű ăîâşţ čšžćđ üäöß"
_TURKISH = "ışüçğöİâîû"
_BALTIC = "ėžšųįūčąę āīēšūņļžķčģ äõüöšž"
_HEBREW = "יוהלאתרמבשנעםדחקפצטגכסזןץךף"
_ARABIC = "الينمرتوبعدسهفكقحجشطصخضثذزغةأءىظئإآؤ،؟؛پچژگکـًٌٍَُِّْ"
_CYRILLIC = (
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё оанивіетрсклудмпязьбгйчхцжїшюєщфґ "
    "аоиетнрсвлдпкмзугячбцжщйхфшъюь аоиентрсјувкдмплзгбчшцжђћњљфхџѓќѕ "
    "аонеістрпкдлмувязбыьгчйцўжхшюфэё"
)
_THAI = "านรอกเงมยลวดทสตะปบคหแจพชขใไโผถซธณฐศษภญฟฉฮฎฏฒฌฆฑฝฬีิ่้ัืุู์ำ็ึๆๅฯ๊๋"
_GREEK = "αοιετνσηρπκμλυςίόγάέωδθχύήφβώξζψϊΐϋΰ"

_LATIN = {
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1254": _TURKISH,
    "cp1257": _BALTIC,
    "mac_roman": _WESTERN,
}
# Hebrew first: its letters are small ones in the others, but theirs are not all Hebrew.
_OTHER = {
    "cp1255": _HEBREW,
    "cp1256": _ARABIC,
    "iso8859_6": _ARABIC,
    "cp1251": _CYRILLIC,
    "koi8_u": _CYRILLIC,
    "iso8859_5": _CYRILLIC,
    "cp866": _CYRILLIC,
    "cp874": _THAI,
    "cp1253": _GREEK,
    "iso8859_7": _GREEK,
}


def guessed(data: bytes) -> str:
    """The text as the encoding reads it whose languages have the letters that it shows; Western
    where no other explains clearly more."""
    western = _attempt(data, "cp1252") or data.decode("latin_1")
    best, text = _explained(western, _WESTERN) + _SURE, western
    for encoding, languages in (_LATIN | (_OTHER if _mostly_high(data) else {})).items():
        other = _attempt(data, encoding)
        if other is None:
            continue
        score = _explained(other, languages) * (_MAC if encoding == "mac_roman" else 1)
        if score > best:
            best, text = score, other
    return text


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _mostly_high(data: bytes) -> bool:
    """Whether letters of another script than Latin can carry the text."""
    sample = _TAG.sub(b" ", data[:_SAMPLE])
    return sum(b > 0x7F for b in sample) > 0.2 * len(_LETTER.findall(sample))


def _explained(text: str, languages: str) -> float:
    """How many of the characters beyond ASCII the likeliest of these languages has, its frequent
    letters counting for more."""
    shown = Counter(
        _shown(text[max(0, m.start() - 1) : m.start()], m.group(), text[m.end() : m.end() + 1])
        for m in islice(_HIGH.finditer(text, 0, _SAMPLE), _MOST)
    )
    marks = sum(says * shown.pop(c, 0) for c, says in _SAYS.items())
    return marks + max(
        sum(n * (1 - 0.4 * own.index(c) / len(own)) for c, n in shown.items() if c in own)
        for own in languages.split()
    )


def _shown(before: str, c: str, after: str) -> str:
    """The small letter; "." for a mark or a letter alone, "²" for a sign in its place, "" for what
    cannot stand there."""
    within = before.isalpha() and after.isalpha()
    if c in _AT_WORDS or c in _AFTER_WORDS:
        return "" if within else "." if c in _AFTER_WORDS and after.isalpha() else "²"
    if c in _MARKS:
        return "" if within and c not in _IN_WORDS else "."
    if not c.isalpha():
        return "" if within and c in "¿¡" else c
    if c.isupper() and before.islower():
        return ""
    if c > _LAST_LATIN and any(n.isascii() and n.isalpha() for n in (before, after)):
        return ""
    if not before.isalpha() and not after.isalpha():
        return "."
    small = c.lower()
    return small if len(small) == 1 else c
