"""Plain text: tables, fragments of HTML, captions and furniture."""

from __future__ import annotations

import pytest

from index.readers import read
from index.records import Block, Document, Kind
from tests.test_readers import assert_sound
from tests.test_readers_plain import plain, texts


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
