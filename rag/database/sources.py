"""Stored texts and removals of many reports at once, for quotes to be read again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from rag.database import rows
from rag.database.schema import removals, texts
from rag.models import Removal

if TYPE_CHECKING:
    from rag.database.reader import Reader

AT_ONCE = 200  # reports whose texts are in memory together


def read_sources(
    database: Reader, report_ids: Collection[str]
) -> Iterator[tuple[str, str, tuple[Removal, ...]]]:
    """Id, stored text and removals of each of these reports; unknown ids are passed over."""
    ordered = sorted(set(report_ids))
    with database._reading() as connection:
        for start in range(0, len(ordered), AT_ONCE):
            batch = ordered[start : start + AT_ONCE]
            removed = _removals(connection, batch)
            query = select(texts.c.report_id, texts.c.text).where(texts.c.report_id.in_(batch))
            for report_id, text in connection.execute(query):
                yield report_id, text, removed.get(report_id, ())


def read_removals(database: Reader, report_ids: Collection[str]) -> dict[str, tuple[Removal, ...]]:
    """By report, what repair removed, in order; a report without removals is missing."""
    ordered = sorted(set(report_ids))
    found: dict[str, tuple[Removal, ...]] = {}
    with database._reading() as connection:
        for start in range(0, len(ordered), AT_ONCE):
            found |= _removals(connection, ordered[start : start + AT_ONCE])
    return found


def _removals(connection: Connection, batch: list[str]) -> dict[str, tuple[Removal, ...]]:
    query = select(removals.c.report_id, *rows.REMOVAL_COLUMNS)
    query = query.where(removals.c.report_id.in_(batch))
    read = connection.execute(query.order_by(removals.c.report_id, removals.c.number))
    return {
        report_id: tuple(rows.removal_of(row[1:]) for row in removed)
        for report_id, removed in groupby(read, key=lambda row: str(row[0]))
    }
