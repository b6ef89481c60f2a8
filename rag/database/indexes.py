"""Which report versions each derived index holds, and which it should hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, delete, exists, insert, select

from rag.database.counters import INDEXES, raise_counter, set_value, value_of
from rag.database.read import ANSWERS
from rag.database.schema import index_state, reports

CHANGING = 0  # version of a report while an index is changing what it holds of it


class Pending(NamedTuple):
    """A report that an index does not hold as the database has it."""

    report_id: str
    version: int | None  # None: to be taken out of the index


def read_pending(connection: Connection, index: str) -> tuple[Pending, ...]:
    """What the index has to follow, removals first, then by age of the change."""
    of_report = (index_state.c.index == index) & (index_state.c.report_id == reports.c.id)
    wanted = ANSWERS & reports.c.unreadable.is_(False)
    gone = connection.scalars(
        select(index_state.c.report_id)
        .where(index_state.c.index == index)
        .where(~exists().where(reports.c.id == index_state.c.report_id, wanted))
        .order_by(index_state.c.report_id)
    )
    changed = connection.execute(
        select(reports.c.id, reports.c.passages_version)
        .outerjoin(index_state, of_report)
        .where(wanted, index_state.c.version.is_distinct_from(reports.c.passages_version))
        .order_by(reports.c.passages_version, reports.c.id)
    )
    return (*(Pending(name, None) for name in gone), *(Pending(*row) for row in changed))


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


def put_changing(connection: Connection, index: str, report_ids: Iterable[str]) -> None:
    put_held(connection, index, [Pending(report_id, CHANGING) for report_id in report_ids])


def forget_held(connection: Connection, index: str) -> None:
    raise_counter(connection, INDEXES)
    connection.execute(delete(index_state).where(index_state.c.index == index))


def read_made_with(connection: Connection, index: str) -> str | None:
    """What made the index; None where that was never taken down."""
    return value_of(connection, _made_with(index))


def put_made_with(connection: Connection, index: str, made_with: str) -> None:
    raise_counter(connection, INDEXES)
    set_value(connection, _made_with(index), made_with)


def _made_with(index: str) -> str:
    return f"{index} made with"
