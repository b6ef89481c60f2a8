"""One call of a provider, which may hang or fail in any way, under a deadline.

What goes wrong comes out as a `Failure`, which holds nothing of the provider's words,
since those may repeat the key.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator
from typing import Any

# The base classes of what httpx, the clients of openai and anthropic, and Python's sockets raise.
_OF_NETWORKS = ("TransportError", "APIConnectionError", "OSError")
PULSE = 0.25  # seconds of silence after which who waits may look whether to go on waiting


class Failure(Exception):
    """A provider's error without its words."""

    def __init__(self, cause: str, said: str, retry_after: float | None = None) -> None:
        super().__init__(said)
        self.cause = cause
        self.retry_after = retry_after


def in_thread(
    start: Callable[[], Iterator[Any]], *, first: float, deadline: float
) -> Generator[Any]:
    """What an iterator gives in a thread of its own, so that no provider can hold us up.

    While nothing comes it gives None now and then: whoever does not want to wait any longer
    closes it.

    Args:
        first: when, of `time.monotonic()`, something has to have come; `deadline`: all of it.

    Raises:
        Failure: the provider's error, or it is too late.
    """
    received: queue.Queue[tuple[str, Any]] = queue.Queue()
    stop = threading.Event()

    def pump() -> None:
        try:
            for chunk in start():
                if stop.is_set():
                    break
                received.put(("chunk", chunk))
            received.put(("end", None))
        except Exception as error:  # noqa: BLE001  providers' errors share no base class
            received.put(("error", error))

    threading.Thread(target=pump, daemon=True).start()
    try:
        while True:
            left = first - time.monotonic()
            try:
                kind, content = received.get(timeout=max(0.0, min(PULSE, left)))
            except queue.Empty:
                if left > PULSE:
                    yield None
                    continue
                raise Failure("late", "no answer in time (FAZHI_CHAT_TIMEOUT)") from None
            if kind == "end":
                return
            if kind == "error":
                raise failure_of(content) from None
            first = deadline
            yield content
    finally:
        stop.set()


def failure_of(error: Exception) -> Failure:
    """What a provider's error means, told by its status and kind."""
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    kind = f"{type(error).__name__}{f' {status}' if status else ''}"
    if status in (401, 403):
        return Failure("key", f"the provider refuses the key ({kind}); correct FAZHI_CHAT_KEY")
    if status == 429:
        return Failure("rate", f"too many requests ({kind})", _retry_after(response))
    if status in (400, 413, 422) and "context" in str(error).lower():
        return Failure("context", f"the request is too long ({kind}); lower FAZHI_CHAT_CONTEXT")
    if status is not None and 400 <= status < 500 and status not in (408, 409, 425):
        return Failure("refused", f"the provider refuses the request ({kind}); is the name right?")
    if status is None and not _unreached(error):
        return Failure("silent", f"the provider's answer cannot be read ({kind})")
    return Failure("down", f"cannot be reached ({kind})")


def _unreached(error: Exception) -> bool:
    """Whether an error without a status is the network's, by the names of its classes."""
    return any(parent.__name__ in _OF_NETWORKS for parent in type(error).__mro__)


def _retry_after(response: object) -> float | None:
    headers = getattr(response, "headers", None) or {}
    said = str(headers.get("retry-after", ""))
    return float(said) if said.replace(".", "", 1).isdigit() else None
