"""HTML as programs write it: what is text on a page, what is furniture."""

from __future__ import annotations

import pytest

from index.readers import read
from index.records import Document, Kind
from tests.test_readers import assert_sound
from tests.test_readers_formats import headings_of, parts


def page(body: str, head: str = "") -> Document:
    raw = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    document = read(raw.encode(), "a.html")
    assert_sound(document)
    return document


def linked_data(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


# --- forms ---------------------------------------------------------------------------------------

SEARCH = '<label for="q">Search for</label><input id="q"><button>Go</button>'
VOTE = "The council voted 5 to 4."


def test_a_form_around_the_whole_page_hides_none_of_it() -> None:
    state = '<input type="hidden" name="state" value="abc">'
    document = page(f"<form>{state}<div>{SEARCH}</div><h1>Minutes</h1><p>{VOTE}</p></form>")
    assert document.title == "Minutes" and parts(document, Kind.PARAGRAPH) == [VOTE]
    assert parts(document, Kind.BOILERPLATE) == ["Search for"]


def test_a_form_without_controls_is_text() -> None:
    document = page(f"<h1>Minutes</h1><p>The walls stand.</p><form><p>{VOTE}</p></form>")
    assert parts(document, Kind.PARAGRAPH) == ["The walls stand.", VOTE]


def test_a_form_with_controls_and_much_running_text_is_text() -> None:
    survey = f"<p>{VOTE * 10}</p>"
    document = page(f"<p>{VOTE * 20}</p><form>{survey}<textarea>Say</textarea></form>")
    assert parts(document, Kind.PARAGRAPH) == [VOTE * 20, VOTE * 10]


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        (SEARCH, ["Search for"]),
        ("<label>Name <input></label> <label>Password <input></label><a>Forgotten?</a>",
         ["Name Password Forgotten?"]),
        ("<h3>Your view</h3><p>No address is shown.</p><p><label>Text<textarea>x</textarea></label>"
         "<select><option>One</option></select></p>",
         ["Your view", "No address is shown.", "Text"]),
    ],
)  # fmt: skip
def test_a_form_to_be_filled_in_is_furniture(form: str, kept: list[str]) -> None:
    document = page(f"<h1>Minutes</h1><p>{VOTE} {VOTE} {VOTE}</p><form>{form}</form>")
    assert parts(document, Kind.BOILERPLATE) == kept


def test_a_label_and_a_formula_stand_in_their_sentence() -> None:
    rate = "<math><mn>5</mn><mo>%</mo></math>"
    document = page(f"<p>The rate is {rate} now. <label>Turnout</label> was 52%.</p>")
    assert document.text == "The rate is 5% now. Turnout was 52%."


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<msup><mn>10</mn><mrow><mo>−</mo><mn>6</mn></mrow></msup>", "10⁻⁶"),
        ("<msup><mi>a</mi><mi>k</mi></msup>", "a^k"),
        ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
        ("<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>", "H2O"),
        ("<msubsup><mn>3</mn><mn>1</mn><mn>2</mn></msubsup>", "3_1²"),
        ("<mn>5</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "5 1/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2.5</mn></mfrac>", "(a+b)/2.5"),
        ("<msqrt><mi>a</mi><mi>b</mi></msqrt>", "√(ab)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "x^(1/3)"),
        ("<semantics><mi>E</mi><annotation>E_{x}</annotation></semantics>", "E"),
    ],
)
def test_a_formula_keeps_its_value_on_one_line(markup: str, text: str) -> None:
    assert page(f"<p>It is <math>{markup}</math>.</p>").text == f"It is {text}."


# --- furniture -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        f'<section id="social-housing"><h2>Social housing</h2><p>{VOTE}</p></section>',
        f'<section id="social"><h2>Social <a href="#social">¶</a></h2><p>{VOTE}</p></section>',
        f'<h2 id="related-party-transactions">Related party transactions</h2><p>{VOTE}</p>',
        f'<h2 id="related">Related</h2><p>{VOTE * 20}</p>',
        f'<div class="post-12 post category-news tag-budget"><h2>Walls</h2><p>{VOTE}</p></div>',
        f'<div class="tag-social share-price no-sidebar-here"><h2>Walls</h2><p>{VOTE}</p></div>',
        f'<div class="right-sidebar"><h1>Walls</h1><p>{VOTE}</p></div>',
        f'<article><header><h2>Walls</h2><p class="standfirst">{VOTE}</p></header></article>',
    ],
)
def test_a_name_that_only_holds_a_word_of_furniture_makes_none(body: str) -> None:
    document = page(body)
    assert VOTE in parts(document, Kind.PARAGRAPH)[0] and not parts(document, Kind.BOILERPLATE)


def test_much_running_text_is_no_furniture_in_chinese_either() -> None:
    text = (
        "市政府将在港口建设新的码头，投资三亿元，工程于明年春天开始，预计两年内全部完成并投入使用。"
        * 5
    )
    assert parts(page(f'<div class="banner"><p>{text}</p></div>'), Kind.PARAGRAPH) == [text]


@pytest.mark.parametrize(
    "name",
    ["related-posts", "c-share__buttons", "wp-block-navigation", "site-footer", "ad-slot-3",
     "comments-area", "cookie_notice", "post-tags", "td-sidebar", "menu"],
)  # fmt: skip
@pytest.mark.parametrize("attribute", ["class", "id"])
def test_a_name_that_says_furniture_makes_it(attribute: str, name: str) -> None:
    document = page(f'<p>{VOTE}</p><div {attribute}="x {name}"><p>Other storms</p></div>'
                    .replace('id="x ', 'id="'))  # fmt: skip
    assert parts(document, Kind.BOILERPLATE) == ["Other storms"]


def test_the_header_of_the_site_is_furniture() -> None:
    document = page(f"<header><h2>The Post</h2></header><article><p>{VOTE}</p></article>")
    assert parts(document, Kind.BOILERPLATE) == ["The Post"]


# --- words in lines ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("fell.<sup id=r><a href=#n><span>[</span>12<span>]</span></a></sup>", "fell.¹²"),
        ("fell.<sup><a href=#n>[note 3]</a></sup>", "fell.[note 3]"),
        ("1,300<sup><a href=#a>a</a></sup>", "1,300[a]"),
        ("the 1<sup>st</sup> of 5 m<sup>2</sup> in 10<sup>−6</sup>", "the 1st of 5 m² in 10⁻⁶"),
        ("the wall<sup><a href=#s>*</a></sup>", "the wall*"),
        ("she said <q>we will <q>not</q> go</q>", "she said “we will ‘not’ go”"),
        ("in <st1:City><st1:place>Alta</st1:place></st1:City><o:p></o:p> now", "in Alta now"),
        ("up <ix:nonFraction name=a>5.1</ix:nonFraction> million", "up 5.1 million"),
        ("on <local-time>5 March</local-time> it fell", "on 5 March it fell"),
    ],
)
def test_what_stands_in_a_line_neither_tears_nor_joins_its_words(markup: str, text: str) -> None:
    assert page(f"<p>It was {markup}.</p>").text == f"It was {text}."


@pytest.mark.parametrize(
    "mark",
    ["<a class=headerlink href=#a>¶</a>", "<a href=#a>#</a>",
     "<span class=mw-editsection>[<a href=/e>edit</a> | <a href=/s>edit source</a>]</span>"],
)  # fmt: skip
def test_a_heading_has_no_links_to_itself_or_to_its_editor(mark: str) -> None:
    document = page(f"<h1>Walls</h1><p>{VOTE}</p><h2>Duties{mark}</h2><p>{VOTE}</p>")
    assert document.blocks[-1].section == ("Duties",)


@pytest.mark.parametrize(
    "note",
    ["<b><a href=#r>^</a></b> Li 1999.", "Li 1999. <a href=#r>↩︎</a>",
     "<span class=mw-cite-backlink>^ <a href=#r><sup>a</sup></a></span> Li 1999."],
)  # fmt: skip
def test_a_note_has_no_link_back(note: str) -> None:
    document = page(f"<p>{VOTE}</p><ol class=footnotes><li>{note}</li></ol>")
    assert parts(document, Kind.FOOTNOTE) == ["1. Li 1999."]


# --- paragraphs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [f"{VOTE}<br><br>{VOTE} <br/>\n<br /> It fell.", f"<pre>{VOTE}\n\n{VOTE}\n \n\nIt fell.</pre>"],
)
def test_empty_lines_part_paragraphs(text: str) -> None:
    document = page(f"<font><b>The walls stand</b></font><br><br><div>{text}</div>")
    assert document.title == "The walls stand"
    assert parts(document, Kind.PARAGRAPH) == [VOTE, VOTE, "It fell."]


def test_a_heading_with_an_empty_line_is_one() -> None:
    document = page(f"<h1>The<br><br>walls</h1><p>{VOTE}<br>It fell.</p>")
    assert [b.kind for b in document.blocks] == [Kind.HEADING, Kind.PARAGRAPH]


# --- lists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opened", "numbers"),
    [
        ("<ol>", ["1. ", "2. ", "3. "]),
        ("<ol start=9>", ["9. ", "10. ", "11. "]),
        ("<ol type=a start=26>", ["z. ", "aa. ", "ab. "]),
        ("<ol type=I start=48>", ["XLVIII. ", "XLIX. ", "L. "]),
        ("<ol reversed>", ["3. ", "2. ", "1. "]),
        ("<ol style='list-style: none'>", ["", "", ""]),
        ("<ol class='x list-unstyled'>", ["", "", ""]),
        ("<ul>", ["", "", ""]),
    ],
)
def test_items_have_the_numbers_that_a_browser_writes(opened: str, numbers: list[str]) -> None:
    document = page(f"<h1>Duties</h1>{opened}<li>Keep it.<li><p>Mend it.</p><li>12 months.</ol>")
    said = ["Keep it.", "Mend it.", "12 months."]
    assert parts(document, Kind.LIST_ITEM) == [
        number + words for number, words in zip(numbers, said, strict=True)
    ]


def test_an_item_may_set_its_number_or_write_it_itself() -> None:
    inner = "<ol type=a><li>a wall<li>a quay</ol>"
    document = page(f"<ol><li value=4>Keep:{inner}<li>5. Mend it.<li></li><li>{inner}</ol>")
    assert parts(document, Kind.LIST_ITEM) == [
        "4. Keep:", "a. a wall", "b. a quay", "5. Mend it.", "7. a. a wall", "b. a quay"
    ]  # fmt: skip


def test_a_division_in_a_heading_is_the_heading() -> None:
    document = page(f"<h1>Walls</h1><p>{VOTE}</p><h2><div>Duties</div></h2><p>{ANSWER}</p>")
    assert document.blocks[-1].section == ("Duties",)


# --- what of a page is read ----------------------------------------------------------------------

ANSWER = "Whoever owns a ship in the harbour pays the levy."


@pytest.mark.parametrize("shut", ["hidden", "hidden=until-found", "aria-hidden=true",
                                  "style='display: none'"])  # fmt: skip
@pytest.mark.parametrize(
    "button",
    ["<h3><button aria-controls=a>Who pays?</button></h3>", "<dt><button>Who pays?</button></dt>"
     "<i role=button aria-controls=a></i>", "<button aria-controls=a>Who pays?</button>"],
)  # fmt: skip
def test_what_a_button_opens_and_its_question_are_read(button: str, shut: str) -> None:
    document = page(f"<h1>The levy</h1>{button}<div id=a {shut}><p>{ANSWER}</p></div>")
    assert [line for line in document.text.split("\n") if line] == ["The levy", "Who pays?", ANSWER]


@pytest.mark.parametrize(
    "panel",
    [f"<div id=a hidden role=dialog><p>{ANSWER}</p></div>", "<ul id=a hidden><li>Home</ul>",
     f"<div id=a hidden class=cookie-notice>{ANSWER}</div>", f"<p hidden>{ANSWER}</p>"],
)  # fmt: skip
def test_menus_windows_and_what_nothing_opens_stay_hidden(panel: str) -> None:
    document = page(f"<p>{VOTE}</p><button aria-controls=a>Open</button>{panel}")
    assert document.text == VOTE


def test_a_window_is_furniture() -> None:
    document = page(f"<p>{VOTE}</p><div role=dialog><h2>Your choice</h2><p>{ANSWER}</p></div>")
    assert parts(document, Kind.BOILERPLATE) == ["Your choice", ANSWER]


def test_all_posts_of_a_live_page_are_read() -> None:
    posts = "".join(f"<article><p>{ANSWER * n}</p></article>" for n in (1, 9, 2))
    document = page(f"<div><h1>Live</h1>{posts}</div><div><article>Another</article></div>")
    assert parts(document, Kind.PARAGRAPH) == [ANSWER, ANSWER * 9, ANSWER * 2]


# --- tables --------------------------------------------------------------------------------------

INNER = "<table><tr><td>Tax</td><td>800</td></tr></table>"


def test_a_table_with_headings_may_hold_a_table_in_a_cell() -> None:
    head = "<tr><th>Year</th><th>Sum</th><th>Of it</th></tr>"
    row = f"<tr><td>2023</td><td>1,200</td><td>{INNER}</td></tr>"
    document = page(f"<table>{head}{row}<tr><td>2024</td><td>1,300</td><td>-</td></tr></table>")
    assert document.text == "Year\tSum\tOf it\n2023\t1,200\tTax 800\n2024\t1,300\t-"
    assert headings_of(document, "1,300")[-1] == "Sum"


@pytest.mark.parametrize("row", [f"<td>{VOTE}</td><td>{INNER}</td>", f"<th>{INNER}</th>"])
def test_a_table_without_headings_around_a_table_is_layout(row: str) -> None:
    document = page(f"<table><tr>{row}</tr></table>")
    assert document.text.endswith("Tax\t800") and document.blocks[-1].column == 2


def test_a_cell_is_headed_by_all_header_rows_of_its_column() -> None:
    years = "<tr><th rowspan=2>Region<th colspan=2>2022<th colspan=2>2023</tr>"
    groups = "<tr><th>Men<th>Women<th>Men<th>Women</tr>"
    rows = "<tr><td>North<td>4<td>5<td>6<td>7</tr><tr><td>South<td>4<td>8<td>9<td>3</tr>"
    document = page(f"<table><thead>{years}{groups}</thead><tbody>{rows}</tbody></table>")
    assert [headings_of(document, n) for n in ("5", "6")] == [
        ("North", "2022 · Women"), ("North", "2023 · Men")]  # fmt: skip


def test_a_title_in_the_first_header_row_heads_no_column() -> None:
    title, head = "<tr><th colspan=2>Jobless rates</tr>", "<tr><th>Region<th>Rate</tr>"
    rows = "<tr><td>North<td>4</tr><tr><td>South<td>5</tr>"
    document = page(f"<table><thead>{title}{head}</thead>{rows}</table>")
    assert headings_of(document, "5") == ("South", "Rate")


def test_headings_that_are_long_together_are_the_nearest_alone() -> None:
    long = "Hours of paid work in the week before the interview, by sex"
    title = f"<tr><th>Region<th colspan=2>{long}</tr>"
    head = f"<tr><th><th>{long} and age<th>Men</tr>"
    rows = "<tr><td>North<td>4<td>5</tr><tr><td>South<td>6<td>7</tr>"
    document = page(f"<table><thead>{title}{head}</thead>{rows}</table>")
    assert headings_of(document, "6")[-1] == f"{long} and age"


def test_a_table_around_a_whole_text_is_layout() -> None:
    text = f"<h1>Walls</h1><p>{VOTE * 20}</p>It fell.<br><br>It rose."
    document = page(f"<table><tr><td><a>Home</a></td><td>{text}</td></tr></table>")
    assert parts(document, Kind.PARAGRAPH) == [VOTE * 20, "It fell.", "It rose."]
    assert document.title == "Walls" and not parts(document, Kind.TABLE_CELL)
