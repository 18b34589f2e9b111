"""Files and addresses on their way into the library: what stage each is at, what failed and why."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index.addition import Progress, Tell
from index.errors import PullquoteError
from index.ingest import Report
from index.library import Library
from qa.web.guard import where

_log = logging.getLogger("uvicorn.error")
FAILED = "failed.json"
MOST_FAILED = 200
FINISH = 25.0  # seconds for what waits when the server stops
STAGES = ("waiting", "reading", "chunking", "embedding", "storing")
Add = Callable[[Tell], list[Report]]


@dataclass(frozen=True, slots=True)
class Item:
    """One source. ``stage`` is of ``STAGES``, or added, replaced or unchanged in the end.
    ``share`` is how much of its stage is done, 0 to 1; ``left`` in seconds, None if not known."""

    id: int
    name: str
    stage: str = "waiting"
    share: float = 0.0
    left: float | None = None
    detail: str = ""
    document: str = ""

    @property
    def busy(self) -> bool:
        return self.stage in STAGES


@dataclass(frozen=True, slots=True)
class Failure:
    time: str
    name: str
    reason: str


class Additions:
    """Sources added one after the other by one thread of their own; those that fail move to the
    failures. From any thread."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._guard = threading.Lock()
        self._items: dict[int, Item] = {}
        self._queue: list[tuple[int, Add]] = []
        self._thread: threading.Thread | None = None
        self._until = float("inf")  # when what still waits is given up

    def items(self) -> list[Item]:
        """Those under way and those done since they were last cleared, the newest first."""
        with self._guard:
            return list(self._items.values())[::-1]

    def clear(self) -> None:
        with self._guard:
            self._items = {i: item for i, item in self._items.items() if item.busy}

    def put(self, name: str, add: Add) -> int:
        """Put one source in line; ``add`` adds it, telling how far it is."""
        with self._guard:
            id = max(self._items, default=0) + 1
            self._items[id] = Item(id, name)
            self._queue.append((id, add))
            if not self._thread:
                self._thread = threading.Thread(target=self._work, name="additions")
                self._thread.start()
            return id

    def finish(self, seconds: float = FINISH) -> None:
        """Go on for so long with what waits, then let the rest fail, to be added again; returns
        when nothing is under way."""
        with self._guard:
            self._until = time.monotonic() + seconds
            working = self._thread
        if working:
            working.join()

    def _work(self) -> None:
        while True:
            with self._guard:
                if not self._queue:
                    self._thread = None
                    return
                id, add = self._queue.pop(0)
            if time.monotonic() < self._until:
                self._one(id, add)
            else:
                self._failed(id, "The server was stopped before it came to this. Add it again.")

    def _one(self, id: int, add: Add) -> None:
        began = time.monotonic()

        def tell(at: Progress) -> None:
            share = min(1.0, at.done / at.total) if at.total else 0.0
            spent = time.monotonic() - began
            left = spent * (1 - share) / share if share > 0.05 else None
            self._set(id, stage=at.stage, share=share, left=left)

        self._set(id, stage="reading")
        try:
            reports = add(tell)
        except PullquoteError as error:
            reports = [Report(self._items[id].name, "failed", reason=str(error))]
        except Exception as error:
            _log.error("An addition failed.\n%s", where(error))
            self._failed(
                id,
                "The server failed at this file. Try again; if it fails again, tell "
                "who runs the server.",
            )
            return
        report = reports[0]
        if report.status == "failed":
            self._failed(id, report.reason)
            return
        detail = report.note
        self._set(
            id,
            stage=report.status,
            share=1.0,
            left=None,
            document=report.document_id,
            detail=detail,
        )

    def _set(self, id: int, **values: object) -> None:
        with self._guard:
            if id in self._items:
                self._items[id] = replace(self._items[id], **values)  # type: ignore[arg-type]

    def _failed(self, id: int, reason: str) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._guard:
            name = self._items.pop(id).name
            others = [f for f in self.failures() if f.name != name]
            self._keep([Failure(now, name, reason), *others][:MOST_FAILED])

    # -- what failed stays listed --------------------------------------------------------------

    def failures(self) -> list[Failure]:
        """What could not be added and why, the newest first, until it is dismissed."""
        path = self._library.path / FAILED
        if not path.exists():
            return []
        return [Failure(**row) for row in json.loads(path.read_text("utf-8"))]

    def dismiss(self, name: str) -> None:
        with self._guard:
            self._keep([f for f in self.failures() if f.name != name])

    def _keep(self, found: list[Failure]) -> None:
        path: Path = self._library.path / FAILED
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps([asdict(f) for f in found], ensure_ascii=False), "utf-8")
        os.replace(draft, path)
