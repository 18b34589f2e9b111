"""References: printed styles, and formats that other programs read back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.readers import read
from qa.references import exchange
from qa.references.record import Name, Reference, names, reference
from qa.references.styled import STYLES, styled

PAGE = Reference(
    id="0123456789abcdef",
    title="The wall",
    authors=(Name("Brunel", "Ada"), Name("Quill", "Mara")),
    publisher="Harbour Post",
    date="2023-09-01",
    url="https://post.example/wall",
    accessed="2026-11-21",
    sha256="ab" * 32,
    language="en",
    web=True,
)
BARE = replace(PAGE, authors=(), publisher="", date="", url="", web=False, title="letter.txt")


# Worked by hand after the manuals: APA 7 (9.4, 10.16), MLA 9 (5.2), Chicago 17 (14.207).
@pytest.mark.parametrize(
    ("style", "entry", "mark"),
    [
        ("apa", "Brunel, A., & Quill, M. (2023, September 1). The wall. Harbour Post. "
         "https://post.example/wall", "(Brunel & Quill, 2023, p. 4)"),
        ("mla", "Brunel, Ada, and Mara Quill. “The Wall.” Harbour Post, 1 Sept. 2023, "
         "https://post.example/wall.", "(Brunel and Quill 4)"),
        ("chicago", "Brunel, Ada, and Mara Quill. “The Wall.” Harbour Post, September 1, 2023. "
         "https://post.example/wall.", "Ada Brunel and Mara Quill, “The Wall,” Harbour Post, "
         "September 1, 2023, 4, https://post.example/wall."),
    ],
)  # fmt: skip
def test_a_page_with_everything(style: str, entry: str, mark: str) -> None:
    (found,) = styled([(PAGE, "p. 4")], style)
    assert (found.entry, found.mark) == (entry, mark)


@pytest.mark.parametrize(
    ("style", "entry"),
    [("apa", "The wall. (n.d.). Harbour Post. Retrieved November 21, 2026, from "
             "https://post.example/wall"),
     ("mla", "“The Wall.” Harbour Post, https://post.example/wall. Accessed 21 Nov. 2026.")],
)  # fmt: skip
def test_without_author_and_date_the_title_goes_first(style: str, entry: str) -> None:
    (found,) = styled([(replace(PAGE, authors=(), date=""), "")], style)
    assert found.entry == entry


def test_a_year_alone_stands_without_a_comma() -> None:
    (found,) = styled([(replace(PAGE, date="2023"), "")], "apa")
    assert "(2023)" in found.entry


@pytest.mark.parametrize("style", sorted(STYLES))
def test_what_is_not_stated_is_not_printed(style: str) -> None:
    (found,) = styled([(BARE, "")], style)
    assert "letter.txt" in found.entry and found.mark
    for word in ("None", "unknown", "Harbour", "http", "2023", "()", ", ,"):
        assert word not in found.entry + found.mark


@pytest.mark.parametrize("title", ["NATO on $5 & {x} \\ #1", "*a* _b_ [c] @d <e>", "港务局的计划"])
def test_signs_in_a_title_stay_signs(title: str) -> None:
    (found,) = styled([(replace(PAGE, title=title), "")], "apa")
    assert title in found.entry


@pytest.mark.parametrize(
    ("title", "apa", "mla", "note"),
    [("Will the mayor resign?", "Will the mayor resign? Harbour",
      "“Will the Mayor Resign?” Harbour", "“Will the Mayor Resign?,” Harbour"),
     ("“We go”, says mayor", "“We go”, says mayor. Harbour", "“‘We Go,’ Says Mayor.” Harbour",
      "“‘We Go,’ Says Mayor,” Harbour"),
     ('WHO on "safety"', 'WHO on "safety". Harbour', "“WHO on ‘safety.’” Harbour",
      "“WHO on ‘safety,’” Harbour"),
     ("Who said “no”?", "Who said “no”? Harbour", "“Who Said ‘No’?” Harbour",
      "“Who Said ‘No’?,” Harbour"),
     ("The workers’", "The workers’. Harbour",
      "“The Workers’.” Harbour", "“The Workers’,” Harbour"),
     ('A 6" pipe', 'A 6" pipe. Harbour', "“A 6\" pipe.” Harbour", "“A 6\" pipe,” Harbour")],
)  # fmt: skip
def test_marks_at_and_in_a_title(title: str, apa: str, mla: str, note: str) -> None:
    named = replace(PAGE, title=title)
    found = {style: styled([(named, "")], style)[0] for style in STYLES}
    assert apa in found["apa"].entry and mla in found["mla"].entry
    assert note in found["chicago"].mark


def test_a_comma_stands_only_behind_a_name_that_is_inverted() -> None:
    whole = replace(PAGE, authors=(Name("王小明"), Name("李华")))
    (found,) = styled([(whole, "")], "mla")
    assert found.entry.startswith("王小明 and 李华. “The Wall.”")
    many = replace(PAGE, authors=(Name("World Bank"), Name("NATO"), Name("Quill", "Mara")))
    (found,) = styled([(many, "")], "mla")
    assert found.entry.startswith("World Bank et al. “The Wall.”")


def test_names_are_parted_only_where_the_source_parts_them() -> None:
    assert names("Brunel, Ada; World Bank; 王伟") == (
        Name("Brunel", "Ada"), Name("World Bank"), Name("王伟"))  # fmt: skip
    assert names("") == () and names("A, B, C") == (Name("A, B, C"),)


def test_a_document_without_a_title_goes_by_its_file() -> None:
    found = reference(read(b"Some words.", "in/letter.txt"))
    assert (found.title, found.authors, found.web) == ("in/letter.txt", (), False)


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(
    lambda t: bool(t.strip())
)


@given(TEXTS, TEXTS)
def test_ris_is_read_back_by_another_program(title: str, note: str) -> None:
    import rispy

    made = replace(PAGE, title=" ".join(title.split()))
    if not made.title or not " ".join(note.split()):
        return
    (entry,) = rispy.loads(exchange.ris([(made, [note])]))
    assert entry["title"] == made.title and entry["type_of_reference"] == "ELEC"
    assert entry["authors"] == ["Brunel, Ada", "Quill, Mara"]
    assert entry["urls"] == [PAGE.url] and entry["year"] == "2023"
    assert entry["notes"] == [f"Archived copy: SHA-256 {PAGE.sha256}", " ".join(note.split())]


@settings(max_examples=20)
@given(st.text("ab $%&#_{}~^\\\"'@,=é港\n", min_size=1, max_size=20).filter(str.strip))
def test_bibtex_is_read_back_by_another_program(title: str) -> None:
    """Typst reads the file, and prints the title as it was given."""
    import typst
    from lxml import html

    words = " ".join(title.split())
    made = exchange.bibtex([(replace(PAGE, title=f"x {words} x"), ["“a” & b"])])
    page = b'#bibliography(bytes(sys.inputs.at("bib")), style: "apa", full: true, title: none)'
    out = typst.compile(page, format="html", sys_inputs={"bib": made})
    root = html.document_fromstring(bytes(out).decode())
    shown = " ".join(root.xpath("//li")[0].text_content().split())
    plain = shown.replace("’", "'").replace("‘", "'").replace("”", '"').replace("“", '"')
    assert f"x {words} x".lower() in plain.lower().replace("\u00a0", " ")
    assert shown.startswith("Brunel, A., & Quill, M. (2023, September 1)")


def test_csl_json_has_the_fields_of_the_standard() -> None:
    (item,) = json.loads(exchange.csl_json([(PAGE, ["“The wall.”"])]))
    assert item["type"] == "webpage" and item["container-title"] == "Harbour Post"
    assert item["author"][0] == {"family": "Brunel", "given": "Ada"}
    assert item["issued"] == {"date-parts": [[2023, 9, 1]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 21]]}
    assert PAGE.sha256 in item["note"] and "“The wall.”" in item["note"]
    (bare,) = json.loads(exchange.csl_json([(BARE, [])]))
    assert set(bare) == {"id", "type", "title", "accessed", "language", "note"}
