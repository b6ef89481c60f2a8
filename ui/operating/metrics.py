"""What Prometheus reads of a server. This file alone imports prometheus_client."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    Info,
    ProcessCollector,
    generate_latest,
    start_http_server,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from rag.errors import BadSetting, FazhiError
from rag.ledger import Ledger
from rag.models import STATES, Answer
from rag.stores import Stores
from ui.operating.versions import version_of
from ui.operating.watch import Via

TYPE = CONTENT_TYPE_PLAIN_0_0_4
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
DROPPING = ("rag.verify.answer", "rag.write.writer")  # their records say how many they dropped


class Metrics:
    """Counts of one server since its start, and what its stores hold when they are read."""

    def __init__(self, stores: Stores) -> None:
        registry = self.registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        Info("fazhi", "The program", registry=registry).info({"version": version_of("fazhi")})
        self._questions = Counter(
            "fazhi_questions", "Answered questions",
            ("kind", "status", "language", "writer", "via"), registry=registry,
        )  # fmt: skip
        self._states = Counter(
            "fazhi_findings", "Reports in each state of all censuses", ("state",), registry=registry
        )
        self._failures = Counter(
            "fazhi_failures", "Questions that ended in an error", ("error", "via"),
            registry=registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "fazhi_answer_seconds", "Time to an answer", ("writer",),
            buckets=SECONDS, registry=registry,
        )  # fmt: skip
        self._dropped = Counter(
            "fazhi_dropped_claims", "Claims that did not pass verification", registry=registry
        )
        for state in STATES:
            self._states.labels(state)
        registry.register(_StoreCollector(stores))
        self._counting = _CountDropped(self._dropped)
        for name in DROPPING:
            logging.getLogger(name).addHandler(self._counting)

    def close(self) -> None:
        """Count no more."""
        for name in DROPPING:
            logging.getLogger(name).removeHandler(self._counting)

    def answered(self, answer: Answer, via: Via) -> None:
        self._questions.labels(
            answer.plan.kind, answer.status, answer.language, answer.writer, via
        ).inc()
        for state in STATES:
            self._states.labels(state).inc(getattr(answer.census, state))
        total = answer.timings_ms.get("total")
        if total is not None:
            self._seconds.labels(answer.writer).observe(total / 1000)

    def failed(self, cause: str, via: Via) -> None:
        self._failures.labels(cause, via).inc()

    def page(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)

    def serve(self, address: str) -> Callable[[], None]:
        """Serve them at a port, or host:port, of its own; gives what ends that.

        Raises:
            BadSetting: nothing can listen there.
        """
        host, _, port = address.rpartition(":")
        try:
            server, thread = start_http_server(int(port), host or "127.0.0.1", self.registry)
        except (OSError, OverflowError) as error:
            raise BadSetting(f"FAZHI_METRICS={address}: {error}; choose another port") from error

        def stop() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        return stop


class _CountDropped(logging.Handler):
    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter

    def emit(self, record: logging.LogRecord) -> None:
        self._counter.inc(getattr(record, "dropped", 0))


class _StoreCollector(Collector):
    """What the database says, asked whenever the figures are read."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def describe(self) -> Iterable[Metric]:
        return ()  # nothing is asked of the database before it is read

    def collect(self) -> Iterable[Metric]:
        up = GaugeMetricFamily("fazhi_database_up", "Whether the database answers")
        try:
            found = self._ask()
        except FazhiError:
            up.add_metric((), 0)
            return (up,)
        up.add_metric((), 1)
        return (up, *found)

    def _ask(self) -> Iterable[Metric]:
        with self._stores.database.snapshot() as database:
            cards = Ledger(database).holdings.cards
            runs = database.run_summary()
            verdicts = database.verdicts()
        held = GaugeMetricFamily("fazhi_stored", "What is stored and answers", labels=("what",))
        held.add_metric(("reports",), len(cards))
        held.add_metric(("paragraphs",), sum(card.paragraphs for card in cards))
        held.add_metric(("facts",), sum(card.facts for card in cards))
        files = GaugeMetricFamily("fazhi_files", "Files by what came of them", labels=("verdict",))
        for verdict, count in verdicts.items():
            files.add_metric((verdict,), count)
        ingests = GaugeMetricFamily("fazhi_ingest_runs", "Ingest runs", labels=("state",))
        ingests.add_metric(("finished",), runs.finished)
        ingests.add_metric(("unfinished",), runs.unfinished)
        last = GaugeMetricFamily(
            "fazhi_last_ingest_timestamp_seconds", "When the last ingest run ended"
        )
        if runs.last is not None:
            last.add_metric((), runs.last.timestamp())
        return held, files, ingests, last
