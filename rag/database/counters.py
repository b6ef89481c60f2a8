"""Small values about the whole store, among them the two counters that only rise."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from rag.database.schema import meta

GENERATION = "generation"  # rises with each committed change of the reports
INDEXES = "indexes_generation"  # rises with each change of a derived index
SAMPLES_REMOVED = "samples_removed"


def value_of(connection: Connection, key: str) -> str | None:
    return connection.scalar(select(meta.c.value).where(meta.c.key == key))


def set_value(connection: Connection, key: str, value: str) -> None:
    connection.execute(delete(meta).where(meta.c.key == key))
    connection.execute(insert(meta).values(key=key, value=value))


def counter(connection: Connection, key: str) -> int:
    return int(value_of(connection, key) or 0)


def raise_counter(connection: Connection, key: str) -> int:
    """The counter after one was added; other writers wait for this transaction."""
    query = select(meta.c.value).where(meta.c.key == key).with_for_update()
    risen = int(connection.execute(query).scalar_one()) + 1
    connection.execute(update(meta).where(meta.c.key == key).values(value=str(risen)))
    return risen
