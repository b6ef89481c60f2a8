"""Backup and restore: all of it comes back, in one step, and a bad backup harms nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_places import StorePlace, new_place
from written_reports import report_text

from ingest.backup import ABOUT, ROWS, back_up, restore
from ingest.check import check
from ingest.pipeline import ingest_paths
from ingest.upkeep import is_current, remove_reports
from rag.errors import StoreUnavailable, UnreadableFile
from rag.models import Report
from rag.stores import Stores

REPO = Path(__file__).parent.parent


@pytest.fixture
def elsewhere(
    request: pytest.FixtureRequest, place: StorePlace, tmp_path: Path
) -> Iterator[Stores]:
    """Other empty stores: on servers where the test's own are in files, and the other way."""
    other = "files" if place.database else "servers"
    with new_place(other, tmp_path / "elsewhere", request) as found, found.open() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    for town, body in (("甘宁镇", "行政诉讼应诉率98%。"), ("龙沙镇", "调解纠纷60件。")):
        (made / f"{town}.txt").write_text(report_text(town, body), encoding="utf-8")
    return made


def everything(stores: Stores) -> dict[str, Report]:
    return {card.id: stores.database.report(card.id) for card in stores.database.cards()}


def test_a_backup_restored_elsewhere_holds_all_of_it(
    stores: Stores, elsewhere: Stores, folder: Path, tmp_path: Path
) -> None:
    ingest_paths([folder], stores=stores)
    (tmp_path / "other.txt").write_text(report_text("小江镇", "走访7次。"), encoding="utf-8")
    ingest_paths([tmp_path / "other.txt"], stores=elsewhere)
    made = back_up(stores, tmp_path / "all.backup")
    assert (made.reports, made.originals) == (2, 2)
    assert restore(elsewhere, tmp_path / "all.backup").reports == 2
    assert everything(elsewhere) == everything(stores)
    assert elsewhere.database.file_records() == stores.database.file_records()
    assert elsewhere.database.signatures() == stores.database.signatures()
    for card in elsewhere.database.cards():
        original = elsewhere.original(card.id)
        assert original.path.read_bytes() == (folder / card.source).read_bytes()
    assert is_current(elsewhere)
    assert check(elsewhere) == ()
    (tmp_path / "later.txt").write_text(report_text("分水镇", "走访7次。"), encoding="utf-8")
    assert ingest_paths([tmp_path / "later.txt"], stores=elsewhere).files[0].verdict == "added"


def test_restoring_what_was_changed_since_brings_back_the_old_state(
    stores: Stores, folder: Path, tmp_path: Path
) -> None:
    ingest_paths([folder], stores=stores)
    before = everything(stores)
    back_up(stores, tmp_path / "all.backup")
    path = folder / "甘宁镇.txt"
    path.write_text(report_text("甘宁镇", "行政诉讼应诉率100%。"), encoding="utf-8")
    ingest_paths([folder], stores=stores)
    untouched = next(card.id for card in stores.database.cards() if card.place.town == "龙沙镇")
    held = stores.database.held("vectors")[untouched]
    with stores.snapshot() as asking:
        restore(stores, tmp_path / "all.backup")
        assert len(asking.lexical.containing("100%")) == 1, "its state is that of before"
    assert everything(stores) == before
    assert stores.lexical.containing("100%") == ()
    assert stores.database.held("vectors")[untouched] == held, "it was not embedded again"
    assert check(stores) != (), "the file on disk is the changed one"
    found = {one.source: one.verdict for one in ingest_paths([folder], stores=stores).files}
    assert found == {"甘宁镇.txt": "updated", "龙沙镇.txt": "unchanged"}


def test_what_people_wrote_into_the_folder_is_kept_and_feedback_given_since_stays(
    stores: Stores, folder: Path, tmp_path: Path
) -> None:
    data = stores.settings.data
    ingest_paths([folder], stores=stores)
    (data / "feedback.jsonl").write_text('{"answer_id": "a"}\n{"answer_id": "b"}\n')
    back_up(stores, tmp_path / "all.backup")
    (data / "feedback.jsonl").write_text('{"answer_id": "b"}\n{"answer_id": "c"}\n')
    restore(stores, tmp_path / "all.backup")
    lines = (data / "feedback.jsonl").read_text().splitlines()
    assert lines == [f'{{"answer_id": "{name}"}}' for name in "abc"]
    (data / "feedback.jsonl").unlink()
    restore(stores, tmp_path / "all.backup")
    assert (data / "feedback.jsonl").read_text().count("\n") == 2
    assert not (data / "indicators.yaml").exists()


def test_a_backup_of_other_columns_is_read_again_from_the_texts(
    stores: Stores, folder: Path, tmp_path: Path
) -> None:
    ingest_paths([folder], stores=stores)
    back_up(stores, tmp_path / "all.backup")
    altered(
        tmp_path / "all.backup", ABOUT, lambda text: text.replace("quote Text()", "quote Old()")
    )
    restore(stores, tmp_path / "all.backup")
    assert stores.database.facts() == ()
    assert len(stores.database.outdated({"steps": "any"})) == 2
    assert not is_current(stores)


@pytest.mark.parametrize("damage", ["cut", "altered", "other", "missing", "newer"])
def test_a_bad_backup_is_named_and_changes_nothing(
    damage: str, stores: Stores, folder: Path, tmp_path: Path
) -> None:
    ingest_paths([folder / "甘宁镇.txt"], stores=stores)
    before = everything(stores)
    backup = tmp_path / "all.backup"
    back_up(stores, backup)
    whole = backup.read_bytes()
    if damage == "cut":
        backup.write_bytes(whole[: len(whole) // 2])
    elif damage == "altered":
        middle = whole.index(b"rows.jsonl") + 60
        backup.write_bytes(whole[:middle] + bytes(9) + whole[middle + 9 :])
    elif damage == "other":
        with zipfile.ZipFile(backup, "w") as archive:
            archive.writestr("a.txt", "")
    elif damage == "missing":
        backup.unlink()
    else:
        altered(backup, ABOUT, lambda text: text.replace('"schema": 2', '"schema": 99'))
    with pytest.raises(UnreadableFile, match=r"all\.backup"):
        restore(stores, backup)
    assert everything(stores) == before
    assert check(stores) == ()


def test_a_backup_that_cannot_be_written_is_named(stores: Stores, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"nowhere.*cannot be written"):
        back_up(stores, tmp_path / "nowhere" / "all.backup")


RESTORE = """
import os, signal, sys
from pathlib import Path
from ingest import backup
from rag.settings import read_settings
from rag.stores import open_stores

def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[3] == "rows":
    rows = backup._rows
    def some(archive):
        for number, row in enumerate(rows(archive)):
            if number == 5:
                die()
            yield row
    backup._rows = some
else:
    backup.bring_up_indexes = die
with open_stores(read_settings(Path(sys.argv[1]))) as stores:
    backup.restore(stores, Path(sys.argv[2]))
"""


@pytest.mark.parametrize("moment", ["rows", "indexes"])
def test_a_killed_restore_leaves_the_old_state_or_the_new_one(
    moment: str, place: StorePlace, stores: Stores, folder: Path, tmp_path: Path
) -> None:
    ingest_paths([folder], stores=stores)
    whole = everything(stores)
    back_up(stores, tmp_path / "all.backup")
    gone = next(iter(whole))
    remove_reports([gone], stores=stores)
    arguments = [str(stores.settings.data), str(tmp_path / "all.backup"), moment]
    killed = subprocess.run(
        [sys.executable, "-c", RESTORE, *arguments],
        env={**os.environ, "PYTHONPATH": str(REPO), **place.environment},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    found = everything(stores)
    assert found == (
        {name: whole[name] for name in whole if name != gone} if moment == "rows" else whole
    )
    restore(stores, tmp_path / "all.backup")
    assert everything(stores) == whole
    assert check(stores) == ()


def altered(backup: Path, member: str, change: object) -> None:
    """Write the backup again with one member changed."""
    with zipfile.ZipFile(backup) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert {ABOUT, ROWS} <= set(parts)
    parts[member] = change(parts[member].decode()).encode()  # type: ignore[operator]
    with zipfile.ZipFile(backup, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
