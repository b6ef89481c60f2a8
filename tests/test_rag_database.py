"""The SQL database: what goes in comes out, and no reader sees half a change."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy
from conftest import MakeReport
from postgres_server import new_database

from rag.database import Database, FileRecord, Pending, StoredText
from rag.errors import ReportNotFound, StoreUnavailable
from rag.models import Fact, LeftOut, Place

MADE = {"steps": "1"}
SHANGJIA = Place("商家镇", "淄川区", "淄博市", "山东省", "370302107")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'fazhi.db'}"
        return
    with new_database(request.getfixturevalue("postgres"), f"t{uuid.uuid4().hex}") as address:
        yield address


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    with closing(Database.open(url)) as opened:
        yield opened


def execute(url: str, *statements: str) -> None:
    """Change a database behind the program's back."""
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def a_fact(report_id: str, **values: object) -> Fact:
    fact = Fact(
        report_id=report_id, paragraph=0, section=("一、主要成效",), indicator="行政诉讼应诉率",
        label="行政诉讼应诉率", value=100, low=None, high=None, unit="%", qualifier="exact",
        kind="achieved", actor=None, period="2024", start=0, end=11, value_start=7, value_end=11,
        raw="行政诉讼应诉率100%", quote="行政诉讼应诉率100%", sentence="行政诉讼应诉率100%。",
        whole=None, rule="label_value",
    )  # fmt: skip
    return replace(fact, **values)  # type: ignore[arg-type]


def test_a_report_comes_back_as_it_was_put_in(database: Database, make_report: MakeReport) -> None:
    facts = (
        a_fact("r1"),
        a_fact("r1", start=20, value_start=25, value=None, low=3, high=4.5, qualifier="range"),
        a_fact("r1", start=30, value_start=35, indicator=None, label="走访", value=12000, whole=25),
    )
    report = make_report("r1", "行政诉讼应诉率100%", "走访群众一万二千余人", facts=facts)
    database.replace_report(report, made_with=MADE)
    assert database.report("r1") == report
    assert isinstance(database.facts()[0].value, int)


def test_replacing_a_report_leaves_nothing_of_the_old_one(
    database: Database, make_report: MakeReport
) -> None:
    database.replace_report(make_report("r1", "甲", "乙", facts=(a_fact("r1"),)), made_with=MADE)
    database.replace_report(make_report("r1", "丙"), made_with=MADE)
    assert [paragraph.text for paragraph in database.paragraphs()] == ["丙"]
    assert database.facts() == ()


def test_each_change_raises_the_generation(database: Database, make_report: MakeReport) -> None:
    seen = [database.generation()]
    seen.append(database.replace_report(make_report("r1"), made_with=MADE))
    seen.append(database.replace_report(make_report("r1"), made_with=MADE))
    database.remove_report("r1")
    seen.append(database.generation())
    assert seen == [0, 1, 2, 3]


def test_cards_are_chosen_by_any_part_of_the_place_and_ordered_by_it(
    database: Database, make_report: MakeReport
) -> None:
    database.replace_report(make_report("later", year=2025), made_with=MADE)
    database.replace_report(make_report("first", year=2024), made_with=MADE)
    database.replace_report(make_report("other", place=SHANGJIA), made_with=MADE)

    def ids(**scope: object) -> list[str]:
        return [card.id for card in database.cards(**scope)]  # type: ignore[arg-type]

    assert ids() == ["other", "first", "later"]
    assert ids(places=["淄博市"]) == ids(places=["商家镇"]) == ids(places=["山东省"]) == ["other"]
    assert ids(places=["重庆市"], years=[2025]) == ["later"]
    assert ids(places=["重庆"]) == []


def test_facts_are_chosen_by_indicator_report_and_label(
    database: Database, make_report: MakeReport
) -> None:
    mine = (a_fact("r1"), a_fact("r1", indicator=None, label="100%满意", start=40, value_start=44))
    database.replace_report(make_report("r1", facts=mine), made_with=MADE)
    theirs = (a_fact("r2"),)
    database.replace_report(make_report("r2", place=SHANGJIA, facts=theirs), made_with=MADE)
    assert database.facts() == mine + theirs
    assert database.facts(indicators=["行政诉讼应诉率"]) == (mine[0], *theirs)
    assert database.facts(indicators=[]) == database.facts(labels_containing=[]) == ()
    assert database.facts(report_ids=["r2"]) == theirs
    assert database.facts(labels_containing=["0%"]) == (mine[1],)
    assert database.facts(labels_containing="满意") == (mine[1],)
    assert database.indicator_names() == {"行政诉讼应诉率": 2}
    assert database.labels() == {"100%满意": 1, "行政诉讼应诉率": 2}


def test_paragraphs_are_chosen_by_id_report_and_role(
    database: Database, make_report: MakeReport
) -> None:
    database.replace_report(make_report("r1", "甲", "乙"), made_with=MADE)
    database.replace_report(make_report("r2", "丙", place=SHANGJIA), made_with=MADE)

    def texts(**chosen: object) -> list[str]:
        return [found.text for found in database.paragraphs(**chosen)]  # type: ignore[arg-type]

    assert texts() == ["甲", "乙", "丙"]
    assert texts(ids=["r2#0", "r1#1", "gone#4"]) == ["乙", "丙"]
    assert texts(ids=["r2#0", "r1#1"], report_ids=["r1"]) == ["乙"]
    assert texts(roles=["plans"]) == []


def test_thousands_of_ids_may_be_asked_for_at_once(
    database: Database, make_report: MakeReport
) -> None:
    database.replace_report(make_report("r1", facts=(a_fact("r1"),)), made_with=MADE)
    many = [f"x{number}" for number in range(300_000)] + ["r1"]
    assert len(database.facts(report_ids=many)) == 1
    assert len(database.paragraphs(ids=[f"{name}#0" for name in many])) == 1


def test_documents_of_other_types_stand_outside_unless_asked_for(
    database: Database, make_report: MakeReport
) -> None:
    other = make_report("r1", type="other", facts=(a_fact("r1"),))
    database.replace_report(other, made_with=MADE)
    assert database.cards() == database.facts() == database.paragraphs() == ()
    assert len(database.facts(report_ids=["r1"])) == 1
    assert [card.id for card in database.cards(types=("other",))] == ["r1"]
    assert database.left_out() == LeftOut(other_documents=1)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"unreadable": True}, {}),
        ({"encoding": "ocr", "published": "2025-03-01"}, {"published": "2025-01-01"}),
        ({"published": "2025-01-01"}, {"published": "2025-02-01"}),
        ({"place": Place(town="马武镇")}, {}),
    ],
    ids=["readable", "text layer", "later publication", "later ingest"],
)
def test_one_town_and_year_from_two_files_is_answered_by_one(
    database: Database,
    make_report: MakeReport,
    worse: dict[str, object],
    better: dict[str, object],
) -> None:
    orders = [("worse", "better")]
    if "place" not in worse:
        orders.append(("better", "worse"))
    for order in orders:
        for name in order:
            card = worse if name == "worse" else better
            database.replace_report(make_report(name, **card), made_with=MADE)  # type: ignore[arg-type]
        assert [card.id for card in database.cards()] == ["better"]
        assert database.card("worse").superseded_by == "better"
        assert database.left_out() == LeftOut(superseded=1)
        database.remove_report("better")
        assert [card.id for card in database.cards()] == ["worse"]
        database.remove_report("worse")


def test_two_towns_of_one_name_do_not_supersede_each_other(
    database: Database, make_report: MakeReport
) -> None:
    database.replace_report(make_report("r1"), made_with=MADE)
    elsewhere = Place("马武镇", "别县", "别市", "别省")
    database.replace_report(make_report("r2", place=elsewhere), made_with=MADE)
    assert len(database.cards()) == 2


def test_what_is_not_stored_is_named(database: Database) -> None:
    for ask in (database.card, database.report, database.stored_text, database.loaded):
        with pytest.raises(ReportNotFound, match="no stored report has the id gone"):
            ask("gone")
    with pytest.raises(ReportNotFound, match="gone"):
        database.remove_report("gone")


def test_an_index_is_told_what_it_lacks_and_what_it_holds_too_much(
    database: Database, make_report: MakeReport
) -> None:
    first = database.replace_report(make_report("r1", "甲"), made_with=MADE)
    second = database.replace_report(make_report("r2", "乙", place=SHANGJIA), made_with=MADE)
    assert database.pending("vectors") == (Pending("r1", first), Pending("r2", second))
    database.mark_indexed("vectors", database.pending("vectors"))
    assert database.pending("vectors") == ()
    assert len(database.pending("lexical")) == 2

    database.replace_report(make_report("r1", "甲", facts=(a_fact("r1"),)), made_with=MADE)
    assert database.pending("vectors") == (), "the paragraphs are the same"
    third = database.replace_report(make_report("r1", "丙"), made_with=MADE)
    database.remove_report("r2")
    assert database.pending("vectors") == (Pending("r2", None), Pending("r1", third))
    database.mark_indexed("vectors", [Pending("r2", None)])
    assert database.held("vectors") == {"r1": first}
    assert database.indexes_generation() == 2
    database.forget_indexed("vectors")
    assert database.pending("vectors") == (Pending("r1", third),)


def test_a_superseded_report_leaves_the_indexes(
    database: Database, make_report: MakeReport
) -> None:
    database.replace_report(make_report("old"), made_with=MADE)
    database.mark_indexed("vectors", database.pending("vectors"))
    newer = database.replace_report(make_report("new", published="2025-02-01"), made_with=MADE)
    assert database.pending("vectors") == (Pending("old", None), Pending("new", newer))


def test_reports_made_with_something_else_are_named(
    database: Database, make_report: MakeReport
) -> None:
    report = make_report("r1")
    kept = StoredText(report.text, (0, 3), ("encoding: gb18030",))
    database.replace_report(report, made_with=MADE, loaded=kept)
    assert database.outdated(MADE) == ()
    assert database.outdated({"steps": "2"}) == ("r1",)
    assert database.loaded("r1") == kept


def test_the_manifest_finds_files_by_path_bytes_and_report(
    database: Database, make_report: MakeReport
) -> None:
    run = database.start_run()
    record = FileRecord("/d/r1.txt", "ab", "added", "r1")
    database.replace_report(make_report("r1"), made_with=MADE, file=record, run=run)
    failed = FileRecord("/d/bad.pdf", None, "failed", None, "no text")
    database.record_file(failed, run=run)
    database.finish_run(run)
    assert database.file_records() == (failed, record)
    assert database.file_records(path="/d/r1.txt") == (record,)
    assert database.file_records(sha256="ab", report_id="r1") == (record,)
    assert database.file_records(sha256="cd") == ()
    assert database.left_out() == LeftOut(failed=1)
    database.forget_file("/d/bad.pdf")
    database.remove_report("r1")
    assert database.file_records() == ()


def test_a_removed_sample_is_remembered(database: Database, make_report: MakeReport) -> None:
    database.replace_report(make_report("r1"), made_with=MADE)
    database.remove_report("r1")
    assert not database.samples_removed()
    database.replace_report(make_report("r2", sample=True), made_with=MADE)
    database.remove_report("r2")
    assert database.samples_removed()


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


def test_a_database_of_a_newer_schema_is_refused(url: str) -> None:
    Database.open(url).close()
    execute(url, "update meta set value = '999' where key = 'schema'")
    with pytest.raises(StoreUnavailable, match="schema 999"):
        Database.open(url)


def test_other_columns_of_derived_tables_make_every_report_outdated(
    database: Database, make_report: MakeReport, url: str
) -> None:
    database.replace_report(make_report("r1", "甲", facts=(a_fact("r1"),)), made_with=MADE)
    execute(
        url,
        "alter table facts rename column quote to words",
        "update meta set value = 'older' where key = 'columns of facts'",
    )
    with closing(Database.open(url)) as newer:
        assert newer.outdated(MADE) == ("r1",)
        assert newer.stored_text("r1") == "甲"
        assert newer.facts() == ()
        assert len(newer.paragraphs()) == 1, "their columns are the same"
        newer.replace_report(make_report("r1", "甲", facts=(a_fact("r1"),)), made_with=MADE)
        assert newer.facts() == (a_fact("r1"),)
