"""What every door of the server shares: the library, the line of work and the figures."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any, TypeVar

from index.errors import PullquoteError
from index.library import Library
from index.records import Document
from qa.answer import Answer, answer
from qa.web.gate import Gate
from qa.web.metrics import Metrics
from qa.web.problems import Problem

T = TypeVar("T")


class Service:
    """Questions wait in line for ``answers``; changes of the library, one at a time, for
    ``changes``."""

    def __init__(self, library: Library, waiting: int = 64) -> None:
        self.library = library
        self.metrics = Metrics(library)
        self.answers = Gate(processors(), waiting)
        self.changes = Gate(1, 8, "change")

    async def run(self, work: Callable[[], T]) -> T:
        """Work of a question's kind, in its turn; raises Overloaded."""
        return await self.answers.run(work)

    async def change(self, work: Callable[[], T]) -> T:
        """A change of the library, after those begun before; raises Overloaded."""
        return await self.changes.run(work)

    def ask(self, door: str, question: str, **options: Any) -> Answer:
        """``qa.answer.answer`` with the figures kept; does not wait in line."""
        began = time.perf_counter()
        found = answer(self.library, question, **options)
        seconds = time.perf_counter() - began
        self.metrics.asked(door, seconds, answered=found.status == "answered")
        return found

    def document(self, document_id: str) -> Document:
        """A document with its text; raises a Problem where the id names none, or several."""
        try:
            return self.library.document(document_id)
        except PullquoteError as error:
            message = str(error).split(". ")[0] + "."
            raise Problem(
                404, "unknown_document", message, "See the ids at /api/v1/documents."
            ) from error

    def close(self) -> None:
        """Finish what was begun."""
        self.answers.close()
        self.changes.close()


def processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
