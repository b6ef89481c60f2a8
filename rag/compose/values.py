"""Write the answers that give values: lookup, compare, trend, rank, aggregate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rag.amounts import plain_number
from rag.compose.draft import Draft
from rag.compose.phrases import figure, indicator_name, label, number, texts
from rag.judgements import CensusTable, Judgement, Row
from rag.models import Fact, Plan

_ALSO = 3  # further figures of the same indicator, under other labels


def write_lookup(table: CensusTable, draft: Draft) -> bool:
    """The value for each report in scope that states it; false where none does."""
    answered = False
    stated = table.in_state("match", "other_value", "implied", "no_case")
    for row in stated:
        direct = len(stated) == 1 and len(row.judgements) == 1
        for judgement, condition in zip(row.judgements, table.conditions, strict=True):
            name = indicator_name(condition.indicator, dict(table.names), draft.language)
            written = _value_line(row, judgement, name, table, draft, direct=direct)
            answered = written or answered
    return answered


def _value_line(
    row: Row, judgement: Judgement, name: str, table: CensusTable, draft: Draft, *, direct: bool
) -> bool:
    words = texts(draft.language)
    town = draft.town(row.card)
    if judgement.state == "implied":
        draft.line(
            words["derived"].format(
                town=town,
                year=row.card.year,
                indicator=name,
                derivation=judgement.derivation,
                value=f"{judgement.value}%",
                marks=draft.marks(judgement.others),
            )
        )
        return True
    fact = judgement.fact
    if fact is None:
        return False
    if judgement.state == "no_case" or fact.rule.startswith("no_event"):
        what = words["no_case"].format(condition=fact.quote)
        draft.line(
            words["match_one"].format(
                town=town, year=row.card.year, what=what, marks=draft.marks([fact])
            )
        )
        return True
    shape = "value_direct" if direct else "value"
    line = words[shape].format(
        town=town,
        year=row.card.year,
        label=label(fact, table.names.get(fact.indicator or ""), draft.language),
        value=figure(fact, draft.language),
        marks=draft.marks([fact]),
    )
    draft.line(line if direct else f"- {line}")
    _add_beside(judgement, draft)
    if judgement.not_counted:
        marks = draft.marks(judgement.not_counted[:_ALSO])
        draft.line(f"  - {words['uncounted'].format(marks=marks)}")
    for other in judgement.others[:_ALSO]:
        if not judgement.conflict and other.kind == "achieved" and other.actor is None:
            draft.line(f"- {words['also'].format(facts=facts_in_words([other], draft))}")
    return True


def _add_beside(judgement: Judgement, draft: Draft) -> None:
    words = texts(draft.language)
    if judgement.conflict:
        draft.line(
            "  - " + words["conflict"].format(values=facts_in_words(judgement.others, draft))
        )
    if judgement.beside:
        draft.line("  - " + words["beside"].format(facts=facts_in_words(judgement.beside, draft)))


def facts_in_words(facts: Sequence[Fact], draft: Draft) -> str:
    """Figures with their printed labels and marks: 应出庭7次[2]、委托2次[3]."""
    separator = texts(draft.language)["list_separator"]
    space = "" if draft.language == "zh" else " "
    return separator.join(
        f"{fact.label}{space}{figure(fact, draft.language)}{draft.marks([fact])}" for fact in facts
    )


def write_rank(plan: Plan, table: CensusTable, draft: Draft) -> tuple[Row, ...]:
    """The winners in the first line and the order below it; the rows that won."""
    words = texts(draft.language)
    ranked = _ranked(plan, table)
    if not ranked:
        return ()
    best = _number(ranked[0])
    top = plan.top or 1
    winners = (
        tuple(row for row in ranked if _number(row) == best) if top == 1 else tuple(ranked[:top])
    )
    fact = _fact(ranked[0])
    name = indicator_name(table.conditions[0].indicator, dict(table.names), draft.language)
    superlative = words["highest" if plan.order == "desc" else "lowest"]
    if top == 1 and len(winners) == 1:
        draft.line(
            words["rank_first"].format(
                label=name,
                superlative=superlative,
                town=draft.town(winners[0].card),
                year=winners[0].card.year,
                value=figure(fact, draft.language),
                marks=draft.marks([fact]),
            )
        )
    elif top == 1:
        towns = words["list_separator"].join(_town_and_mark(row, draft) for row in winners)
        draft.line(
            words["rank_tie"].format(
                label=name,
                superlative=superlative,
                count=len(winners),
                value=figure(fact, draft.language),
                towns=towns,
            )
        )
    draft.line()
    direction = words["high_low" if plan.order == "desc" else "low_high"]
    draft.line(words["rank_list"].format(label=name, direction=direction))
    for place, row in enumerate(ranked[: max(top, 10)], 1):
        fact = _fact(row)
        draft.line(f"{place}. {_town_and_mark(row, draft, figure(fact, draft.language))}")
    return winners


def _ranked(plan: Plan, table: CensusTable) -> list[Row]:
    rows = [row for row in table.in_state("match", "other_value") if row.first.fact is not None]
    rows = [row for row in rows if _number(row) is not None]
    units = {_fact(row).unit for row in rows if _fact(row).unit not in _SCALE}
    if len(units) > 1 and "%" in units:
        rows = [row for row in rows if _fact(row).unit == "%"]
    return sorted(rows, key=lambda row: _number(row) or Decimal(0), reverse=plan.order == "desc")


_SCALE = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


def _number(row: Row) -> Decimal | None:
    fact = row.first.fact
    if fact is None or fact.value is None:
        return None
    return Decimal(str(fact.value)) * _SCALE.get(fact.unit, 1)


def _fact(row: Row) -> Fact:
    fact = row.first.fact
    if fact is None:
        raise ValueError(f"{row.card.id}: ranked without a figure")
    return fact


def _town_and_mark(row: Row, draft: Draft, value: str = "") -> str:
    town = draft.town(row.card)
    year = f"（{row.card.year}年）" if draft.language == "zh" else f" ({row.card.year}) "
    return f"{town}{year}{value}{draft.marks([_fact(row)])}"


def write_aggregate(plan: Plan, table: CensusTable, draft: Draft) -> bool:
    """The sum or mean with its arithmetic and the list it is made of."""
    words = texts(draft.language)
    rows = [row for row in table.in_state("match", "other_value") if _number(row) is not None]
    if not rows:
        return False
    facts = [_fact(row) for row in rows]
    name = indicator_name(table.conditions[0].indicator, dict(table.names), draft.language)
    kinds = {_kind_of_unit(fact.unit) for fact in facts}
    if len(kinds) > 1:
        draft.line(words["sum_units"])
    else:
        shape = "mean" if plan.measure == "mean" else "sum"
        derivation = _total(facts, draft, mean=shape == "mean")
        draft.line(words[shape].format(label=name, derivation=derivation, n=len(facts)))
        if any(fact.qualifier != "exact" for fact in facts):
            draft.line(words["sum_bound"])
    for row in rows:
        draft.line(f"- {_town_and_mark(row, draft, figure(_fact(row), draft.language))}")
    return True


_COUNTED = frozenset("件 起 宗 例".split())  # one thing counted under several names


def _total(facts: Sequence[Fact], draft: Draft, *, mean: bool) -> str:
    """The arithmetic of a sum or mean with each figure's mark, and its outcome in bold."""
    units = {fact.unit for fact in facts}
    money = units <= _SCALE.keys() and len(units) > 1  # 元 and 万元 are added as 元
    unit = "元" if money else facts[0].unit
    scales = [_SCALE[fact.unit] if money else 1 for fact in facts]
    values = [Decimal(str(f.value)) * scale for f, scale in zip(facts, scales, strict=True)]
    added = " + ".join(
        f"{plain_number(value)}{'元' if money else fact.unit}{draft.marks([fact])}"
        for value, fact in zip(values, facts, strict=True)
    )
    total = sum(values, Decimal(0))
    outcome = plain_number(total)
    sign = "="
    if mean:
        outcome = plain_number(round(total / len(values), 2))
        sign = "=" if Decimal(str(outcome)) * len(values) == total else "≈"
        added = f"({added}) ÷ {len(values)}"
    return f"{added} {sign} **{number(outcome, unit, draft.language)}**"


def _kind_of_unit(unit: str) -> str:
    if unit in _SCALE:
        return "元"
    return "件" if unit in _COUNTED else unit


def write_compare(table: CensusTable, draft: Draft) -> bool:
    """Two reports' values side by side, and the difference with its arithmetic."""
    words = texts(draft.language)
    rows = [row for row in table.in_state("match", "other_value") if _number(row) is not None]
    values = words["item_separator"].join(
        _town_and_mark(row, draft, f"{_fact(row).label}{figure(_fact(row), draft.language)}")
        for row in rows
    )
    if not rows:
        return False
    missing = [row for row in table.rows if row not in rows]
    if missing or len(rows) != 2:
        if missing:
            towns = words["list_separator"].join(draft.town(r.card) for r in missing)
            draft.line(words["compare_partial"].format(values=values, missing=towns))
        else:
            draft.line(values)
        return True
    first, second = sorted(rows, key=lambda row: _number(row) or Decimal(0), reverse=True)
    names = [draft.town(row.card) for row in (first, second)]
    name = indicator_name(table.conditions[0].indicator, dict(table.names), draft.language)
    high, low = _fact(first), _fact(second)
    if _number(first) == _number(second):
        draft.line(
            words["compare_same"].format(first=names[0], second=names[1], label=name, values=values)
        )
    elif high.unit in _SCALE and high.unit != low.unit:
        draft.line(values)
    else:
        difference = plain_number(Decimal(str(high.value)) - Decimal(str(low.value)))
        points = "个百分点" if draft.language == "zh" else " percentage points"
        unit = points if high.unit == "%" else high.unit
        draft.line(
            words["compare"].format(
                first=names[0],
                second=names[1],
                label=name,
                values=values,
                derivation=f"{high.value}{high.unit} - {low.value}{low.unit} = "
                f"**{difference}{unit}**",
            )
        )
    return True


def write_trend(table: CensusTable, draft: Draft) -> bool:
    """Each town's values by year, and the change from the first to the last."""
    words = texts(draft.language)
    rows = [row for row in table.in_state("match", "other_value") if _number(row) is not None]
    by_town: dict[str, list[Row]] = {}
    for row in rows:
        by_town.setdefault(f"{row.card.place.county}{row.card.place.town}", []).append(row)
    name = indicator_name(table.conditions[0].indicator, dict(table.names), draft.language)
    for series in by_town.values():
        series.sort(key=lambda row: row.card.year or 0)
        draft.line(words["trend"].format(town=draft.town(series[0].card), label=name))
        for row in series:
            fact = _fact(row)
            draft.line(f"- {row.card.year}：{figure(fact, draft.language)}{draft.marks([fact])}")
        if len(series) < 2:
            draft.line(words["trend_single"])
        else:
            draft.line(_change(series[0], series[-1], draft))
    return bool(rows)


def _change(first: Row, last: Row, draft: Draft) -> str:
    start, end = _fact(first), _fact(last)
    marks = (draft.marks([end]), draft.marks([start]))
    difference = plain_number(Decimal(str(end.value)) - Decimal(str(start.value)))
    points = "个百分点" if draft.language == "zh" else " percentage points"
    unit = points if end.unit == "%" else end.unit
    derivation = (
        f"{end.value}{end.unit}{marks[0]} - {start.value}{start.unit}{marks[1]} = "
        f"**{difference}{unit}**"
    )
    return texts(draft.language)["trend_change"].format(
        first=first.card.year, last=last.card.year, derivation=derivation
    )
