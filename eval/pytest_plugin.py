"""``pytest --pullquote-cases FILE``: a test for each case, for a newsroom's own repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from eval.cases import Case
    from eval.results import Result

ASKED = pytest.StashKey["Asked"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("pullquote", "Pullquote's answers")
    group.addoption(
        "--pullquote-cases",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="ask every case of this JSON lines file; one test a case",
    )
    group.addoption(
        "--pullquote-library",
        metavar="DIR",
        type=Path,
        help="the library to ask (default: $PULLQUOTE_LIBRARY, else the user data folder)",
    )


class NotRight(Exception):
    """An answer that is not what its case wants."""


class Asked:
    """The library, opened at the first case and closed at the end of the session."""

    def __init__(self, named: Path | None) -> None:
        self._named = named
        self._library: Any = None
        self._asker: Any = None
        self._done: dict[str, Result] = {}

    def result(self, case: Case) -> Result:
        from eval.observe import texts_of
        from eval.runner import Asker
        from eval.settings import Settings, asking
        from qa.place import open_to_ask

        if self._library is None:
            self._library = open_to_ask(self._named)
            text_of = texts_of(self._library)
            self._asker = Asker(self._library, asking(Settings()), text_of, self._done)
        self._done[case.id] = self._asker.asked(case)[0]
        return self._done[case.id]

    def close(self) -> None:
        if self._library is not None:
            self._library.close()


class CaseFile(pytest.File):
    """A file of cases."""

    def collect(self) -> Iterator[CaseItem]:
        from eval.cases import load

        for case in load(self.path):
            yield CaseItem.from_parent(self, name=case.id, case=case)


class CaseItem(pytest.Item):
    """One case: passes when it is answered right."""

    def __init__(self, *, case: Case, **other: Any) -> None:
        super().__init__(**other)
        self.case = case

    def runtest(self) -> None:
        found = self.config.stash[ASKED].result(self.case)
        if not found.right:
            raise NotRight("\n".join(explained(found)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from index.errors import PullquoteError

        if isinstance(excinfo.value, NotRight | PullquoteError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, f"{self.case.id}: {self.case.question}"


def explained(found: Result) -> Iterator[str]:
    """What was asked, wanted, said and cited, a line each."""
    wanted = "; ".join(" or ".join(fact) for fact in found.wanted)
    yield f"question: {found.question}"
    if found.verdict:
        yield f"wanted: the verdict {found.verdict}; given: {found.given}"
    elif not found.answerable:
        yield "wanted: no answer, because the documents do not say"
    else:
        yield f"wanted: {wanted or 'an answer'}, cited from {' or '.join(found.documents)}"
    yield f"answer: {found.text or '(none)'}"
    for cited in found.citations:
        exact = "" if cited.valid else ", which are other words than the quote"
        yield f"cited: {cited.file}, characters {cited.start} to {cited.end}{exact}"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[ASKED] = Asked(config.getoption("--pullquote-library"))


def pytest_unconfigure(config: pytest.Config) -> None:
    if ASKED in config.stash:
        config.stash[ASKED].close()


def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    from index.errors import PullquoteError

    try:
        for path in config.getoption("--pullquote-cases"):
            items += CaseFile.from_parent(session, path=path.absolute()).collect()
    except PullquoteError as error:
        raise pytest.UsageError(str(error)) from error
