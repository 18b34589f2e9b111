"""References in printed styles, set by Typst's CSL processor (hayagriva) with its own styles.

Nothing is read from or written to the disk, and nothing is fetched: the references go in and the
page comes out in memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from qa.references.record import Reference

STYLES = {"apa": "apa", "mla": "mla", "chicago": "chicago-notes"}
_PAGE = """
#let data = json(bytes(sys.inputs.at("cited")))
#for one in data [
  #parbreak()
  #let style = sys.inputs.at("style")
  #if one.at("locator") == "" { cite(label(one.key)) } else {
    cite(label(one.key), supplement: one.at("locator"))
  }
]
#bibliography(bytes(sys.inputs.at("refs")), style: sys.inputs.at("style"), full: true, title: none)
"""


@dataclass(frozen=True, slots=True)
class Styled:
    """A reference in a style: ``entry`` as in a list of references, ``mark`` as in the running
    text, or as a note where the style has notes."""

    entry: str
    mark: str


def styled(references: Sequence[tuple[Reference, str]], style: str) -> list[Styled]:
    """References with their pages ("p. 4", or empty), set in one of STYLES, in order."""
    keys = [f"k{i}" for i in range(len(references))]
    refs = {
        key: _entry(replace(r, title=_title(r.title, style)))
        for key, (r, _) in zip(keys, references, strict=True)
    }
    cited = [
        {"key": key, "locator": _locator(locator, style)}
        for key, (_, locator) in zip(keys, references, strict=True)
    ]
    return [_one(refs[c["key"]], c, style) for c in cited]


def _one(entry: dict[str, Any], cited: dict[str, str], style: str) -> Styled:
    """Each reference alone: set together, two by one author in one year would become 2025a and
    2025b, which nobody could tell apart elsewhere."""
    import typst
    from lxml import html

    inputs = {
        "refs": json.dumps({cited["key"]: entry}, ensure_ascii=False),  # JSON is YAML, too
        "cited": json.dumps([cited], ensure_ascii=False),
        "style": STYLES[style],
    }
    page = typst.compile(_PAGE.encode(), format="html", sys_inputs=inputs)
    root = html.document_fromstring(bytes(page).decode("utf-8"))
    listed = _text(root, "//section[@role='doc-bibliography']//li")
    for number in root.xpath("//sup[@role='doc-backlink']"):
        number.drop_tree()
    note = _text(root, "//section[@role='doc-endnotes']//li")
    # hayagriva sets a comma behind a year that no month follows.
    listed = re.sub(r"\((\d{4}),\)", r"(\1)", listed)
    mark = note or _text(root, "//body/p")
    listed, note, mark = (_tidy(one, entry, style) for one in (listed, note, mark))
    if style == "mla" and cited["locator"]:
        # MLA sets no comma before a page's number; hayagriva takes every locator for another kind.
        mark = re.sub(r",(”?) (\S+\))$", r"\1 \2", mark)
    return Styled(listed or note, mark)


def _title(title: str, style: str) -> str:
    """MLA and Chicago set a title in double quotation marks: pairs of them in it become single,
    with a comma before the one that closes."""
    if style == "apa":
        return title
    return re.sub(r"“([^“”]*)”(,?)|(?<![^\s(\[—–-])\"(\S[^\"]*)\"(,?)", r"‘\1\2\3\4’", title)


def _tidy(words: str, entry: dict[str, Any], style: str) -> str:
    """No full stop behind a question or an exclamation; none behind the mark that closes a title's
    last quotation; no comma behind a first name that is not inverted."""
    words = re.sub(r"([?!][”’]*)\.(?=[”’\s]|$)", r"\1", words)
    if re.search(r"‘[^‘]*’}?$", entry.get("title", "")):
        words = re.sub(r"’([.,])”", r"\1’”", words)
    first = entry.get("author", [{}])[0]
    if style != "apa" and first and "given-name" not in first:
        words = re.sub(rf"^({re.escape(first['name'])}), (?=and |et al)", r"\1 ", words)
    return words


def _text(root: Any, path: str) -> str:
    found = root.xpath(path)
    return " ".join(str(found[0].text_content()).split()) if found else ""


def _locator(words: str, style: str) -> str:
    """APA says that it is a page, MLA and Chicago give its number alone."""
    return words if style == "apa" else re.sub(r"^p\.\s*", "", words)


def _entry(r: Reference) -> dict[str, Any]:
    """A reference in hayagriva's own format."""
    entry: dict[str, Any] = {
        "type": "web" if r.web else "misc",
        "title": _words(r.title),
        "author": [_name(n.family, n.given) for n in r.authors],
        "date": r.date,
        "language": r.language,
    }
    if r.url:
        entry["url"] = {"value": r.url, "date": r.accessed} if r.accessed else r.url
    if r.publisher and r.web:
        entry["parent"] = {"type": "web", "title": _words(r.publisher)}
    elif r.publisher:
        entry["publisher"] = _words(r.publisher)
    return {key: value for key, value in entry.items() if value}


def _name(family: str, given: str) -> dict[str, str]:
    return {"name": family, "given-name": given} if given else {"name": family}


def _words(text: str) -> str:
    """The words with no sign in them taken for a formula. Where one of them has a capital, a figure
    or a full stop inside ("NATO", "letter.txt"), all stay as they are: a style that sets titles in
    capitals would write "Nato"."""
    words = [re.sub(r"^\W+(?=\w)", "", word) for word in text.split()]
    safe = re.sub(r"([\\{}$])", r"\\\1", " ".join(text.split()))
    own = any(
        word[1:].lower() != word[1:] or re.search(r"\w[.\d]\w|\d", word) is not None
        for word in words
    )
    return f"{{{safe}}}" if own else safe
