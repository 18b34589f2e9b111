"""What a reference says of a document. What the document does not state is left out."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Document


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the parts that its source states; else whole, in ``family``."""

    family: str
    given: str = ""

    @property
    def plain(self) -> str:
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Reference:
    """``web`` tells a page of a site from any other document. ``date`` and ``accessed`` are ISO
    8601, the first as precise as it is stated. ``title`` falls back on the name of the file."""

    id: str
    title: str
    authors: tuple[Name, ...]
    publisher: str
    date: str
    url: str
    accessed: str
    sha256: str
    language: str
    web: bool


def reference(document: Document) -> Reference:
    title = " ".join(document.title.split()) or document.file
    return Reference(
        document.id,
        title,
        names(document.author),
        document.publisher,
        document.date,
        document.url,
        document.added[:10],
        document.sha256,
        document.language,
        bool(document.url) and document.media_type in ("text/html", "text/plain", "text/markdown"),
    )


def names(stated: str) -> tuple[Name, ...]:
    """The names in ``Document.author``. "Brunel, Ada" states its parts; "Ada Brunel" does not:
    which part is the family's name is never guessed."""
    found = []
    for one in filter(None, (part.strip() for part in stated.split(";"))):
        family, comma, given = one.partition(",")
        parts = comma and given.strip() and "," not in given
        found.append(Name(family.strip(), given.strip()) if parts else Name(one))
    return tuple(found)


def date_parts(date: str) -> list[int]:
    """Year, month and day of an ISO date, as far as it goes; empty for none."""
    return [int(part) for part in date.split("-")] if date else []
