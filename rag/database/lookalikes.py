"""Which reports have nearly the same text: their signatures, and the pairs that are alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, or_, select

from rag.database.schema import lookalikes, signatures


@dataclass(frozen=True)
class Likeness:
    """The signature of a report's text, and the stored reports whose text is nearly the same."""

    signature: bytes
    others: Mapping[str, float] = field(default_factory=dict)  # by report id, 0 to 1


def put_likeness(connection: Connection, report_id: str, likeness: Likeness) -> None:
    values = {"report_id": report_id, "signature": likeness.signature}
    connection.execute(insert(signatures).values(values))
    pairs = [
        {"report_id": report_id, "other_id": other, "likeness": share}
        for other, share in likeness.others.items()
        if other != report_id
    ]
    if pairs:
        connection.execute(insert(lookalikes), pairs)


def read_signatures(connection: Connection) -> dict[str, bytes]:
    found = connection.execute(select(signatures.c.report_id, signatures.c.signature))
    return {row[0]: row[1] for row in found}


def alike(connection: Connection, report_id: str) -> dict[str, float]:
    """The reports alike to this one, each with the share of text they have in common."""
    mine, others = lookalikes.c.report_id, lookalikes.c.other_id
    pairs = connection.execute(
        select(mine, others, lookalikes.c.likeness).where(
            or_(mine == report_id, others == report_id)
        )
    )
    return {(other if one == report_id else one): share for one, other, share in pairs}
