"""The head of an e-mail saved as text: who wrote it, when, and about what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.readers.facts import iso_date
from index.readers.pieces import Facts, Piece
from index.records import Kind

_FIELDS = {
    "from": r"from|发件人|寄件者|差出人",
    "subject": r"subject|主题|主旨|件名",
    "date": r"date|sent|日期|发送时间|发件时间",
    "other": r"to|cc|bcc|reply-to|importance|attachments?|收件人|抄送|附件",
}
_FIELD = re.compile(
    rf"(?:{'|'.join(f'(?P<{name}>{labels})' for name, labels in _FIELDS.items())})"
    r"\s*[:：]\s*(?P<value>\S.*)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s*[<\[(（]\S+@\S+[>\])）]\s*$")


def letter_head(text: str, pieces: Sequence[Piece]) -> tuple[list[Piece], Facts]:
    """The pieces with the fields of the head as furniture, the subject as the heading, and what
    they state; as they are where the text does not begin with fields that name both who writes and
    the subject."""
    fields = list(_fields(text, pieces))
    told = dict(reversed(fields))
    if not (told.get("from") and told.get("subject")):
        return list(pieces), Facts()
    out = [
        replace(piece, kind=Kind.HEADING if name == "subject" else Kind.BOILERPLATE, level=1)
        for piece, (name, _) in zip(pieces, fields, strict=False)
    ]
    facts = Facts(
        title=told["subject"],
        date=iso_date(told.get("date", "")),
        author=_ADDRESS.sub("", told["from"]).strip("\"' "),
    )
    return [*out, *pieces[len(out) :]], facts


def _fields(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Name and value of the fields in the lines that the text begins with."""
    for piece in pieces:
        m = _FIELD.fullmatch(text, piece.start, piece.end)
        if m is None:
            return
        yield next(name for name in _FIELDS if m[name]), m["value"] or ""
