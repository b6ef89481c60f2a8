"""Open the engine; everything that is particular to SQLite is here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    create_engine,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from rag.database.counters import GENERATION, INDEXES, set_value, value_of
from rag.database.schema import DERIVED, SCHEMA_VERSION, columns_of, meta, metadata, reports
from rag.errors import StoreUnavailable

BUSY_SECONDS = 30
_WRITES = "fazhi_writes"


def open_engine(address: str) -> Engine:
    """An engine whose tables exist.

    Raises:
        StoreUnavailable: the address is not one, nothing answers there, the file is not
            a database, or a newer program made it.
    """
    try:
        url = make_url(address)
        engine = _sqlite(url) if url.get_backend_name() == "sqlite" else create_engine(url)
        _create_tables(engine)
        _check_schema(engine, _where(url))
        _follow_derived(engine)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreUnavailable(
            f"FAZHI_DATABASE cannot be used: {error}; "
            "give a URL such as sqlite:////folder/fazhi.db or postgresql+psycopg://host/name"
        ) from error
    except (SQLAlchemyError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        raise StoreUnavailable(
            f"cannot open the database {_where(url)}: {cause}; "
            "check that it exists, can be written and is a fazhi database, "
            "or choose another folder with --data"
        ) from error
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose reads all see one state of the database."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection whose transaction commits at the end, and may read before it writes."""
    with engine.connect() as connection, connection.execution_options(**{_WRITES: True}).begin():
        yield connection


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver opens no transactions of its own
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred transaction that reads and then writes fails with "database is
        # locked" at once, whatever the timeout; a writer therefore takes the lock first.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _create_tables(engine: Engine) -> None:
    if inspect(engine).has_table(meta.name):
        return
    with writing(engine) as connection:
        metadata.create_all(connection)
        if connection.scalar(select(meta.c.value).where(meta.c.key == "schema")) is None:
            first = {"schema": str(SCHEMA_VERSION), GENERATION: "0", INDEXES: "0"}
            first |= {f"columns of {table.name}": columns_of(table) for table in DERIVED}
            rows = [{"key": key, "value": value} for key, value in first.items()]
            connection.execute(insert(meta), rows)


def _check_schema(engine: Engine, where: str) -> None:
    with reading(engine) as connection:
        found = value_of(connection, "schema")
    if found != str(SCHEMA_VERSION):
        raise StoreUnavailable(
            f"the database {where} has schema {found} and this program reads {SCHEMA_VERSION}; "
            "use the program that made it, or ingest the reports into a new folder with --data"
        )


def _follow_derived(engine: Engine) -> None:
    """Empty the derived tables whose columns are others now, and mark every report outdated."""
    with reading(engine) as connection:
        changed = _changed(connection)
    if not changed:
        return
    with writing(engine) as connection:
        for table in _changed(connection):  # unless another process was quicker
            table.drop(connection)
            table.create(connection)
            set_value(connection, f"columns of {table.name}", columns_of(table))
            connection.execute(update(reports).values(made_with="{}"))


def _changed(connection: Connection) -> list[Table]:
    return [
        table
        for table in DERIVED
        if value_of(connection, f"columns of {table.name}") != columns_of(table)
    ]


def _where(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)
