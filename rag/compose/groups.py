"""Sum the figures of reports by province, city or county, and put the sums in order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rag.compose.draft import Draft
from rag.compose.numbers import fact_of, number_of, numbered, one_kind
from rag.compose.phrases import indicator_name, texts
from rag.compose.totals import added_up
from rag.judgements import CensusTable, Row
from rag.models import Plan

Group = tuple[str, list[Row]]


def write_groups(plan: Plan, table: CensusTable, draft: Draft) -> tuple[Row, ...] | None:
    """The sum of each place of a level, in order; the rows of the first one.

    None where the figures cannot be added: rates, and counts of several units.
    """
    rows = [row for row in numbered(table) if _place(row, plan)]
    if not rows or not one_kind([fact_of(row) for row in rows]) or fact_of(rows[0]).unit == "%":
        return None
    words = texts(draft.language)
    groups = _grouped(rows, plan)
    name = indicator_name(table.conditions[0].indicator, dict(table.names), draft.language)
    if plan.kind == "rank":
        superlative = words["lowest" if plan.order == "asc" else "highest"]
        total = added_up([fact_of(row) for row in groups[0][1]], draft)
        first = words["group_first"]
        draft.line(
            first.format(label=name, superlative=superlative, place=groups[0][0], total=total)
        )
        draft.line()
    direction = words["low_high" if plan.order == "asc" else "high_low"]
    draft.line(words["groups"].format(label=name, direction=direction))
    for number, (place, own) in enumerate(groups, 1):
        total = added_up([fact_of(row) for row in own], draft)
        draft.line(f"{number}. {place}：{total}")
    if plan.kind != "rank":
        return tuple(rows)
    best = _sum(groups[0][1])
    return tuple(row for _, own in groups if _sum(own) == best for row in own)


def _grouped(rows: Sequence[Row], plan: Plan) -> list[Group]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(_place(row, plan), []).append(row)
    ordered = sorted(groups.items(), key=lambda group: group[0])
    return sorted(ordered, key=lambda group: _sum(group[1]), reverse=plan.order != "asc")


def _sum(rows: Sequence[Row]) -> Decimal:
    return sum((number_of(row) for row in rows), Decimal(0))


def _place(row: Row, plan: Plan) -> str:
    place = row.card.place
    levels = {"province": place.province, "city": place.city, "county": place.county}
    return levels.get(plan.by or "") or ""
