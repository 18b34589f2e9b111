"""Chinese questions word by word in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import Library
from qa.answer import answer, as_json
from qa.glosses.asking import asking
from qa.glosses.figures import rendered, value
from qa.glosses.gloss import glossed
from qa.glosses.names import pinyin, spelt
from qa.glosses.words import cut, listed, renderings, simplified
from qa.question import LONGEST
from qa.rerank import search
from tests.libraries import library_of

# -- the list ----------------------------------------------------------------------------------


def test_every_entry_is_a_chinese_word_with_english_renderings() -> None:
    assert len(listed()) > 25_000
    assert list(listed()) == sorted(listed())
    for word in listed():
        english = renderings(word)
        assert re.search("[\u4e00-\u9fff]", word), word
        assert len(word) <= 12, word
        assert all(r.strip() == r and r and not re.search("[\u4e00-\u9fff;]", r) for r in english)
        assert len(set(english)) == len(english) <= 6, word


def test_a_text_is_cut_into_the_fewest_words() -> None:
    assert cut("人力资源服务机构增加了") == ["人力资源", "服务", "机构", "增加", "了"]
    assert cut("2025年GDP增长5.2%") == ["2025", "年", "GDP", "增长", "5.2%"]


@given(st.text("中国人民银行去年在北京的abc 12,。?", max_size=40))
def test_cutting_loses_nothing(text: str) -> None:
    assert "".join(cut(text)) == "".join(text.split())


def test_traditional_characters_are_read_as_simplified() -> None:
    assert simplified("這個學生為什麼離開醫院?") == "这个学生为什么离开医院?"


# -- figures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("2025年城镇新增就业", "2025 城镇新增就业"),
        ("2024年3月5日通过", "March 5, 2024 通过"),
        ("3月份的会议", "March 的会议"),
        ("1200万人", "12 million 人"),
        ("40.5万亿元", "40.5 trillion 元"),
        ("三百五十万人", "3.5 million 人"),
        ("5万", "50,000"),
        ("百分之六十的经费", "60% 的经费"),
        ("第六支柱", "sixth 支柱"),
        ("第二十一届", "21st 届"),
        ("第十二条规定", "Article 12 规定"),
        ("第(六)点", "Point 6"),
        ("附件2中", "Annex 2 中"),
        ("八项措施", "eight 项措施"),
        ("哪一天", "哪一天"),
        ("第七项措施", "Measure 7"),
        ("下一届大会", "next 大会"),
    ],
)
def test_numbers_dates_and_places_are_written_as_in_english(chinese: str, english: str) -> None:
    assert " ".join(rendered(chinese).split()) == english


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("十二", 12), ("一千二百万", 12_000_000), ("二〇二五", 2025), ("三亿五千万", 350_000_000)],
)
def test_the_value_of_a_numeral(numeral: str, number: int) -> None:
    assert value(numeral) == number


# -- what asks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "english", "before", "after"),
    [
        ("谁建议延长试点?", "who", "", "建议延长试点?"),
        ("码头是哪一年修的?", "which year", "码头是", "修的?"),
        ("请问港口有多少艘船?", "how many", "港口", "船?"),
        ("试点在哪些省开展?", "which", "试点在", "省开展?"),
        ("失业率是多少?", "what percentage", "失业率", "?"),
        ("补贴是多少万元?", "how much money", "补贴", "?"),
        ("试点要多久?", "how long", "试点要", "?"),
        ("为什么推迟?", "why", "", "推迟?"),
        ("委员会多久开一次会?", "how often", "委员会", "开一次会?"),
        ("要什么样的码头?", "what kind of", "要", "码头?"),
        ("要建怎样的码头?", "what kind of", "要建", "码头?"),
        ("市里怎样支持渔民?", "how", "市里", "支持渔民?"),
        ("违规会怎么样处罚?", "how", "违规会", "处罚?"),
        ("轮渡停运了吗?", "does", "轮渡停运了", ""),
        ("什么是零工经济?", "what is", "", "零工经济?"),
        ("轮渡时刻表", "", "轮渡时刻表", ""),
    ],
)
def test_the_word_that_asks(question: str, english: str, before: str, after: str) -> None:
    found = asking(question)
    assert (found.english, found.before, found.after) == (english, before, after)


# -- names -------------------------------------------------------------------------------------


def test_names_in_pinyin() -> None:
    assert spelt("郑功成") == "Zheng Gongcheng"
    assert spelt("欧阳修") == "Ouyang Xiu"
    assert spelt("曾国藩") == "Zeng Guofan"
    assert pinyin("吕梁") == "luliang"


# -- whole questions ---------------------------------------------------------------------------

TEXTS = {
    "harbour.txt": (
        "The harbour of Selwick\n\nIn 2024 the harbour had 1,250 workers, 40 more than in the year "
        "before. The harbour master, Zheng Gongcheng, wants a second pier. A ferry sails to the "
        "islands four times a day. The toll of the pier is 4 pence."
    ),
    "mine.txt": "The mine at Dorva\n\nThe mine closed in 1987. It had produced tin for 90 years.",
}


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("harbour"), TEXTS)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("2024年港口有多少工人?", "1,250 workers"),
        ("2024年港口有多少工人？", "1,250 workers"),
        ("矿山是哪一年关闭的?", "closed in 1987"),
        ("礦山是哪一年關閉的?", "closed in 1987"),
        ("郑功成想要什么?", "a second pier"),
    ],
)
def test_a_chinese_question_is_answered_from_english_documents(
    harbour: Library, question: str, held: str
) -> None:
    found = answer(harbour, question)
    assert found.status == "answered", found.asked_as
    assert held in found.sentences[0].text
    assert as_json(found)["asked_as"] == found.asked_as
    assert as_json(found)["question"] == question


@pytest.mark.parametrize(
    "question", ["2019年港口有多少工人?", "王小明想要什么?", "博物馆的门票多少钱?"]
)
def test_and_silence_is_kept_where_they_do_not_tell(harbour: Library, question: str) -> None:
    assert answer(harbour, question).status == "not_found"


def test_of_several_renderings_the_one_that_the_documents_use_is_taken(tmp_path: Path) -> None:
    texts = {"a.txt": "The quay of Selwick was repaired. The quay is long. A quay needs stone."}
    assert "quay" in glossed(library_of(tmp_path / "a", texts), "码头是什么时候修的?")
    texts = {"a.txt": "The pier of Selwick was repaired. The pier is long. A pier needs stone."}
    assert "pier" in glossed(library_of(tmp_path / "b", texts), "码头是什么时候修的?")


def test_what_only_counts_or_points_is_left_out(harbour: Library) -> None:
    assert "eight worker" in glossed(harbour, "八名工人想要什么?")
    assert "What ferry" in glossed(harbour, "每艘轮渡想要什么?")
    assert "department" in glossed(harbour, "这部门想要什么?")


def test_a_name_that_the_library_does_not_hold_stays_a_name(harbour: Library) -> None:
    assert "Wang Xiaoming" in glossed(harbour, "王小明想要什么?")


@pytest.mark.parametrize("question", ["How many workers?", "橋はどこにありますか?", "다리는 어디?"])
def test_other_languages_are_left_alone(harbour: Library, question: str) -> None:
    assert glossed(harbour, question) == ""


def test_chinese_passages_about_the_question_come_before_english_ones(tmp_path: Path) -> None:
    chinese = "港口公报\n\n2024年港口有工人一千二百五十名，比上一年多四十名。港口每天有四班轮渡。"
    library = library_of(tmp_path, {**TEXTS, "公报.txt": chinese})
    found = answer(library, "2024年港口有多少工人?")
    assert found.sentences[0].text.startswith("2024年港口有工人")
    assert not found.asked_as
    assert "asked_as" not in as_json(found)


def test_passages_are_found_in_english_too(harbour: Library) -> None:
    first, *_ = search(harbour, "矿山是哪一年关闭的?")
    assert harbour.document(first.document_id).file.endswith("mine.txt")


def test_where_a_chinese_passage_holds_more_it_is_found_before_english_ones(tmp_path: Path) -> None:
    chinese = "港口公报\n\n每天有四班轮渡开往各岛。栈桥的修缮费用由市里负担。"
    english = "Letters\n\nSomebody writes that the boat was late every day, and nobody paid for it."
    library = library_of(tmp_path, {"公报.txt": chinese, "letters.txt": english})
    asked = "去岛上的船票价钱和轮渡的班次是不是都写在栈桥入口那块牌子上?"
    first, *_ = search(library, asked)
    assert library.document(first.document_id).file == "公报.txt"


def test_what_holds_no_word_of_a_question_is_not_asked_it(tmp_path: Path) -> None:
    chinese = "桥志\n\nGolden Ness Bridge是一座石桥，长四百一十二米。"
    english = "Letters\n\nSomebody writes that the boat was late every day, and nobody paid for it."
    library = library_of(tmp_path, {"桥志.txt": chinese, "letters.txt": english})
    first, *_ = search(library, "Golden Ness Bridge指什么?")
    assert library.document(first.document_id).file == "桥志.txt"
    assert not answer(library, "Golden Ness Bridge指什么?").asked_as


@given(st.text("谁什么多少年月第一二三百万个的在港口王李,。?“”() 12", max_size=60))
def test_no_question_breaks_it(text: str) -> None:
    rendered(text)
    found = asking(text)
    assert found.before is not None
    cut(text)


@pytest.mark.parametrize("many", ["王李张刘" * 490, "港口工人" * 490, "谁" * 1990, "二百万" * 660])
def test_the_longest_question_is_put_in_as_many_letters_as_may_be_asked(
    harbour: Library, many: str
) -> None:
    assert len(glossed(harbour, f"{many}多少?")) <= LONGEST
    assert answer(harbour, f"{many}多少?").status in ("answered", "not_found")
