"""Make the tables that are missing, and bring those of an older program up to date."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, Table, insert, inspect, text, update

from rag.database.counters import GENERATION, INDEXES, set_value, value_of
from rag.database.engine import reading, writing
from rag.database.failures import name_of
from rag.database.schema import (
    DERIVED,
    SCHEMA_VERSION,
    columns_of,
    index_state,
    meta,
    passage_vectors,
    reports,
)
from rag.errors import StoreUnavailable

_ONE_AT_A_TIME = 706_172_104  # PostgreSQL's advisory lock for changing the tables


def bring_tables_up(engine: Engine) -> None:
    """Take the migration steps that are lacking, and make changed derived tables anew.

    All of it is one transaction: a process that is killed leaves the tables as they were.

    Raises:
        StoreUnavailable: a newer program made the database.
    """
    with reading(engine) as connection:
        if _schema(connection) == SCHEMA_VERSION and not _changed(connection):
            return
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})"))
        found = _schema(connection)  # another process may have been quicker
        if found > SCHEMA_VERSION:
            raise StoreUnavailable(
                f"the database {name_of(engine.url)} has schema {found} and this program reads "
                f"{SCHEMA_VERSION}; use the program that made it, or ingest the reports into a "
                "new folder with --data"
            )
        if found < SCHEMA_VERSION:
            _migrate(connection, found)
        for table in _changed(connection):
            table.drop(connection, checkfirst=True)
            table.create(connection)
            set_value(connection, f"columns of {table.name}", columns_of(table))
            if table not in (index_state, passage_vectors):  # of the indexes, not of the reports
                connection.execute(update(reports).values(made_with="{}"))


def _migrate(connection: Connection, found: int) -> None:
    from rag.database.migrations import upgrade  # noqa: PLC0415  half a second, seldom needed

    upgrade(connection, found, SCHEMA_VERSION)
    if not found:
        counters = [{"key": key, "value": "0"} for key in (GENERATION, INDEXES)]
        connection.execute(insert(meta), counters)
    set_value(connection, "schema", str(SCHEMA_VERSION))


def _schema(connection: Connection) -> int:
    """The schema version of the tables; 0 where there are none."""
    if not inspect(connection).has_table(meta.name):
        return 0
    return int(value_of(connection, "schema") or 0)


def _changed(connection: Connection) -> list[Table]:
    return [
        table
        for table in DERIVED
        if value_of(connection, f"columns of {table.name}") != columns_of(table)
    ]
