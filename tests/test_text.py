"""Sentences, folding and display."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import cjk_language, display, fold, is_cjk, sentences

PRINTED = st.text(
    st.sampled_from(
        "aAbBz19 .,;:!?…\n\t-–—'\"“”„«»‘’()[]*³。！？，“港口のテ한é\u0301ﬁß\u00ad\ufeff"
    ),
    max_size=80,
)


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "expected",
    [
        ["It cost 40.5 trillion crowns ($5.62 trillion), a record.", "More followed."],
        ["Mr. Berg spoke first.", "Dr. Wang did not."],
        ["The U.S. economy grew.", "It grew in the U.S.", "But not elsewhere."],
        ["Use tools (e.g. hammers, i.e. heavy ones, etc.) with care.", "Then stop."],
        ["She said, “We will go.”", "Then she left."],
        ['He said "No."', "Nobody listened."],
        ["“It works!” said Ann.", "Bo agreed."],
        ["“Deeper changes… This brings work,” he said.", "Fine."],
        ["We waited… and waited.", "Then it came."],
        ["J. K. Rowling wrote it.", "A. A. Milne did not."],
        ["See No. 5 and Fig. 3 for details.", "Prices rose 3.5% in Q1."],
        ["Support for all.¹¹", "It ended there.[12]", "Another began."],
        ["Visit www.example.org/a.b?c=d for more.", "Thanks."],
        ["Version 2.0.1 was released.", "Section 3.2. covers it."],
        ["There are three rules:", "1. Be kind.", "2. Be brief."],
        ["(IV) Widen the quay. Deepen it."[:20], "Deepen it.", "Guide ships (and boats) there."],
        ["-Widen the quay; deepen it.", "-Build pumps.", "-Guide ships."],
        ["“We won. They lost. It is over.”"[:8], "They lost.", "It is over.”"],
        ["Am 1. Januar kam z. B. Dr. Meier an die Reihe.", "Das ist nicht die Frage."],
        ["She added that Ms. Ray agreed.", "So did Amb. Lee, Atty. Roe and Lt. Col. Doe."],
        ["He went to Ft. Worth.", "It fell 10 Ft.", "He sat up."],
        ["See Vol. 3, Vol. II and Ch. 4 first.", "It has approx. 300 ships."],
        ["It shuts in May.", "Ask Ann May.", "(He rests in May.)", "“No,” said Ann May."],
        ["See para. 3 and paras. 4 to 6.", "It is Inv. 1931.17.", "One for each para.", "End."],
        ["Le maire et Mme. Dubois sont là.", "Dr. Petit et Mlle. Roux ne sont pas là."],
        ["„Wir schließen nicht.“", "Dann ging er.", "»Nein.«", "»Doch.«", "Er blieb."],
        ["« Jamais ! »", "Puis il partit.", "« Bon. »", "« Oui. » dit-il."],
        ["Der Rat beschloss am 5. Mai, dass der 2. Bürgermeister geht.", "Bis 5.", "Dann kam"],
        ["I am 12.", "My brother is 14.", "He was 9.", "August came."],
        ["He lives on Main St.", "He likes it."],
        [
            "Call Tel. 555-0134 or fax. +47 22 13.",
            "We open Mon. 9 to Fri. 17.",
            "He sat.",
            "5 left.",
        ],
    ],
)
def test_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected


def test_chinese_and_japanese_sentences() -> None:
    assert split("第一句话。第二句：“你好！”第三句？完了。") == [
        "第一句话。", "第二句：“你好！”", "第三句？", "完了。"]  # fmt: skip
    assert split("これは文です。次の文です。") == ["これは文です。", "次の文です。"]


def test_a_particle_of_quoting_goes_on_with_the_japanese_quotation() -> None:
    assert split("「行く。行かない。」と言った。『はい。』との声もある。") == [
        "「行く。", "行かない。」と言った。", "『はい。』との声もある。"]  # fmt: skip
    assert split("「行く。」彼は去った。「行く。」ところが雨だ。") == [
        "「行く。」", "彼は去った。", "「行く。」", "ところが雨だ。"]  # fmt: skip


def test_initials_inside_chinese_are_no_sentence_ends() -> None:
    assert split("它是个.NET程序库。它在例.com上。他来了.我走了.") == [
        "它是个.NET程序库。", "它在例.com上。", "他来了.", "我走了."]  # fmt: skip
    assert split("圣若望．玛达像在门后。") == ["圣若望．玛达像在门后。"]
    assert split("这是第一句．这是第二句．") == ["这是第一句．", "这是第二句．"]
    assert split("增长3.5%，达到U.S.水平。他在U.K.工作。") == [
        "增长3.5%，达到U.S.水平。", "他在U.K.工作。"]  # fmt: skip


def test_a_chinese_sentence_may_begin_with_a_figure() -> None:
    assert split("桥在2009年动工。2012年通车，共3.5公里。“完了。”3月收费。") == [
        "桥在2009年动工。", "2012年通车，共3.5公里。", "“完了。”", "3月收费。"]  # fmt: skip
    assert split("他这样说。12 后来他走了。") == ["他这样说。12 后来他走了。"]  # a note's number


def test_a_numbered_point_that_runs_into_the_text_before_begins_a_sentence() -> None:
    assert split("It keeps people in work.(12) Improve the ferries. Add one.") == [
        "It keeps people in work.", "(12) Improve the ferries.", "Add one."]  # fmt: skip


def test_a_line_break_or_page_break_ends_no_sentence() -> None:
    assert split("The plan\nwas\n\nadopted. It is law.") == [
        "The plan\nwas\n\nadopted.", "It is law."]  # fmt: skip


def test_spans_are_absolute_and_trimmed() -> None:
    assert sentences("Left out. Kept one. Kept two. Left out.", 9, 29) == [(10, 19), (20, 29)]


@given(PRINTED, st.integers(0, 40), st.integers(0, 80))
def test_sentences_cover_every_printed_character_in_order(text: str, start: int, end: int) -> None:
    found = sentences(text, start, end)
    assert "".join(text[a:b] for a, b in found).split() or not text[start:end].strip()
    at = start
    for a, b in found:
        assert at <= a < b <= end
        assert not text[at:a].strip()
        assert text[a:b] == text[a:b].strip()
        at = b
    assert not text[at:end].strip()


# --- scripts -------------------------------------------------------------------------------------


def test_scripts_tell_the_language_of_east_asian_text() -> None:
    assert cjk_language("港口的水泵") == "zh"
    assert cjk_language("港のポンプです") == "ja"
    assert cjk_language("항구의 펌프") == "ko"
    assert cjk_language("The harbour (港) pumps") == ""
    assert is_cjk("WHO发布报告") and not is_cjk("A report by the WHO 发")


# --- folding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("The  plan\n\nwas “passed”", 'the plan was "passed"'),
        ("‘It’s law’", "'it's law'"),
        ("transfor-\nmation", "transformation"),
        ("soft\u00adhyphen, zero\u200bwidth", "softhyphen, zerowidth"),
        ("ﬁne ﬂow, Straße", "fine flow, strasse"),
        ("1987–1990 — a decade", "1987-1990-a decade"),
        ("a -- b", "a—b"),
        ("café", "cafe\u0301"),
        ("发展\n经济", "发展经济"),
        ("He called it “‘great’”", "he called it 'great'"),
        ("COVID-\n19", "covid-19"),
    ],
)
def test_folding_makes_print_and_typing_equal(printed: str, typed: str) -> None:
    assert fold(printed).text == fold(typed).text


@pytest.mark.parametrize(
    ("one", "other"),
    [("3 million", "30 million"), ("did", "did not"), ("re-sign", "resign"), ("5.6", "56"),
     ("we won.", "we won"), ("fell 5%", "fell -5%")],
)  # fmt: skip
def test_folding_keeps_every_word_number_and_point(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


def test_the_text_itself_decides_about_a_hyphen_at_a_line_end() -> None:
    assert "long-term" in fold("A long-term plan; the long-\nterm view").text.split("view")[0]
    assert fold("the long-\nterm plan and a long-term view").text.count("long-term") == 2
    assert fold("the long-\nterm", keep_hyphens=True).text == "the long-term"
    assert fold("the long-\nterm", keep_hyphens=False).text == "the longterm"


def test_a_folded_range_leads_back_to_the_printed_characters() -> None:
    printed = "He said: “The transfor-\nmation of the\n\nharbour is ﬁne.”"
    folded = fold(printed)
    at = folded.text.index("transformation of the harbour is fine")
    start, end = folded.span(at, at + len("transformation of the harbour is fine"))
    assert printed[start:end] == "transfor-\nmation of the\n\nharbour is ﬁne"
    with pytest.raises(ValueError):
        folded.span(3, 3)


@given(PRINTED)
def test_folded_offsets_rise_and_cover(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.offsets) == len(folded.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.offsets, folded.ends, strict=True))
    assert all(a <= b for a, b in itertools.pairwise(folded.offsets))
    assert all(a <= b for a, b in itertools.pairwise(folded.ends))
    assert folded.text == folded.text.strip()


@given(st.text("abc XYZ.,19", max_size=60))
def test_each_folded_character_maps_to_its_own(text: str) -> None:
    folded = fold(text)
    for i, c in enumerate(folded.text):
        if c != " ":
            assert text[folded.offsets[i] : folded.ends[i]].lower() == c


def test_display_is_one_line() -> None:
    assert display("The  plan\n\nwas long-\n\nterm, not trans\u00adient.") == (
        "The plan was long-term, not transient."
    )
    assert display("发展\n经济") == "发展经济"
