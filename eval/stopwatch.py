"""Where the time of a program goes: seconds by step, each second counted once."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any

# A function by its owner, a module or a class, and its name there.
Place = tuple[object, str]


class Stopwatch:
    """Seconds by step; a step that runs inside another takes its seconds from that one.

    For one thread.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inside = [0.0]  # seconds of the steps inside each step that is running

    @contextmanager
    def running(self, step: str) -> Iterator[None]:
        """Counts what happens in the `with` as this step."""
        self._inside.append(0.0)
        started = time.perf_counter()
        try:
            yield
        finally:
            elapsed = time.perf_counter() - started
            own = elapsed - self._inside.pop()
            self._inside[-1] += elapsed
            self.seconds[step] = self.seconds.get(step, 0.0) + own

    @contextmanager
    def watching(self, steps: Mapping[str, tuple[Place, ...]], rest: str) -> Iterator[None]:
        """Counts each call of these functions as its step, and as `rest` what is left."""
        for step in (*steps, rest):
            self.seconds.setdefault(step, 0.0)
        with ExitStack() as watched:
            for step, places in steps.items():
                for owner, name in places:
                    watched.enter_context(self._watched(owner, name, step))
            with self.running(rest):
                yield

    def shares(self) -> dict[str, float]:
        """Of the time of all steps, 0 to 1 each; they sum to 1."""
        total = sum(self.seconds.values())
        return {step: seconds / total for step, seconds in self.seconds.items()}

    @contextmanager
    def _watched(self, owner: object, name: str, step: str) -> Iterator[None]:
        function = getattr(owner, name)

        @wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            with self.running(step):
                return function(*arguments, **named)

        setattr(owner, name, timed)
        try:
            yield
        finally:
            setattr(owner, name, function)
