"""The reports that a ranking puts first: what "it" means after 哪个镇罚款最多."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rag.judgements import Row
from rag.models import Fact, Plan

_SCALES = {"万元": 10_000, "亿元": 100_000_000}


def leaders(plan: Plan, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with the first figures of a rank plan, those that tie with the last included."""
    ranked = [
        (worth(row.first.fact), row)
        for row in rows
        if row.first.fact is not None and row.first.fact.value is not None
    ]
    if not ranked:
        return ()
    ranked.sort(key=lambda pair: pair[0], reverse=plan.order == "desc")
    last = ranked[min(plan.top or 1, len(ranked)) - 1][0]
    if plan.order == "desc":
        return tuple(row for value, row in ranked if value >= last)
    return tuple(row for value, row in ranked if value <= last)


def worth(fact: Fact) -> Decimal:
    """A figure with its money brought to 元."""
    return Decimal(str(fact.value or 0)) * _SCALES.get(fact.unit, 1)
