"""The vectors of each report's passages beside its rows, so that a scope is compared exactly.

They are copies of what the vector index holds. As they are read in the same state of the
database as all else, those of an older version of a report never answer.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from rag.database.read import batches
from rag.database.schema import index_state, passage_vectors, reports


class PassageVectors(NamedTuple):
    """The vectors of one report."""

    report_id: str
    paragraphs: tuple[int, ...]  # the number of each vector's paragraph, in the vectors' order
    vectors: bytes  # as rag.vectors packs them, shape (n_passages, dim)


def put_vectors(
    connection: Connection, found: Iterable[PassageVectors], versions: Mapping[str, int]
) -> None:
    """Keep the vectors of reports, made of these versions, in the place of those there are."""
    for one in found:
        drop_vectors(connection, [one.report_id])
        values = {
            "report_id": one.report_id,
            "version": versions[one.report_id],
            "paragraphs": json.dumps(one.paragraphs, separators=(",", ":")),
            "packed": one.vectors,
        }
        connection.execute(insert(passage_vectors).values(values))


def drop_vectors(connection: Connection, report_ids: Collection[str] | None = None) -> None:
    """Drop those of these reports; of all without any given."""
    if report_ids is None:
        connection.execute(delete(passage_vectors))
        return
    for batch in batches(report_ids):
        connection.execute(delete(passage_vectors).where(passage_vectors.c.report_id.in_(batch)))


def read_vectors(connection: Connection, report_ids: Collection[str]) -> tuple[PassageVectors, ...]:
    """Those of these reports that were made of what the reports say now, by report id."""
    query = (
        select(passage_vectors.c.report_id, passage_vectors.c.paragraphs, passage_vectors.c.packed)
        .join(reports, reports.c.id == passage_vectors.c.report_id)
        .where(passage_vectors.c.version == reports.c.passages_version)
        .order_by(passage_vectors.c.report_id)
    )
    return tuple(
        PassageVectors(row[0], tuple(json.loads(row[1])), row[2])
        for batch in batches(report_ids)
        for row in connection.execute(query.where(passage_vectors.c.report_id.in_(batch)))
    )


def read_uncopied(connection: Connection, index: str) -> dict[str, int]:
    """The reports that the index holds and that have no such vectors here, with their version."""
    of_report = passage_vectors.c.report_id == index_state.c.report_id
    found = connection.execute(
        select(index_state.c.report_id, index_state.c.version)
        .outerjoin(passage_vectors, of_report)
        .where(index_state.c.index == index)
        .where(passage_vectors.c.version.is_distinct_from(index_state.c.version))
        .order_by(index_state.c.report_id)
    )
    return {row[0]: row[1] for row in found if row[1]}
