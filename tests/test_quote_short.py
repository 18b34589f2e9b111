"""Short quotations: what a changed or dropped word is shown as, and which passage is meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.library import Library
from qa.quote import check
from tests.libraries import library_of

DEBATE = """The debate

"We do not support the bill," said Anna Berg.

"They did not find any evidence of fraud," said Peter Olsen.

"I have never met the minister," Carla Ruiz said.

"Thousands have died," said Omar Diallo.

"Nobody has been dismissed," Mark D'Angelo insisted.

"We will increase spending on schools next year," said Eva Lind.

"We have 1,500 beds," Dr. José Martínez told The Post.

"Prices rose 3½ per cent last year," said Erik Lund.

In the end, our plan worked.

“我们并不支持这项法案，”李明表示。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("short"), {"debate.txt": DEBATE}) as made:
        yield made


@pytest.mark.parametrize(
    ("quotation", "source", "differences"),
    [
        ("We support the bill", "We do not support the bill", [("delete", "", "do not")]),
        ("I met the minister", "I have never met the minister", [("delete", "", "have never")]),
        (
            "They found evidence of fraud",
            "They did not find any evidence of fraud",
            [("replace", "found", "did not find any")],
        ),
        ("Prices rose 3½ percent", "Prices rose 3½ per cent", [("replace", "percent", "per cent")]),
        ("The plan worked", "our plan worked", [("replace", "The", "our")]),
        ("我们支持这项法案", "我们并不支持这项法案", [("delete", "", "并不")]),
    ],
)
def test_a_quotation_s_own_ends_stand_where_the_source_has_them(
    library: Library, quotation: str, source: str, differences: list[tuple[str, str, str]]
) -> None:
    found = check(library, quotation)
    (match,) = found.matches
    assert (found.verdict, match.source_text) == ("altered", source)
    assert [(d.kind, d.quote, d.source) for d in match.differences] == differences
