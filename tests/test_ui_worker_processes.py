"""Work in a process of its own: it is ordered, tells, ends by itself, and ends when left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.worker_processes import start_worker, told_by

WORKER = """
import time
from ui.worker_processes import take_order


def main():
    order, tell = take_order()
    print("what a library prints")
    tell(stage="reading", done=1)
    tell(heard=order)


main()
time.sleep(SECONDS)  # it has told all, and has not ended yet
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose modules can be run."""
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_a_worker_tells_what_it_was_ordered_and_ends_by_itself(folder: Path) -> None:
    (folder / "quick.py").write_text(WORKER.replace("SECONDS", "0.5"), encoding="utf-8")
    process = start_worker("quick", {"name": "高峰镇"})
    told = list(told_by(process))
    assert told == [{"stage": "reading", "done": 1}, {"heard": {"name": "高峰镇"}}]
    assert process.returncode == 0


def test_a_worker_ends_when_nobody_wants_its_work_any_more(folder: Path) -> None:
    (folder / "long.py").write_text(WORKER.replace("SECONDS", "600"), encoding="utf-8")
    with start_worker("long", {"name": "高峰镇"}) as process:
        assert process.stdout is not None
        process.stdout.readline()  # it is at work
    assert process.returncode == 2
