from __future__ import annotations

from index.shipped import collection


def test_the_collection_is_found_and_says_what_it_is() -> None:
    folder = collection()
    assert "collection" in (folder / "README.md").read_text("utf-8").split("\n")[0]
    assert {path.name for path in folder.iterdir()} >= {"briefs", "manual"}
