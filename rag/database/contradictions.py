"""Where figures of one report disagree, as stored: by the numbers of the facts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select, tuple_

from rag.database import rows
from rag.database.read import ANSWERS, batches
from rag.database.schema import contradictions, facts, reports
from rag.models import Contradiction, Fact

_AT_ONCE = 200  # facts looked up by one statement


def read_contradictions(
    connection: Connection, report_ids: Collection[str] | None
) -> dict[str, tuple[Contradiction, ...]]:
    """By report, in order; None: of the reports that answer."""
    found = _rows(connection, report_ids)
    numbers = {(row.report_id, n) for row in found for n in json.loads(row.facts)}
    known = _facts(connection, sorted(numbers))
    by_report: dict[str, list[Contradiction]] = defaultdict(list)
    for row in found:
        disagreeing = tuple(known[row.report_id, number] for number in json.loads(row.facts))
        by_report[row.report_id].append(
            Contradiction(row.report_id, row.check, disagreeing, row.arithmetic)
        )
    return {report_id: tuple(items) for report_id, items in by_report.items()}


def _rows(connection: Connection, report_ids: Collection[str] | None) -> list[Any]:
    owner = contradictions.c.report_id
    query = select(contradictions).order_by(owner, contradictions.c.number)
    if report_ids is None:
        return list(connection.execute(query.join(reports).where(ANSWERS)))
    return [
        row
        for batch in batches(report_ids)
        for row in connection.execute(query.where(owner.in_(batch)))
    ]


def _facts(connection: Connection, numbers: list[tuple[str, int]]) -> dict[tuple[str, int], Fact]:
    """By report and number."""
    found: dict[tuple[str, int], Fact] = {}
    query = select(facts.c.number, *rows.FACT_COLUMNS)
    for start in range(0, len(numbers), _AT_ONCE):
        batch = numbers[start : start + _AT_ONCE]
        of_reports = facts.c.report_id.in_({report_id for report_id, _ in batch})
        named = tuple_(facts.c.report_id, facts.c.number).in_(batch)
        for number, *values in connection.execute(query.where(of_reports, named)):
            fact = rows.fact_of(values)
            found[fact.report_id, number] = fact
    return found
