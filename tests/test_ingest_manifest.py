"""What a file is to the store: new, as it was, changed, moved, a copy, or gone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from sample_store import SAMPLES
from two_reports import LIHE, MAWU, change, folder_of_two, verdicts

from ingest.check import check
from ingest.files import files_under, find_files, state_of
from ingest.known import Known
from ingest.made_with import made_with
from ingest.pipeline import ingest_paths
from rag.stores import Stores


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of_two(tmp_path)


def test_a_file_that_has_not_changed_costs_nothing(stores: Stores, folder: Path) -> None:
    assert verdicts(stores, folder) == {LIHE: "added", MAWU: "added"}
    before = stores.database.generation()
    assert verdicts(stores, folder) == {LIHE: "unchanged", MAWU: "unchanged"}
    assert stores.database.generation() == before


def test_a_changed_file_keeps_its_report_id(stores: Stores, folder: Path) -> None:
    first = ingest_paths([folder / MAWU], stores=stores).files[0]
    change(folder / MAWU)
    second = ingest_paths([folder / MAWU], stores=stores).files[0]
    assert (second.verdict, second.report_id) == ("updated", first.report_id)
    assert "执法培训3次" in stores.database.stored_text(str(first.report_id))
    assert check(stores) == ()


def test_a_copy_is_a_duplicate_until_the_first_file_is_gone(stores: Stores, folder: Path) -> None:
    first = ingest_paths([folder / MAWU], stores=stores).files[0]
    copy = shutil.copy(folder / MAWU, folder / "copy.txt")
    assert verdicts(stores, copy) == verdicts(stores, copy) == {"copy.txt": "duplicate"}
    (folder / MAWU).unlink()
    moved = ingest_paths([copy], stores=stores).files[0]
    assert (moved.verdict, moved.report_id) == ("updated", first.report_id)
    assert [card.source for card in stores.database.cards()] == ["copy.txt"]


def test_a_copy_of_a_file_that_has_changed_is_a_report_of_its_own(
    stores: Stores, folder: Path
) -> None:
    first = ingest_paths([folder / MAWU], stores=stores).files[0]
    copy = shutil.copy(folder / MAWU, folder / "copy.txt")
    change(folder / MAWU)
    found = {result.source: result for result in ingest_paths([folder], stores=stores).files}
    assert found["copy.txt"].verdict == "added"
    assert found["copy.txt"].report_id != found[MAWU].report_id == first.report_id
    assert Path(copy).exists()
    assert stores.database.left_out().superseded == 1


def test_a_users_own_copy_of_a_sample_becomes_the_users(stores: Stores, folder: Path) -> None:
    shipped = shutil.copy(folder / MAWU, folder.parent / MAWU)
    ingest_paths([Path(shipped)], stores=stores, sample=True)
    assert verdicts(stores, folder / MAWU) == {MAWU: "updated"}
    assert [card.sample for card in stores.database.cards()] == [False]


def test_one_file_that_cannot_be_read_stops_no_other(stores: Stores, folder: Path) -> None:
    (folder / "broken.xyz").write_bytes(b"\x00\x01")
    run = ingest_paths([folder, folder / "missing.txt"], stores=stores)
    failed = {result.source: result.error for result in run.files if result.verdict == "failed"}
    assert set(failed) == {"broken.xyz", "missing.txt"}
    assert all(name in str(error) for name, error in failed.items())
    assert len(stores.database.cards()) == 2
    assert stores.database.left_out().failed == 1, "a path that never was is not counted"


def test_a_file_that_breaks_keeps_its_last_good_report(stores: Stores, folder: Path) -> None:
    report_id = ingest_paths([folder / MAWU], stores=stores).files[0].report_id
    good = (folder / MAWU).read_bytes()
    (folder / MAWU).write_bytes(b"")
    assert verdicts(stores, folder / MAWU) == {MAWU: "failed"}
    assert stores.database.card(str(report_id)).source == MAWU
    (folder / MAWU).write_bytes(good)
    assert verdicts(stores, folder / MAWU) == {MAWU: "updated"}


def test_prune_removes_reports_whose_files_are_gone(stores: Stores, folder: Path) -> None:
    ingest_paths([folder], stores=stores)
    (folder / MAWU).unlink()
    assert verdicts(stores, folder) == {LIHE: "unchanged"}
    assert verdicts(stores, folder, prune=True)[MAWU] == "removed"
    assert [card.source for card in stores.database.cards()] == [LIHE]
    assert check(stores) == ()


def test_a_folder_that_is_not_there_is_not_pruned(stores: Stores, folder: Path) -> None:
    ingest_paths([folder], stores=stores)
    folder.rename(folder.with_name("elsewhere"))
    run = ingest_paths([folder], stores=stores, prune=True)
    assert [result.verdict for result in run.files] == ["failed"]
    assert len(stores.database.cards()) == 2


def settle(*paths: Path) -> None:
    """Make files as old as those that a later change would tell from."""
    for path in paths:
        os.utime(path, (1_700_000_000, 1_700_000_000))


def test_a_file_whose_size_and_time_are_as_they_were_is_not_read(
    stores: Stores, folder: Path
) -> None:
    settle(folder / MAWU, folder / LIHE)
    verdicts(stores, folder)
    known = Known(stores.database, made_with())
    for path in (folder / MAWU, folder / LIHE):
        result = known.unchanged(path.resolve(), state_of(path.resolve()))
        assert result is not None and result.verdict == "unchanged"
    change(folder / MAWU)
    assert state_of(folder / MAWU) is None, "it may change again in the same instant"
    assert verdicts(stores, folder) == {LIHE: "unchanged", MAWU: "updated"}
    settle(folder / MAWU)
    assert verdicts(stores, folder / MAWU) == {MAWU: "unchanged"}
    assert Known(stores.database, made_with()).unchanged(
        (folder / MAWU).resolve(), state_of(folder / MAWU)
    )


def test_hidden_files_programs_and_lock_files_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.txt", "~$a.docx", "b/.c/d.txt", "b/e.txt", "b/__init__.py", "x.part"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    root = tmp_path.resolve()
    found = find_files([tmp_path, tmp_path / "b"])
    assert found.files == files_under([tmp_path]) == (root / "b" / "e.txt",)
    assert {path.name for path in found.skipped} == {
        ".hidden.txt", "~$a.docx", "__init__.py", "x.part",
    }  # fmt: skip
    named = root / "b" / "__init__.py"
    assert find_files([named]).files == (named,), "what is named is tried"


def test_a_data_folder_among_the_reports_is_not_taken_for_reports(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_text("")
    assert find_files([tmp_path], besides=tmp_path / "data").files == ()


def test_of_the_samples_folder_only_its_module_is_passed_over() -> None:
    found = find_files([SAMPLES])
    assert [path.name for path in found.skipped] == ["__init__.py"]
    assert {path.suffix for path in found.files} == {".txt", ".md"}
