"""How the tests are shared out to processes that run side by side (`make test`)."""

from __future__ import annotations

import os
from itertools import groupby

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """One processor for each process and for the programs that its tests start."""
    if hasattr(config, "workerinput"):
        os.environ.setdefault("OMP_NUM_THREADS", "1")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow files first, so that no process is left with one of them at the end."""
    if not hasattr(config, "workerinput"):
        return
    files = [list(tests) for _, tests in groupby(items, key=lambda test: test.path)]
    files.sort(key=lambda tests: -sum("slow" in test.keywords for test in tests))
    items[:] = [test for tests in files for test in tests]
