"""Files into the stores: what is kept, what is done again, and what a kill leaves behind."""

from __future__ import annotations

import ast
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy
from conftest import SAMPLES
from postgres_server import database_on

from ingest.check import check
from ingest.files import files_under, find_files, state_of
from ingest.known import Known
from ingest.lock import WriterBusy, sole_writer
from ingest.made_with import NOT_STEPS, RAG_PARTS, made_with
from ingest.mending import repair_stores
from ingest.pipeline import bring_up_to_date, ingest_paths, is_current, remove_reports
from rag.database import Pending, StoredText
from rag.errors import ReportNotFound
from rag.stores import Stores, open_stores

REPO = Path(__file__).parent.parent
MAWU, LIHE = "mawu.txt", "lihe.txt"
MAWU_TEXT = """石柱土家族自治县马武镇人民政府
关于2024年法治政府建设情况的报告

一、主要举措和成效

2024年，马武镇行政机关负责人应出庭7次，行政诉讼应诉率100%。
"""
LIHE_TEXT = """重庆市万州区李河镇人民政府
关于2023年法治政府建设情况的报告

一、主要举措和成效

2023年，李河镇开展法治宣传12场次，调解纠纷60件。
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def stores(
    request: pytest.FixtureRequest, sample_stores: Stores, tmp_path: Path
) -> Iterator[Stores]:
    """Empty stores of the test's own on each database, with the loaded model of the session."""
    with database_on(request.param, request) as database:
        own = {"data": tmp_path / "data", "database": database}
        settings = sample_stores.settings.model_copy(update=own)
        with open_stores(settings, embedder=sample_stores.embedder) as opened:
            yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two short reports."""
    made = tmp_path / "reports"
    made.mkdir()
    (made / MAWU).write_text(MAWU_TEXT, encoding="utf-8")
    (made / LIHE).write_text(LIHE_TEXT, encoding="utf-8")
    return made


def verdicts(stores: Stores, *paths: Path, **options: bool) -> dict[str, str]:
    run = ingest_paths(paths, stores=stores, **options)
    return {result.source: result.verdict for result in run.files}


def change(path: Path, suffix: str = "\n全年开展执法培训3次。\n") -> None:
    path.write_text(path.read_text(encoding="utf-8") + suffix, encoding="utf-8")


def test_the_samples_are_stored_as_they_are(sample_stores: Stores) -> None:
    database = sample_stores.database
    assert len(database.cards()) == 5
    for card in database.cards():
        stored = (SAMPLES / card.source).read_bytes().decode(card.encoding)
        assert database.stored_text(card.id) == stored
        assert card.sample
        assert card.year is not None
        assert card.place.town is not None
    assert len(database.facts()) == sum(card.facts for card in database.cards()) > 0


def test_database_indexes_and_files_agree_after_an_ingest(sample_stores: Stores) -> None:
    assert check(sample_stores) == ()
    assert is_current(sample_stores)
    ids = {paragraph.id for paragraph in sample_stores.database.paragraphs()}
    assert sample_stores.lexical.paragraph_ids() == ids


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


def test_a_removed_report_is_found_nowhere(stores: Stores, folder: Path) -> None:
    ingest_paths([folder], stores=stores)
    (gone,) = (card.id for card in stores.database.cards() if card.source == MAWU)
    remove_reports([gone], stores=stores)
    assert stores.lexical.search("行政诉讼应诉率", k=50) == ()
    assert stores.lexical.search("法治宣传", k=50) != ()
    found = [*stores.lexical.paragraph_ids(), *stores.vectors.ids()]
    assert not any(name.startswith(gone) for name in found)
    with pytest.raises(ReportNotFound):
        remove_reports([gone], stores=stores)


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


def test_a_folder_that_is_not_there_is_not_pruned(stores: Stores, folder: Path) -> None:
    ingest_paths([folder], stores=stores)
    folder.rename(folder.with_name("elsewhere"))
    run = ingest_paths([folder], stores=stores, prune=True)
    assert [result.verdict for result in run.files] == ["failed"]
    assert len(stores.database.cards()) == 2


def test_rows_of_an_older_program_are_made_anew(stores: Stores, folder: Path) -> None:
    ingest_paths([folder / MAWU], stores=stores)
    report = stores.database.report(stores.database.cards()[0].id)
    loaded = stores.database.loaded(report.card.id)
    stores.database.replace_report(report, made_with={"steps": "old"}, loaded=loaded)
    (folder / MAWU).unlink()  # the stored text is enough
    assert not is_current(stores)
    assert bring_up_to_date(stores) == 1
    assert is_current(stores)
    assert stores.database.report(report.card.id) == report
    assert bring_up_to_date(stores) == 0


def test_what_the_steps_import_decides_whether_rows_are_old() -> None:
    steps = [
        path
        for path in (REPO / "ingest").rglob("*.py")
        if path.relative_to(REPO / "ingest").parts[0].removesuffix(".py") not in NOT_STEPS
    ]
    named = [
        node.module
        for path in steps
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("rag.")
    ]
    parts = {module.split(".")[1] for module in named} - {"errors"}
    assert parts, "the steps read with parts of rag"
    assert [part for part in sorted(parts) if not part.startswith(RAG_PARTS)] == []
    assert set(made_with()) == {"load", "steps"}


INGEST = """
import os, signal, sys
from pathlib import Path
from ingest.pipeline import ingest_paths
from rag.settings import read_settings
from rag.stores import open_stores

def on_progress(stage, done, total):
    if (stage, done) == ("reading", 1) and sys.argv[3] == "die":
        os.kill(os.getpid(), signal.SIGKILL)

with open_stores(read_settings(Path(sys.argv[1]))) as stores:
    ingest_paths([Path(sys.argv[2])], stores=stores, on_progress=on_progress)
"""


def ingest_elsewhere(stores: Stores, folder: Path, fate: str) -> int:
    """Ingest in another process and give its exit status."""
    command = [sys.executable, "-c", INGEST, str(stores.settings.data), str(folder), fate]
    where = {"PYTHONPATH": str(REPO), "FAZHI_DATABASE": stores.settings.database}
    return subprocess.run(command, env={**os.environ, **where}, check=False).returncode


def test_a_killed_ingest_is_resumed_by_the_next(stores: Stores, folder: Path) -> None:
    assert ingest_elsewhere(stores, folder, "die") == -signal.SIGKILL
    assert [card.source for card in stores.database.cards()] == [LIHE]
    assert not is_current(stores)
    assert verdicts(stores, folder)[MAWU] == "added"
    assert is_current(stores)
    assert check(stores) == ()


def test_check_finds_and_repair_mends_what_was_lost(stores: Stores, folder: Path) -> None:
    ingest_paths([folder], stores=stores)
    mawu, lihe = (next(c.id for c in stores.database.cards() if c.source.startswith(name))
                  for name in ("mawu", "lihe"))  # fmt: skip
    stores.lexical.remove(mawu)
    stores.lexical.commit()
    stores.vectors.remove(lihe)
    stores.database.mark_indexed("lexical", [Pending(lihe, None)])
    change(folder / MAWU)
    found = check(stores)
    assert {(item.part, item.report_id) for item in found} == {
        ("lexical", mawu),
        ("lexical", lihe),
        ("vectors", lihe),
        ("file", mawu),
    }
    assert repair_stores(found, stores=stores) == ()


def test_check_finds_and_repair_mends_rows_that_were_altered(stores: Stores, folder: Path) -> None:
    ingest_paths([folder / MAWU], stores=stores)
    report = stores.database.report(stores.database.cards()[0].id)
    engine = sqlalchemy.create_engine(stores.settings.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("update facts set quote = '应诉率50%%' where number = 0")
    engine.dispose()
    found = check(stores)
    assert [item.part for item in found] == ["rows"]
    assert repair_stores(found, stores=stores) == ()
    assert stores.database.report(report.card.id) == report


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    waited: list[bool] = []
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with sole_writer(tmp_path):
            held.set()
            release.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    with (
        pytest.raises(WriterBusy, match="another fazhi is writing"),
        sole_writer(tmp_path, patience=0.1, on_wait=lambda: waited.append(True)),
    ):
        pass
    release.set()
    holder.join()
    with sole_writer(tmp_path, patience=0):
        assert waited == [True]


@pytest.mark.slow
def test_another_process_sees_what_was_written_meanwhile(stores: Stores, folder: Path) -> None:
    ingest_paths([folder / MAWU], stores=stores)
    before = stores.vectors.ids()
    assert ingest_elsewhere(stores, folder, "live") == 0
    assert stores.vectors.ids() > before
    assert check(stores) == ()


def test_a_removed_report_leaves_nothing_behind(stores: Stores, folder: Path) -> None:
    ingest_paths([folder], stores=stores)
    (gone,) = (card for card in stores.database.cards() if card.source == MAWU)
    assert stores.original(gone.id).path.read_bytes() == (folder / MAWU).read_bytes()
    remove_reports([gone.id], stores=stores)
    assert [path for path in stores.originals.digests() if path == gone.sha256] == []
    engine = sqlalchemy.create_engine(stores.settings.database_url)
    tables = sqlalchemy.MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        left = [
            (table.name, column.name)
            for table in tables.sorted_tables
            for column in table.columns
            for value in connection.scalars(sqlalchemy.select(column))
            if isinstance(value, str) and (gone.id in value or MAWU in value or "马武" in value)
        ]
    engine.dispose()
    assert left == []
    assert not [name for name in stores.vectors.ids() if name.startswith(gone.id)]
    assert not [name for name in stores.lexical.paragraph_ids() if name.startswith(gone.id)]


def test_the_kept_original_is_read_again_when_the_folder_is_gone(
    stores: Stores, folder: Path
) -> None:
    ingest_paths([folder / MAWU], stores=stores)
    report = stores.database.report(stores.database.cards()[0].id)
    shutil.rmtree(folder)
    spoiled = StoredText("旧版程序读出的文字", None, ("encoding: old",))
    stores.database.replace_report(report, made_with={"load": "old"}, loaded=spoiled)
    assert bring_up_to_date(stores) == 1
    assert stores.database.stored_text(report.card.id) == MAWU_TEXT
    assert stores.database.report(report.card.id) == report


def test_originals_beyond_the_bound_are_not_kept(stores: Stores, folder: Path) -> None:
    bounded = stores.settings.model_copy(update={"originals": 0})
    with open_stores(bounded, embedder=stores.embedder) as small:
        assert ingest_paths([folder], stores=small).originals_not_kept == 2
        with pytest.raises(ReportNotFound, match="is not kept"):
            small.original(small.database.cards()[0].id)


def test_a_question_in_the_middle_of_an_ingest_finds_the_words_of_its_own_state(
    stores: Stores, folder: Path
) -> None:
    ingest_paths([folder / MAWU], stores=stores)
    (card,) = stores.database.cards()

    def holders(snapshot: Stores) -> tuple[str, ...]:
        return snapshot.lexical.containing("执法培训")

    with stores.snapshot() as before:
        change(folder / MAWU)
        ingest_paths([folder / MAWU], stores=stores)
        assert stores.lexical.containing("执法培训") != ()
        assert holders(before) == (), "the snapshot's report does not say it"
        assert before.lexical.containing("应诉率") != ()
    report = stores.database.report(card.id)
    newer = replace(report, paragraphs=report.paragraphs[:1])
    stores.database.replace_report(newer, made_with=made_with())  # the word index lags behind
    with stores.snapshot() as after:
        assert stores.lexical.containing("执法培训") != ()
        assert holders(after) == ()
        assert after.lexical.search("应诉率", k=5) != ()
