"""What can be tried another way: the settings of one run, and what they mean to ``qa``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from index.chunk import Sizes
from index.errors import PullquoteError
from index.library import NO_FILTERS, Library
from index.rows import Filters, Vectors
from qa.answer import Answer, answer
from qa.chat import Understood
from qa.rank import READERS, Effort
from qa.retrieve import FUSION, Fusion

SIZES = Sizes()
SEARCHES = ("both", "words", "meaning")
CHOICES = {"search": SEARCHES, "reader": tuple(READERS)}
SHIPPED = -1.0  # a caution that is not set
MOST_CAUTION = 0.5


@dataclass(frozen=True, slots=True)
class Settings:
    """One way to answer; the defaults are what ships.

    ``search``: both indexes, or one alone. ``dense`` and ``lexical`` weigh their scores.
    ``reader``: how much the neural reader reads. ``caution``: the share, 0..0.5, of the questions
    it could answer that may stay unanswered, below 0 for the share that ships. ``top``: passages
    listed, of which retrieval is measured. ``target``, ``limit`` and ``context`` are chunk sizes,
    which need a library of their own.
    """

    search: str = "both"
    dense: float = FUSION.dense
    lexical: float = FUSION.lexical
    reader: str = "default"
    caution: float = SHIPPED
    top: int = 10
    target: int = SIZES.target
    limit: int = SIZES.limit
    context: int = SIZES.context

    @property
    def sizes(self) -> Sizes:
        return Sizes(self.target, self.limit, self.context)

    @property
    def label(self) -> str:
        """What differs from the defaults, as "reader=none,top=5"; "default" where nothing does."""
        own = [f"{name}={self.of(name)}" for name in self.changed()]
        return ",".join(own) or "default"

    def of(self, name: str) -> Any:
        return getattr(self, name)

    def changed(self) -> list[str]:
        usual = Settings()
        return [f.name for f in fields(self) if self.of(f.name) != usual.of(f.name)]


def with_changes(settings: Settings, changes: Iterable[str]) -> Settings:
    """``settings`` with "key=value" changes; a PullquoteError names what cannot be set."""
    for change in changes:
        name, _, value = change.partition("=")
        settings = replace(settings, **{name: value_of(name.strip(), value.strip())})
    return settings


def value_of(name: str, text: str) -> Any:
    """The value of a setting from its text; raises PullquoteError."""
    kinds = {f.name: str(f.type) for f in fields(Settings)}
    if name not in kinds:
        raise PullquoteError(f"There is no setting {name}. Settings: {', '.join(kinds)}.")
    read: dict[str, Callable[[str], Any]] = {
        "float": float,
        "int": int,
        "str": lambda one: CHOICES[name][CHOICES[name].index(one)],
    }
    try:
        value = read[kinds[name]](text)
    except ValueError:
        kind = "one of " + ", ".join(CHOICES[name]) if name in CHOICES else "a number"
        raise PullquoteError(f"{name}={text} cannot be set: give {kind}.") from None
    if isinstance(value, int | float) and not 0 <= value < float("inf"):
        raise PullquoteError(f"{name}={text} cannot be set: give a number from 0.")
    if name == "caution" and value > MOST_CAUTION:
        raise PullquoteError(f"{name}={text} cannot be set: give a share from 0 to {MOST_CAUTION}.")
    return value


class ByMeaning(Library):
    """A library whose word search finds nothing."""

    def matching(
        self, wanted: Any, top: int, filters: Filters = NO_FILTERS
    ) -> list[tuple[int, float]]:
        return []


class ByWords(Library):
    """A library whose vector search finds nothing."""

    def nearest(
        self, vector: Vectors, top: int, filters: Filters = NO_FILTERS
    ) -> list[tuple[int, float]]:
        return []

    def cosines(self, ids: Any, vector: Vectors) -> dict[int, float]:
        return {}


_KINDS: dict[str, type[Library]] = {"both": Library, "words": ByWords, "meaning": ByMeaning}


def open_library(path: Path, settings: Settings) -> Library:
    """The library at ``path``, searched as the settings say."""
    return _KINDS[settings.search].open(path)


def asking(settings: Settings) -> Callable[[Library, str, Understood], Answer]:
    """``(library, question, meant) -> Answer`` as the settings say; ``meant.document`` is the id
    of the only document that can answer, else empty."""
    effort = Effort(settings.reader, None if settings.caution < 0 else settings.caution)
    fusion = Fusion(dense=settings.dense, lexical=settings.lexical)
    options: dict[str, Any] = {"top": settings.top, "effort": effort, "fusion": fusion}

    def ask(library: Library, question: str, meant: Understood) -> Answer:
        filters = replace(NO_FILTERS, document=meant.document)
        return answer(library, question, filters=filters, **options)

    return ask
