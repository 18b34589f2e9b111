from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index import derived
from index.errors import DamagedLibrary, LibraryBusy, LibraryMissing, PullquoteError
from index.library import CATALOG, Library
from index.records import Hit
from index.rows import Filters, date_range
from qa.retrieve import search

TEXTS = {
    "rain.txt": "Rain fell on the harbour for nine days. The ferries stayed in port.",
    "bridge.txt": "The iron bridge was opened by Ada Brunel in 1861. It carries trams.",
    "orchard.txt": "Apples from the orchard are pressed in October. The press is oak.",
    "桥.txt": "石桥建于清朝。桥长四十米。",
}


def write(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "texts", TEXTS)


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Library:
    made = Library.open(tmp_path / "library", create=True)
    made.add([folder])
    return made


def first(library: Library, question: str, **filters: str) -> str:
    hits = search(library, question, 1, Filters(**filters))
    return library.headers([hits[0].document_id])[hits[0].document_id].file if hits else ""


def found(library: Library, question: str) -> list[tuple[int, str, int, int]]:
    return [(h.chunk_id, h.document_id, h.start, h.end) for h in search(library, question, 10)]


def test_what_is_added_is_found_in_english_and_chinese(library: Library) -> None:
    assert first(library, "Who opened the iron bridge?") == "bridge.txt"
    assert first(library, "石桥有多长？") == "桥.txt"


def test_the_extent_of_a_document_is_the_number_of_its_passages(
    library: Library, tmp_path: Path
) -> None:
    long = "\n\n".join(f"# Pier {n}\n\nPier {n} is {n} metres long." * 9 for n in range(40, 60))
    library.add([write(tmp_path / "more", {"piers.md": long})])
    found = library.extents([d.id for d in library.documents()])
    assert found == {id: passages for id, (_, passages, _) in library.counts().items()}
    assert sorted(found.values())[:4] == [1] * 4 and max(found.values()) > 1
    assert library.extents(["unknown"]) == {}


def test_hits_point_at_the_characters_of_the_text(library: Library) -> None:
    hit = search(library, "apples", 1)[0]
    assert library.text(hit.document_id)[hit.start : hit.end] == TEXTS["orchard.txt"]


def test_the_same_content_again_costs_nothing(library: Library, folder: Path) -> None:
    before = library.catalog.generation
    assert {r.status for r in library.add([folder])} == {"unchanged"}
    assert library.catalog.generation == before


def test_a_changed_file_replaces_its_older_version(library: Library, folder: Path) -> None:
    old = next(d.id for d in library.documents() if d.file == "rain.txt")
    (folder / "rain.txt").write_text("Snow fell on the harbour for two days.")
    (report,) = library.add([folder / "rain.txt"])
    assert (report.status, report.replaced) == ("replaced", old)
    assert len(library.documents()) == len(TEXTS)
    assert all(h.document_id != old for h in search(library, "rain on the harbour", 10))


def test_changing_one_of_two_copies_keeps_the_other(library: Library, folder: Path) -> None:
    (folder / "copy.txt").write_text(TEXTS["bridge.txt"])
    library.add([folder / "copy.txt"])
    (folder / "copy.txt").write_text("The copy speaks of beehives now.")
    (report,) = library.add([folder / "copy.txt"])
    assert (report.status, report.replaced) == ("added", "")
    assert first(library, "Who opened the iron bridge?") == "bridge.txt"
    assert first(library, "beehives") == "copy.txt"


def test_one_bad_file_is_reported_and_the_rest_goes_on(library: Library, tmp_path: Path) -> None:
    more = write(tmp_path / "more", {"a.txt": "", "b.txt": "Moss grows on the wall."})
    reports = {r.file: r for r in library.add([more])}
    assert reports["a.txt"].status == "failed" and "a.txt" in reports["a.txt"].reason
    assert reports["b.txt"].status == "added"
    assert first(library, "What grows on the wall?") == "b.txt"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("---\ntitle: " + "[" * 5000 + "\n---\nToo deep to be read.", "a.md: its parts stand in"),
        ('---\ntitle: "half \\ud800"\n---\nHalf a character in the title.', "a.md could not be"),
    ],
)
def test_a_file_that_a_reader_stumbles_over_is_named_and_the_rest_goes_on(
    library: Library, tmp_path: Path, bad: str, said: str
) -> None:
    more = write(tmp_path / "more", {"a.md": bad, "b.txt": "Moss grows on the wall."})
    reports = {r.file: r for r in library.add([more])}
    assert reports["a.md"].status == "failed"
    assert reports["a.md"].reason.startswith(said)
    assert reports["b.txt"].status == "added"


def test_a_day_that_no_calendar_has_costs_no_document(library: Library, tmp_path: Path) -> None:
    bad = "---\ntitle: 2024\ndate: 2024-13-45\n---\nText of the file two.\n"
    (report,) = library.add([write(tmp_path / "more", {"a.md": bad})])
    document = library.document(report.document_id)
    assert (report.status, document.title, document.date) == ("added", "2024", "")


def test_adding_does_not_touch_the_vectors_of_others(library: Library, tmp_path: Path) -> None:
    ids, before = library.catalog.passages.all_vectors()
    library.add([write(tmp_path / "more", {"b.txt": "Moss grows on the wall."})])
    _, after = library.catalog.passages.all_vectors()
    assert (after[: len(ids)] == before).all()


def test_a_missing_path_changes_nothing(library: Library, folder: Path, tmp_path: Path) -> None:
    before = library.catalog.state
    write(folder, {"new.txt": "Something new."})
    with pytest.raises(PullquoteError, match="does not exist"):
        library.add([folder, tmp_path / "nowhere"])
    assert library.catalog.state == before


def test_a_folder_without_readable_files_says_what_is_read(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PullquoteError, match=r"\.txt"):
        library.add([tmp_path / "empty"])


def test_removing_leaves_the_rest(library: Library) -> None:
    gone = next(d for d in library.documents() if d.file == "bridge.txt")
    library.remove(gone.id)
    assert not (library.path / "sources" / gone.sha256).exists()
    assert gone.id not in {h.document_id for h in search(library, "iron bridge", 10)}
    assert first(library, "apples") == "orchard.txt"
    assert library.check() == []


@pytest.mark.parametrize("unknown", ["ffff0000", "%", "_", "\\", "\udce9", ""])
def test_an_unknown_document_names_the_remedy(tmp_path: Path, unknown: str) -> None:
    with Library.open(tmp_path / "one", create=True) as one:
        one.add([write(tmp_path / "moss", {"moss.txt": "Moss grows on the wall."})])
        with pytest.raises(PullquoteError, match=r"is not in .* pullquote documents"):
            one.text(unknown)
        with pytest.raises(PullquoteError, match=r"is not in .* pullquote documents"):
            one.remove(unknown)
        assert len(one.documents()) == 1


def test_filters_are_part_of_the_search(library: Library, tmp_path: Path) -> None:
    dated = {
        "x.md": "---\ntitle: X\npublisher: Post\ndate: 2024-05-02\n---\n"
        "The bridge was painted red.",
        "y.md": "---\ntitle: Y\npublisher: Echo\ndate: 2025\n---\nThe bridge was painted blue.",
    }
    library.add([write(tmp_path / "dated", dated)], collection="press")
    assert first(library, "painted bridge", publisher="post") == "x.md"
    assert first(library, "painted bridge", since="2025-03-01") == "y.md"
    assert first(library, "painted bridge", until="2024-12-31") == "x.md"
    assert first(library, "painted bridge", since="2026-01-01") == ""
    assert first(library, "painted bridge", collection="default") == "bridge.txt"
    assert first(library, "bridge", language="zh") in ("桥.txt", "")


def test_a_date_of_any_precision_is_a_range() -> None:
    assert date_range("2025") == ("2025-01-01", "2025-12-31")
    assert date_range("2025-06") == ("2025-06-01", "2025-06-31")
    assert date_range("2025-06-05") == ("2025-06-05", "2025-06-05")


QUESTIONS = ["Who opened the iron bridge?", "harbour rain", "石桥", "oak press in October"]


def test_a_rebuild_gives_identical_results(library: Library) -> None:
    before = [search(library, q, 10) for q in QUESTIONS]
    library.rebuild()
    assert [search(library, q, 10) for q in QUESTIONS] == before


@pytest.mark.parametrize("damage", ["missing", "truncated", "flipped", "stale"])
def test_damaged_indexes_are_noticed_and_made_anew(library: Library, damage: str) -> None:
    before: list[list[Hit]] = [search(library, q, 10) for q in QUESTIONS]
    place = derived.folder(library.path, library.catalog.generation)
    library.close()
    target = place / "dense.faiss"
    if damage == "missing":
        target.unlink()
    elif damage == "truncated":
        os.truncate(target, 40)
    elif damage == "flipped":
        data = bytearray(target.read_bytes())
        data[-1] ^= 1
        target.write_bytes(bytes(data))
    else:
        manifest = (place / derived.MANIFEST).read_text()
        (place / derived.MANIFEST).write_text(manifest.replace('"state": "', '"state": "0'))
    with Library.open(library.path) as again:
        assert again.check() != []
        assert [search(again, q, 10) for q in QUESTIONS] == before
        assert again.check() == []


def test_a_damaged_catalog_is_said_and_left_alone(library: Library) -> None:
    library.close()
    (library.path / CATALOG).write_bytes(b"x" * 4096)
    with pytest.raises(DamagedLibrary, match="backup"):
        Library.open(library.path)
    assert (library.path / CATALOG).read_bytes() == b"x" * 4096


def test_check_names_a_changed_source(library: Library) -> None:
    document = library.documents()[0]
    (library.path / "sources" / document.sha256).write_text("other words")
    assert any(document.id in fault for fault in library.check())


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_adding_again_mends_an_archived_source(library: Library, folder: Path, damage: str) -> None:
    document = next(d for d in library.documents() if d.file == "rain.txt")
    source = library.path / "sources" / document.sha256
    if damage == "missing":
        source.unlink()
    else:
        source.write_text("other words")
    reports = {r.file: r for r in library.add([folder])}
    assert {r.status for r in reports.values()} == {"unchanged"}
    assert {name for name, r in reports.items() if "whole again" in r.note} == {"rain.txt"}
    assert library.check() == [] and source.read_text() == TEXTS["rain.txt"]


def test_no_library_no_silent_new_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match="pullquote add"):
        Library.open(tmp_path / "typo")
    assert not (tmp_path / "typo").exists()


def test_a_second_writer_is_told_to_wait_while_readers_go_on(
    library: Library, folder: Path
) -> None:
    code = (
        "import sys; from pathlib import Path; from index.library import Library\n"
        "with Library.open(Path(sys.argv[1])) as held, held._writing():\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(library.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        with pytest.raises(LibraryBusy, match="Wait"):
            library.add([folder])
        assert first(library, "apples") == "orchard.txt"
        other.communicate("")
    assert {r.status for r in library.add([folder])} == {"unchanged"}


def test_a_crash_before_the_commit_leaves_the_library_as_it_was(
    library: Library, tmp_path: Path
) -> None:
    before = found(library, "iron bridge")
    write(tmp_path / "more", {"b.txt": "Moss grows on the iron bridge."})
    code = (
        "import os, sys; from pathlib import Path; from index.library import Library\n"
        "library = Library.open(Path(sys.argv[1]))\n"
        "library.catalog.advance = lambda state: os._exit(9)\n"
        "library.add([Path(sys.argv[2])])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(library.path), str(tmp_path / "more")],
        cwd=Path(__file__).parents[1],
        check=False,
    )
    assert done.returncode == 9
    with Library.open(library.path) as again:
        assert found(again, "iron bridge") == before
        assert again.check() == []
        assert [r.status for r in again.add([tmp_path / "more"])] == ["added"]


def test_readers_see_each_commit_of_a_writer(library: Library, tmp_path: Path) -> None:
    with Library.open(library.path) as reader:
        assert first(reader, "Moss on the wall") != "b.txt"
        library.add([write(tmp_path / "more", {"b.txt": "Moss grows on the wall."})])
        assert first(reader, "Moss on the wall") == "b.txt"
