"""A Word file as python-docx opens it: macros, templates, the strict form, any name of the body."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_TYPES = "[Content_Types].xml"
_MOST_TYPES = 1024 * 1024
_OTHER_MAIN = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled(?:Template)?"
    rb"|openxmlformats-officedocument\.wordprocessingml\.template)\.main\+xml"
)
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STRICT = b"http://purl.oclc.org/ooxml/"
_SPACES = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(?:officeDocument/(relationships|math)|wordprocessingml/main"
    rb"|(drawingml/\w+))"
)


def is_word(archive: ZipFile) -> bool:
    """Whether a zip file says that it holds the body of a Word document."""
    names = archive.namelist()
    if "word/document.xml" in names:
        return True
    if _TYPES not in names:
        return False
    with archive.open(_TYPES) as part:
        types = part.read(_MOST_TYPES)
    return _MAIN in types or _OTHER_MAIN.search(types) is not None


def opened(data: bytes) -> WordDocument:
    """The document; raises what python-docx raises where the file is damaged."""
    import docx

    with ZipFile(io.BytesIO(data)) as archive:
        types = archive.read(_TYPES)
        strict = any(_STRICT in archive.read(n) for n in archive.namelist() if n == "_rels/.rels")
        if strict or _OTHER_MAIN.search(types):
            data = _rewritten(archive, strict)
    return docx.Document(io.BytesIO(data))


def _rewritten(archive: ZipFile, strict: bool) -> bytes:
    """The same file with the type and the namespaces of a plain DOCX."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for name in dict.fromkeys(archive.namelist()):
            part = archive.read(name)
            if name == _TYPES:
                part = _OTHER_MAIN.sub(_MAIN, part)
            elif strict and name.endswith((".xml", ".rels")):
                part = _SPACES.sub(_transitional, part)
            copy.writestr(name, part)
    return out.getvalue()


def _transitional(found: re.Match[bytes]) -> bytes:
    kind, drawing = found.groups()
    if kind == b"relationships":
        return b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    if kind == b"math":
        return b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    if drawing is not None:
        topic, _, name = drawing.partition(b"/")
        return b"http://schemas.openxmlformats.org/" + topic + b"/2006/" + name
    return b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
