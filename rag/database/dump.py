"""All rows of the database out, and into another one, whatever kind of database each is."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, delete, func, insert, select, update

from rag.database.counters import GENERATION, SAMPLES_REMOVED, counter, raise_counter, set_value
from rag.database.schema import (
    DERIVED,
    KEPT,
    columns_of,
    index_state,
    meta,
    paragraphs,
    passage_vectors,
    reports,
    runs,
)

# In the order in which rows refer to earlier ones. What the indexes hold and when the
# ingester ran is no part of it: that is of the place, not of the reports.
TABLES = tuple(
    table for table in (*KEPT, *DERIVED) if table not in (index_state, passage_vectors, runs)
)
ROWS_AT_ONCE = 1000

Row = tuple[str, list[Any]]  # name of the table, and its values as JSON has them


def columns() -> dict[str, str]:
    """By table, the names and types of its columns, in the order of a row's values."""
    return {table.name: columns_of(table) for table in TABLES}


def is_derived(table: str) -> bool:
    """Whether the rows of the table can be made again from the texts."""
    return table in {derived.name for derived in DERIVED}


def dump_rows(connection: Connection) -> Iterator[Row]:
    """Every row of every table, in an order in which they can be put back."""
    for table in TABLES:
        coded = _coded(table)
        found = connection.execute(select(table).execution_options(yield_per=ROWS_AT_ONCE))
        for row in found:
            values = list(row)
            for number in coded:
                values[number] = b64encode(values[number]).decode()
            yield table.name, values


def put_back(connection: Connection, dumped: Iterable[Row], without: Collection[str]) -> None:
    """Put these rows in the place of all there are, as one change of the reports.

    Versions go on from those there are, so that whoever follows them notices; a report whose
    passages are the same keeps the version that the indexes hold.
    """
    before = _passages(connection)
    base = raise_counter(connection, GENERATION)
    for table in reversed(TABLES):
        if table is not meta:
            connection.execute(delete(table))
    kept_counters: dict[str, str] = {}
    for table, rows in _batches(row for row in dumped if row[0] not in without):
        if table is meta:
            kept_counters |= {row["key"]: row["value"] for row in rows}
        else:
            connection.execute(insert(table), rows)
    if without:
        connection.execute(update(reports).values(made_with="{}"))
    moved = {name: reports.c[name] + base for name in ("version", "passages_version")}
    connection.execute(update(reports).values(moved))
    for report_id, (digest, _version) in _passages(connection).items():
        if before.get(report_id, ("", 0))[0] == digest:
            same = update(reports).where(reports.c.id == report_id)
            connection.execute(same.values(passages_version=before[report_id][1]))
    highest = connection.scalar(select(func.max(reports.c.version))) or 0
    set_value(connection, GENERATION, str(max(counter(connection, GENERATION), highest)))
    if SAMPLES_REMOVED in kept_counters:
        set_value(connection, SAMPLES_REMOVED, kept_counters[SAMPLES_REMOVED])


def _passages(connection: Connection) -> dict[str, tuple[str, int]]:
    """By report, a digest of all that is indexed of it, and its version."""
    titles = connection.execute(select(reports.c.id, reports.c.title, reports.c.passages_version))
    digests = {row[0]: (hashlib.sha256(repr(row[1]).encode()), row[2]) for row in titles}
    query = select(paragraphs).order_by(paragraphs.c.report_id, paragraphs.c.number)
    for row in connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
        digests[row.report_id][0].update(repr(tuple(row)).encode())
    return {name: (digest.hexdigest(), version) for name, (digest, version) in digests.items()}


def _batches(dumped: Iterable[Row]) -> Iterator[tuple[Table, Sequence[dict[str, Any]]]]:
    """The rows of one table after the other, some at a time, as the database takes them."""
    named = {table.name: table for table in TABLES}
    waiting: list[dict[str, Any]] = []
    current: Table | None = None
    for name, values in dumped:
        table = named[name]
        if current is not None and (table is not current or len(waiting) == ROWS_AT_ONCE):
            yield current, waiting
            waiting = []
        current = table
        row = dict(zip((column.name for column in table.columns), values, strict=True))
        for number in _coded(table):
            row[table.columns[number].name] = b64decode(values[number])
        waiting.append(row)
    if current is not None:
        yield current, waiting


def _coded(table: Table) -> list[int]:
    """The columns of bytes, which JSON has no form for."""
    return [n for n, column in enumerate(table.columns) if isinstance(column.type, LargeBinary)]
