"""What every door of the server shares: the library, the line of work and the figures."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from starlette.requests import Request

from index.errors import PullquoteError
from index.library import Library
from index.records import Document
from qa.answer import Answer, answer
from qa.web.gate import Gate
from qa.web.metrics import Metrics
from qa.web.problems import Problem

T = TypeVar("T")


class Service:
    """Questions wait in line for ``answers``, and quotations for ``checks``: a long quotation may
    take seconds, and no question shall wait for it. Changes of the library, one at a time, wait
    for ``changes``, and addresses of the web to be fetched for ``fetches``."""

    def __init__(self, library: Library, waiting: int = 64) -> None:
        self.library = library
        self.metrics = Metrics(library)
        self.answers = Gate(processors(), waiting)
        self.checks = Gate(max(1, processors() // 2), waiting, "check")
        self.fetches = Gate(4, 8, "fetch")
        self.changes = Gate(1, 8, "change", math.inf)  # a large upload takes minutes
        self._gates = (self.fetches, self.answers, self.checks, self.changes)
        self._finishing: list[Callable[[], None]] = []

    async def run(self, work: Callable[[], T], request: Request | None = None) -> T:
        """Work of a question's kind, in its turn; raises Overloaded, and Gone when who sent the
        request leaves before."""
        return await self.answers.run(work, partial(left, request) if request else None)

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

    def searched(self, document_id: str) -> str:
        """The id of a document that questions may be asked of; raises a Problem as ``document``
        does, and for a version that was replaced, which is not searched."""
        id = self.document(document_id).id
        newest = self.library.newest(id).id
        if id != newest:
            raise Problem(
                422,
                "replaced_document",
                f"Document {id} is an older version, which is not searched.",
                f"Ask document {newest}, or read the older one at /api/v1/text/{id}.",
            )
        return id

    def at_close(self, finish: Callable[[], None]) -> None:
        """Call this when the server stops, to finish work that does not stand in these lines."""
        self._finishing.append(finish)

    def close(self) -> None:
        """Finish what was begun."""
        for finish in (*self._finishing, *(gate.close for gate in self._gates)):
            finish()


async def left(request: Request) -> None:
    """Returns when who sent a request, whose body has been read, has hung up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
