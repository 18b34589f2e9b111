"""Plain text, as files hold it: see :func:`read_plain`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.readers import facts as stated
from index.readers import furniture, joining, layout, outline
from index.readers import phrases as say
from index.readers.drawn import undrawn
from index.readers.fragments import strip_tags
from index.readers.furnished import furnished
from index.readers.hanging import entered
from index.readers.letters import letter_head
from index.readers.numbering import PARTS, enumerator
from index.readers.paged import paged
from index.readers.pieces import Facts, Headed, Piece
from index.readers.quoted import with_first_marks, without_marks
from index.readers.sections import blocks, heading_name
from index.readers.standing import SKIPPED
from index.readers.text_tables import tables
from index.readers.wrapping import unwrapped
from index.records import Block, Kind
from index.text import sentences

_HEAD = 12
_GENERIC = frozenset(
    [
        "introduction",
        "abstract",
        "summary",
        "contents",
        "overview",
        "background",
        "conclusion",
        "conclusions",
        "preface",
        "foreword",
        "acknowledgements",
        "references",
    ]
)


def read_plain(raw: str) -> tuple[str, list[Headed], Facts, int | None]:
    """Canonical text, pieces with their headings told, stated facts and which piece is the title.

    The canonical text is ``raw`` with these kinds of change: tags of HTML fragments go, the lines
    of drawn tables become tabs, of the marks of quoted lines each paragraph keeps the first ones,
    and what stands in the middle of a sentence (a note at the foot of the page, a page number) is
    moved to behind its paragraph, so that each sentence is one run of characters.
    """
    stripped = undrawn(strip_tags(raw))
    text = stripped.text
    found = layout.lines(text, stripped.marks)
    found = tables(text, found, stripped.marks)
    found = without_marks(text, found)
    found = paged(text, layout.classified(text, found))
    text, found = with_first_marks(text, unwrapped(text, entered(text, found)))
    text, found = joining.rearranged(text, found)
    found = notes_joined(text, joining.joined(text, found))
    return finish(text, found)


def parse_plain(raw: str) -> tuple[str, tuple[Block, ...], Facts]:
    """Canonical text, blocks and stated facts of a plain text."""
    text, items, facts, title = read_plain(raw)
    return text, blocks(text, items, title), facts


def notes_joined(text: str, found: Sequence[Piece]) -> list[Piece]:
    """Let a note take along the lines of addresses that follow it."""
    out: list[Piece] = []
    for piece in found:
        if (
            out
            and piece.kind is Kind.FOOTNOTE
            and out[-1].kind is Kind.FOOTNOTE
            and say.URL_ONLY.fullmatch(text[piece.start : piece.end])
            and not say.URL_ONLY.fullmatch(text[out[-1].start : out[-1].end])
        ):
            out[-1] = replace(out[-1], end=piece.end)
        else:
            out.append(piece)
    return out


def finish(text: str, found: Sequence[Piece]) -> tuple[str, list[Headed], Facts, int | None]:
    """What is common to all sources whose layout was told: head, headings, tail."""
    pieces, facts = head_facts(text, furnished(text, outline.split(text, found)))
    items = outline.headed(text, pieces)
    title = title_of(text, items)
    if title is not None:
        items[title] = Headed(replace(items[title].piece, kind=Kind.HEADING))
        piece = items[title].piece
        facts = replace(facts, title=facts.title or heading_name(text[piece.start : piece.end]))
    return text, items, facts, title


def head_facts(text: str, pieces: Sequence[Piece]) -> tuple[list[Piece], Facts]:
    """Date, publisher and address lines in the head (a date line also at the end) become furniture
    and facts; a date glued to the headline is cut from it."""
    pieces, facts = letter_head(text, pieces)
    out, facts = _glued_cut(text, list(pieces), facts)
    entries = _dated_entries(text, out)
    reading, begun = True, False
    for i, piece in enumerate(out[:_HEAD]):
        line = text[piece.start : piece.end]
        if piece.kind is None and len(line) > 250:
            reading = False
        if not reading or piece.kind not in (None, Kind.BOILERPLATE, Kind.FOOTNOTE) or "\n" in line:
            continue
        begun = begun or (piece.kind is None and _is_running(text, piece))
        if _is_filed(text, out, i):
            out[i] = replace(piece, kind=Kind.BOILERPLATE)
            continue
        stating = _line_facts(line)
        if i in entries or (begun and stated.is_bare_date(line)):
            continue
        if stating != Facts() or stated.is_byline(line):
            facts = stated.merged(facts, stating)
            out[i] = replace(piece, kind=Kind.BOILERPLATE)
    return _closing_date(text, out, facts)


def _is_filed(text: str, pieces: Sequence[Piece], i: int) -> bool:
    """Whether a line is what a news agency adds: the slug above the headline, the post of the one
    named above it."""
    line = text[pieces[i].start : pieces[i].end]
    if i == 0:
        return furniture.is_slug(line) and len(pieces) > 2
    above = text[pieces[i - 1].start : pieces[i - 1].end]
    return stated.is_byline(above) and stated.is_post(line)


def _is_running(text: str, piece: Piece) -> bool:
    return text[piece.end - 1] in ".。" and len(sentences(text, piece.start, piece.end)) > 1


def _dated_entries(text: str, pieces: Sequence[Piece]) -> frozenset[int]:
    """The lines that say a date alone, where several such lines stand above text of their own."""
    dates = [
        p.kind is None and p.end - p.start <= 40 and stated.is_bare_date(text[p.start : p.end])
        for p in pieces
    ]
    heads = [
        i
        for i in range(len(pieces) - 1)
        if dates[i] and not dates[i + 1] and pieces[i + 1].kind not in SKIPPED
    ]
    return frozenset(heads if len(heads) > 1 else ())


def _line_facts(line: str) -> Facts:
    day = stated.line_date(line)
    publisher = stated.stated_publisher(line) or (stated.byline_publisher(line) if day else "")
    author = stated.byline_author(line)
    return Facts(publisher=publisher, date=day, url=stated.stated_url(line), author=author)


def _closing_date(text: str, pieces: list[Piece], facts: Facts) -> tuple[list[Piece], Facts]:
    if facts.date:
        return pieces, facts
    for i in range(len(pieces) - 1, max(0, len(pieces) - 4), -1):
        piece = pieces[i]
        line = text[piece.start : piece.end]
        if piece.kind is None and len(line) <= 30 and (day := stated.line_date(line)):
            out = list(pieces)
            out[i] = replace(piece, kind=Kind.BOILERPLATE)
            return out, replace(facts, date=day)
        if piece.kind is None and say.is_finished(line):
            break
    return pieces, facts


def _glued_cut(text: str, pieces: list[Piece], facts: Facts) -> tuple[list[Piece], Facts]:
    for i, piece in enumerate(pieces[:3]):
        day, begin = stated.glued_date(text[piece.start : piece.end])
        at = piece.start + begin
        if piece.kind is None and day and at < piece.end:
            label = text[piece.start : at].rstrip()
            cut = [
                replace(piece, end=piece.start + len(label), kind=Kind.BOILERPLATE),
                replace(piece, start=at),
            ]
            return [*pieces[:i], *cut, *pieces[i + 1 :]], replace(facts, date=facts.date or day)
    return pieces, facts


def title_of(text: str, items: Sequence[Headed]) -> int | None:
    """The index of the headline: the first line, where it stands apart above further text.

    A line that ends as a sentence does is one only above a date line or byline, or as a short
    question or exclamation. Where there is none, the one heading of the first level counts.
    """
    told = [i for i, item in enumerate(items[:_HEAD]) if _may_be_headline(text, item.piece)]
    i = told[0] if told else len(items)
    if i + 1 < len(items) and _is_bare_label(text, items[i].piece):
        i += 1
    elif told and _is_numbered(text, items[i].piece):
        i = len(items)
    if i + 1 < len(items) and _body_follows(items, i):
        piece = items[i].piece
        line = text[piece.start : piece.end]
        if piece.kind in (None, Kind.HEADING) and _is_headline(text, line, items[i + 1].piece):
            return i
    return _only_top(items)


def _may_be_headline(text: str, piece: Piece) -> bool:
    return piece.kind not in SKIPPED and not furniture.is_contact(text[piece.start : piece.end])


def _is_numbered(text: str, piece: Piece) -> bool:
    """Whether a line begins with a number; "Schedule" without one may be the title itself."""
    mark = enumerator(text, piece.start, piece.end)
    return mark is not None and mark.number > 0


def _is_bare_label(text: str, piece: Piece) -> bool:
    """Whether a line holds only "Chapter 2" or the like, so that the title follows."""
    mark = enumerator(text, piece.start, piece.end)
    return mark is not None and mark.number > 0 and mark.style in PARTS and mark.end >= piece.end


def _only_top(items: Sequence[Headed]) -> int | None:
    """What the source marks as the title, else its one heading of the first level."""
    tops = [i for i, item in enumerate(items) if item.piece.level == 0]
    tops = tops or [i for i, item in enumerate(items) if item.piece.level == 1]
    return tops[0] if len(tops) == 1 and _body_follows(items, tops[0]) else None


def _body_follows(items: Sequence[Headed], i: int) -> bool:
    return any(item.piece.kind not in SKIPPED for item in items[i + 1 :])


def _is_headline(text: str, line: str, after: Piece) -> bool:
    dated = bool(stated.line_date(text[after.start : after.end]))
    short = len(line.split()) < 2 and not (say.has_han(line) and len(line) >= 4)
    if (
        len(line) > 250
        or line.lower() in _GENERIC
        or say.starts_lower(line)
        or (short and not dated)
    ):
        return False
    if say.is_finished(line):
        return dated or (line[-1] in "?!？！" and len(line) <= 150)
    return not say.ends_joining(line)
