"""The SQL database: what goes in comes out, and the indexes are told what they lack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from conftest import MakeReport
from one_fact import a_fact

from rag.database import Database, FileRecord, Pending, StoredText
from rag.models import LeftOut, Place

MADE = {"steps": "1"}
SHANGJIA = Place("商家镇", "淄川区", "淄博市", "山东省", "370302107")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    with closing(Database.open(url)) as opened:
        yield opened


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
