"""Plain text: headings, numbered and not."""

from __future__ import annotations

import pytest

from index.readers import read
from index.readers.numbering import enumerator
from index.records import Document, Kind


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
