"""The media type by content; the name only where the content leaves it open."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from index.errors import UnreadableDocument
from index.readers.decode import decode
from index.readers.docx.package import is_word

PDF, HTML, MARKDOWN, PLAIN = "application/pdf", "text/html", "text/markdown", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUPPORTED = "plain text, Markdown, HTML, PDF and DOCX"

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = (
    (b"{\\rtf", "an RTF file", "save it as DOCX or PDF"),
    (b"\x89PNG", "an image", "run OCR on it and add the text"),
    (b"\xff\xd8\xff", "an image", "run OCR on it and add the text"),
    (b"GIF8", "an image", "run OCR on it and add the text"),
    (b"II*\x00", "an image", "run OCR on it and add the text"),
    (b"MM\x00*", "an image", "run OCR on it and add the text"),
    (b"\x1f\x8b", "a compressed file", "unpack it and add what it holds"),
    (b"7z\xbc\xaf", "a compressed file", "unpack it and add what it holds"),
    (b"Rar!", "a compressed file", "unpack it and add what it holds"),
)
_WEB_ARCHIVE = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?content-type:\s*multipart/related\b",
    re.IGNORECASE,
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[^\n]*\n){0,60}?(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FRONT_KEY = re.compile(r"---[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*[A-Za-z_][\w -]*:")
_MARKDOWN = tuple(
    re.compile(p, re.MULTILINE)
    for p in (
        r"^#{1,6}[ \t]+\S",
        r"^```",
        r"^\|.*\|[ \t]*\n\|?[ \t:|-]+\|",
        r"\*\*[^*\s][^*\n]*\*\*",
        r"\[[^\]\n]+\]\(https?://[^)\s]+\)",
        r"^\[\^[^\]\s]+\]:",
    )
)


_TOLD = {
    "application/pdf": ".pdf",
    DOCX: ".docx",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{3,30})", re.IGNORECASE)


def _charset(content_type: str) -> str:
    m = _CHARSET.search(content_type)
    return m.group(1) if m else ""


def unreadable(file: str, reason: str, remedy: str) -> UnreadableDocument:
    """The one line that a person sees."""
    return UnreadableDocument(f"{file}: {reason}; {remedy}.")


def sniff(data: bytes, file: str, content_type: str = "") -> tuple[str, str | None]:
    """(media type, decoded text or None for a binary format); raises UnreadableDocument.

    ``content_type`` is a web server's header; it goes before the ending of the name.
    """
    if b"%PDF-" in data[:1024]:
        return PDF, None
    if data.startswith(_ZIP):
        return _zipped(data, file), None
    told = content_type.split(";")[0].strip().lower()
    suffix = _TOLD.get(told) or PurePosixPath(file.replace("\\", "/")).suffix.lower()
    _refuse(data, file, suffix)
    text = decode(data, _charset(content_type))
    if text is None:
        raise unreadable(
            file,
            "it is binary data, not text",
            f"Pullquote reads {SUPPORTED}; if this is a text file, save it as UTF-8",
        )
    return _text_type(text, suffix), text


def _zipped(data: bytes, file: str) -> str:
    try:
        word = is_word(zipfile.ZipFile(io.BytesIO(data)))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError):
        raise unreadable(
            file,
            "it is a damaged zip or DOCX file",
            "get it again, or open it in a word processor and save it anew",
        ) from None
    if word:
        return DOCX
    raise unreadable(
        file,
        "it is a zip file but no DOCX",
        f"Pullquote reads {SUPPORTED}; unpack it or save it as one of these",
    )


def _refuse(data: bytes, file: str, suffix: str) -> None:
    if data.startswith(_OLE):
        raise unreadable(
            file,
            "it is an old Office file or a DOCX with a password",
            "save it as DOCX without a password",
        )
    for magic, what, remedy in _OTHER:
        if data.startswith(magic):
            raise unreadable(file, f"it is {what}", remedy)
    if suffix in {".mht", ".mhtml"} and _WEB_ARCHIVE.match(data):
        raise unreadable(file, "it is a web archive (MHTML)", "save the page as HTML or PDF")
    if not any(data):
        raise unreadable(file, "it holds only zeros", "the file is damaged, get it again")
    if suffix == ".docx":
        raise unreadable(
            file,
            "it is named DOCX but is no zip, as a DOCX must be",
            "get it again, or save it as DOCX in a word processor",
        )
    if suffix == ".pdf":
        raise unreadable(
            file,
            "it is named PDF but does not begin as one",
            "get it again, it is damaged or something else",
        )


def _text_type(text: str, suffix: str) -> str:
    if _HTML.match(text):
        return HTML
    if _FRONT_MATTER.match(text) and _FRONT_KEY.match(text):
        return MARKDOWN
    if suffix in {".md", ".markdown"}:
        return MARKDOWN
    if suffix in {".html", ".htm", ".xhtml"}:
        return HTML if re.search(r"<[a-z][a-z0-9]*[\s>]", text, re.IGNORECASE) else PLAIN
    # Heading signs alone also stand in plain captures of pages, whose lines are paragraphs.
    signs = [sum(1 for _ in p.finditer(text[:8000])) for p in _MARKDOWN]
    return MARKDOWN if sum(map(bool, signs)) >= 2 and sum(signs) >= 3 else PLAIN
