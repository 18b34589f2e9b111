"""A run of an evaluation that a reader started: one at a time, in a thread of its own."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import PullquoteError
from qa.web.panels import Panel


class Stopped(PullquoteError):
    """The server is going; the run goes on where it was when it is started again."""


@dataclass(frozen=True, slots=True)
class Run:
    """``made`` is the run's name when it is done; ``problem`` why it could not be. ``left`` is in
    seconds, None while that is not known."""

    set: str
    done: int = 0
    total: int = 0
    left: float | None = None
    made: str = ""
    problem: str = ""

    @property
    def busy(self) -> bool:
        return not (self.made or self.problem)


class Runs:
    """Of the library in one folder, kept in another. From any thread."""

    def __init__(self, library: Path, folder: Path) -> None:
        self._library = library
        self._folder = folder
        self._guard = threading.Lock()
        self._latest: Run | None = None

    def latest(self) -> Run | None:
        """The run under way, else the last one since the server was started."""
        return self._latest

    def start(self, panel: Panel, wanted: str) -> None:
        """Raises PullquoteError while another one is under way, and for a set that is not there."""
        if wanted not in panel.sets(self._library):
            raise PullquoteError("These cases are not there any more. Load the page again.")
        with self._guard:
            if self._latest and self._latest.busy:
                raise PullquoteError("A run is under way. Wait until it is done.")
            self._latest = Run(wanted)
        threading.Thread(target=self._work, args=(panel, wanted), name="run").start()

    def _work(self, panel: Panel, wanted: str) -> None:
        began, before = time.monotonic(), -1

        def tell(done: int, total: int) -> None:
            nonlocal before
            if not threading.main_thread().is_alive():  # the server waits for its threads to end
                raise Stopped("The server is stopping. Start the run again.")
            before = done - 1 if before < 0 else before
            each = (time.monotonic() - began) / (done - before)
            self._set(done=done, total=total, left=each * (total - done))

        try:
            self._set(made=panel.start(self._library, self._folder, wanted, tell))
        except Stopped:
            return
        except PullquoteError as error:
            self._set(problem=str(error))
        except Exception:
            self._set(problem="The server failed at this run. Its log says why. Start it again.")
            raise

    def _set(self, **values: object) -> None:
        with self._guard:
            if self._latest:
                self._latest = replace(self._latest, **values)  # type: ignore[arg-type]
