"""References for other programs: BibTeX, RIS and CSL-JSON.

Each takes pairs of a reference and the notes to it (a quotation with its place, say). CSL-JSON is
that of the Citation Style Language, version 1.0.2; RIS that of Research Information Systems;
BibTeX entries use the fields of biblatex, of which older styles pass over what they do not know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from qa.references.record import Name, Reference, date_parts

Noted = tuple[Reference, Sequence[str]]
_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{c: f"\\{c}" for c in "&%$#_{}"},
}


def archived(reference: Reference) -> str:
    """Which bytes the library keeps of the source."""
    return f"Archived copy: SHA-256 {reference.sha256}"


# -- CSL-JSON ----------------------------------------------------------------------------------


def csl_json(noted: Sequence[Noted]) -> str:
    items = [csl_item(reference, notes) for reference, notes in noted]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def csl_item(reference: Reference, notes: Sequence[str] = ()) -> dict[str, Any]:
    r = reference
    item: dict[str, Any] = {
        "id": r.id,
        "type": "webpage" if r.web else "document",
        "title": r.title,
        "author": [_csl_name(n) for n in r.authors],
        "container-title" if r.web else "publisher": r.publisher,
        "issued": _csl_date(r.date),
        "accessed": _csl_date(r.accessed),
        "URL": r.url,
        "language": r.language,
        "note": "\n".join([archived(r), *notes]),
    }
    return {key: value for key, value in item.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    if name.given:
        return {"family": name.family, "given": name.given}
    return {"literal": name.family}


def _csl_date(date: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [date_parts(date)]} if date else {}


# -- BibTeX ------------------------------------------------------------------------------------


def bibtex(noted: Sequence[Noted]) -> str:
    return "\n".join(bibtex_entry(reference, notes) for reference, notes in noted)


def bibtex_entry(reference: Reference, notes: Sequence[str] = ()) -> str:
    """One entry; the key is the document's id, since names and years may be missing."""
    r = reference
    fields = {
        "title": f"{{{_latex(r.title)}}}",  # a second pair of braces keeps its capitals
        "author": " and ".join(_bibtex_name(n) for n in r.authors),
        "organization" if r.web else "publisher": _latex(r.publisher),
        "date": r.date,
        "year": r.date[:4],
        "url": _url(r.url),
        "urldate": r.accessed,
        "note": _latex("; ".join([archived(r), *notes])),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    kind = "online" if r.web else "misc"
    return f"@{kind}{{pq{r.id},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex_name(name: Name) -> str:
    if name.given:
        return f"{_latex(name.family)}, {_latex(name.given)}"
    return f"{{{_latex(name.family)}}}"  # braces: a name that is not to be parted


def _latex(text: str) -> str:
    plain = " ".join(text.split())
    return "".join(_LATEX.get(c, c) for c in plain)


def _url(url: str) -> str:
    """An address without what would end the field or begin a comment."""
    marks = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}
    return re.sub(r"[{}\\ ]", lambda m: marks[m.group()], url)


# -- RIS ---------------------------------------------------------------------------------------


def ris(noted: Sequence[Noted]) -> str:
    return "\n".join(ris_entry(reference, notes) for reference, notes in noted)


def ris_entry(reference: Reference, notes: Sequence[str] = ()) -> str:
    r = reference
    year, month, day = (*r.date.split("-"), "", "", "")[:3]
    rows = [
        ("TY", "ELEC" if r.web else "GEN"),
        ("ID", r.id),
        ("TI", r.title),
        *(("AU", f"{n.family}, {n.given}" if n.given else n.family) for n in r.authors),
        ("PB", r.publisher),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if year else ""),
        ("UR", r.url),
        ("Y2", f"{r.accessed.replace('-', '/')}/" if r.accessed else ""),
        ("LA", r.language),
        *(("N1", note) for note in (archived(r), *notes)),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in rows if value]
    return "\n".join([*lines, "ER  - ", ""])
