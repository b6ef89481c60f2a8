"""Write which reports state the highest or lowest figure."""

from __future__ import annotations

from decimal import Decimal

from rag.compose.draft import Draft
from rag.compose.numbers import fact_of, number_of, numbered, town_and_mark, town_with_value
from rag.compose.phrases import indicator_name, texts, value_words
from rag.judgements import CensusTable, Row
from rag.models import Plan

_LISTED = 10  # places of a ranking written out; the whole order is in the findings


def write_rank(plan: Plan, table: CensusTable, draft: Draft) -> tuple[Row, ...]:
    """The winners in the first line and the order below it; the rows that won."""
    words = texts(draft.language)
    ranked = _ranked(plan, table)
    if not ranked:
        return ()
    if plan.standing_of:
        return _write_standing(plan, ranked, table, draft)
    top = plan.top or 1
    last = number_of(ranked[min(top, len(ranked)) - 1])
    winners = tuple(row for row in ranked if _reaches(number_of(row), last, plan))
    name = indicator_name(table.conditions[0].indicator, dict(table.names), draft.language)
    if top == 1:
        _write_first(name, plan, winners, draft)
    draft.line()
    direction = words["high_low" if plan.order == "desc" else "low_high"]
    draft.line(words["rank_list"].format(label=name, direction=direction))
    listed = winners if plan.top else tuple(ranked[:_LISTED])
    for place, row in enumerate(listed, 1):
        draft.line(f"{place}. {town_with_value(row, draft)}")
    if len(ranked) > len(listed) and not plan.top:
        draft.line(words["more_reports"])
    return winners


def _write_standing(
    plan: Plan, ranked: list[Row], table: CensusTable, draft: Draft
) -> tuple[Row, ...]:
    """At which place of the order the towns asked about stand; reports that tie share one."""
    words = texts(draft.language)
    name = indicator_name(table.conditions[0].indicator, dict(table.names), draft.language)
    rows = [row for row in ranked if _is_of(row, plan.standing_of)]
    for row in rows:
        ahead = [other for other in ranked if not _reaches(number_of(row), number_of(other), plan)]
        draft.line(
            words["standing"].format(
                town=draft.town(row.card),
                year=row.card.year,
                label=name,
                value=value_words(fact_of(row), draft.language),
                marks=draft.marks([fact_of(row)]),
                n=len(ranked),
                direction=words["high_low" if plan.order == "desc" else "low_high"],
                place=len(ahead) + 1,
            )
        )
        years = {other.card.year for other in ranked}
        if len(years) > 1 and row.card.year is not None:
            of_year = [other for other in ahead if other.card.year == row.card.year]
            line = words["standing_year"].format(year=row.card.year, place=len(of_year) + 1)
            draft.line(line)
    return tuple(rows)


def _is_of(row: Row, names: tuple[str, ...]) -> bool:
    place = row.card.place
    uppers = (place.county or "", place.city or "", place.province or "")
    return any(
        name in {place.town, *(f"{upper}{place.town}" for upper in uppers)} for name in names
    )


def _write_first(name: str, plan: Plan, winners: tuple[Row, ...], draft: Draft) -> None:
    words = texts(draft.language)
    fact = fact_of(winners[0])
    superlative = words["highest" if plan.order == "desc" else "lowest"]
    if len(winners) == 1:
        draft.line(
            words["rank_first"].format(
                label=name,
                superlative=superlative,
                town=draft.town(winners[0].card),
                year=winners[0].card.year,
                value=value_words(fact, draft.language),
                marks=draft.marks([fact]),
            )
        )
        return
    named = winners[:_LISTED]
    towns = words["list_separator"].join(town_and_mark(row, draft) for row in named)
    if len(winners) > len(named):
        towns += words["and_more"]
    draft.line(
        words["rank_tie"].format(
            label=name,
            superlative=superlative,
            count=len(winners),
            value=value_words(fact, draft.language),
            towns=towns,
        )
    )


def _reaches(number: Decimal, last: Decimal, plan: Plan) -> bool:
    """Whether a figure is among the first ones, those that tie with the last of them too."""
    return number >= last if plan.order == "desc" else number <= last


def _ranked(plan: Plan, table: CensusTable) -> list[Row]:
    rows = numbered(table)
    units = {fact_of(row).unit for row in rows}
    if len(units) > 1 and "%" in units:
        rows = [row for row in rows if fact_of(row).unit == "%"]
    return sorted(rows, key=number_of, reverse=plan.order == "desc")
