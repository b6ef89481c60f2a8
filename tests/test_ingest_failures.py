"""Full disks, folders that may not be written, a locked database, two ingests at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from store_places import StorePlace
from store_process import StoreProcess
from written_reports import report_text

from ingest.check import check
from ingest.pipeline import ingest_paths
from rag.database import engine
from rag.errors import StoreUnavailable
from rag.stores import Stores

TESTS = Path(__file__).parent
IN_FILES = pytest.mark.parametrize("place", ["files"], indirect=True)
FILLING = "全年围绕第{n}项重点任务组织专题学习并形成工作台账。\n\n"
FULL = """
set -e
cp -r "$2/." "$2.before"
mount -t tmpfs -o "size=$3" tmpfs "$2"
cp -r "$2.before/." "$2"
code=0
"$4" "$5" "$1" ingest "$6" || code=$?
cp -r "$2" "$2.after"
umount "$2"
rm -rf "$2"
mv "$2.after" "$2"
exit $code
"""  # what was written stays, as it does on a disk


@pytest.fixture
def stocked(place: StorePlace, stores: Stores, tmp_path: Path) -> StorePlace:
    """Closed stores with one report; eight more lie in the folder `more`."""
    first = tmp_path / "first.txt"
    first.write_text(report_text("甘宁镇", "行政诉讼应诉率98%。"), encoding="utf-8")
    ingest_paths([first], stores=stores)
    stores.close()
    (tmp_path / "more").mkdir()
    for number, town in enumerate(
        "龙沙镇 响水镇 武陵镇 瀼渡镇 天城镇 熊家镇 大周镇 小周镇".split()
    ):
        filling = "".join(FILLING.format(n=f"{number}{n}") for n in range(80))
        text = report_text(town, "调解纠纷60件。" + filling)
        (tmp_path / "more" / f"{town}.txt").write_text(text, encoding="utf-8")
    return place


def environment(place: StorePlace) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": f"{TESTS.parent}:{TESTS}"} | place.environment


def run(place: StorePlace, *command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        check=False,
        capture_output=True,
        text=True,
        env=environment(place),
    )


def assert_whole_and_going_on(place: StorePlace, more: Path) -> None:
    """What was stored is there, and the next ingest does what the failed one could not."""
    with place.open() as stores:
        towns = {card.place.town: card for card in stores.database.cards()}
        report = stores.database.report(towns["甘宁镇"].id)
        assert "应诉率98%" in report.text and report.facts
        verdicts = {one.verdict for one in ingest_paths([more], stores=stores).files}
        assert "failed" not in verdicts
        assert len(stores.database.cards()) == 9
        assert check(stores) == ()


@pytest.mark.slow
@IN_FILES
@pytest.mark.parametrize(
    ("part", "size", "named"),
    [
        ("tantivy", "60k", "the word index in"),
        ("chroma", "900k", "the vector index in"),
        ("originals", "40k", "the original of a report"),
    ],
)
def test_a_full_disk_is_named_and_loses_nothing(
    part: str, size: str, named: str, stocked: StorePlace, tmp_path: Path
) -> None:
    alone = ["unshare", "--mount", "--map-root-user"]
    if shutil.which("unshare") is None or run(stocked, *alone, "true").returncode:
        pytest.skip("needs util-linux's unshare and the right to make namespaces")
    worker = [sys.executable, TESTS / "store_worker.py", tmp_path / "more"]
    folder = stocked.data / part
    ran = run(stocked, *alone, "sh", "-c", FULL, "sh", stocked.data, folder, size, *worker)
    assert ran.returncode == 3, ran.stderr
    assert named in ran.stderr and str(folder) in ran.stderr
    assert "full" in ran.stderr or "No space left" in ran.stderr
    assert_whole_and_going_on(stocked, tmp_path / "more")


@pytest.mark.slow
@IN_FILES
def test_a_database_without_room_is_named_and_loses_nothing(
    stocked: StorePlace, tmp_path: Path
) -> None:
    worker = [sys.executable, TESTS / "store_worker.py", stocked.data, "ingest", tmp_path / "more"]
    ran = run(stocked, "prlimit", f"--fsize={300_000}", *worker)
    assert ran.returncode == 3, ran.stderr
    assert "fazhi.db cannot be written" in ran.stderr and "free some space" in ran.stderr
    assert_whole_and_going_on(stocked, tmp_path / "more")


@pytest.mark.slow
def test_a_folder_that_may_not_be_written_is_named_and_loses_nothing(
    stocked: StorePlace, tmp_path: Path
) -> None:
    worker = [sys.executable, TESTS / "store_worker.py", stocked.data, "ingest", tmp_path / "more"]
    if os.geteuid() == 0:  # whom no permission stops, as long as it has this right
        worker = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *worker]
    everything = [stocked.data, *stocked.data.rglob("*")]
    modes = {path: path.stat().st_mode for path in everything}
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        ran = run(stocked, *worker)
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    assert ran.returncode == 3, ran.stderr
    assert str(stocked.data) in ran.stderr
    assert "--data" in ran.stderr or "see that the folder can be written" in ran.stderr
    assert_whole_and_going_on(stocked, tmp_path / "more")


def test_a_locked_database_is_named_and_loses_nothing(
    stocked: StorePlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)  # half a minute else
    with (
        locked(stocked),
        stocked.open() as stores,
        pytest.raises(StoreUnavailable, match=r"was locked by another program"),
    ):
        ingest_paths([tmp_path / "more"], stores=stores)
    assert_whole_and_going_on(stocked, tmp_path / "more")


@contextmanager
def locked(place: StorePlace) -> Iterator[None]:
    """Another program is in the middle of a change."""
    if place.database:
        with psycopg.connect(place.database.replace("+psycopg", "")) as other:
            other.execute("LOCK TABLE meta IN EXCLUSIVE MODE")
            yield
            other.rollback()
        return
    with closing(sqlite3.connect(place.data / "fazhi.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


@pytest.mark.parametrize("place", ["servers"], indirect=True)
def test_a_postgresql_that_goes_away_is_named_and_loses_nothing(
    stocked: StorePlace, tmp_path: Path
) -> None:
    server, _, name = stocked.database.replace("+psycopg", "").rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as other:

        def let_in(allowed: bool) -> None:
            other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {allowed}')

        def go_away(stage: str, done: int, _of: int) -> None:
            if (stage, done) == ("reading", 3):
                let_in(False)
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                    [name],
                )

        with stocked.open() as stores, pytest.raises(StoreUnavailable, match=f"{name} cannot be"):
            ingest_paths([tmp_path / "more"], stores=stores, on_progress=go_away)
        let_in(True)
    assert_whole_and_going_on(stocked, tmp_path / "more")


@pytest.mark.slow
def test_two_ingests_at_once_both_finish(
    stocked: StorePlace, store_process: StoreProcess, tmp_path: Path
) -> None:
    more = tmp_path / "more"
    others = more / "others"  # both take these in
    others.mkdir()
    for town in ("孙家镇", "高峰镇"):
        text = report_text(town, "走访群众7次。")
        (others / f"{town}.txt").write_text(text, encoding="utf-8")
    with stocked.open() as stores:
        store_process.begin(stocked, "ingest", str(more))
        taken = ingest_paths([others], stores=stores)
        assert "failed" not in {one.verdict for one in taken.files}
        assert [store_process.line(), store_process.line()] == ["done", "ended 0"]
    with stocked.open() as stores:
        assert len(stores.database.cards()) == 11
        assert check(stores) == ()
