"""Databases of older programs: what the first schema made is brought up to date, and kept."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from conftest import MakeReport
from one_fact import a_fact
from postgres_server import new_database

from rag.database import Database, FileRecord
from rag.database.schema import SCHEMA_VERSION, metadata
from rag.errors import StoreUnavailable

REPO = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
REPORT = "b2692d444ca3"
MADE = {"steps": "1"}


@pytest.fixture(params=["sqlite", "postgresql"])
def first(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that the first schema made, with one report in it."""
    script = (DATA / f"first_schema_{request.param}.sql").read_text(encoding="utf-8")
    if request.param == "sqlite":
        path = tmp_path / "fazhi.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(script)
        yield f"sqlite:///{path}"
        return
    with new_database(request.getfixturevalue("postgres"), f"t{uuid.uuid4().hex}") as url:
        with psycopg.connect(url.replace("+psycopg", "")) as server:
            server.execute(script.encode())
        yield url


def differences(url: str) -> list[object]:
    """Where the tables differ from those that this program declares, as Alembic sees it."""
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    return found


def test_the_first_schema_is_brought_up_to_date_at_open_and_loses_nothing(first: str) -> None:
    assert differences(first) != []
    with closing(Database.open(first)) as database:
        assert "行政诉讼应诉率100%" in database.stored_text(REPORT)
        (record,) = database.file_records()
        assert (record.path, record.report_id, record.size) == ("/reports/mawu.txt", REPORT, None)
        assert database.outdated({"steps": "now"}) == (REPORT,), "its rows are made anew"
        assert database.card(REPORT).place.town == "马武镇"
    assert differences(first) == []


def test_what_is_up_to_date_is_left_alone(first: str) -> None:
    with closing(Database.open(first)) as database:
        database.record_file(FileRecord("/reports/mawu.txt", "ab", "updated", REPORT, None, 7, 8))
        before = database.generation(), database.file_records()
    with closing(Database.open(first)) as again:
        assert (again.generation(), again.file_records()) == before


def test_a_new_database_has_the_tables_that_the_program_declares(
    tmp_path: Path, make_report: MakeReport
) -> None:
    url = f"sqlite:///{tmp_path / 'fazhi.db'}"
    with closing(Database.open(url)) as database:
        database.replace_report(make_report("r1"), made_with={})
    assert differences(url) == []


def test_each_schema_has_its_step() -> None:
    folder = REPO / "rag" / "database" / "migrations"
    scripts = ScriptDirectory(folder, version_locations=[folder / "versions"])
    steps = [step.revision for step in scripts.walk_revisions()]
    assert steps == [str(version) for version in range(SCHEMA_VERSION, 0, -1)]


KILLED = """
import os, signal, sys
from rag.database import Database, migrations
from rag.database.migrations import upgrade
def die(*arguments):
    upgrade(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
migrations.upgrade = die
Database.open(sys.argv[1])
"""


def test_a_program_killed_while_it_migrates_leaves_the_older_database(first: str) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, first], env={"PYTHONPATH": str(REPO)}, check=False
    )
    assert killed.returncode == -9
    with closing(Database.open(first)) as database:
        assert len(database.cards()) == 1
    assert differences(first) == []


def test_programs_that_open_an_older_database_at_once_migrate_it_once(first: str) -> None:
    opening = "import sys; from rag.database import Database; Database.open(sys.argv[1])"
    programs = [
        subprocess.Popen([sys.executable, "-c", opening, first], env={"PYTHONPATH": str(REPO)})
        for _ in range(4)
    ]
    assert [program.wait(60) for program in programs] == [0, 0, 0, 0]
    assert differences(first) == []


def execute(url: str, *statements: str) -> None:
    """Change a database behind the program's back."""
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_database_of_a_newer_schema_is_refused(url: str) -> None:
    Database.open(url).close()
    execute(url, "update meta set value = '999' where key = 'schema'")
    with pytest.raises(StoreUnavailable, match="schema 999"):
        Database.open(url)


def test_other_columns_of_derived_tables_make_every_report_outdated(
    make_report: MakeReport, url: str
) -> None:
    report = make_report("r1", "甲", facts=(a_fact("r1"),))
    with closing(Database.open(url)) as database:
        database.replace_report(report, made_with=MADE)
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
        newer.replace_report(report, made_with=MADE)
        assert newer.facts() == (a_fact("r1"),)
