"""Write sums and means with the arithmetic and the list that they are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from rag.amounts import plain_number
from rag.compose.draft import Draft
from rag.compose.numbers import SCALE, fact_of, numbered, one_kind, town_with_value, worth
from rag.compose.phrases import bounded, figure, indicator_name, texts
from rag.judgements import CensusTable
from rag.models import Fact, Plan, Qualifier

_ADDED = 30  # figures whose addition is written out; of more, their list shows the first
_LISTED = 50


def write_aggregate(plan: Plan, table: CensusTable, draft: Draft) -> bool:
    """The sum or mean of the figures stated; false where there is none."""
    words = texts(draft.language)
    rows = numbered(table)
    if not rows:
        return False
    facts = [fact_of(row) for row in rows]
    name = indicator_name(table.conditions[0].indicator, dict(table.names), draft.language)
    if one_kind(facts):
        shape = "mean" if plan.measure == "mean" else "sum"
        derivation = _total(facts, draft, mean=shape == "mean")
        draft.line(words[shape].format(label=name, derivation=derivation, n=len(facts)))
        if any(fact.qualifier != "exact" for fact in facts):
            draft.line(words["sum_bound"])
    else:
        draft.line(words["sum_units"])
    for row in rows[:_LISTED]:
        draft.line(f"- {town_with_value(row, draft)}")
    if len(rows) > _LISTED:
        draft.line(words["more_reports"])
    return True


def added_up(facts: Sequence[Fact], draft: Draft) -> str:
    """The sum of figures of one kind with its arithmetic: 247件[1] + 56件[2] = **303件**."""
    return _total(facts, draft, mean=False)


def _total(facts: Sequence[Fact], draft: Draft, *, mean: bool) -> str:
    """The arithmetic with each figure's mark, and its outcome in bold."""
    units = {fact.unit for fact in facts}
    money = units <= SCALE.keys() and len(units) > 1  # 元 and 万元 are added as 元
    unit = "元" if money else Counter(fact.unit for fact in facts).most_common(1)[0][0]
    values = [worth(fact) if money else Decimal(str(fact.value)) for fact in facts]
    shown = [
        f"{plain_number(value)}元" if money else figure(fact, draft.language).partition(" (")[0]
        for value, fact in zip(values, facts, strict=True)
    ]
    added = [
        f"{text}{draft.marks([fact])}"
        for text, value, fact in zip(shown, values, facts, strict=True)
        if value or mean
    ]
    total = sum(values, Decimal(0))
    outcome = round(total / len(values), 2) if mean else total
    result = f"**{bounded(plain_number(outcome), unit, _qualifier(facts), draft.language)}**"
    if len(added) < 2:
        return result + "".join(draft.marks([fact]) for fact in facts[:1])
    if len(added) > _ADDED:
        return result
    sign = "=" if not mean or outcome * len(values) == total else "≈"
    sum_of = " + ".join(added)
    return f"({sum_of}) ÷ {len(values)} {sign} {result}" if mean else f"{sum_of} = {result}"


def _qualifier(facts: Sequence[Fact]) -> Qualifier:
    """The bound that a sum of figures keeps: of 4000余 and 18000, at least."""
    kinds = {fact.qualifier for fact in facts}
    if kinds == {"exact"}:
        return "exact"
    return "at_least" if kinds <= {"exact", "at_least"} else "about"
