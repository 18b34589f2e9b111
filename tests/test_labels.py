from __future__ import annotations

import pytest

from index.labels import labels, parts
from index.records import Block, Kind
from index.text import sentences


def split(*paragraphs: str, kind: Kind = Kind.PARAGRAPH) -> list[str]:
    text, blocks = "", []
    for body in paragraphs:
        blocks.append(Block(kind, len(text), len(text) + len(body)))
        text += body + "\n"
    ends = labels(text, blocks)
    return [text[a:b] for block in blocks for a, b in parts(text, block, ends)]


@pytest.mark.parametrize(
    "sentences",
    [
        [
            "Methods. We asked 84 nurses.",
            "Most replied.",
            "Funding. Belmore Foundation, grant 117.",
        ],
        ["Conflicts of interest. None declared.", "Funding. None."],
        ["**Boule.** A ball of iron.", "**Jack.** The small ball."],
    ],
)
def test_a_label_goes_with_the_sentence_behind_it(sentences: list[str]) -> None:
    *first, last = sentences
    assert split(" ".join(first), last) == sentences


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Never. I was at sea.", "She laughs at this question."),
        ("No. It was too cold.", "Once. In the war."),
        ("Ada left. The hall was cold.", "Ada left. It rained."),
        ("She left. The hall was cold.", "It rained. Nobody came."),
        ("The old ferry sank at night. Nobody drowned.", "Boats are rare here now. Rain is not."),
        ("Results", "Mr. Berg spoke. Nobody listened.", "Dr. Wang slept. Nobody cared."),
    ],
)
def test_a_sentence_or_a_reply_is_none(paragraphs: tuple[str, ...]) -> None:
    assert split(*paragraphs) == [
        text[a:b] for text in paragraphs for a, b in sentences(text, 0, len(text))
    ]


def test_nor_is_an_item_of_a_list() -> None:
    assert split("Pears. Two crowns.", "Plums. One crown.", kind=Kind.LIST_ITEM)[0] == "Pears."
