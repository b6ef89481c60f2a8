"""How the tests are shared out to processes that run side by side (`make test`)."""

from __future__ import annotations

import os
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

# The servers that several files ask: such files go to one process, so that each is started once.
SERVERS = {"sample_chat": "samples", "guarded_chat": "samples", "thirty_chat": "thirty"}


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


@pytest.hookimpl(optionalhook=True)  # there is none where pytest-xdist is switched off
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file of tests stays in one process, and so do the files that ask the same server."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class ByServer(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return server_of(config.rootpath / super()._split_scope(nodeid))

    return ByServer(config, log)


@cache
def server_of(file: Path) -> str:
    """What the tests of a file share with those of others; else the file's own name."""
    text = file.read_text(encoding="utf-8")
    return next((shared for server, shared in SERVERS.items() if server in text), str(file))
