"""What is taken down of each question: one line in the log, and counts for Prometheus."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, Protocol

from rag.errors import FazhiError
from rag.models import Answer

log = logging.getLogger("fazhi")

Via = Literal["page", "api", "mcp"]


@dataclass(frozen=True)
class Caller:
    """Who asks, and the id of the request that it came with."""

    via: Via = "page"
    request_id: str = ""


class Counts(Protocol):
    """What counts questions."""

    def answered(self, answer: Answer, via: Via) -> None: ...

    def failed(self, cause: str, via: Via) -> None: ...


class Seen:
    """One question while it is answered."""

    answer: Answer | None = None


class Watch:
    """Writes down what was asked and what came of it. Many threads may use it.

    Args:
        caller: who asks, in the thread that asks.
        counts: what counts, where anything does.
        questions: whether the log may hold what was asked; else only how long that was.
    """

    def __init__(
        self,
        caller: Callable[[], Caller] = Caller,
        counts: Counts | None = None,
        *,
        questions: bool = False,
    ) -> None:
        self.caller = caller
        self._counts = counts
        self._questions = questions

    @contextmanager
    def question(self, question: str, caller: Caller) -> Iterator[Seen]:
        """Around the answering; what it ends with is taken down, also where it fails."""
        seen, started = Seen(), time.perf_counter()
        fields: dict[str, object] = {
            "request_id": caller.request_id,
            "via": caller.via,
            "characters": len(question),
        }
        if self._questions:
            fields["question"] = question
        try:
            yield seen
        except GeneratorExit:
            log.info("stopped", extra={"fields": fields})
            raise
        except Exception as error:
            if self._counts:
                self._counts.failed(type(error).__name__, caller.via)
            fields["error"] = f"{type(error).__name__}: {error}"
            log.error(
                "failed", extra={"fields": fields}, exc_info=not isinstance(error, FazhiError)
            )
            raise
        if seen.answer is not None:
            if self._counts:
                self._counts.answered(seen.answer, caller.via)
            took = round((time.perf_counter() - started) * 1000, 1)
            log.info("answered", extra={"fields": fields | _told(seen.answer) | {"ms": took}})


def _told(answer: Answer) -> dict[str, object]:
    """What the log says of an answer; none of its words."""
    return {
        "language": answer.language,
        "kind": answer.plan.kind,
        "status": answer.status,
        "writer": answer.writer,
        "in_scope": answer.census.in_scope,
        "match": answer.census.match,
        "citations": len(answer.citations),
    }
