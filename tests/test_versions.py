"""Versions of documents: kept, no longer searched, told of; libraries of earlier formats."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from index.changes import Changes, changes
from index.errors import DamagedLibrary, PullquoteError
from index.ingest import Received, Source
from index.library import CATALOG, Library
from qa.cli import main
from qa.links import parsed, permalink
from qa.retrieve import search

FIRST = "The wall is two metres high. The mayor approved. Work begins in May."
SECOND = "The wall is three metres high. The mayor approved. Nobody knows when work begins."
URL = "https://post.example/wall"


def page(body: str, at: str = "2026-01-02T03:04:05+00:00", asked: str = URL) -> Source:
    html = f"<!doctype html><title>Wall</title><article><p>{body}</p></article>".encode()
    got = Received(html, asked, URL, (("Content-Type", "text/html"), ("ETag", '"x"')), at)
    return Source(Path(), got.name, got)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library", create=True)


def add(library: Library, text: str, name: str, folder: Path) -> str:
    (folder / name).write_text(text)
    (report,) = library.add([folder / name])
    return report.document_id


def searched(library: Library, question: str) -> set[str]:
    return {h.document_id for h in search(library, question, 10)}


def test_a_changed_page_keeps_both_versions_and_says_what_changed(library: Library) -> None:
    (old,) = library.add_sources([page(FIRST)])
    (new,) = library.add_sources([page(SECOND)])
    assert (old.status, new.status, new.replaced) == ("added", "replaced", old.document_id)
    assert new.changes == Changes(
        ("The wall is three metres high.", "Nobody knows when work begins."),
        ("The wall is two metres high.", "Work begins in May."),
    )
    assert FIRST in library.text(old.document_id) and SECOND in library.text(new.document_id)
    assert [d.id for d in library.documents()] == [new.document_id]
    assert searched(library, "How high is the wall?") == {new.document_id}
    assert library.check() == []


def test_a_permalink_means_the_same_words_after_the_source_changed(library: Library) -> None:
    (old,) = library.add_sources([page(FIRST)])
    document = library.document(old.document_id)
    at = document.text.index("two metres")
    path = permalink(document, at, at + 10)
    library.add_sources([page(SECOND)])
    library.rebuild()
    link = parsed(path)
    assert link is not None
    assert library.text(link.document)[link.start : link.end] == "two metres"
    newest = library.newest(link.document)
    assert newest.id != link.document and "three metres" in newest.text
    assert [d.id for d in library.older(newest.id)] == [link.document]


def test_the_same_words_in_other_code_are_unchanged(library: Library) -> None:
    (old,) = library.add_sources([page(FIRST)])
    again = page(FIRST)
    assert again.received
    noise = Received(b"<!-- 77 -->" + again.received.data, URL, URL, (), again.received.at)
    before = library.catalog.generation
    (report,) = library.add_sources([Source(Path(), "wall", noise)])
    assert (report.status, report.document_id) == ("unchanged", old.document_id)
    assert "words do not" in report.note and library.catalog.generation == before


def test_an_address_that_redirects_is_the_same_place(library: Library) -> None:
    (old,) = library.add_sources([page(FIRST, asked="http://post.example/w")])
    (new,) = library.add_sources([page(SECOND)])
    assert new.replaced == old.document_id


def test_a_page_that_moved_is_the_same_page(library: Library) -> None:
    (old,) = library.add_sources([page(FIRST)])
    source = page(SECOND)
    assert source.received
    moved = replace(source.received, url="https://post.example/2026/wall")
    (new,) = library.add_sources([Source(Path(), "wall", moved)])
    assert new.replaced == old.document_id


def test_where_it_came_from_is_kept(library: Library) -> None:
    (report,) = library.add_sources([page(FIRST)])
    document = library.document(report.document_id)
    assert document.added == "2026-01-02T03:04:05+00:00" and document.url == URL
    (receipt,) = library.receipts(document.id)
    assert receipt.origin == URL and receipt.received == document.added
    assert ("ETag", '"x"') in receipt.headers
    assert library.archived(document)
    (library.path / "sources" / document.sha256).write_bytes(b"other")
    assert not library.archived(document)


def test_a_page_may_not_send_its_readers_to_another_site(library: Library) -> None:
    html = b'<!doctype html><link rel="canonical" href="https://other.example/x"><p>Words here.</p>'
    own = html.replace(b"other.example/x", b"www.post.example/clean")
    for url, data, expected in (
        (f"{URL}?a=1", html, f"{URL}?a=1"),
        (f"{URL}?a=2", own, "https://www.post.example/clean"),
    ):
        got = Received(data, url, url, (), "2026-01-02T03:04:05+00:00")
        (report,) = library.add_sources([Source(Path(), "x", got)])
        assert library.document(report.document_id).url == expected


def test_going_back_to_an_older_version_takes_it_as_it_was(library: Library) -> None:
    (first,) = library.add_sources([page(FIRST)])
    (second,) = library.add_sources([page(SECOND)])
    (third,) = library.add_sources([page(FIRST)])
    assert (third.status, third.document_id) == ("replaced", first.document_id)
    assert searched(library, "How high is the wall?") == {first.document_id}
    assert library.newest(second.document_id).id == first.document_id
    assert len(library.receipts(first.document_id)) == 2
    assert library.check() == []


def test_files_keep_their_versions_too(library: Library, tmp_path: Path) -> None:
    old = add(library, FIRST, "wall.txt", tmp_path)
    new = add(library, SECOND, "wall.txt", tmp_path)
    assert library.text(old) == FIRST and library.newest(old).id == new
    newer = add(library, "It is all different now.", "wall.txt", tmp_path)
    assert [d.id for d in library.older(newer)] == [old, new]
    assert library.newest(old).id == newer


def test_files_that_trade_places_both_stay(library: Library, tmp_path: Path) -> None:
    a, b = add(library, FIRST, "a.txt", tmp_path), add(library, SECOND, "b.txt", tmp_path)
    (tmp_path / "a.txt").write_text(SECOND)
    (tmp_path / "b.txt").write_text(FIRST)
    reports = library.add([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert [(r.status, r.replaced) for r in reports] == [("unchanged", "")] * 2
    assert {d.id for d in library.documents()} == {a, b} == searched(library, "the wall")


def test_removing_takes_the_older_versions_along_and_an_older_one_goes_alone(
    library: Library, tmp_path: Path
) -> None:
    ids = [add(library, f"The wall is {n} metres high.", "w.txt", tmp_path) for n in (1, 2, 3)]
    library.remove(ids[1])
    assert library.newest(ids[0]).id == ids[2]
    library.remove(ids[2])
    assert library.documents() == [] and list((library.path / "sources").iterdir()) == []
    with pytest.raises(PullquoteError):
        library.document(ids[0])


def test_a_version_that_was_replaced_cannot_be_asked(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = add(library, FIRST, "wall.txt", tmp_path)
    new = add(library, SECOND, "wall.txt", tmp_path)
    at = ["--library", str(library.path)]
    for command in ("ask", "search"):
        assert main([command, "How high is the wall?", "--document", old, *at]) == 1
        assert new in capsys.readouterr().err
    assert main(["cite", old, *at]) == main(["source", old, *at]) == 0
    assert capsys.readouterr().out.count(f"newer version is document {new}") == 2


def test_a_sentence_that_moved_is_no_change() -> None:
    assert changes(["a", "b", "b"], ["b", "a"]) == Changes((), ("b",))


# -- libraries of earlier formats --------------------------------------------------------------


def made_old(path: Path) -> None:
    """Take out of a catalog what the second format added to the first."""
    with sqlite3.connect(path / CATALOG) as db:
        for column in ("author", "page_labels", "replaced_by"):
            db.execute(f"alter table documents drop column {column}")
        db.execute("drop table receipts")
        db.execute("update meta set value = '1' where key = 'schema'")
    db.close()


def test_a_library_of_the_first_format_opens_with_all_it_holds(
    library: Library, tmp_path: Path
) -> None:
    id = add(library, FIRST, "wall.txt", tmp_path)
    before = library.document(id), [h.chunk_id for h in search(library, "wall", 5)]
    library.close()
    made_old(library.path)
    with Library.open(library.path) as again:
        assert (again.document(id), [h.chunk_id for h in search(again, "wall", 5)]) == before
        assert again.check() == []
        (receipt,) = again.receipts(id)
        assert receipt.origin == str(tmp_path / "wall.txt")
        add(again, SECOND, "wall.txt", tmp_path)
        assert again.text(id) == FIRST


def test_a_migration_that_fails_leaves_the_old_format(library: Library, tmp_path: Path) -> None:
    add(library, FIRST, "wall.txt", tmp_path)
    library.close()
    made_old(library.path)
    with sqlite3.connect(library.path / CATALOG) as db:
        db.execute("create table receipts (it_is_in_the_way)")
    db.close()
    with pytest.raises(PullquoteError, match="cannot be written to"):
        Library.open(library.path)
    with sqlite3.connect(library.path / CATALOG) as db:
        assert db.execute("select value from meta where key = 'schema'").fetchone() == ("1",)
        assert "author" not in {r[1] for r in db.execute("pragma table_info(documents)")}
    db.close()


def test_a_format_from_the_future_is_left_alone(library: Library) -> None:
    library.close()
    with sqlite3.connect(library.path / CATALOG) as db:
        db.execute("update meta set value = '99' where key = 'schema'")
    db.close()
    with pytest.raises(DamagedLibrary, match="format 99"):
        Library.open(library.path)
