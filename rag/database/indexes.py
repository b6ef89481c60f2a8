"""Which report versions each derived index holds, and which it should hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from rag.database.counters import INDEXES, raise_counter
from rag.database.read import ANSWERS
from rag.database.schema import index_state, reports


class Pending(NamedTuple):
    """A report that an index does not hold as the database has it."""

    report_id: str
    version: int | None  # None: to be taken out of the index


def read_pending(connection: Connection, index: str) -> tuple[Pending, ...]:
    """What the index has to follow, removals first, then by age of the change."""
    query = select(reports.c.id, reports.c.passages_version)
    found = connection.execute(query.where(ANSWERS, reports.c.unreadable.is_(False)))
    wanted = {row[0]: row[1] for row in found}
    held = read_held(connection, index)
    gone = [Pending(report_id, None) for report_id in sorted(held.keys() - wanted.keys())]
    changed = [
        Pending(report_id, version)
        for report_id, version in wanted.items()
        if held.get(report_id) != version
    ]
    return (*gone, *sorted(changed, key=lambda item: (item.version or 0, item.report_id)))


def read_held(connection: Connection, index: str) -> dict[str, int]:
    query = select(index_state.c.report_id, index_state.c.version)
    found = connection.execute(query.where(index_state.c.index == index))
    return {row[0]: row[1] for row in found}


def put_held(connection: Connection, index: str, items: Iterable[Pending]) -> None:
    raise_counter(connection, INDEXES)
    for item in items:
        of_report = (index_state.c.index == index) & (index_state.c.report_id == item.report_id)
        connection.execute(delete(index_state).where(of_report))
        if item.version is not None:
            values = {"index": index, "report_id": item.report_id, "version": item.version}
            connection.execute(insert(index_state).values(values))


def forget_held(connection: Connection, index: str) -> None:
    raise_counter(connection, INDEXES)
    connection.execute(delete(index_state).where(index_state.c.index == index))
