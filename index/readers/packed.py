"""How much a file unpacks to: a few kilobytes can hold gigabytes, which no document needs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import UnreadableDocument
from index.readers.sniff import unreadable
from index.records import Span

if TYPE_CHECKING:
    from zipfile import ZipFile

MEGABYTE = 1024 * 1024
# XML takes some twenty times its size in memory; a thousand pages are about 15 MB of it.
MOST_XML = 64 * MEGABYTE
MOST_ELSE, MOST_TIMES = 256 * MEGABYTE, 3  # pictures: so much, or so many times the file
MOST_CONTENT = 8 * MEGABYTE  # one page's instructions in a PDF; a dense map has a few megabytes
_STREAM = re.compile(rb">>\s{0,9}stream\r?\n")
_ABOUT = 2000  # bytes before a stream in which what it holds is told


def require_sane_zip(archive: ZipFile, size: int, file: str) -> None:
    """Raises UnreadableDocument where the parts of a zip of ``size`` bytes say that they are too
    large. They cannot be larger than they say: no more of them is ever unpacked."""
    parts = archive.infolist()
    words = sum(p.file_size for p in parts if p.filename.endswith((".xml", ".rels")))
    if words > MOST_XML or sum(p.file_size for p in parts) > MOST_ELSE + MOST_TIMES * size:
        raise _too_large(file)


def require_sane_pdf(data: bytes, file: str) -> None:
    """Raises UnreadableDocument where the packed instructions of a page are too large. Pictures
    are not looked at: they are not unpacked to read the text."""
    whole = memoryview(data)
    for begin, end in _packed(data):
        try:
            unpacked = zlib.decompressobj().decompress(whole[begin:end], MOST_CONTENT)
        except zlib.error:
            continue  # encrypted, damaged, or packed twice
        if len(unpacked) == MOST_CONTENT:
            raise _too_large(file)


def _packed(data: bytes) -> Iterator[Span]:
    for found in _STREAM.finditer(data):
        begin = found.start()
        told = data[max(data.rfind(b"obj", 0, begin), begin - _ABOUT) : begin]
        if b"FlateDecode" in told and b"/Image" not in told and b"/FontFile" not in told:
            end = data.find(b"endstream", found.end())
            yield found.end(), end if end > 0 else len(data)


def _too_large(file: str) -> UnreadableDocument:
    return unreadable(
        file,
        "it unpacks to far more than a document holds",
        "it may be made to do harm; if not, print it to a PDF and add that",
    )
