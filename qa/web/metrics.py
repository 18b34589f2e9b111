"""Figures for Prometheus: counts, times and sizes, never a word of a question or a document."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from index.library import Library

MEDIA_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """``door`` is where a question came in: api, desk or mcp."""

    def __init__(self, library: Library) -> None:
        self._registry = own = CollectorRegistry()
        self._questions = Counter(
            "pullquote_questions", "Questions answered or not found.", ["door"], registry=own
        )
        self._silences = Counter(
            "pullquote_silences", "Questions the library does not answer.", ["door"], registry=own
        )
        self._seconds = Histogram(
            "pullquote_answer_seconds",
            "Seconds from the start of work on a question to its answer.",
            buckets=_SECONDS,
            registry=own,
        )
        self._failures = Counter(
            "pullquote_failures", "Requests refused or failed.", ["code"], registry=own
        )
        own.register(_Sizes(library))
        ProcessCollector(registry=own)

    def asked(self, door: str, seconds: float, *, answered: bool) -> None:
        self._questions.labels(door).inc()
        self._seconds.observe(seconds)
        if not answered:
            self._silences.labels(door).inc()

    def failed(self, code: str) -> None:
        self._failures.labels(code).inc()

    def text(self) -> bytes:
        """The figures in Prometheus' text format."""
        return generate_latest(self._registry)


class _Sizes(Collector):
    """The size of the library, counted when it is asked for and has changed since."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: tuple[int, int, int] | None = None

    def collect(self) -> Iterator[Metric]:
        generation, documents, passages = self._counted()
        for name, about, value in (
            ("documents", "Documents in the library.", documents),
            ("passages", "Passages in the library.", passages),
            ("generation", "Changes the library has seen.", generation),
        ):
            yield GaugeMetricFamily(f"pullquote_library_{name}", about, value=value)

    def _counted(self) -> tuple[int, int, int]:
        indexes = self._library.indexes()
        if self._known is None or self._known[0] != indexes.generation:
            count = len(self._library.documents())
            self._known = (indexes.generation, count, len(indexes.lexical))
        return self._known
