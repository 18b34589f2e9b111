"""Files that unpack to far more than they are."""

from __future__ import annotations

import io
import zipfile
import zlib

import docx
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.errors import UnreadableDocument
from index.readers import read

WORDS = b"The granary of Tarn was built in 1702."


def word(words: bytes, **more: bytes) -> bytes:
    """A DOCX with one paragraph, and more parts."""
    plain, out = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("WORDS")
    document.save(plain)
    with (
        zipfile.ZipFile(plain) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            data = source.read(part)
            target.writestr(part.filename, data.replace(b"WORDS", words))
        for name, data in more.items():
            target.writestr(f"word/media/{name}", data)
    return out.getvalue()


def pdf(instructions: bytes) -> bytes:
    """A PDF of one page that carries out these instructions, packed."""
    packed = zlib.compress(instructions, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, len(out))
    )


def shown(words: bytes) -> bytes:
    return b"BT /F1 12 Tf 72 720 Td (%s) Tj ET " % words


def test_a_page_and_a_part_of_the_usual_size_are_read() -> None:
    assert read(word(WORDS), "a.docx").text.strip() == WORDS.decode()
    assert read(pdf(shown(WORDS)), "a.pdf").text.strip() == WORDS.decode()


@pytest.mark.parametrize(
    "data",
    [
        word(b"A" * 70_000_000),
        word(WORDS, **{"empty.bmp": bytes(300_000_000)}),
    ],
    ids=["words", "picture"],
)
def test_a_small_docx_that_unpacks_to_much_is_refused(data: bytes) -> None:
    assert len(data) < 1_000_000
    with pytest.raises(UnreadableDocument, match="unpacks to far more"):
        read(data, "a.docx")


def test_a_small_pdf_page_with_endless_instructions_is_refused() -> None:
    data = pdf(shown(WORDS) * 200_000)
    assert len(data) < 100_000
    with pytest.raises(UnreadableDocument, match="unpacks to far more"):
        read(data, "a.pdf")


def test_a_large_picture_in_a_pdf_is_no_reason_to_refuse_it() -> None:
    kept = io.BytesIO()
    canvas = Canvas(kept)
    canvas.drawString(72, 720, WORDS.decode())
    canvas.drawImage(ImageReader(Image.new("RGB", (2200, 1700), "white")), 0, 0, 300, 200)
    canvas.save()
    assert WORDS.decode() in read(kept.getvalue(), "a.pdf").text


def test_entities_that_grow_are_not_followed() -> None:
    grown = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10))
    plain, out = io.BytesIO(word(b"&e9;")), io.BytesIO()
    with (
        zipfile.ZipFile(plain) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            head, end, rest = source.read(part).partition(b"?>")
            types = b'<!DOCTYPE x [<!ENTITY e0 "ha">%s]>' % grown
            is_text = part.filename == "word/document.xml"
            target.writestr(part.filename, head + end + (types if is_text else b"") + rest)
    with pytest.raises(UnreadableDocument):
        read(out.getvalue(), "a.docx")
