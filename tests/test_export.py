"""Answers as files, read back by other programs."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from markdown_it import MarkdownIt

from index.ingest import Received, Source
from index.library import Library
from qa.answer import Answer, answer, as_json
from qa.cli import main
from qa.export.entries import entries
from qa.export.formats import FORMATS, exported
from qa.web.exporting import as_answer

PAGE = b"""<!doctype html><html lang="en"><head><title>Wall &amp; &lt;tide&gt;</title>
<meta name="author" content="Ada Brunel"></head><body><main><h1>Wall &amp; &lt;tide&gt;</h1>
<p>The *harbour* wall is <b>three</b> metres high &amp; costs $5 [net], said &lt;script&gt;.</p>
<p>The ferry sails at noon from Port Elsewhere.</p></main></body></html>"""
URL = "https://post.example/wall?a=1&b=2"
QUESTIONS = ["How high is the harbour wall?", "When does the ferry sail from Port Elsewhere?",
             "Who painted the chapel ceiling in Toledo in 1590?"]  # fmt: skip

CAUSES = ("Frost", "Ebb", "Oil", "Thunder", "Ice")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = Library.open(tmp_path_factory.mktemp("export") / "library", create=True)
    got = Received(PAGE, URL, URL, (("Content-Type", "text/html"),), "2026-01-02T03:04:05+00:00")
    made.add_sources([Source(Path(), got.name, got)])
    return made


@pytest.fixture(scope="module")
def answers(library: Library) -> list[Answer]:
    found = [answer(library, q) for q in QUESTIONS]
    assert [a.status for a in found] == ["answered", "answered", "not_found"]
    return found


def test_the_items_of_a_list_have_lines_of_their_own(tmp_path: Path) -> None:
    """Also where the desk has only the JSON of the answer."""
    (tmp_path / "eels.md").write_text(
        "# Eels\n\nThe weir of Orrin Bay stays shut for one of these reasons:\n\n"
        + "".join(f"- {cause} {'keeps the eels of the weir away ' * 4}.\n" for cause in CAUSES)
    )
    own = Library.open(tmp_path / "library", create=True)
    own.add([tmp_path / "eels.md"])
    found = answer(own, "What are the reasons the weir of Orrin Bay stays shut?")
    again = as_answer(own, json.loads(json.dumps(as_json(found))))
    for one in (found, again):
        (entry,) = entries(own, [one])
        assert [len(line) for line in entry.lines()] == [1] * len(CAUSES)


@pytest.mark.parametrize("format", ["markdown", "html", "docx"])
def test_a_question_that_the_documents_leave_open_is_named(library: Library, format: str) -> None:
    found = answer(library, "How high is the harbour wall, and who painted it?")
    assert found.unanswered == ("Who painted it?",)
    again = as_answer(library, json.loads(json.dumps(as_json(found))))
    for one in (found, again):
        made = exported(library, [one], format)
        if format == "docx":
            made = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml")
        assert "The documents do not say: Who painted it?" in made.decode()


def test_sources_are_numbered_through_and_checked(library: Library, answers: list[Answer]) -> None:
    found = entries(library, answers)
    numbers = [s.number for e in found for s in e.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    for entry in found:
        for source in entry.sources:
            assert source.matches and source.status.endswith("yes")
            assert source.accessed == "2026-01-02"


def test_a_quotation_that_does_not_match_is_called_out(
    library: Library, answers: list[Answer]
) -> None:
    first = answers[0]
    wrong = replace(first.citations[0], quote="The wall is nine metres high.")
    spoilt = replace(first, citations=(wrong, *first.citations[1:]))
    assert "NO, do not print" in exported(library, [spoilt], "markdown").decode()


def test_changed_archived_bytes_are_called_out(library: Library, answers: list[Answer]) -> None:
    document = answers[0].citations[0].document
    archive = library.path / "sources" / document.sha256
    archive.write_bytes(PAGE + b" ")
    try:
        for format in FORMATS:
            data = exported(library, answers, format)
            if format == "docx":
                data = zipfile.ZipFile(io.BytesIO(data)).read("word/footnotes.xml")
            assert b"NO, do not print" in data, format
    finally:
        archive.write_bytes(PAGE)


def test_markdown_shows_the_words_as_they_are(library: Library, answers: list[Answer]) -> None:
    text = exported(library, answers, "markdown").decode()
    shown = html.document_fromstring(MarkdownIt("commonmark").render(text)).text_content()
    for a in answers:
        assert a.question in shown
        for c in a.citations:
            assert " ".join(c.quote.split()) in shown
    marks = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert marks and marks == set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    assert "The documents do not say." in text and "#:~:text=" in text
    assert "<script>" not in MarkdownIt("commonmark").render(text)


def test_the_html_page_stands_alone_and_escapes(library: Library, answers: list[Answer]) -> None:
    text = exported(library, answers, "html").decode()
    root = html.document_fromstring(text)
    assert not root.xpath("//script | //img | //link | //iframe | //@src | //@onclick")
    assert not re.search(r"@import|url\(", text)
    sources = root.xpath("//li")
    assert [int(li.get("value")) for li in sources] == list(range(1, len(sources) + 1))
    for a in root.xpath("//sup/a"):
        assert root.get_element_by_id(a.get("href")[1:]) is not None
    quotes = [q.text_content() for q in root.xpath("//blockquote")]
    assert any("costs $5 [net], said <script>." in q for q in quotes)


def notes_of(data: bytes) -> list[str]:
    """The footnotes as another reader of DOCX sees them, in order."""
    import mammoth

    page = html.document_fromstring(mammoth.convert_to_html(io.BytesIO(data)).value)
    return [li.text_content() for li in page.xpath("//li[starts-with(@id, 'footnote-')]")]


def test_the_docx_has_real_footnotes(library: Library, answers: list[Answer]) -> None:
    data = exported(library, answers, "docx")
    notes = notes_of(data)
    cited = [c for a in answers for c in a.citations]
    assert len(notes) == len(cited) > 1
    for note, c in zip(notes, cited, strict=True):
        assert " ".join(c.quote.split()) in note and c.document.sha256 in note
        assert "match the archived source: yes" in note and c.document.url in note
    package = zipfile.ZipFile(io.BytesIO(data))
    for name in package.namelist():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(package.read(name))
    relations = package.read("word/_rels/footnotes.xml.rels").decode()
    assert relations.count('TargetMode="External"') >= 1 and ":~:text=" in relations


def test_a_source_named_twice_is_one_footnote(library: Library, answers: list[Answer]) -> None:
    first = answers[0]
    twice = replace(first, sentences=(first.sentences[0], first.sentences[0]))
    assert len(notes_of(exported(library, [twice], "docx"))) == len(
        {n for s in twice.sentences for n in s.citations}
    )


def test_signs_that_xml_cannot_hold_are_left_out(library: Library, answers: list[Answer]) -> None:
    odd = replace(answers[0], question="How high\x00\x0b\ufffe is it?")
    assert notes_of(exported(library, [odd], "docx"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
def test_libreoffice_opens_the_docx(
    library: Library, answers: list[Answer], tmp_path: Path
) -> None:
    (tmp_path / "a.docx").write_bytes(exported(library, answers, "docx"))
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    import pypdfium2

    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        words = " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in pdf)
    assert "match the archived source: yes" in words and "Port Elsewhere" in words


def test_each_document_is_one_reference(library: Library, answers: list[Answer]) -> None:
    (item,) = json.loads(exported(library, answers, "csl-json"))
    cited = [c for a in answers for c in a.citations]
    assert item["title"] == "Wall & <tide>" and item["note"].count("yes.") == len(cited)
    assert exported(library, answers, "ris").count(b"TY  - ELEC") == 1
    assert exported(library, answers, "bibtex").count(b"@online{") == 1


# -- the commands ------------------------------------------------------------------------------


def run(capfdbinary: Any, *argv: str) -> tuple[int, str, str]:
    capfdbinary.readouterr()
    status = main(argv)
    out, err = capfdbinary.readouterr()
    return status, out.decode(), err.decode()


def test_ask_writes_files(capfdbinary: Any, library: Library, tmp_path: Path) -> None:
    at = ["--library", str(library.path)]
    for format in FORMATS:
        target = tmp_path / f"answer-{format}"
        status, out, _ = run(
            capfdbinary, "ask", QUESTIONS[0], "--format", format, "--output", str(target), *at
        )
        assert (status, out) == (0, "") and target.stat().st_size > 100
    status, out, _ = run(capfdbinary, "ask", QUESTIONS[0], "--format", "markdown", *at)
    assert status == 0 and out == (tmp_path / "answer-markdown").read_text()


@pytest.mark.parametrize("format", FORMATS)
def test_a_question_that_cannot_be_asked_costs_no_other(
    capfdbinary: Any, library: Library, tmp_path: Path, format: str
) -> None:
    batch = tmp_path / "q.jsonl"
    asked = enumerate(["", *QUESTIONS])
    batch.write_text("".join(json.dumps({"id": i, "question": q}) + "\n" for i, q in asked))
    argv = ["ask", "--batch", str(batch), "--format", format, "--output", str(tmp_path / "out")]
    status, _, err = run(capfdbinary, *argv, "--library", str(library.path))
    assert status == 1 and "Question 0: The question is empty." in err
    written = (tmp_path / "out").read_bytes()
    if format in ("markdown", "html"):
        assert b"The question is empty." in written
    assert b"three" in written or format == "docx"


def test_a_batch_becomes_one_document(capfdbinary: Any, library: Library, tmp_path: Path) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_text("".join(json.dumps({"id": 1, "question": q}) + "\n" for q in QUESTIONS))
    argv = ["ask", "--batch", str(batch), "--format", "markdown", "--library", str(library.path)]
    _, out, _ = run(capfdbinary, *argv)
    assert out.count("\n## ") == 2 and out.startswith("## ")


@pytest.mark.parametrize(
    ("more", "said"),
    [(["--json", "--format", "html"], "Choose one"),
     (["--output", "x"], "--format"),
     (["--format", "html", "--output", "/nowhere/x.html"], "cannot be written"),
     (["--format", "html", "--output", "~nosuch/x.html"], "cannot be looked up")],
)  # fmt: skip
def test_options_that_do_not_fit_are_said(
    capfdbinary: Any, library: Library, more: list[str], said: str
) -> None:
    status, _, err = run(capfdbinary, "ask", "tide", *more, "--library", str(library.path))
    assert status == 1 and said in err and len(err.splitlines()) == 1


def test_a_docx_does_not_go_to_a_terminal(library: Library) -> None:
    """Under `script`, standard output is a terminal."""
    if shutil.which("script") is None:
        pytest.skip("no program `script` on this machine")
    import sys

    command = f"{sys.executable} -m qa.cli ask tide --format docx --library {library.path}"
    done = subprocess.run(
        ["script", "-qec", command, "/dev/null"],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 1 and "--output answer.docx" in done.stdout


def test_cite_gives_the_quote_the_place_and_the_link(capfdbinary: Any, library: Library) -> None:
    (document,) = library.documents()
    text = library.text(document.id)
    start = text.index("The ferry")
    span = [str(start), str(start + 43)]
    at = ["--library", str(library.path)]
    _, out, _ = run(capfdbinary, "cite", document.id, *span, "--style", "chicago", *at)
    assert out.startswith("Ada Brunel, “Wall & <tide>,” n.d.") or "Ada Brunel" in out
    for part in ("“The ferry sails at noon from Port Elsewhere", "paragraph 2",
                 f"/d/{document.id}/{span[0]}-{span[1]}", ":~:text=", "2026-01-02",
                 document.sha256, "match the archived source: yes"):  # fmt: skip
        assert part in out
    whole = run(capfdbinary, "cite", document.id, "--style", "chicago", *at)[1]
    assert whole.startswith("Ada Brunel, “Wall & <tide>,”")
    _, behind, _ = run(capfdbinary, "cite", document.id, *at, "--style", "chicago", *span)
    assert behind == out
    for style in ("apa", "mla", "bibtex", "ris", "csl-json"):
        status, out, _ = run(capfdbinary, "cite", document.id, "--style", style, *at)
        assert status == 0 and document.sha256 in out
    status, _, err = run(capfdbinary, "cite", document.id, "5", "99999", *at)
    assert status == 1 and str(len(text)) in err


def test_source_tells_where_from_and_whether_it_still_matches(
    capfdbinary: Any, library: Library
) -> None:
    (document,) = library.documents()
    at = ["--library", str(library.path)]
    _, out, _ = run(capfdbinary, "source", document.id, "--json", *at)
    told = json.loads(out)
    assert told["archived_bytes_match"] is True and told["newest"] == document.id
    assert told["receipts"][0]["from"] == URL
    assert told["receipts"][0]["headers"] == {"Content-Type": "text/html"}
    _, out, _ = run(capfdbinary, "source", document.id, *at)
    assert URL in out and "yes" in out and document.sha256 in out
