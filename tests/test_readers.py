"""The door: media types, encodings, errors, and what every document keeps to."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableDocument
from index.readers import SUFFIXES, read
from index.records import Document
from index.text import sentences

LINES = st.sampled_from(
    ["", "Harbour Plan", "I. Walls", "II. Pumps",
     "(IV) Build walls. They hold. (V) Build more.",
     "(12) Widen the quay. It is narrow.(13) Deepen it. Soon.", "1. First point", "2. second",
     "- a bullet", "The council met on Monday and passed the", "plan for the walls.", "12", "13",
     "3. References:", "https://example.org/a", "¹ See the minutes.", "Year\tShips", "2021\t120",
     "<p>One</p>\t<p>Two</p>", "Leave a Reply", "Table 1: Ships by year",
     "第三章 港口", "（二十七）建设码头。投资三亿元。", "一、总体要求", "2024.10.21",
     "Why walls?", "long-", "term."]
)  # fmt: skip


def assert_sound(document: Document) -> None:
    """Blocks are trimmed, in order, apart, and hold every printed character."""
    at = 0
    for block in document.blocks:
        part = document.text[block.start : block.end]
        assert at <= block.start and part == part.strip() and part
        assert not document.text[at : block.start].strip()
        at = block.end
        assert "".join("".join(document.text[a:b].split()) for a, b in sentences(
            document.text, block.start, block.end)) == "".join(part.split())  # fmt: skip
    assert not document.text[at:].strip()


@given(st.lists(LINES, min_size=1, max_size=25), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_blocks_hold_everything_in_order(lines: list[str], end: str) -> None:
    raw = end.join(["The first line.", *lines])
    document = read(raw.encode(), "a.txt")
    assert_sound(document)
    untagged = raw.replace("<p>", "").replace("</p>", "")
    assert Counter("".join(document.text.split())) == Counter("".join(untagged.split()))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_any_text_is_read_without_loss(raw: str) -> None:
    if raw.strip() and "<" not in raw:
        document = read(b"Begin. " + raw.encode(), "a.txt")
        assert_sound(document)


def test_the_record_is_filled_from_the_bytes_and_the_call() -> None:
    document = read(b"A short text.", "in/a.txt", collection="town", url="https://example.org/")
    assert document.file == "in/a.txt" and document.collection == "town"
    assert document.id == document.sha256[:16]
    assert document.url == "https://example.org/" and document.media_type == "text/plain"
    assert document.text == "A short text." and document.title == document.date == ""


def test_a_text_without_markup_or_notes_is_kept_to_the_character() -> None:
    raw = "  Two  spaces,\ttabs.\n\n\nThree lines below;  it ends with some.  \n"
    assert read(b"\xef\xbb\xbf" + raw.replace("\n", "\r\n").encode(), "a.txt").text == raw


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("L'été dernier, les élèves étaient à l'école où ça coûtait 5 €.", "cp1252"),
        ("Die Größe der Straße überrascht die Müllers nicht.", "latin-1"),
        ("港口建设的意见。到二〇二五年，建成新码头三个，更新水泵。", "gb18030"),
        ("在歐洲，梵語的學術研究，由德國學者開創。", "big5"),
        ("これは日本語の文章です。東京は首都です。", "shift_jis"),
        ("これは日本語の文章です。東京は首都です。", "euc_jp"),
        ("한국어 문장입니다. 서울은 수도이다.", "euc_kr"),
        ("Порт построен в начале века. Это большой город.", "cp1251"),
        ("أعلنت وزارة النقل أن الميناء سيفتح في شهر يونيو. وقال الوزير إن العمل سيستمر.", "cp1256"),
        ("وافق البرلمان على مشروع القانون بأغلبية 85 صوتا مقابل 40 صوتا.", "iso8859_6"),
        ("משרד התחבורה הודיע ביום שני כי הנמל ייפתח ביוני. העבודות יימשכו שנה.", "cp1255"),
        ("ראש העיר אמר כי בית הספר נבנה בשנת 1998 והוא הגדול ביותר בעיר.", "iso8859_8"),
        ("Bakanlık, yeni limanın haziran ayında açılacağını pazartesi günü duyurdu.", "cp1254"),
        ("Meclis, tasarıyı 85 oyla kabul etti. Işıklar gece yarısı söndü.", "iso8859_9"),
        ("Szkoła została zbudowana w 1998 roku i jest największą szkołą w mieście.", "cp1250"),
        ("Szkoła została zbudowana w 1998 roku i jest największą szkołą w mieście.", "iso8859_2"),
        ("Škola byla postavena v roce 1998 a je největší ve městě.", "cp1250"),
        ("Škola byla postavena v roce 1998 a je největší ve městě.", "iso8859_2"),
        ("Az új kikötő tizennégy millióba került. Ezután a bővítés következik.", "iso8859_2"),
        ("Şcoala a fost construită în 1998 şi este cea mai mare din oraş.", "iso8859_2"),
        ("Ministras sakė, kad uostas bus atidarytas birželį. Jį stato mūsų šalis.", "cp1257"),
        ("Школа была построена в 1998 году, она самая большая в городе.", "koi8_r"),
        ("Школа была построена в 1998 году, она самая большая в городе.", "iso8859_5"),
        ("Школа была построена в 1998 году, она самая большая в городе.", "cp866"),
        ("Нове пристанище відкриється в червні. Її збудовано 1998 року.", "cp1251"),
        ("Το σχολείο χτίστηκε το 1998. Άνοιξε με 1200 μαθητές.", "cp1253"),
        ("Το σχολείο χτίστηκε το 1998. Άνοιξε με 1200 μαθητές.", "iso8859_7"),
        ("ท่าเรือใหม่จะเปิดในเดือนมิถุนายน รัฐมนตรีกล่าวเมื่อวันจันทร์", "cp874"),
        ("Skolan är den största i staden. I dag går över 1200 elever på den.", "cp1252"),
        ("Le ministère a déclaré que les élèves étaient là jusqu’à « l’été ».", "cp1252"),
        ("Höfnin er sú stærsta á landinu og það þykir góð höfn.", "latin-1"),
        ("© 2023. 30 m³ of it, 5 µm thick, for £14 or £15; LEGO® – it’s naïve.", "cp1252"),
        ("“It’s open”, she said – and that was that…", "cp1252"),
        ("The harbour “plan”.", "utf-16"),
        ("The harbour plan.", "utf-16-le"),
        ("港口建设的意见。到二〇二五年，建成新码头三个，更新水泵。\n", "utf-16-le"),
        ("Порт построен в начале века.\nЭто большой город.\n", "utf-16-be"),
        ("これは日本語の文章です。東京は首都です。", "iso2022_jp"),
        ("The ministry of finance (财政部) and the harbour office (港务局) agree. " * 3, "gb18030"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    assert read(text.encode(encoding), "a.txt").text == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("港口建设的意见。更新水泵。".encode()[:-2], "港口建设的意见。更新水泵\ufffd"),
        ("Der Zoll für Käse und Öl fällt. ".encode() + b"\x93So\x94.",
         "Der Zoll für Käse und Öl fällt. “So”."),
        (b"The walls are old.\0They leak, and nobody mends them at all.\x1a" + bytes(40),
         "The walls are old. They leak, and nobody mends them at all."),
        ("\u200b- Walls\u200b\n\ufeff- Pumps of\u200bTilby".encode(),
         "- Walls\n- Pumps of\u200bTilby"),
    ],
)  # fmt: skip
def test_a_few_damaged_bytes_spoil_no_text(data: bytes, text: str) -> None:
    assert read(data, "a.txt").text == text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The harbour was built by the town, and it is the pride of all.", "en"),
        ("Der Hafen wurde von der Stadt gebaut und ist nicht groß.", "de"),
        ("Le port est le plus grand du pays et la ville vit pour lui.", "fr"),
        ("Порт построен в начале века, и это большой город.", "ru"),
        ("港口建设的意见。", "zh"),
        ("12 34", ""),
    ],
)
def test_language(text: str, language: str) -> None:
    assert read(text.encode(), "a.txt").language == language


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"<!DOCTYPE html><html><body><p>Hello there.</p></body></html>", "a.txt", "text/html"),
        (b"---\ntitle: A\n---\nBody text.", "a.txt", "text/markdown"),
        (b"# Title\n\nSee [this](https://example.org) and **that**.", "a", "text/markdown"),
        (b"Plain words.", "a.md", "text/markdown"),
        (b"Plain words.", "a.html", "text/plain"),
        (b"Plain words.", "a", "text/plain"),
    ],
)
def test_the_content_tells_the_type(data: bytes, name: str, media_type: str) -> None:
    assert read(data, name).media_type == media_type


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\t ", "a.txt", "only white space"),
        (bytes(1000), "a.txt", "only zeros"),
        (bytes(range(256)) * 8, "a.bin", "binary"),
        (b"no zip at all", "a.docx", "no zip"),
        (zipped("x.txt"), "a.docx", "no DOCX"),
        (zipped("word/document.xml"), "a.docx", "damaged"),
        (b"PK\x03\x04 cut off", "a.docx", "damaged"),
        (b"%PDF-1.7\n1 0 obj", "a.pdf", "truncated"),
        (b"not a pdf", "a.pdf", "does not begin"),
        (b"\x89PNG\r\n\x1a\n....", "a.png", "image"),
        (
            b"From: <Saved by X>\r\nSubject: A\r\n b\r\nContent-Type: multipart/related;\r\n",
            "a.mht",
            "web archive",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "a.doc", "old Office"),
        (b"<html><body><script>x</script></body></html>", "a.html", "no text"),
    ],
)
def test_bad_input_gets_one_line_with_name_reason_and_remedy(
    data: bytes, name: str, reason: str
) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read(data, name)
    message = str(caught.value)
    assert message.startswith(f"{name}: ") and reason in message
    assert "\n" not in message and "; " in message


def test_reading_imports_no_format_before_it_comes() -> None:
    code = (
        "import sys, index.readers; print([m for m in ('lxml', 'docx', 'pypdfium2', 'trafilatura',"
        " 'py3langid', 'numpy', 'yaml', 'markdown_it') if m in sys.modules])"
    )
    assert subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip() == "[]"  # fmt: skip


def test_suffixes_for_a_folder_walk() -> None:
    assert {".txt", ".md", ".html", ".pdf", ".docx"} <= SUFFIXES


BROKEN = "<p>“It’s open”, she said – and that was that…</p><p>Caf\u00e9.</p>".encode()


@pytest.mark.parametrize("at", [b"Caf", b"</p><p>"])
def test_a_broken_character_leaves_the_others_of_a_page_as_they_are(at: bytes) -> None:
    document = read(BROKEN.replace(at, b"\xe2\x80" + at), "a.html")
    assert "“It’s open”, she said – and that was that…" in document.text
    assert "Café" in document.text and document.text.count("\ufffd") == 1


@pytest.mark.parametrize(
    ("name", "written", "text"),
    [("iso-8859-1", "cp1252", "“It’s open” – for 5 €"), ("gb2312", "gbk", "朱镕基总理作出指示。"),
     ("shift_jis", "cp932", "①髙橋の文章です。"), ("nonsense", "cp1252", "“It’s open” – she said")],
)  # fmt: skip
def test_a_page_names_its_encoding_as_browsers_read_the_name(
    name: str, written: str, text: str
) -> None:
    page = f"<html><head><meta charset={name}></head><body><p>{text}</p></body></html>"
    assert read(page.encode(written), "a.html").text == text
