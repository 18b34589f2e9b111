"""Web pages added from a real server on loopback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.library import Library
from qa.cli import main
from tests.sites import Site


def added(capsys: pytest.CaptureFixture[str], place: Path, *argv: str) -> tuple[int, Any]:
    capsys.readouterr()
    status = main(["add", *argv, "--allow-private", "--json", "--library", str(place)])
    return status, json.loads(capsys.readouterr().out)


ARTICLE = """<!doctype html><html lang="en"><head><title>Wall</title>
<meta property="og:site_name" content="Harbour Post">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The wall",
"datePublished": "2026-03-04T05:06:07Z", "author": [{"@type": "Person", "name": "Ada Brunel"},
{"@type": "Person", "givenName": "Mara", "familyName": "Quill"}]}</script></head>
<body><article><h1>The wall</h1><p>The wall is two metres high.</p></article></body></html>"""


def test_a_page_is_added_with_what_it_states(
    capsys: pytest.CaptureFixture[str], site: Site, tmp_path: Path
) -> None:
    url = site.page("/wall", ARTICLE.encode(), Content_Type="text/html")
    status, (report,) = added(capsys, tmp_path / "l", url)
    assert (status, report["status"]) == (0, "added")
    with Library.open(tmp_path / "l") as library:
        document = library.document(report["document_id"])
        assert (document.title, document.author, document.publisher, document.date) == (
            "The wall", "Ada Brunel; Quill, Mara", "Harbour Post", "2026-03-04")  # fmt: skip
        assert document.url == url
        archived = library.path / "sources" / document.sha256
        assert archived.read_bytes() == ARTICLE.encode()


def test_adding_it_again_says_unchanged_or_what_changed(
    capsys: pytest.CaptureFixture[str], site: Site, tmp_path: Path
) -> None:
    url = site.page("/wall", ARTICLE.encode())
    _, (first,) = added(capsys, tmp_path / "l", url)
    _, (again,) = added(capsys, tmp_path / "l", url)
    assert again["status"] == "unchanged" and again["changes"] is None
    site.page("/wall", ARTICLE.replace("two metres", "three metres").encode())
    _, (newer,) = added(capsys, tmp_path / "l", url)
    assert (newer["status"], newer["replaced"]) == ("replaced", first["document_id"])
    assert newer["changes"] == {
        "added": ["The wall is three metres high."],
        "removed": ["The wall is two metres high."],
    }
    site.page("/wall", ARTICLE.encode())
    main(["add", url, "--allow-private", "--library", str(tmp_path / "l")])
    shown = capsys.readouterr().out
    assert "- The wall is three metres high." in shown and "+ The wall is two metres" in shown


def test_one_bad_address_does_not_stop_the_others(
    capsys: pytest.CaptureFixture[str], site: Site, tmp_path: Path
) -> None:
    good = site.page("/wall", ARTICLE.encode())
    file = tmp_path / "note.txt"
    file.write_text("The ferry sails at noon.")
    status, reports = added(capsys, tmp_path / "l", f"{site.url}/none", good, str(file))
    assert status == 1
    assert [r["status"] for r in reports] == ["added", "failed", "added"]
    assert "404" in reports[1]["reason"]


def test_the_encoding_that_the_server_names_counts(
    capsys: pytest.CaptureFixture[str], site: Site, tmp_path: Path
) -> None:
    body = "<p>Стена высотой три метра.</p>".encode("koi8-r")
    url = site.page("/wall", body, Content_Type="text/html; charset=koi8-r")
    _, (report,) = added(capsys, tmp_path / "l", url)
    with Library.open(tmp_path / "l") as library:
        assert library.text(report["document_id"]) == "Стена высотой три метра."


def test_a_pdf_and_a_picture_from_the_web(
    capsys: pytest.CaptureFixture[str], site: Site, tmp_path: Path
) -> None:
    from tests.test_cite import pdf

    paper = site.page("/get?id=7", pdf(["17", "18", "19"]), Content_Type="application/pdf")
    picture = site.page("/a.png", b"\x89PNG\r\n\x1a\n" + bytes(100), Content_Type="image/png")
    status, (first, second) = added(capsys, tmp_path / "l", paper, picture)
    assert (status, first["status"], second["status"]) == (1, "added", "failed")
    assert "image" in second["reason"]
    with Library.open(tmp_path / "l") as library:
        document = library.document(first["document_id"])
        assert document.media_type == "application/pdf" and document.page_labels[1] == "18"
