"""Markdown, HTML and DOCX, made by the tests themselves."""

from __future__ import annotations

import io

import pytest

from index.readers import read
from index.records import Document, Kind
from tests.test_readers import assert_sound


def parts(document: Document, kind: Kind) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is kind]


def headings_of(document: Document, cell: str) -> tuple[str, ...]:
    return next(b.headings for b in document.blocks
                if b.table and document.text[b.start : b.end] == cell)  # fmt: skip


# --- Markdown ------------------------------------------------------------------------------------

MARKDOWN = """---
title: The harbour
publisher: City Desk
date: 2024-03-05
source: https://example.org/a
collection: ignored
---
# The harbour

Walls cost *5.6* **million**, says [the mayor](https://example.org/m).[^1] Run `make`.

## Walls

- one wall
- two walls
  of stone

1. raise
2. paint

| City | Ships |
|------|------:|
| Alta | 1,200 |

[^1]: Minutes of the council.
"""


def test_markdown() -> None:
    document = read(MARKDOWN.encode(), "a.md")
    assert_sound(document)
    assert (document.title, document.publisher, document.date, document.url) == (
        "The harbour", "City Desk", "2024-03-05", "https://example.org/a")  # fmt: skip
    assert document.collection == "default"
    assert parts(document, Kind.PARAGRAPH) == [
        "Walls cost 5.6 million, says the mayor. Run make."]  # fmt: skip
    assert parts(document, Kind.LIST_ITEM) == [
        "one wall", "two walls\nof stone", "1. raise", "2. paint"]  # fmt: skip
    assert headings_of(document, "1,200") == ("Alta", "Ships") or (
        headings_of(document, "1,200") == ("Ships",))  # fmt: skip
    assert parts(document, Kind.FOOTNOTE) == ["Minutes of the council."]
    assert {b.section for b in document.blocks if b.kind is Kind.LIST_ITEM} == {("Walls",)}


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2024-03", "2024-03"), ("2024", "2024"), ("March 5, 2024", "2024-03-05"), ("soon", ""),
     ("2024-03-05T10:00:00Z", "2024-03-05"), ("1848-02-24", "1848-02-24"),
     ("2024-03-05 9:05:00 +1", "2024-03-05"), ("2024-13-45", ""), ("0000-00-00", ""),
     ("2023-02-29", ""), ("2024-05-05 25:61:00", ""), ("2024-13", ""), ("!!timestamp soon", "")],
)  # fmt: skip
def test_front_matter_dates_are_as_precise_as_stated(date: str, expected: str) -> None:
    assert read(f"---\ndate: {date}\n---\nWords.".encode(), "a.md").date == expected


def test_front_matter_is_taken_as_it_is_written() -> None:
    document = read(b"---\ntitle: 007\npublisher: ~\nlang: no\n---\nWords.", "a.md")
    assert (document.title, document.publisher, document.language) == ("007", "", "no")


def test_broken_front_matter_states_nothing_and_loses_no_text() -> None:
    document = read(b"---\ntitle: [a\n---\nThe words stay.", "a.md")
    assert document.title == "" and "The words stay." in document.text


def test_front_matter_in_toml_and_authors_with_more_than_a_name() -> None:
    document = read(b'+++\ntitle = "Walls"\ndate = 2024-02-01T09:00:00+01:00\nauthors = '
                    b'["Ann Lee", "Bo Chen"]\n+++\nThe walls stand.', "a.md")  # fmt: skip
    assert (document.title, document.date, document.author) == (
        "Walls", "2024-02-01", "Ann Lee; Bo Chen")  # fmt: skip
    assert document.text == "The walls stand."
    named = read(b"---\nauthor:\n  - name: Ann Lee\n    at: Post\n  - Bo Chen\n---\nWords.", "a.md")
    assert named.author == "Ann Lee; Bo Chen"
    broken = read(b"+++\ntitle = [a\n+++\nThe words stay.", "a.md")
    assert broken.title == "" and "The words stay." in broken.text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("## Fees {#fees .wide lang=en}\n\nThey rise.", ["Fees", "They rise."]),
        ("The {.5} and the set {x=1} stay.", ["The {.5} and the set {x=1} stay."]),
        ('{{< figure src="a.png" caption="The wall" >}}\n\nIt {{% b %}}stands.',
         ["The wall", "It stands."]),
        ("{% include ad.html %}\n\nIt stands. {{ page.name }}", ["It stands. {{ page.name }}"]),
        ("See [[Walls 2023|the walls]] and [[Tilby]].", ["See the walls and Tilby."]),
        ("It stands.[[1]](https://example.org/a)", ["It stands.[1]"]),
        ("> [!NOTE]\n> It stands.", ["It stands."]),
        ("> [!quote]- The mayor\n> It stands.", ["The mayor", "It stands."]),
        ('!!! warning "Not final"\n    The *board* may\n    change it.\n\nIt stands.',
         ["Not final", "The board may\nchange it.", "It stands."]),
        ("::: {.callout-note}\nIt stands.\n:::\n\nIt leaks.", ["It stands.", "It leaks."]),
        ("Write `[[a]]` or\n\n```\n{% b %}\n```\n\nthere.",
         ["Write [[a]] or", "{% b %}", "there."]),
    ],
)  # fmt: skip
def test_marks_of_dialects_are_no_words(raw: str, expected: list[str]) -> None:
    document = read(raw.encode(), "a.md")
    assert [document.text[b.start : b.end] for b in document.blocks] == expected


def test_images_alone_are_captions() -> None:
    raw = "[![Build](b.svg)](https://ci.example) ![Licence](l.svg)\n\nThe wall ![x](x.png) stands."
    document = read(raw.encode(), "a.md")
    assert parts(document, Kind.CAPTION) == ["Build Licence"]
    assert parts(document, Kind.HEADING) == []


HTML_INSIDE = """# Fares

<details><summary>Children</summary>

Under *six* they pay nothing.

</details>

<table>
<tr><th>City</th><th>Fare</th></tr>
<tr><td>Alta</td><td>1,200</td></tr>
</table>

<p align="center">
Fares rise
in May.
</p>

<!-- to be done -->
Use `<table>` for a table.

<script>

The end is not lost.
"""


def test_html_inside_markdown_is_read_as_html() -> None:
    document = read(HTML_INSIDE.encode(), "a.md")
    assert_sound(document)
    assert document.text == (
        "Fares\n\nChildren\n\nUnder six they pay nothing.\n\nCity\tFare\nAlta\t1,200\n\n"
        "Fares rise in May.\n\nUse <table> for a table.\n\nThe end is not lost."
    )
    assert parts(document, Kind.TABLE_CELL) == ["City", "Fare", "Alta", "1,200"]
    assert headings_of(document, "1,200") == ("Alta", "Fare")


# --- HTML ----------------------------------------------------------------------------------------

PAGE = """<!doctype html><html lang="en"><head><title>Plan passed - The Post</title>
<meta property="og:site_name" content="The Post"><script>var x = "no";</script>
<meta property="article:published_time" content="2023-09-01T10:00:00Z">
<link rel="canonical" href="https://post.example/plan"></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav>
<article><h1>Plan passed</h1>
<p>It costs <b>$5</b>&nbsp;million &amp; lasts 10<sup>6</sup> years.<sup>[1]</sup></p>
<h2>Why now?</h2><p>Because<br>of storms.</p><ul><li>Higher walls</li><li>New pumps</li></ul>
<table><tr><th>Item</th><th>2023</th></tr><tr><td rowspan=2>Walls</td><td>3</td></tr>
<tr><td>4</td></tr></table><figure><figcaption>The quay.</figcaption></figure>
<ol class="footnotes"><li>Minutes.</li></ol></article>
<div class="related-posts"><a href="x">Other story</a></div><footer>© 2023</footer></body></html>"""


def test_html() -> None:
    document = read(PAGE.encode(), "a.html")
    assert_sound(document)
    assert (document.title, document.publisher, document.date, document.url) == (
        "Plan passed", "The Post", "2023-09-01", "https://post.example/plan")  # fmt: skip
    assert parts(document, Kind.PARAGRAPH) == [
        "It costs $5\xa0million & lasts 10⁶ years.¹", "Because\nof storms."]  # fmt: skip
    assert parts(document, Kind.LIST_ITEM) == ["Higher walls", "New pumps"]
    assert parts(document, Kind.CAPTION) == ["The quay."]
    assert parts(document, Kind.FOOTNOTE) == ["1. Minutes."]
    assert parts(document, Kind.BOILERPLATE) == ["Home", "Other story", "© 2023"]
    assert headings_of(document, "4") == ("Walls", "2023")
    assert {b.section for b in document.blocks if b.kind is Kind.LIST_ITEM} == {("Why now?",)}


@pytest.mark.parametrize("tag", ["article", "main", "section", "p"])
def test_a_page_may_leave_the_tags_of_head_and_body_out(tag: str) -> None:
    page = f"<!doctype html><title>Tide</title><{tag}>High at six.</{tag}><p>Low at noon.</p>"
    document = read(page.encode(), "a.html")
    assert_sound(document)
    assert document.title == "Tide" and document.text == "High at six.\n\nLow at noon."


def test_a_page_that_states_nothing_has_no_facts() -> None:
    document = read(b"<html><body><p>In 2019 it began. It was late.</p></body></html>", "my.html")
    assert (document.title, document.publisher, document.date, document.url) == ("", "", "", "")


# --- DOCX ----------------------------------------------------------------------------------------


def word(title: str = "") -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.title = title
    document.add_heading("Annual report", 0)
    document.add_paragraph("The walls stand.")
    document.add_heading("Walls", 1)
    document.add_paragraph("Raise them", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["City", "Ships", "Alta", "1,200"], strict=True):
        cell.text = text
    document.add_paragraph("(IV) Build more. They hold. So do others.")
    document.add_paragraph("(V) Paint them. Use white. It lasts.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_docx() -> None:
    document = read(word(), "report")
    assert_sound(document)
    assert document.title == "Annual report" and document.date == ""
    assert parts(document, Kind.LIST_ITEM) == ["Raise them"]
    assert "Ships" in headings_of(document, "1,200")
    assert document.blocks[-1].section == ("Walls", "(V) Paint them")
