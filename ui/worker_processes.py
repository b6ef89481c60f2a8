"""Work in a process of its own, so that the chat keeps its pace: its order, and what it tells.

The order is a line of JSON on the process's standard input, what happens are lines of JSON on
its standard output. It ends when its input is closed, and so with whoever ordered it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

LASTING = {"TOKENIZERS_PARALLELISM": "false", "OMP_NUM_THREADS": "1"}  # leave cores to the chat

UNWANTED = 2  # status of a worker that nobody waits for any more

Tell = Callable[..., None]


def start_worker(module: str, order: Mapping[str, Any]) -> subprocess.Popen[str]:
    """`python -m module` at work on an order."""
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **LASTING, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()  # and left open: the worker ends when this process does
    return process


def told_by(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """What a worker tells, as it tells it; when that is all, the process has ended."""
    assert process.stdout is not None
    with process:
        for line in process.stdout:
            yield json.loads(line)
        process.wait()  # with its input open, or it would end as if nobody wanted its work


def take_order() -> tuple[dict[str, Any], Tell]:
    """In the worker: the order, and what to tell with; from now on it ends with its input."""
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no part of what is told

    def tell(**what: object) -> None:
        try:
            told.write(json.dumps(what) + "\n")
            told.flush()
        except BrokenPipeError:
            os._exit(UNWANTED)  # it was about to end anyway: its input is closed as well

    return order, tell


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(UNWANTED)  # whoever ordered this is gone, or wants no more of it
