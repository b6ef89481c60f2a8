"""Files into the stores and out again: what is kept, and what a kill leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy
from sample_store import SAMPLES
from store_places import StorePlace
from two_reports import LIHE, MAWU, change, folder_of_two, verdicts

from ingest.check import check
from ingest.lock import WriterBusy, sole_writer
from ingest.made_with import made_with
from ingest.pipeline import ingest_paths
from ingest.upkeep import is_current, remove_reports
from rag.errors import ReportNotFound
from rag.stores import Stores, open_stores

REPO = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of_two(tmp_path)


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


def test_originals_beyond_the_bound_are_not_kept(stores: Stores, folder: Path) -> None:
    bounded = stores.settings.model_copy(update={"originals": 0})
    with open_stores(bounded, embedder=stores.embedder) as small:
        assert ingest_paths([folder], stores=small).originals_not_kept == 2
        with pytest.raises(ReportNotFound, match="is not kept"):
            small.original(small.database.cards()[0].id)


INGEST = """
import os, signal, sys
from pathlib import Path
from eval.stand_in import StandInEmbedder
from ingest.pipeline import ingest_paths
from rag.settings import read_settings
from rag.stores import open_stores

def on_progress(stage, done, total):
    if (stage, done) == ("reading", 1) and sys.argv[3] == "die":
        os.kill(os.getpid(), signal.SIGKILL)

with open_stores(read_settings(Path(sys.argv[1])), embedder=StandInEmbedder()) as stores:
    ingest_paths([Path(sys.argv[2])], stores=stores, on_progress=on_progress)
"""


def ingest_elsewhere(place: StorePlace, folder: Path, fate: str) -> int:
    """Ingest in another process and give its exit status."""
    command = [sys.executable, "-c", INGEST, str(place.data), str(folder), fate]
    where = {"PYTHONPATH": str(REPO), **place.environment}
    return subprocess.run(command, env={**os.environ, **where}, check=False).returncode


def test_a_killed_ingest_is_resumed_by_the_next(
    place: StorePlace, stores: Stores, folder: Path
) -> None:
    assert ingest_elsewhere(place, folder, "die") == -signal.SIGKILL
    assert [card.source for card in stores.database.cards()] == [LIHE]
    assert not is_current(stores)
    assert verdicts(stores, folder)[MAWU] == "added"
    assert is_current(stores)
    assert check(stores) == ()


@pytest.mark.slow
def test_another_process_sees_what_was_written_meanwhile(
    place: StorePlace, stores: Stores, folder: Path
) -> None:
    ingest_paths([folder / MAWU], stores=stores)
    before = stores.vectors.ids()
    assert ingest_elsewhere(place, folder, "live") == 0
    assert stores.vectors.ids() > before
    assert check(stores) == ()


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
