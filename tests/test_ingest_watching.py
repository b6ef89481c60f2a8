"""A folder that is followed: told once when its files have changed and are still again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest
from written_reports import report_text

from ingest.pipeline import ingest_paths
from ingest.watching import settled_changes
from rag.errors import UnreadableFile
from rag.stores import Stores

QUIET = 0.6
SECONDS = 20.0  # that the machine may take for a change to be told


class Watching:
    """settled_changes() of a folder in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.told: Queue[float] = Queue()
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._follow, args=(folder,))

    def _follow(self, folder: Path) -> None:
        changes = settled_changes([folder], besides=folder / "data", stop=self.stop, quiet=QUIET)
        for _ in changes:
            self.told.put(time.monotonic())

    def is_told(self) -> float:
        return self.told.get(timeout=SECONDS)

    def is_not_told(self) -> bool:
        try:
            self.told.get(timeout=3 * QUIET)
        except Empty:
            return True
        return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    following = Watching(folder)
    following.thread.start()
    time.sleep(1)  # until the system tells of changes
    yield following
    following.stop.set()
    following.thread.join(SECONDS)
    assert not following.thread.is_alive()


@pytest.mark.slow
def test_new_changed_renamed_and_deleted_files_are_followed(
    watching: Watching, folder: Path, empty_stores: Stores
) -> None:
    def ingested() -> dict[str, str]:
        watching.is_told()
        run = ingest_paths([folder / "in"], stores=empty_stores, prune=True)
        return {result.source: result.verdict for result in run.files}

    (folder / "in").mkdir()
    path = folder / "in" / "a.txt"
    path.write_text(report_text("甘宁镇", "行政诉讼应诉率98%。"), encoding="utf-8")
    assert ingested() == {"a.txt": "added"}
    path.write_text(report_text("甘宁镇", "行政诉讼应诉率100%。"), encoding="utf-8")
    assert ingested() == {"a.txt": "updated"}
    (card,) = empty_stores.database.cards()
    path.rename(folder / "in" / "b.txt")
    assert "updated" in ingested().values()
    (moved,) = empty_stores.database.cards()
    assert (moved.id, moved.source) == (card.id, "b.txt")
    (folder / "in" / "b.txt").unlink()
    assert ingested() == {"b.txt": "removed"}
    assert empty_stores.database.cards() == ()


@pytest.mark.slow
def test_a_half_written_file_is_waited_for(watching: Watching, folder: Path) -> None:
    with (folder / "a.txt").open("w", encoding="utf-8") as file:
        for _ in range(6):
            file.write("还在写\n")
            file.flush()
            time.sleep(QUIET / 2)
            last = time.monotonic()
    assert watching.is_told() >= last + QUIET / 2
    assert watching.is_not_told(), "once for all of it"


@pytest.mark.slow
def test_the_programs_own_files_count_for_nothing(watching: Watching, folder: Path) -> None:
    (folder / "data" / "fazhi.db").write_text("")
    assert watching.is_not_told()


def test_a_folder_that_is_not_there_cannot_be_followed(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such folder"):
        next(settled_changes([tmp_path / "gone" / "a.txt"]))
