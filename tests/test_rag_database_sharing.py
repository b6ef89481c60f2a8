"""Many use one SQL database, one is killed, and one cannot open it: no reader sees half a change."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from conftest import MakeReport

from rag.database import Database
from rag.errors import StoreUnavailable
from rag.models import Place

MADE = {"steps": "1"}


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    with closing(Database.open(url)) as opened:
        yield opened


def test_a_snapshot_does_not_see_what_is_written_meanwhile(
    database: Database, make_report: MakeReport
) -> None:
    database.replace_report(make_report("r1", "甲"), made_with=MADE)
    with database.snapshot() as before:
        database.replace_report(make_report("r1", "乙"), made_with=MADE)
        assert before.stored_text("r1") == "甲"
        assert before.report("r1").paragraphs[0].text == "甲"
    assert database.stored_text("r1") == "乙"


def test_writers_in_many_threads_wait_for_each_other(
    database: Database, make_report: MakeReport
) -> None:
    def write(name: str) -> None:
        for year in range(2001, 2011):
            report = make_report(f"{name}-{year}", place=Place(town=name), year=year)
            database.replace_report(report, made_with=MADE)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, [f"镇{number}" for number in range(8)]))
    assert len(database.cards()) == database.generation() == 80


KILLED = """
import os, signal, sys
from conftest import build_report
from rag.database import Database, write
database = Database.open(sys.argv[1])
insert_parts = write._insert_parts
def die(*arguments):
    insert_parts(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
write._insert_parts = die
database.replace_report(build_report("r1", "乙"), made_with={})
"""


def test_a_writer_killed_before_it_commits_leaves_the_old_report(
    database: Database, make_report: MakeReport, url: str
) -> None:
    database.replace_report(make_report("r1", "甲"), made_with=MADE)
    tests = Path(__file__).parent
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, url],
        env={**os.environ, "PYTHONPATH": f"{tests}:{tests.parent}"},
        check=False,
    )
    assert killed.returncode == -9
    assert database.report("r1") == make_report("r1", "甲")
    assert database.generation() == 1


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "fazhi.db"
    path.write_text("这不是数据库" * 200)
    with pytest.raises(StoreUnavailable, match=r"fazhi\.db.*--data"):
        Database.open(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match=r"file/fazhi\.db"):
        Database.open(f"sqlite:///{tmp_path / 'file' / 'fazhi.db'}")


def test_an_address_that_is_none_is_named() -> None:
    for address in ("nonsense", "nosuch://host/name"):
        with pytest.raises(StoreUnavailable, match="FAZHI_DATABASE"):
            Database.open(address)
