"""Whether two names are one speaker's: nobody is accused for the way in which a name is typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.library import Library
from qa.quote import check
from qa.quotes import names
from tests.libraries import library_of

PORT = """The port and the grant

“Nobody has been dismissed,” Mark D'Angelo insisted on Tuesday.

Dr. José Martínez told reporters: “We have fifteen hundred beds in the new hospital.”

The mayor said: “I never promised a pool to the children of this town.”

"The talks will go on until the morning," Mayor Anna Berg said.

港口委员会主席王小明表示：“我们不会在二〇二五年之前提高票价。”
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("names"), {"port.txt": PORT}) as made:
        yield made


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Anna Berg", "Berg", True),
        ("Senator Berg", "Anna Berg", True),
        ("Prime Minister Olaf Ruud", "Ruud", True),
        ("Anna Berg", "Olaf Ruud", False),
        ("Anna Berg", "Anna Ruud", False),
        ("World Health Organization", "WHO", True),
        ("Mark D'Angelo", "Mark D’Angelo", True),
        ("José Martínez", "Jose Martinez", True),
        ("Jose\u0301 Marti\u0301nez", "José Martínez", True),
        ("Hans Müller", "Hans Mueller", True),
        ("Hans Müller", "Hans Muller", True),
        ("Søren Kjær", "Soren Kjaer", True),
        ("Mei‑Lin O’Neil", "Mei-Lin O'Neil", True),
        ("The mayor", "the mayor", True),
        ("the mayor", "the deputy mayor", False),
        ("Hans Müller", "Hans Möller", False),
        ("交通部副部长李明", "李明", True),
        ("港口委员会主席王小明", "王小明主席", True),
        ("市长李华", "李华先生", True),
        ("港口委员会主席王小明", "李小明主席", False),
        ("李明", "王强", False),
    ],
)
def test_names_of_one_speaker(one: str, other: str, same: bool) -> None:
    assert names.same(one, other) is same


def test_who_is_only_described_may_be_anybody() -> None:
    for described in (
        "a police spokesman",
        "her lawyer",
        "The mayor",
        "the mayor of Bergen",
        "市长",
    ):
        assert names.is_unnamed(described)
    for named in (
        "Anna Berg",
        "the ministry",
        "the ministry of health",
        "the Harbour Bill",
        "李明",
    ):
        assert not names.is_unnamed(named)


@pytest.mark.parametrize(
    ("words", "speaker", "misattributed", "note"),
    [
        ("Nobody has been dismissed", "Mark D’Angelo", False, ""),
        ("We have fifteen hundred beds", "Jose Martinez", False, ""),
        ("I never promised a pool", "the mayor", False, "does not name"),
        ("I never promised a pool", "Anna Berg", None, "does not name"),
        ("The talks will go on", "the mayor", None, "does not say whether this is the mayor"),
        ("The talks will go on", "Mark D’Angelo", True, ""),
        ("我们不会在二〇二五年之前提高票价", "王小明主席", False, ""),
        ("我们不会在二〇二五年之前提高票价", "Wang Xiaoming", None, "does not say whether"),
        ("我们不会在二〇二五年之前提高票价", "李华市长", True, ""),
    ],
)
def test_only_another_name_is_misattributed(
    library: Library, words: str, speaker: str, misattributed: bool | None, note: str
) -> None:
    (match,) = check(library, words, speaker).matches
    assert match.misattributed is misattributed
    assert note in " ".join(match.notes) if note else not match.notes
