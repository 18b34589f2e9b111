"""Plain text: sentences that line ends, page breaks and notes cut."""

from __future__ import annotations

import pytest

from index.records import Kind
from tests.test_readers_plain import outline, plain, texts


def test_a_sentence_that_a_page_break_cuts_is_one_paragraph() -> None:
    raw = "The walls were raised for the upgrading of the\n\nharbour.\n\nPumps came later."
    assert texts(raw, Kind.PARAGRAPH) == [raw[: raw.index("\n\nPumps")], "Pumps came later."]
    assert plain(raw).text == raw


def test_a_note_in_the_middle_of_a_sentence_moves_behind_it() -> None:
    raw = (
        "With the rise of the tide, the safety of the town\n\n4. References from the minutes:\n\n"
        "<https://example.org/a>\n\nhttps://example.org/b\n\nfaces a test.⁴ More follows."
    )
    whole = "With the rise of the tide, the safety of the town\n\nfaces a test.⁴ More follows."
    assert [(kind, text) for kind, _, text in outline(raw)] == [
        ("paragraph", whole),
        ("footnote", raw[raw.index("4. Ref") : raw.index("\n\nfaces")]),
    ]


def test_page_numbers_and_hyphens_between_pages() -> None:
    raw = "It came in the\n\n12\n\nyear of the long-\n\n13\n\nlasting storm. It was a bad one."
    assert texts(raw, Kind.PARAGRAPH) == [
        "It came in the\n\nyear of the long-\n\nlasting storm. It was a bad one."]  # fmt: skip
    assert texts(raw, Kind.BOILERPLATE) == ["12", "13"]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    raw = (
        "The council of the town met on Monday and passed the\nplan for new walls. It costs 5.6 "
        "million over three\nyears, and the work begins in the spring of that\nyear.\n\n"
        "  - Two pumps, each with\n    a reserve\n  - One wall\n"
    )
    assert [k for k, _, _ in outline(raw)] == ["paragraph", "list_item", "list_item"]


WRAPPED = """\
The council met on Monday in the town hall and heard the report of the
treasurer on the year. The motion to close the swimming pool was adopted by
12 members of the council, while the remaining eight voted against it, and
the deficit of the town, the treasurer told the members, has now reached
3.5 million euros. The closure was ordered by the mayor on the basis of
section 5 of the Municipal Act, which had never been used before that day.
It had been asked for by two members of the audit committee of the council,
A. Smith and B. Jones, and was carried, the clerk wrote in the book, by 5 to
4. Nobody abstained. The report had been written by an auditor whose name is
R. Miller, and it will be published in full on the website of the town."""


def test_a_wrapped_line_that_begins_like_a_numbered_point_goes_on_with_its_sentence() -> None:
    assert texts(WRAPPED, Kind.PARAGRAPH) == [WRAPPED]


ADDRESS = f"See https://example.org/{'a-b/' * 70} for\nmore of it."


@pytest.mark.parametrize("stray", [ADDRESS, "Alta 1,200 " * 30 + "Tilby 900"])
def test_one_long_line_does_not_keep_the_others_apart(stray: str) -> None:
    assert texts(f"{WRAPPED}\n\n{stray}\n", Kind.PARAGRAPH) == [WRAPPED, stray]


def test_entries_beside_a_paragraph_on_one_line_stay_apart() -> None:
    entries = "\n".join(
        f"{name} Berg of the Harbour Board, member for ships" for name in "ABCDEFGHI"
    )
    raw = f"Members\n\n{entries}\n\n{WRAPPED.replace(chr(10), ' ')}\n"
    assert entries.split("\n")[4] in [text for _, _, text in outline(raw)]


def test_a_wrapped_line_may_end_in_an_abbreviation() -> None:
    raw = WRAPPED.replace("A. Smith", "of St.\nMary's Ward, with U.S.\nMarshal A. Smith")
    assert texts(raw, Kind.PARAGRAPH) == [raw]


@pytest.mark.parametrize("above", ["The words of the quay are told here. " * 9, WRAPPED])
def test_the_entries_of_a_glossary_stay_apart_and_whole(above: str) -> None:
    entries = [
        "berth     a place at a quay at which a ship lies while it is\n          loaded by Dockers",
        "quay      a wall along the water to which ships are tied up\n          North of the town",
        "pier      a wall against the sea",
    ]
    raw = f"{above.strip()}\n\nGlossary\n\n" + "\n".join(entries) + "\n\nThe end of it came late.\n"
    assert texts(raw, Kind.PARAGRAPH)[1:-1] == entries


def test_the_entries_of_a_list_of_works_are_whole() -> None:
    works = [
        "Berg, A. and Lind, B. (2019). The Walls of the Town of Tilby.\n    Harbour Papers 12.",
        "Dahl, C. (2020). Pumps in Small Harbours, in Proceedings\n    Third Conference on Pumps,"
        " Oslo, held in May, pages 101.\n",
    ]
    raw = "The words of the quay are told here. " * 9 + "\n\n" + "\n".join(works)
    assert texts(raw, Kind.PARAGRAPH)[1:] == [work.strip() for work in works]
    address = raw.replace("\n    Harbour Papers 12.", "\n    Quay Street 12")
    assert "Quay Street 12" in [text for _, _, text in outline(address)]


def test_the_points_of_a_wrapped_list_stay_apart() -> None:
    points = [
        "1. to close the swimming pool at the end of the coming season for repairs",
        "2. to sell the old hospital to the county, which has asked for it for some\n   years",
        "3. Nothing else",
    ]
    raw = WRAPPED + " It was then decided by all of the\nmembers\n" + "\n".join(points)
    assert texts(raw, Kind.LIST_ITEM) == points


CHINESE = (
    "港口管理局对2023年度疏浚工程的预算执行和资金管理情况进行了检查。经费支出完成24.1亿元，比上年增长"
    "6.3％，增幅高于预算安排。检查发现的主要问题如下：",
    "一、预算编制情况",
    "2023年，有12个部门的疏浚项目支出预算没有落实到单位，涉及金额合计为3.2亿元。未使用的资金应当在今年年底以前"
    "退回市财政。",
    "疏浚船舶购置费超标准列支。有8个部门违规发放津贴补贴合计436万元，其余部门没有发现问题。",
)


@pytest.mark.parametrize("indent", ["", "　　"])
def test_chinese_lines_of_one_width_are_one_paragraph(indent: str) -> None:
    wrapped = [
        "\n".join((indent + line)[at : at + 28] for at in range(0, len(indent + line), 28))
        for line in CHINESE
    ]
    raw = "港口疏浚报告\n\n" + "\n".join(wrapped) + "\n"
    assert texts(raw, Kind.HEADING) == ["港口疏浚报告", "一、预算编制情况"]
    assert [t.replace("\n", "") for t in texts(raw, Kind.PARAGRAPH)] == [
        CHINESE[0], CHINESE[2], CHINESE[3]]  # fmt: skip


def test_a_figure_or_name_behind_a_page_break_goes_on_with_the_sentence() -> None:
    for head, tail in (
        ("The deficit of the town, the treasurer told the members of the council, has now risen",
         "3.5 million euros above the plan."),
        ("The report had been written by an auditor of the county whose name is", "R. Miller."),
        ("The closure of the pool was adopted by", "12 members of the council."),
    ):  # fmt: skip
        raw = f"It began late.\n\n{head}\n\n{tail}\n\nIt ended late."
        assert f"{head}\n\n{tail}" in texts(raw, Kind.PARAGRAPH)
