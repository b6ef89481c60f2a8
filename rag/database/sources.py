"""What many reports hold, read at once: texts for their quotes, facts that stand together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import groupby
from sys import intern
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, tuple_

from rag.database import rows
from rag.database.schema import facts, removals, texts
from rag.models import Fact, Removal

if TYPE_CHECKING:
    from rag.database.reader import Reader

AT_ONCE = 200  # reports whose texts are in memory together


def read_sources(
    database: Reader,
    report_ids: Collection[str],
    removals_of: Callable[[Collection[str]], Mapping[str, tuple[Removal, ...]]],
) -> Iterator[tuple[str, str, tuple[Removal, ...]]]:
    """Id, stored text and removals of each of these reports; unknown ids are passed over.

    Args:
        removals_of: `read_removals` of the same state of the database, or what it gave.
    """
    ordered = sorted(set(report_ids))
    with database._reading() as connection:
        for start in range(0, len(ordered), AT_ONCE):
            batch = ordered[start : start + AT_ONCE]
            removed = removals_of(batch)
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


def read_facts_in(database: Reader, paragraphs: Collection[tuple[str, int]]) -> tuple[Fact, ...]:
    """The facts of these paragraphs, each named by report id and number, in order."""
    places = tuple_(facts.c.report_id, facts.c.paragraph)
    query = select(*rows.FACT_COLUMNS).order_by(facts.c.report_id, facts.c.number)
    ordered = sorted(set(paragraphs))
    found: list[Fact] = []
    with database._reading() as connection:
        for start in range(0, len(ordered), AT_ONCE):
            batch = ordered[start : start + AT_ONCE]
            of_reports = facts.c.report_id.in_({report_id for report_id, _ in batch})
            read = connection.execute(query.where(of_reports, places.in_(batch)))
            found += [rows.fact_of(row) for row in read]
    return tuple(found)


def _removals(connection: Connection, batch: list[str]) -> dict[str, tuple[Removal, ...]]:
    query = select(removals.c.report_id, *rows.REMOVAL_COLUMNS)
    query = query.where(removals.c.report_id.in_(batch))
    read = connection.execute(query.order_by(removals.c.report_id, removals.c.number))
    return {
        report_id: tuple(Removal(start, end, intern(reason)) for _, start, end, reason in removed)
        for report_id, removed in groupby(read, key=lambda row: str(row[0]))
    }
