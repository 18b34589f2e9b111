"""The words of Word paragraphs as they are seen: raised figures, symbols, hidden text."""

from __future__ import annotations

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from index.readers import read
from tests.test_readers_docx import element, report, saved


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def symbol(font: str, char: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


RAISED = '<w:vertAlign w:val="superscript"/>'
LOWERED = '<w:vertAlign w:val="subscript"/>'


def said(*runs: str) -> str:
    """What is read of a paragraph of these runs."""
    text = read(report(f"<w:p>{''.join(runs)}</w:p>"), "a.docx").text
    return text.split("\n\n")[1]


def test_raised_figures_are_no_part_of_the_number_before_them() -> None:
    runs = [run("About 10"), run("6", RAISED), run(" spores per m"), run("2", RAISED)]
    assert said(*runs, run(" of CO"), run("2", LOWERED), run(".")) == (
        "About 10⁶ spores per m² of CO2."
    )
    assert said(run("It cost 250 million."), run("[12]", RAISED)) == "It cost 250 million.¹²"
    assert said(run("10"), run("-", RAISED), run("3", RAISED), run(" of it")) == "10⁻³ of it"


def test_raised_words_stay_as_they_are() -> None:
    assert said(run("The 3"), run("rd", RAISED), run(" gate")) == "The 3rd gate"
    assert said(run("Open until May 2021", RAISED)) == "Open until May 2021"


def test_figures_that_a_style_raises() -> None:
    document = docx.Document()
    style = document.styles.add_style("Note mark", WD_STYLE_TYPE.CHARACTER)
    style.font.superscript = True
    paragraph = document.add_paragraph("It cost 250 million")
    paragraph.add_run("3", style="Note mark")
    assert read(saved(document), "a.docx").text == "It cost 250 million³"


@pytest.mark.parametrize(
    ("font", "char", "seen"),
    [
        ("Symbol", "F0A3", "≤"),
        ("Symbol", "F06D", "μ"),
        ("Symbol", "00B1", "±"),
        ("Wingdings", "F0FE", "☑"),
        ("Times New Roman", "2265", "≥"),
        ("Symbol", "odd", ""),
        ("Harbour Signs", "F041", ""),
    ],
)
def test_symbols(font: str, char: str, seen: str) -> None:
    assert said(run("Dust: "), symbol(font, char), run("10 a day")) == f"Dust: {seen}10 a day"


def test_hidden_words_are_not_read() -> None:
    shown = '<w:vanish w:val="0"/>'
    runs = [run("The pool"), run(" is not", "<w:vanish/>"), run(" closes.", shown)]
    assert said(*runs) == "The pool closes."


def test_a_run_shows_what_its_style_hides() -> None:
    document = docx.Document()
    style = document.styles.add_style("Remark", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    document.add_paragraph("Do not print this.", "Remark")
    document.add_paragraph("The pool closes.")
    shown = run("Gates open.", '<w:vanish w:val="false"/>')
    look = f'<w:pPr><w:pStyle w:val="{style.style_id}"/></w:pPr>'
    document.element.body.insert(2, element(f"<w:p>{look}{shown}</w:p>"))
    assert read(saved(document), "a.docx").text == "The pool closes.\n\nGates open."


def mathematics(name: str, *parts: str) -> str:
    return f"<m:{name}>{''.join(parts)}</m:{name}>"


def letters(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def test_formulas_stand_in_their_sentences() -> None:
    half = mathematics(
        "f", mathematics("num", letters("a+b")), mathematics("den", letters("2"))
    )  # fmt: skip
    cubed = mathematics(
        "sSup", mathematics("e", letters("10")), mathematics("sup", letters("3"))
    )  # fmt: skip
    root = mathematics("rad", mathematics("deg"), mathematics("e", letters("x+1")))
    bound = mathematics(
        "d", mathematics("e", mathematics("sSub", mathematics("e", letters("h")),
                                          mathematics("sub", letters("1")))))  # fmt: skip
    declared = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    formula = mathematics("oMath", letters("A = "), half, letters("·"), bound, cubed, root)
    words = said(run("The area is "), formula.replace(">", f" {declared}>", 1), run("."))
    assert words == "The area is A=(a+b)/2·(h1)10³√(x+1)."
