"""Plain text: what becomes of headings, lists, tables, notes, furniture and broken sentences."""

from __future__ import annotations

import pytest

from index.readers import read
from index.readers.numbering import enumerator
from index.records import Block, Document, Kind
from tests.test_readers import assert_sound


def plain(raw: str) -> Document:
    return read(raw.encode(), "a.txt")


def outline(raw: str) -> list[tuple[str, tuple[str, ...], str]]:
    document = plain(raw)
    return [(b.kind.value, b.section, document.text[b.start : b.end]) for b in document.blocks]


def texts(raw: str, kind: Kind) -> list[str]:
    document = plain(raw)
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is kind]


# --- numbered headings ---------------------------------------------------------------------------


def test_numbered_points_are_headings_up_to_their_full_stop() -> None:
    raw = (
        "III. Focus on Walls\n\n"
        "(VI) Raise the old walls. They are too low. Storms are near.\n\n"
        "(VII) Build new walls. Use stone. It lasts.(8) Care for them. Paint them.\n\n"
        "IV. Focus on Pumps\n\n"
        "(9) Buy pumps. Two will do."
    )
    walls, pumps = "III. Focus on Walls", "IV. Focus on Pumps"
    assert outline(raw) == [
        ("heading", (walls,), walls),
        ("heading", (walls, "(VI) Raise the old walls"), "(VI) Raise the old walls."),
        ("paragraph", (walls, "(VI) Raise the old walls"), "They are too low. Storms are near."),
        ("heading", (walls, "(VII) Build new walls"), "(VII) Build new walls."),
        ("paragraph", (walls, "(VII) Build new walls"), "Use stone. It lasts."),
        ("heading", (walls, "(8) Care for them"), "(8) Care for them."),
        ("paragraph", (walls, "(8) Care for them"), "Paint them."),
        ("heading", (pumps,), pumps),
        ("heading", (pumps, "(9) Buy pumps"), "(9) Buy pumps."),
        ("paragraph", (pumps, "(9) Buy pumps"), "Two will do."),
    ]


def test_words_and_chinese_numbers_count_on_with_the_others() -> None:
    raw = (
        "V. Walls for the town\n"
        "(Twelve) Raise them. They are low. So are others.\n"
        "Six, pumps for the town\n"
        "(XIII) Buy pumps. Two will do. Not more.\n"
        "(Fourteen) Care for them. Oil them. Often.\n"
        "VII. Ships for the town\n"
        "（十五）更新船舶。更新船舶三艘。建造一艘。\n"
    )
    paths = [section for kind, section, _ in outline(raw) if kind == "heading"]
    assert paths == [
        ("V. Walls for the town",),
        ("V. Walls for the town", "(Twelve) Raise them"),
        ("Six, pumps for the town",),
        ("Six, pumps for the town", "(XIII) Buy pumps"),
        ("Six, pumps for the town", "(Fourteen) Care for them"),
        ("VII. Ships for the town",),
        ("VII. Ships for the town", "（十五）更新船舶"),
    ]


def test_the_style_that_begins_again_is_the_inner_one() -> None:
    raw = "\n\n".join(
        f"({n}) Part {word} of the Plan\n\nI. Aim of it\n\nThe aim is told here.\n\n"
        f"II. Means of it\n\nThe means are told here."
        for n, word in ((1, "One"), (2, "Two"))
    )
    assert ("(2) Part Two of the Plan", "I. Aim of it") in [s for _, s, _ in outline(raw)]


def test_chinese_headings() -> None:
    raw = (
        "港口建设意见\n2023年5月4日\n一、总体要求\n坚持安全第一，统筹发展。\n"
        "（一）基本原则。坚持规划先行。\n二、重点任务\n（一）建设防波堤。投资三亿元。"
    )
    document = plain(raw)
    assert (document.title, document.date, document.language) == (
        "港口建设意见", "2023-05-04", "zh")  # fmt: skip
    assert [b.section for b in document.blocks if b.kind is Kind.PARAGRAPH] == [
        ("一、总体要求",),
        ("一、总体要求", "（一）基本原则"),
        ("二、重点任务", "（一）建设防波堤"),
    ]


@pytest.mark.parametrize(
    "items",
    [
        ("（一）清淤；", "（二）绿化；", "（三）照明。"),
        ("（一）清淤；", "（二）绿化；以及", "（三）照明。灯具自备。"),
        ("（一）年满十八周岁。", "（二）身体健康。", "（三）会游泳。"),
        ("(I) Old walls;", "(II) New pumps; and", "(III) Ships of stone."),
    ],
)
def test_the_last_of_a_list_is_no_heading(items: tuple[str, ...]) -> None:
    raw = "\n".join(["一、项目", "", "下列项目：", "", *items, "", "二、时间", "", "九月开工。"])
    kinds = ["heading", "paragraph", *["list_item"] * len(items), "heading", "paragraph"]
    assert [k for k, _, _ in outline(raw)] == kinds
    assert outline(raw)[-1][1] == ("二、时间",)


def test_sentences_with_a_text_of_their_own_stay_headings() -> None:
    raw = "一、项目\n\n（一）清淤。\n\n先清东港，再清西港。\n\n（二）绿化。\n\n种树三百棵。"
    assert [s[-1] for k, s, _ in outline(raw) if k == "paragraph"] == ["（一）清淤", "（二）绿化"]


def test_decimal_headings_nest_and_decimal_numbers_do_not() -> None:
    raw = (
        "1 Introduction\n\nThis is told first.\n\n1.1 Scope\n\nWalls and pumps.\n\n2 Results\n\n"
        "3.5 million readings were taken.\n\n2.1 Walls\n\nThey stand."
    )
    assert [s for k, s, _ in outline(raw) if k == "heading"] == [
        ("1 Introduction",), ("1 Introduction", "1.1 Scope"), ("2 Results",),
        ("2 Results", "2.1 Walls")]  # fmt: skip


@pytest.mark.parametrize("written", ["Article {} ({})", "§ {} {}", "Art. {} {}", "Section {} ({})"])
def test_the_articles_of_a_law_are_headings_also_above_a_shorter_line(written: str) -> None:
    purpose, meant = written.format(1, "Purpose"), written.format(2, "Definitions")
    raw = (
        f"Kiosks\n\nChapter I\n\n{purpose}\n1. This Act governs kiosks.\n2. It is short.\n\n"
        f'{meant}\nIn this Act:\n(a) "kiosk" means a small shop;\n(b) "stall" means a table.\n\n'
        "Annex\n1. North quay\n2. South quay\n"
    )
    found = [(s, t) for k, s, t in outline(raw) if k == "heading"]
    assert found[2:4] == [(("Chapter I", purpose), purpose), (("Chapter I", meant), meant)]
    assert [s for k, s, t in outline(raw) if t in ("In this Act:", "1. North quay")] == [
        ("Chapter I", meant), ("Annex",)]  # fmt: skip


def test_the_sections_of_an_act_and_the_definitions_in_them() -> None:
    raw = (
        "Piers Act\n\n1 Closure of piers\n(1) The board may close a pier.\n(2) It says why.\n\n"
        "2 Fines\n(1) The fine is low.\n(2) It is paid at once.\n\n3 Interpretation\n"
        "In this Act—\n“pier” means any quay;\n“board” means the harbour board.\n"
    )
    assert texts(raw, Kind.HEADING)[1:] == ["1 Closure of piers", "2 Fines", "3 Interpretation"]
    assert texts(raw, Kind.PARAGRAPH)[0] == "In this Act—"
    rules = "Meaning\n\n2. In these Rules—\n\n“pier” means any quay.\n\n3. They end in May.\n"
    assert "2. In these Rules—" in texts(rules, Kind.LIST_ITEM)


@pytest.mark.parametrize("written", ["Section {}", "§ {}", "Article {}"])
def test_the_parts_of_a_section_keep_their_whole_number(written: str) -> None:
    fee, delay = written.format("2.1"), written.format("2.2")
    raw = (
        f"ARTICLE II\nFEES\n\n{fee} Monthly Fee. The town pays 500 crowns a month.\n\n"
        f"{delay} Delay. Interest is charged.\n\nThe rent is\n{written.format('3.00')} a day.\n"
    )
    assert [(s, t) for k, s, t in outline(raw) if k == "heading"][2:] == [
        (("ARTICLE II", fee), fee), (("ARTICLE II", delay), delay)]  # fmt: skip


def test_chapters_lie_in_parts_and_annexes_in_nothing() -> None:
    raw = (
        "Treaty on Ferries\n\nPart I\n\nChapter 1: Scope\n\nArticle 1\nThis treaty is on "
        "ferries.\n\nArticle 2\nA ferry is a ship.\n\nPart II\n\nChapter 2: Fees\n\nArticle 3\n"
        "The fee is low.\n\nAnnex I\n\nThe route is short. It is safe.\n"
    )
    assert [s for k, s, _ in outline(raw) if k == "paragraph"] == [
        ("Part I", "Chapter 1: Scope", "Article 1"), ("Part I", "Chapter 1: Scope", "Article 2"),
        ("Part II", "Chapter 2: Fees", "Article 3"), ("Annex I",)]  # fmt: skip
    chinese = (
        "渡船法\n\n第一编　总则\n\n第一章　范围\n\n第一条　本法适用于渡船。\n\n"
        "第二编　附则\n\n第二条　本法自五月施行。\n"
    )
    assert [s for k, s, _ in outline(chinese) if k == "paragraph"] == [
        ("第一编 总则", "第一章 范围", "第一条"), ("第二编 附则", "第二条")]  # fmt: skip


def test_where_nothing_is_numbered_a_schedule_encloses_no_other_heading() -> None:
    ferry = "The first ferry leaves at seven and the last one at nine in the evening, every day."
    raw = f"Ferries of Tilby\n\nSchedule\n\n{ferry}\n\nContact\n\nAsk {ferry.lower()}\n"
    assert [s for k, s, _ in outline(raw) if k == "paragraph"] == [("Schedule",), ("Contact",)]


def test_a_title_in_brackets_ends_the_heading() -> None:
    line = "Article 5 (Fines) is repealed."
    assert enumerator(line, 0, len(line)) is None


def test_lists_that_begin_again_are_lists() -> None:
    raw = (
        "The plan was told at length by the mayor of the harbour town on Monday evening.\n\n"
        "What does the plan hold?\nThe mayor told the town that the plan holds two measures, and "
        "that each of them has been weighed by engineers for more than three years, at great "
        "cost and with great care, before it was put down on paper and sent to the council.\n\n"
        "1. Raise the walls, with stone from the hills. Stone lasts.\n\n"
        "2. Buy pumps, of which two will do.\n\n"
        "Who pays?\nThe town and its guests pay for both in equal shares, the mayor said, since "
        "both gain from them; a fee is taken at the quay from each ship that calls at the "
        "harbour, and what it does not cover is taken from the taxes of the next ten years.\n\n"
        "1. The town, from taxes.\n\n2. The guests, by a fee."
    )
    found = outline(raw)
    assert [t for k, _, t in found if k == "heading"] == ["What does the plan hold?", "Who pays?"]
    assert [s for k, s, _ in found if k == "list_item"] == [
        ("What does the plan hold?",)] * 2 + [("Who pays?",)] * 2  # fmt: skip


def test_small_roman_numerals_in_brackets_count_items() -> None:
    raw = (
        "The treasurer has three tasks:\n\n(i) collecting fees;\n\n(ii) paying bills;\n\n"
        "(iii) Writing the accounts.\n\n(mix) is no number.\n"
    )
    assert texts(raw, Kind.LIST_ITEM) == [
        "(i) collecting fees;",
        "(ii) paying bills;",
        "(iii) Writing the accounts.",
    ]


def test_a_contents_list_does_not_break_the_paths() -> None:
    raw = (
        "- (1) Walls of the Town\n- (2) Pumps of the Town\n\n(1) Walls of the Town³\n\n"
        "They are low.\n\n(2) Pumps of the Town\n\nThere are two."
    )
    assert [(k, s) for k, s, _ in outline(raw)] == [
        ("list_item", ()), ("list_item", ()),
        ("heading", ("(1) Walls of the Town",)), ("paragraph", ("(1) Walls of the Town",)),
        ("heading", ("(2) Pumps of the Town",)), ("paragraph", ("(2) Pumps of the Town",)),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["I. Newton wrote it.", "C. Lee was there.", "One, however, no."])
def test_names_and_words_are_not_numbers(line: str) -> None:
    assert [k for k, _, _ in outline(f"A sentence stands here.\n\n{line}\n\nAnother one.")] == [
        "paragraph"] * 3  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "section 5 of the Act",
        "§ 5 of the Act",
        "art. 5 of it",
        "chapter 3 of the book",
        "12 members",
    ],
)
def test_a_reference_or_figure_in_running_text_is_no_enumerator(line: str) -> None:
    assert enumerator(line, 0, len(line)) is None
    assert enumerator(line.title(), 0, len(line)) is not None


# --- headings without a number -------------------------------------------------------------------


TALK = (
    "Talk with the keeper\n\n"
    "Lind: How long is the wall?\n\n"
    "Merrin: It is four miles long, from the old quay to the mill of Tilby.\n\n"
    "Lind: Will it hold?\n\n"
    "Merrin: No.\n\n"
    "Lind: Who pays for it?\n\n"
    "Merrin: The town and its guests pay for it in equal shares."
)


@pytest.mark.parametrize("raw", [TALK, TALK.replace("\n\nMerrin", "\nMerrin")])
def test_what_somebody_asks_in_a_conversation_heads_no_other_reply(raw: str) -> None:
    assert texts(raw, Kind.HEADING) == ["Talk with the keeper"]
    assert len(texts(raw, Kind.PARAGRAPH)) == 6


def test_questions_that_nobody_is_said_to_ask_head_what_answers_them() -> None:
    raw = TALK.replace("Lind: Will it hold?\n\nMerrin: No.\n\n", "")
    raw = raw.replace("Lind: ", "").replace("Merrin: ", "")
    assert texts(raw, Kind.HEADING)[1:] == ["How long is the wall?", "Who pays for it?"]


@pytest.mark.parametrize(
    ("entries", "end"),
    [
        ("Company: Merrin Timber Ltd\nSeat: Marrow Bay\nAuditor: Oddy & Quill AG (since 2016)",
         "Persons\nAda Merrin, of Marrow Bay, chair of the board, sole signature"),
        ("Venue: Town Hall\nDate: 4 May 2025",
         "Ada Merrin, of Marrow Bay, opens the fair and shows her boats."),
        ("主办：临港区文化馆\n地点：银杏路广场", "集市设摊位四十个，入场免费，雨天顺延。"),
    ],
)  # fmt: skip
def test_the_entries_of_a_form_head_nothing(entries: str, end: str) -> None:
    raw = f"The Fair\n\nThe fair is held in spring. It is old.\n\n{entries}\n\n{end}"
    assert texts(raw, Kind.HEADING) == ["The Fair", *(["Persons"] if "Persons" in raw else [])]


def test_headings_with_a_colon_stay_headings() -> None:
    rest = "The walls are old, and they leak wherever the sea comes in."
    raw = (
        f"The Plan\n\n{rest}\n\nGoal A: Walls\nMeasure 1: Stone\n\n{rest}\n\n"
        f"Outlook: After the Walls\n\n{rest}"
    )
    assert texts(raw, Kind.HEADING)[1:] == [
        "Goal A: Walls", "Measure 1: Stone", "Outlook: After the Walls"]  # fmt: skip


# --- broken sentences ----------------------------------------------------------------------------


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


# --- tables, fragments, captions, furniture ------------------------------------------------------


def cells(document: Document) -> dict[str, Block]:
    return {document.text[b.start : b.end]: b for b in document.blocks if b.table}


def test_a_table_with_a_header_names_rows_and_columns() -> None:
    found = cells(plain("Ships by Year\n\nYear\tShips\tCargo\n2021\t120\t5,000\n2022\t140\t6,100"))
    assert found["6,100"].headings == ("2022", "Cargo")
    assert (found["6,100"].table, found["6,100"].row, found["6,100"].column) == (1, 3, 3)
    assert found["Ships"].headings == ()


def test_columns_of_spaces_are_a_table() -> None:
    table = (
        "Item                  2023      2024\nRoads                1,200     1,300\n"
        "Schools                        2,100\nPolice and fire      2,000     3,400\n"
    )
    document = plain(table + "\nThe table above shows the budget of the town.\n")
    assert document.title == ""
    assert cells(document)["1,300"].headings == ("Roads", "2024")
    assert cells(document)["2,100"].headings == ("Schools", "2024")
    assert cells(document)["2,100"].column == 3


def test_lines_drawn_between_rows_are_no_cells() -> None:
    rule = "-----     -----"
    raw = f"City      Ships\n{rule}\nAlta      1,200\nTilby       900\n{rule}\nTotal     2,100\n"
    found = cells(plain(raw))
    assert found["1,200"].headings == ("Alta", "Ships")
    assert found["2,100"].headings == ("Total", "Ships") and found["2,100"].row == 4
    assert texts(raw, Kind.BOILERPLATE) == [rule, rule] and "-----" not in found
    tabbed = cells(plain("City\tShips\n-----\t\nAlta\t1,200\nMerrin\t300\nTilby\t-"))
    assert tabbed["1,200"].headings == ("Alta", "Ships") and tabbed["-"].row == 4


@pytest.mark.parametrize(
    "raw",
    [
        "+------+-------+\n| City | Ships |\n+------+-------+\n| Alta | 1,200 |\n| Tilby|  900  |\n"
        "+------+-------+\n| Sum  | 2,100 |\n+------+-------+",
        "City  | Ships\n------+------\nAlta  | 1,200\nTilby |   900\nSum   | 2,100",
        "| City | Ships |\n|------|-----:|\n| Alta | 1,200 |\n| Tilby | 900 |\n| Sum | 2,100 |",
        "┌───────┬───────┐\n│ City  │ Ships │\n├───────┼───────┤\n│ Alta  │ 1,200 │\n"
        "│ Tilby │   900 │\n│ Sum   │ 2,100 │\n└───────┴───────┘",
    ],
)
def test_a_table_drawn_with_bars_has_cells_without_them(raw: str) -> None:
    document = plain(f"Ships of the County\n\n{raw}\n\nThe table shows what the county has.\n")
    found = cells(document)
    assert found["1,200"].headings == ("Alta", "Ships")
    assert found["2,100"].headings == ("Sum", "Ships") and found["2,100"].row == 4
    assert not set("|│+┌") & set(document.text) and len(found) == 8
    assert_sound(document)


def test_the_lines_of_a_drawn_cell_are_one() -> None:
    duties = (
        "+------------+----------+\n| Name       | Duties   |\n+============+==========+\n"
        "| Ann Lee,   | keeps    |\n| the clerk  | books    |\n+------------+----------+\n"
        "| Bo Berg    | guards   |\n|            | the wall |\n+------------+----------+\n"
    )
    found = cells(plain(duties))
    assert found["keeps books"].headings == ("Ann Lee, the clerk", "Duties")
    assert found["guards the wall"].headings == ("Bo Berg", "Duties")
    frame = "+------------------+\n| The pool is shut |\n| until May.       |\n+------------------+"
    assert texts(frame, Kind.PARAGRAPH) == ["The pool is shut\nuntil May."]


@pytest.mark.parametrize("raw", ["Home | News\nAbout | Help", "| No table\n| at all", "a | b"])
def test_bars_alone_make_no_table(raw: str) -> None:
    document = plain(f"The walls stand. They are old.\n\n{raw}\n\nThe pumps run well.")
    assert not cells(document) and raw in document.text


@pytest.mark.parametrize(
    "raw",
    ["To:    Ann Lee\nFrom:  Bo Berg\nDate:  4 May 2020\nTel.:  555", "It rained.  We left.\n" * 4,
     "Walls     12\nPumps     13\nShips     15", "Item  2022  2023\nWalls of stone  1  2\nIt  3"],
)  # fmt: skip
def test_two_spaces_alone_make_no_table(raw: str) -> None:
    assert not cells(plain(raw))


def test_rows_of_labels_head_the_rows_of_text_below_them() -> None:
    raw = (
        "<p>① Walls first</p>\t<p>② Pumps next</p>\n"
        "<p>-Raise the old walls by a metre. -Build a new wall; use stone.</p>\t<p>Buy two.</p>\n"
        "<p>③ Ships last</p>\t\n<p>Mend the ferry at once and for good.</p> <p>Sell it.</p>\t\n"
    )
    document = plain(raw)
    found = cells(document)
    assert "<p>" not in document.text
    assert found["-Raise the old walls by a metre."].headings == ("① Walls first",)
    assert found["-Build a new wall; use stone."].headings == ("① Walls first",)
    assert found["Buy two."].headings == ("② Pumps next",)
    assert found["Sell it."].headings == ("③ Ships last",)
    assert found["Sell it."].row == 4


def test_a_cell_may_hold_its_own_heading_and_list() -> None:
    raw = (
        '<p>① Walls & quays</p> <ul style="x"> -Raise them. -Paint them \t'
        "<p>② Pumps</p> <ul> -Buy two.\n<p>③ Ships</p> <ul> -Mend it. \t<p>④ Crew</p> -Train."
    )
    found = cells(plain(raw))
    assert found["-Paint them"].headings == ("① Walls & quays",)
    assert found["-Buy two."].column == 2 and found["-Buy two."].headings == ("② Pumps",)


def test_html_fragments_become_blocks_without_tags() -> None:
    raw = (
        "<p>First &amp; best.</p><p>Second <b>bold</b> one.</p>\n<ul><li>One</li><li>Two</li></ul>"
        "\n<table><tr><th>Name</th><th>Role</th></tr><tr><td>Ann</td><td>Mayor</td></tr></table>"
    )
    document = plain(raw)
    assert texts(raw, Kind.PARAGRAPH) == ["First & best.", "Second bold one."]
    assert texts(raw, Kind.LIST_ITEM) == ["One", "Two"]
    assert cells(document)["Mayor"].headings == ("Role",)
    assert "<" not in document.text


@pytest.mark.parametrize("raw", ["If a < b and c > d.", "See <https://example.org>.", "A <p> tag."])
def test_what_is_no_markup_stays(raw: str) -> None:
    assert plain(raw).text == raw


def test_captions_and_photo_credits() -> None:
    raw = (
        "The quay is old.\n\nFigure 1: The quay in winter\n\nTable 2. Ships by year\n\nTable 1 "
        "shows that ships are few.\n\nIn May, a crane was seen at the quay. Photo by Ann Lee."
    )
    assert len(texts(raw, Kind.CAPTION)) == 3


@pytest.mark.parametrize(
    ("line", "is_caption"),
    [
        ("The port burns. Photos from residents show smoke over the harbour.", False),
        ("Nobody was hurt. Images by the fire service were shown in court.", False),
        ("A man walks in the port. Photo by Ann van Lee for the Daily News | AP", True),
        ("Photo from Getty Images", True),
        ("The quay. (Photo by Ann Lee/Reuters)", True),
        ("The quay in May. Photo courtesy of the harbour museum", True),
    ],
)
def test_a_credit_names_its_source_and_says_nothing_of_it(line: str, is_caption: bool) -> None:
    raw = f"The walls stand, and they will stand for long.\n\n{line}\n\nThe pumps run well."
    assert texts(raw, Kind.CAPTION) == [line] * is_caption


@pytest.mark.parametrize(
    "line",
    ["Advertisement", "Leave a Reply", "You may have missed", "(Web editor: Ann Lee, Bo Berg)",
     "Your email address will not be published. Required fields are marked *", "Word count: 900",
     "© 2023 The Post", "Read more: Walls rise", "推荐阅读", "责任编辑：王某", "Page 3 of 9"],
)  # fmt: skip
def test_furniture(line: str) -> None:
    raw = f"The walls stand, and they will stand for long.\n\n{line}\n\nThe pumps run well."
    assert texts(raw, Kind.BOILERPLATE) == [line]


@pytest.mark.parametrize(
    ("heading", "body", "is_content"),
    [
        ("Search", "Divers searched the lake for two days. They found a man.", True),
        ("Comments", "The county sheriff said nobody else was missing.", True),
        ("评论", "市长表示，城墙明年修缮，资金已经到位。", True),
        ("Comments", "Ann Lee\n\n3 May 2024\n\nThis is the best article that I have read.", False),
        ("Comments", "Ann Lee says:\n\nThis is the best article that I have read.", False),
        ("Comments", "This is the best article that I have read.\n\nReply", False),
        ("Comments", "Please log in to the site to post a comment.", False),
        ("Comments", "No comments yet.", False),
        ("Leave a Reply", "The field that has a star must be filled in.", False),
        ("Cookie policy", "We use cookies. They are kept on the disk for about a year.", False),
        ("Related articles", "The wall fell and nobody was hurt in the town.", False),
    ],
)  # fmt: skip
def test_running_text_under_a_heading_that_may_be_furniture(
    heading: str, body: str, is_content: bool
) -> None:
    raw = f"# Walls\n\nThe walls stand.\n\n## {heading}\n\n{body}\n\n## Pumps\n\nThey run."
    for kind in ("md", "txt"):
        document = read(raw.encode(), f"a.{kind}")
        last = body.split("\n")[-1]
        (block,) = [b for b in document.blocks if document.text[b.start : b.end] == last]
        assert (block.kind is Kind.PARAGRAPH) == is_content
        assert (block.section == (heading,)) == is_content


def test_an_editor_who_asks_is_no_credit() -> None:
    raw = (
        "Talk with Ann Lee\n\nEditor: Why was the plant closed in March?\n\n"
        "Lee: The boiler failed.\n\nEditor: Ann B. Lee\n\nEditors: Ann Lee, Bo Berg"
    )
    assert texts(raw, Kind.BOILERPLATE) == ["Editor: Ann B. Lee", "Editors: Ann Lee, Bo Berg"]


def test_a_release_has_its_headline_for_a_title() -> None:
    raw = (
        "FOR IMMEDIATE RELEASE\n12 May 2023\n\nContact: Ann Lind, Press Office\nTel: 555 0100\n\n"
        "FERRY TO RUN AT NIGHT\n\nThe ferry runs at night from June. It is free.\n\n- ENDS -\n\n"
        "Notes to editors:\n\n1. The ferry was built in 2019.\n"
    )
    document = plain(raw)
    assert (document.title, document.date) == ("FERRY TO RUN AT NIGHT", "2023-05-12")
    assert texts(raw, Kind.BOILERPLATE) == ["FOR IMMEDIATE RELEASE", "12 May 2023", "- ENDS -"]


@pytest.mark.parametrize("slug", ["BC-PORT-STRIKE", "PORT-STRIKE/UPDATE 2", "US--Port-Strike"])
def test_slug_and_post_of_an_agency_are_furniture(slug: str) -> None:
    raw = (
        f"{slug.upper()}\n\nPort workers walk out over pay\nBy ANNA BERG\nAgency Wire Writer\n\n"
        "TILBY, Norway -- Port workers walked out on Monday. Nobody was hurt.\n\nIt ended late.\n"
    )
    document = plain(raw)
    assert (document.title, document.author) == ("Port workers walk out over pay", "ANNA BERG")
    assert texts(raw, Kind.BOILERPLATE) == [slug.upper(), "By ANNA BERG", "Agency Wire Writer"]


@pytest.mark.parametrize("line", ["More people came.", "The ends", "Press releases of the county"])
def test_words_of_releases_in_other_lines_are_read(line: str) -> None:
    raw = f"The walls stand, and they will stand for long.\n\n{line}\n\nThe pumps run well."
    assert not texts(raw, Kind.BOILERPLATE)


def test_what_follows_a_list_of_other_articles_at_the_end_is_furniture() -> None:
    raw = "The walls stand. " * 20 + "\n\nRecommended reading\n\nA wall fell! The mayor speaks!"
    assert texts(raw, Kind.BOILERPLATE)[-1].startswith("A wall fell!")


def test_a_credit_behind_the_last_sentence_is_cut_off() -> None:
    raw = "It all ended well. Web editor: Ann Lee"
    assert texts(raw, Kind.PARAGRAPH) == ["It all ended well."]


# --- facts ---------------------------------------------------------------------------------------

BODY = "\n\nThe council of the town passed the plan on December 11, and in 2019 it began.\n"


@pytest.mark.parametrize(
    ("head", "title", "publisher", "date"),
    [
        ("Harbour plan passed", "Harbour plan passed", "", ""),
        ("date 2025-06-05 Harbour plan passed", "Harbour plan passed", "", "2025-06-05"),
        ("Walls rise\n\nTown Times) 10:33, June 05, 2025", "Walls rise", "Town Times",
         "2025-06-05"),
        ("Walls rise!\n2024.10.21", "Walls rise!", "", "2024-10-21"),
        ("Walls rise\nPublished: 4 May 2023 | Source: The Post", "Walls rise", "The Post",
         "2023-05-04"),
        ("供水通知\n\n发布单位：临港区水务局\n日期：2025年3月18日", "供水通知", "临港区水务局",
         "2025-03-18"),
        ("The walls were raised.", "", "", ""),
        ("Why walls?", "Why walls?", "", ""),
        ("Walls rise\n\nURL: https://example.org/w", "Walls rise", "", ""),
    ],
)  # fmt: skip
def test_stated_facts(head: str, title: str, publisher: str, date: str) -> None:
    document = plain(head + BODY)
    assert (document.title, document.publisher, document.date) == (title, publisher, date)
    assert document.url == ("https://example.org/w" if "URL" in head else "")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Next meeting: 9 November 2026, 18:00, room 12", ""),
        ("Deadline: June 2026", ""),
        ("Last updated: 9 November 2026, 18:00", "2026-11-09"),
        ("Release date: 9 November 2026, 18:00", "2026-11-09"),
        ("Source: Varn Times 2026-11-09 18:00", "2026-11-09"),
    ],
)
def test_the_day_of_something_else_does_not_date_the_text(line: str, date: str) -> None:
    assert plain(f"Walls of the town\n\n{line}\n\nThe walls are old. They leak.").date == date


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("Walls of the town\n\nMay 2019\n\nThe first wall rose. It held.\n\nJune 2021\n\nIt fell."
         " Nobody was hurt.", ""),
        ("Walls of the town\n\nThe walls are old. They leak.\n\nMay 2019\n\nThe first wall rose."
         " It held.", ""),
        ("Walls of the town\n\n4 May 2019\n5 May 2019\n\nThe walls are old. They leak.",
         "2019-05-04"),
        ("Walls of the town\n\nThe walls are old. They leak.\n\n4 May 2019", "2019-05-04"),
    ],
)  # fmt: skip
def test_a_date_dates_the_text_unless_it_heads_a_part_of_it(raw: str, date: str) -> None:
    document = plain(raw)
    assert document.date == date
    headed = {section for block in document.blocks for section in block.section}
    assert ("May 2019" in headed) == (not date)


MAIL = """From: Lena Ortiz <lena@harbour.example>
To: Newsdesk
Subject: Re: closure of Pier 4
Date: Mon, 12 Jan 2026 09:14:02 +0000

Hi Sam,

> When was Pier 4 closed?
It was closed on 9 January.
"""


def test_the_head_of_an_e_mail_tells_who_wrote_when_and_about_what() -> None:
    document = plain(MAIL)
    assert document.title == "Re: closure of Pier 4"
    assert (document.author, document.date) == ("Lena Ortiz", "2026-01-12")
    kinds = [b.kind for b in document.blocks]
    assert kinds[:4] == [Kind.BOILERPLATE, Kind.BOILERPLATE, Kind.HEADING, Kind.BOILERPLATE]
    assert set(kinds[4:]) == {Kind.PARAGRAPH}
    chinese = plain("发件人：李强\n主题：码头的关闭\n日期：2026年1月12日\n\n码头于一月九日关闭。")
    assert (chinese.title, chinese.author, chinese.date) == ("码头的关闭", "李强", "2026-01-12")


def test_the_marks_of_quoted_lines_stand_in_no_sentence() -> None:
    quoted = "\n".join(f"> {line}" for line in WRAPPED.split("\n"))
    raw = (
        f"Hi Lena,\n\nWe heard of it.\n\nOn 4 May Bo Berg wrote:\n{quoted}\n>\n> Who pays for it\n"
        "the town does, since it owns the pool and all that belongs to it.\n>> Do you know?\n"
    )
    assert texts(raw, Kind.PARAGRAPH)[3:] == [
        f"> {WRAPPED}", "> Who pays for it",
        "the town does, since it owns the pool and all that belongs to it.", ">> Do you know?",
    ]  # fmt: skip
    assert_sound(plain(raw))


def test_signs_of_figures_that_stand_like_marks_stay() -> None:
    raw = "The walls are told by their height.\n\n> 5 m: north\n> 6 m: south\n"
    assert plain(raw).text == raw


@pytest.mark.parametrize("line", ["From: Oslo to Bergen", "To: Newsdesk", "Subject: walls"])
def test_a_line_that_looks_like_one_field_is_no_head(line: str) -> None:
    document = plain(f"{line}\n\nThe walls are old. They leak.\n\nThe roof is new.")
    assert document.author == "" and document.text.startswith(line)
    assert document.blocks[0].kind is not Kind.BOILERPLATE


FERRY = (
    f"The harbour board met on Friday. {'Nobody was content. ' * 9}\n\nThe ferry is old. It leaks."
)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ursula von der Leyen", "Ursula von der Leyen"),
        ("By Maria de la Cruz and Juan del Río", "Maria de la Cruz; Juan del Río"),
        ("By Abdul al-Rahman, Staff Writer", "Abdul al-Rahman"),
        ("By Émile da Costa, Oslo correspondent", "Émile da Costa"),
        ("By Anna Berg, Minister of Trade and Industry", "Anna Berg"),
        ("By Anna Berg in Oslo", "Anna Berg"),
    ],
)
def test_a_byline_is_read_whatever_its_names_are_made_of(line: str, author: str) -> None:
    raw = f"Harbour board debates the ferry\n{line}\n3 May 2024\n\n{FERRY}"
    document = plain(raw)
    assert (document.author, document.date) == (author, "2024-05-03")
    assert texts(raw, Kind.HEADING) == ["Harbour board debates the ferry"]


def test_a_byline_between_lines_of_one_width_stays_a_line() -> None:
    raw = f"Harbour board debates ferry and wall\nBy ANNA BERG\n{WRAPPED}"
    assert plain(raw).author == "ANNA BERG"


@pytest.mark.parametrize("line", ["By Train in Norway", "By Monday, everything had changed"])
def test_a_headline_that_opens_like_a_byline_names_nobody(line: str) -> None:
    assert plain(f"{line}\n3 May 2024\n\n{FERRY}").author == ""
