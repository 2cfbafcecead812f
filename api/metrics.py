"""What Prometheus may know: numbers and times by route, never content, names or keys."""

import os

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

CONTENT_TYPE = CONTENT_TYPE_LATEST

_SHARED = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


class Metrics:
    """The metrics of one application.

    With several service processes, ``matcher serve`` gives them a common folder (the variable that
    prometheus-client reads when it is first imported), and any of them answers for all.
    """

    def __init__(self) -> None:
        # They double the number of lines, and say when something happened first.
        disable_created_metrics()  # type: ignore[no-untyped-call] # the library has no types there
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "matcher_requests", "Requests answered.", ("route", "method", "status"), registry=self._registry
        )
        self.seconds = Histogram(
            "matcher_request_seconds",
            "Seconds from a request's head to the end of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.inside = Gauge(
            "matcher_requests_inside",
            "Requests that read or score documents, waiting ones included.",
            multiprocess_mode="livesum",
            registry=self._registry,
        )
        self.waiting = Gauge(
            "matcher_batch_files_waiting",
            "Files of batches that are not scored yet, of all service processes.",
            multiprocess_mode="mostrecent",
            registry=self._registry,
        )
        self.documents = Counter(
            "matcher_documents",
            "Documents by what became of them: scored, or the code of the error.",
            ("outcome",),
            registry=self._registry,
        )

    def text(self) -> bytes:
        """The metrics in Prometheus' text format."""
        registry = self._registry
        if os.environ.get(_SHARED):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # the library has no types there
        return generate_latest(registry)


def share(folder: str) -> None:
    """Let the processes that are started from now on put their metrics together in ``folder``."""
    os.environ[_SHARED] = folder


def leave() -> None:
    """Take this process' gauges out of the common folder."""
    if os.environ.get(_SHARED):
        mark_process_dead(os.getpid())  # type: ignore[no-untyped-call] # nor here
