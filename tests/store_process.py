"""The process that changes a store for a test: it is told what to do, and can be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Self

from store_places import StorePlace

TESTS = Path(__file__).parent


class StoreProcess:
    """`store_worker.py serve`: each command runs in a child of its own, on any stores."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(TESTS / "store_worker.py"), "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": f"{TESTS.parent}:{TESTS}"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()

    def begin(self, place: StorePlace, action: str, *arguments: str) -> int:
        """The id of the child that does it, once its stores are open."""
        assert self._process.stdin is not None
        order = [place.environment, str(place.data), action, *arguments]
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        child = int(self.line().removeprefix("pid "))
        assert (begun := self.line()) == "begun", begun
        return child

    def line(self) -> str:
        """What is said next: "done" and "ended 0", or "ended" and another number."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")
