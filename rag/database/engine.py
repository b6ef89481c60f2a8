"""Open the engine, read and write; everything that is particular to one database is here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from rag.database.failures import BUSY_SECONDS, is_outside, name_of, unavailable
from rag.errors import StoreUnavailable

_WRITES = "fazhi_writes"


def open_engine(address: str) -> Engine:
    """An engine for a SQLAlchemy URL; nothing is read or written yet.

    Raises:
        StoreUnavailable: the address is none, its driver is not installed, or the folder
            of the file cannot be made.
    """
    try:
        url = make_url(address)
        return _sqlite(url) if url.get_backend_name() == "sqlite" else _server(url)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreUnavailable(
            f"FAZHI_DATABASE cannot be used: {error}; "
            "give a URL such as sqlite:////folder/fazhi.db or postgresql+psycopg://host/name "
            "(for PostgreSQL install the extra `postgres`)"
        ) from error
    except OSError as error:
        raise StoreUnavailable(
            f"cannot open the database {name_of(url)}: {error}; "
            "check that the folder can be made, or choose another with --data"
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose reads all see one state of the database.

    Raises:
        StoreUnavailable: the database fails; the message names it and the remedy.
    """
    with _told(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection whose transaction commits at the end, and may read before it writes.

    Raises:
        StoreUnavailable: the database fails, and nothing was written.
    """
    with (
        _told(engine),
        engine.connect() as connection,
        connection.execution_options(**{_WRITES: True}).begin(),
    ):
        yield connection


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if not is_outside(error):
            raise
        raise unavailable(engine.url, error) from error


def _server(url: URL) -> Engine:
    # A connection that the server has closed meanwhile is noticed and made again.
    engine = create_engine(url, pool_pre_ping=True)
    if engine.dialect.name == "postgresql":

        @event.listens_for(engine, "connect")
        def set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
            cursor = connection.cursor()  # PostgreSQL waits for ever for what another has locked
            cursor.execute(f"SET lock_timeout = {round(1000 * BUSY_SECONDS)}")
            cursor.close()
            connection.commit()

    return engine


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
